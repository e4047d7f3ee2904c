//===- ValueFacts.h - Constants and parameters of a function ----*- C++ -*-===//

#ifndef QUANTPREP_MODELS_VALUEFACTS_H
#define QUANTPREP_MODELS_VALUEFACTS_H

#include "mlir/IR/Operation.h"

#include <array>

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

  /// What may be a parameter (B21): a constant; an argument of the function, or
  /// a value that is loaded in it; each behind any data movement and casts, and
  /// what is computed of such vectors alone. `transposed`: and a transpose is
  /// among the movement.
  bool isParameter(mlir::Value value, bool transposed = false) const;

  /// Whether it is one wherever it is read, a product included (B21).
  bool isCertainParameter(mlir::Value value) const;

  /// Whether an argument that is not certain to be a parameter may be meant as
  /// one: it only feeds products, as a matrix.
  bool mayBeMeantAsParameter(mlir::Value value) const;

  /// The additive mask of a softmax (B17): constants and arguments, chosen
  /// from, cast and moved, with an element of -10000 or less.
  bool isMask(mlir::Value value) const;
  /// Whether it is what masks are made of: the zeros and ones of (1 - m) *
  /// -1e9.
  bool mayMakeMask(mlir::Value value) const;

  /// A constant that is computed from integers: a weight that is quantized
  /// already (B24).
  bool isDequantized(mlir::Value value) const;

  /// A constant with one element, of any rank: never observed.
  bool isScalar(mlir::Value value) const;

  /// The value that all elements of a constant have, if its text says so, or
  /// it is computed from such.
  std::optional<double> getSplat(mlir::Value value) const {
    return getSplat(value, /*depth=*/0);
  }

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
  std::optional<double> getSplat(mlir::Value value, unsigned depth) const;
  std::optional<double> evaluate(mlir::Value value, unsigned depth) const;
  bool isLoaded(mlir::Value value) const;
  bool isMarked(mlir::Value value) const;
  bool isRoot(mlir::Value value) const;
  bool onlyFeedsParameters(mlir::Value root, bool inDoubt) const;
  bool readsOnlyAsParameter(mlir::Value root, bool inDoubt) const;
  bool takesParameters() const;
  bool isMadeOfParameters(mlir::Value value) const;

  mlir::Operation *function;
  /// Unset before the first op: patterns of units ask for no constants.
  mutable std::optional<llvm::DenseSet<mlir::Operation *>> constants;
  /// How many elements of these constants nothing has written: no unit reads
  /// them, they are on the way to a list.
  mutable llvm::DenseMap<mlir::Operation *, int64_t> undefined;
  /// What has been asked: chains of movement are walked once.
  mutable llvm::DenseMap<mlir::Value, Movement> movements;
  /// What has been asked of arguments and of what is loaded, not in doubt and
  /// in doubt.
  mutable std::array<llvm::DenseMap<mlir::Value, bool>, 2> feeding;
  /// Ops that compute with parameters alone; unset before it is asked.
  mutable std::optional<llvm::DenseSet<mlir::Operation *>> computing;
  /// Whether an argument is a parameter without doubt; unset before it is
  /// asked.
  mutable std::optional<bool> showsParameters;
};

/// The attribute of an argument that marks it as a parameter (B21).
constexpr llvm::StringLiteral parameterAttrName = "qprep.parameter";

/// Whether all that an op computes with is known, or an index, which changes
/// the shape of a result and not its elements.
bool isMadeOf(mlir::Operation *op,
              llvm::function_ref<bool(mlir::Value)> isKnown);

/// Whether an op of a body only passes a scalar on: a cast between floats, a
/// tensor of one element and its element.
bool passesScalar(mlir::Operation *op);
/// What a scalar of a body is before such ops.
mlir::Value skipScalarCasts(mlir::Value value);

/// The operand that an argument of the body of an op is an element of; null for
/// other values.
mlir::OpOperand *getBodyOperand(mlir::Value value);

/// The dimension of the first operand of an op that moves data which a
/// dimension of the result is. None if it is not all of one.
std::optional<int64_t> getMovedDimension(mlir::Operation *op,
                                         int64_t dimension);

} // namespace quantprep

#endif // QUANTPREP_MODELS_VALUEFACTS_H
