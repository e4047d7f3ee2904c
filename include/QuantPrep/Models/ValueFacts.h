//===- ValueFacts.h - Constants and parameters of a function ----*- C++ -*-===//

#ifndef QUANTPREP_MODELS_VALUEFACTS_H
#define QUANTPREP_MODELS_VALUEFACTS_H

#include "mlir/IR/Operation.h"

namespace quantprep {

/// What is known of the values of one function without running it. Values made
/// of constants alone are constants: a transposed weight, rsqrt(variance +
/// eps).
class ValueFacts {
public:
  explicit ValueFacts(mlir::Operation *function) : function(function) {}

  /// For who looks at each op of the function anyway, in program order. If
  /// nobody does, it is walked when the first constant is asked for.
  void addOp(mlir::Operation *op) const;

  bool isConstant(mlir::Value value) const;

  /// A constant, or a function argument, behind any data movement.
  /// `transposed`: and a transpose is among the movement.
  bool isParameter(mlir::Value value, bool transposed = false) const;

  /// A constant with one element, of any rank: never observed.
  bool isScalar(mlir::Value value) const;

  /// The value that all elements of a constant have, if its text says so.
  std::optional<double> getSplat(mlir::Value value) const;

  /// The value whose elements `value` holds, behind all data movement (lists
  /// excepted).
  mlir::Value getMovedValue(mlir::Value value) const {
    return getMovement(value).source;
  }

private:
  /// Where the elements of a value come from.
  struct Movement {
    /// The value behind all data movement (lists excepted).
    mlir::Value source;
    /// Whether a transpose is among the movement.
    bool transposed;
  };
  Movement getMovement(mlir::Value value) const;

  mlir::Operation *function;
  /// Unset before the first op: patterns of units ask for no constants.
  mutable std::optional<llvm::DenseSet<mlir::Operation *>> constants;
  /// What has been asked: chains of movement are walked once.
  mutable llvm::DenseMap<mlir::Value, Movement> movements;
};

/// The operand that an argument of the body of an op is an element of; null for
/// other values.
mlir::OpOperand *getBodyOperand(mlir::Value value);

/// The dimension of the first operand of an op that moves data which a
/// dimension of the result is. None if it is not all of one.
std::optional<int64_t> getMovedDimension(mlir::Operation *op,
                                         int64_t dimension);

} // namespace quantprep

#endif // QUANTPREP_MODELS_VALUEFACTS_H
