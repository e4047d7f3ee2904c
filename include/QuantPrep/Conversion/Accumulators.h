//===- Accumulators.h - What sums of products hold --------------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_ACCUMULATORS_H
#define QUANTPREP_CONVERSION_ACCUMULATORS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>

namespace quantprep {

/// Bits of sums of products with an input of so many bits.
unsigned getAccumulatorWidth(unsigned inputWidth);

/// What the code of a bias may be, so that there is room for the products.
double getMostBias(unsigned accumulatorWidth);

/// Factors by which the scales of a weight must grow so that the accumulator
/// holds the bias; empty if none must. `repeat`: elements of the bias for each
/// scale.
llvm::SmallVector<double> getScaleGrowth(llvm::ArrayRef<double> weightScales,
                                         double inputScale, double mostBias,
                                         llvm::ArrayRef<double> bias,
                                         int64_t repeat);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_ACCUMULATORS_H
