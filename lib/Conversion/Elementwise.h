//===- Elementwise.h - Integer forms of what computes element by element --===//
//
// One algebra for elementwise ops and for the ops in bodies of structured ops.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_CONVERSION_ELEMENTWISE_H
#define QUANTPREP_CONVERSION_ELEMENTWISE_H

#include "QuantPrep/Conversion/IntegerLowering.h"
#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/AffineMap.h"

namespace quantprep {

/// What an elementwise op makes of floats, computed in float64; none for an op
/// that is not known.
std::optional<double> evaluateElement(mlir::Operation *op,
                                      llvm::ArrayRef<double> operands);

/// An operand of an elementwise op: integers that stand for it, or a constant.
struct ElementwiseOperand {
  const IntegerValue *integer = nullptr;
  std::optional<mlir::DenseElementsAttr> constant;
  /// For each dimension of the result: the one of the operand, -1 for one that
  /// it is repeated along.
  llvm::SmallVector<int64_t> dims;
  /// The float tensor; null for a number.
  mlir::Value value;

  /// Whether the elements lie as those of the result; of an operand that has
  /// integers.
  bool isInPlace(mlir::RankedTensorType result) const;
  bool isSplat() const { return constant && constant->isSplat(); }
  double getSplat() const {
    return constant->getSplatValue<llvm::APFloat>().convertToDouble();
  }
};

/// Emits add, sub, mul, maximum or minimum of i32 tensors that lie as the
/// operands of these numbers. A product is divided by 2^shift, and rounded half
/// up.
using EmitBinary = llvm::function_ref<mlir::Value(
    qprep::UnitKind kind, std::pair<mlir::Value, unsigned> lhs,
    std::pair<mlir::Value, unsigned> rhs, int shift)>;

/// The power that a kind computes; none for other kinds.
std::optional<double> getPower(qprep::UnitKind kind);

/// A power of integers of one scale; norms have one, of a variance.
mlir::FailureOr<IntegerValue> buildPower(IntegerLowering &lowering,
                                         mlir::Location loc,
                                         const IntegerValue &value,
                                         double power);

/// The integer form of an elementwise op; notes in `lowering`, for `unit`, why
/// there is none.
mlir::FailureOr<IntegerValue>
buildElementwise(IntegerLowering &lowering, mlir::Operation *unit,
                 mlir::Operation *op,
                 llvm::ArrayRef<ElementwiseOperand> operands,
                 mlir::RankedTensorType result, EmitBinary emit);

/// A bias that is added to an accumulator, at its own scales: a constant, or
/// floats that are quantized when the model runs. Fails for other sums.
mlir::FailureOr<IntegerValue>
buildBias(IntegerLowering &lowering, mlir::Operation *unit,
          llvm::ArrayRef<ElementwiseOperand> operands,
          mlir::RankedTensorType result, EmitBinary emit);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_ELEMENTWISE_H
