//===- Kernels.h - Loops over all values ------------------------*- C++ -*-===//
//
// What calibration spends its time on, compiled for several instruction sets.
// Products and comparisons are exact, so that all give the same bits.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_STATISTICS_KERNELS_H
#define QUANTPREP_LIB_STATISTICS_KERNELS_H

#include "Extremes.h"

namespace quantprep::statistics {

Extremes<float> findExtremes(const float *values, int64_t size);
Extremes<double> findExtremes(const double *values, int64_t size);

/// The multiple of the width at or below `value`. The product may underflow;
/// the comparison does not.
template <typename T> int32_t toIndex(T value, T inverse, T width) {
  int32_t index = static_cast<int32_t>(value * inverse);
  return index - (value < static_cast<T>(index) * width);
}

/// The numbers of the bins that values are in, less `first`.
void findBins(const float *values, int64_t size, float inverse, float width,
              int32_t first, uint16_t *bins);
void findBins(const double *values, int64_t size, double inverse, double width,
              int32_t first, uint16_t *bins);

} // namespace quantprep::statistics

#endif // QUANTPREP_LIB_STATISTICS_KERNELS_H
