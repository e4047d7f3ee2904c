//===- StructuredForms.h - Integer forms of structured ops ------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_STRUCTUREDFORMS_H
#define QUANTPREP_CONVERSION_STRUCTUREDFORMS_H

#include "Elementwise.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace quantprep {

/// A constant behind ops that repeat or transpose it.
struct PlacedConstant {
  mlir::DenseElementsAttr values;
  /// For each dimension of the value: the one of the constant, -1 for one that
  /// it is repeated along.
  llvm::SmallVector<int64_t> dims;
};
std::optional<PlacedConstant> getPlacedConstant(IntegerLowering &lowering,
                                                mlir::Value value);

/// A structured op over the loops of `op`, into a new tensor of `element`.
/// `init` is what the result starts from; null where it is overwritten.
mlir::Value createStructured(
    mlir::OpBuilder &builder, mlir::linalg::LinalgOp op,
    mlir::ValueRange inputs, mlir::ArrayRef<mlir::AffineMap> maps,
    mlir::Type element, mlir::Value init,
    llvm::function_ref<mlir::Value(mlir::OpBuilder &, mlir::Location,
                                   mlir::ValueRange)>
        body);

/// A new tensor of the shape of the result of `op`, filled with an integer.
mlir::Value createFilled(mlir::OpBuilder &builder, mlir::linalg::LinalgOp op,
                         int64_t value, mlir::Type element);

/// An op whose body computes one element of each.
mlir::FailureOr<IntegerValue> buildBody(IntegerLowering &lowering,
                                        mlir::linalg::LinalgOp op);
mlir::FailureOr<IntegerValue>
buildStructuredContraction(IntegerLowering &lowering,
                           mlir::linalg::LinalgOp op);
/// A pool or a reduction.
mlir::FailureOr<IntegerValue>
buildStructuredReduction(IntegerLowering &lowering, mlir::linalg::LinalgOp op);

/// A float that the body of `op` computes from indices and constants alone, at
/// each place: a constant, and where its dimensions lie in the result.
std::optional<PlacedConstant> evaluateIndices(mlir::linalg::LinalgOp op,
                                              mlir::Value value);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_STRUCTUREDFORMS_H
