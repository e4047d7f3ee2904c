//===- SoftmaxForm.h - Softmax on integers ----------------------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_SOFTMAXFORM_H
#define QUANTPREP_CONVERSION_SOFTMAXFORM_H

#include "QuantPrep/Conversion/IntegerLowering.h"

namespace quantprep {

/// The integer form of the softmax unit that an op is the anchor of.
mlir::FailureOr<IntegerValue> buildSoftmax(IntegerLowering &lowering,
                                           mlir::Operation *anchor);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_SOFTMAXFORM_H
