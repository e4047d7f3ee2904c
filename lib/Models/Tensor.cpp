//===- Tensor.cpp - What tensor ops are to quantization -------------------===//

#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Models/StructuredOps.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantprep;

namespace {
/// Writes a slice into a destination. One that is new, or has one value
/// everywhere, is padding. As a list, the destination goes first: it holds what
/// was written before.
struct InsertSliceModel
    : QuantizableOpInterface::ExternalModel<InsertSliceModel,
                                            tensor::InsertSliceOp> {
  UnitKind getUnitKind(Operation *op) const {
    return isBlank(getDestination(op)) ? UnitKind::pad
                                       : UnitKind::slice_scatter;
  }
  void getOperandRoles(Operation *op,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.assign(op->getNumOperands(), {OperandRole::ignored});
    if (isBlank(getDestination(op)))
      roles[0] = {OperandRole::input};
    else
      roles[0] = roles[1] = {OperandRole::element};
  }
  SmallVector<Value, 3> getDataValues(Operation *op,
                                      ArrayRef<OperandRoleInfo>) const {
    if (isBlank(getDestination(op)))
      return {op->getOperand(0)};
    return {getDestination(op), op->getOperand(0)};
  }
  bool movesData(Operation *) const { return true; }

private:
  static Value getDestination(Operation *op) {
    return cast<tensor::InsertSliceOp>(op).getDest();
  }
};

struct ExtractSliceModel
    : InputsModel<ExtractSliceModel, tensor::ExtractSliceOp> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::slice; }
  bool movesData(Operation *) const { return true; }
  bool startsAtOrigin(Operation *op) const {
    auto slice = cast<tensor::ExtractSliceOp>(op);
    return llvm::all_of(slice.getMixedOffsets(),
                        [](OpFoldResult offset) {
                          return isConstantIntValue(offset, 0);
                        }) &&
           slice.hasUnitStride();
  }
};

/// One scalar everywhere, as a fill.
struct SplatModel : InputsModel<SplatModel, tensor::SplatOp, 0> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::opaque; }
  Value getFilledScalar(Operation *op) const {
    return cast<tensor::SplatOp>(op).getInput();
  }
};
} // namespace

void quantprep::registerTensorExternalModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tensor::TensorDialect *) {
    tensor::ConcatOp::attachInterface<ConcatModel<tensor::ConcatOp>>(*context);
    tensor::InsertSliceOp::attachInterface<InsertSliceModel>(*context);
    tensor::SplatOp::attachInterface<SplatModel>(*context);
    moves<tensor::ReshapeOp, UnitKind::reshape>(context);
    moves<tensor::ExpandShapeOp, UnitKind::reshape>(context);
    moves<tensor::CollapseShapeOp, UnitKind::reshape>(context);
    tensor::ExtractSliceOp::attachInterface<ExtractSliceModel>(*context);
    moves<tensor::PadOp, UnitKind::pad>(context);
    moves<tensor::GatherOp, UnitKind::gather>(context);
    moves<tensor::CastOp, UnitKind::identity>(context);
  });
}
