//===- SoftmaxForm.h - Softmax on integers ----------------------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_SOFTMAXFORM_H
#define QUANTPREP_CONVERSION_SOFTMAXFORM_H

#include "QuantPrep/Conversion/IntegerLowering.h"

namespace quantprep {

/// What leaves out scores: a choice between them and a large negative number,
/// or a sum with a float tensor, of which only what is 0 or that low is a mask.
struct SoftmaxMask {
  mlir::Operation *op;
  /// Of a choice: i1, or a constant that is 0 where nothing is masked.
  mlir::Value condition;
  std::optional<mlir::DenseElementsAttr> constant;
  bool masksWhereTrue = true;
  /// Of any other sum, what is added; null for a choice.
  mlir::Value added;
};

/// What a softmax reads, and the dimension that it is over.
struct Softmax {
  mlir::Value input;
  int64_t axis;
  std::optional<SoftmaxMask> mask;
};

/// What a unit computes, found from its members; none if it is more than a
/// softmax of scores that may be masked.
std::optional<Softmax> findSoftmax(IntegerLowering &lowering,
                                   mlir::Operation *anchor);

/// The integer form of the softmax unit that an op is the anchor of.
mlir::FailureOr<IntegerValue> buildSoftmax(IntegerLowering &lowering,
                                           mlir::Operation *anchor);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_SOFTMAXFORM_H
