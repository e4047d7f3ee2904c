//===- IntegerValue.h - Integers that stand for floats ----------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_INTEGERVALUE_H
#define QUANTPREP_CONVERSION_INTEGERVALUE_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"

#include <limits>
#include <memory>

namespace quantprep {

/// A tensor of integers that stands for a tensor of floats:
///
///   float = clamp(scale * (integer - zeroPoint), least, greatest)
///
/// or, of an i8 tensor, function[integer + 128].
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
  /// What a chain of elementwise ops makes of each i8; null for none.
  std::shared_ptr<const llvm::SmallVector<double, 256>> function;

  mlir::RankedTensorType getType() const {
    return llvm::cast<mlir::RankedTensorType>(tensor.getType());
  }
  unsigned getWidth() const { return getType().getElementTypeBitWidth(); }
  bool isPerTensor() const { return scales.size() == 1; }
  bool isClamped() const {
    return least != -std::numeric_limits<double>::infinity() ||
           greatest != std::numeric_limits<double>::infinity();
  }
  /// Whether a table can compute any function of it.
  bool isTabulated() const { return getWidth() == 8 && isPerTensor(); }

  /// The largest distance of an integer from the zero point.
  int64_t getMagnitude() const {
    return std::max(std::abs(low - zeroPoint), std::abs(high - zeroPoint));
  }
  /// How many elements in a row have one scale.
  int64_t getInnerSize() const;
  /// The largest absolute float, clamps aside.
  double getBound() const;
  /// The float that an i8 stands for.
  double evaluate(int64_t integer) const;
};

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_INTEGERVALUE_H
