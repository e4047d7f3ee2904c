//===- IntegerValue.h - Integers that stand for floats ----------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_INTEGERVALUE_H
#define QUANTPREP_CONVERSION_INTEGERVALUE_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"

#include <limits>
#include <memory>
#include <vector>

namespace quantprep {

/// A tensor of integers that stands for a tensor of floats:
///
///   float = clamp(scale * (integer - zeroPoint), least, greatest)
///
/// or, of an i8 or i16 tensor, a function of the integer.
struct IntegerValue {
  mlir::Value tensor;
  /// One, or one for each channel of `axis`; or for each of `axis` and the
  /// dimension after it, row-major.
  llvm::SmallVector<double, 1> scales;
  int64_t axis = 0;
  int64_t zeroPoint = 0;
  /// Integers that can occur.
  int64_t low, high;
  /// A clamp of the floats that no op has been emitted for yet.
  double least = -std::numeric_limits<double>::infinity();
  double greatest = std::numeric_limits<double>::infinity();
  /// What a chain of elementwise ops makes of the codes of `getSamples`; null
  /// for none.
  std::shared_ptr<const std::vector<double>> function;

  mlir::RankedTensorType getType() const {
    return llvm::cast<mlir::RankedTensorType>(tensor.getType());
  }
  /// Sizes of the dimensions that have scales: none, one or two.
  llvm::ArrayRef<int64_t> getChannels() const;
  unsigned getWidth() const { return getType().getElementTypeBitWidth(); }
  bool isPerTensor() const { return scales.size() == 1; }
  bool isClamped() const {
    return least != -std::numeric_limits<double>::infinity() ||
           greatest != std::numeric_limits<double>::infinity();
  }
  /// Whether a table can compute functions of it.
  bool isTabulated() const {
    return isPerTensor() &&
           (getWidth() == 8 || (getWidth() == 16 && zeroPoint == 0));
  }
  /// The distance of the codes at which a function is known: all of i8, every
  /// eighth of i16.
  int64_t getStride() const { return getWidth() == 8 ? 1 : 8; }
  /// The codes at which a function is known; of i16 the last is 2^15.
  llvm::SmallVector<int64_t, 0> getSamples() const;

  /// The largest distance of an integer from the zero point.
  int64_t getMagnitude() const {
    return std::max(std::abs(low - zeroPoint), std::abs(high - zeroPoint));
  }
  /// How many elements in a row have one scale.
  int64_t getInnerSize() const;
  /// The largest absolute float, clamps aside.
  double getBound() const;
  /// The float that an integer stands for; of a function, that a sample does.
  double evaluate(int64_t integer) const;
};

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_INTEGERVALUE_H
