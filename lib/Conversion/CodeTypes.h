//===- CodeTypes.h - The type that an observer quantizes to -----*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_CODETYPES_H
#define QUANTPREP_CONVERSION_CODETYPES_H

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

namespace quantprep {

/// The quantized type that a spec and parameters make of elements of a tensor.
/// If they do not fit each other, `emitError` says why.
mlir::FailureOr<mlir::quant::QuantizedType>
getCodeType(qprep::ObserverAttr spec, qprep::QParamsAttr qparams,
            mlir::ShapedType tensor,
            llvm::function_ref<mlir::InFlightDiagnostic()> emitError);

/// The parameters of an observer: what calibration found, or what its spec
/// fixes. Null if it has none.
qprep::QParamsAttr getQParams(qprep::ObserverOp observer);

/// Floats of a constant; none if it is none, or its elements are elided.
std::optional<mlir::DenseElementsAttr> getFloatConstant(mlir::Value value);

/// For a constant that transposes and reshapes move, all of it read by nothing
/// else: a constant of what they make of it, in place of `value`. None for
/// others: the floats would stay.
mlir::Value evaluateMovement(mlir::OpBuilder &builder, mlir::Value value);

/// The codes of floats in the storage of a tensor of codes.
mlir::DenseElementsAttr quantizeElements(mlir::DenseElementsAttr values,
                                         mlir::ShapedType codes);

/// A constant of the dialect that `like` is one of, at its place.
mlir::Value createConstantLike(mlir::OpBuilder &builder, mlir::Operation *like,
                               mlir::DenseElementsAttr values);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_CODETYPES_H
