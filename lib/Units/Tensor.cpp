//===- Tensor.cpp - What tensor ops are to quantization -------------------===//

#include "OpModels.h"
#include "QuantPrep/Units/ExternalModels.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantprep;

namespace {
/// Writes a slice into a destination: both are elements of the result.
struct InsertSliceModel
    : QuantizableOpInterface::ExternalModel<InsertSliceModel,
                                            tensor::InsertSliceOp> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::cat; }
  void getOperandRoles(Operation *op,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.assign(op->getNumOperands(), {OperandRole::ignored});
    roles[0] = roles[1] = {OperandRole::element};
  }
  bool movesData(Operation *) const { return true; }
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
} // namespace

void quantprep::registerTensorExternalModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tensor::TensorDialect *) {
    tensor::ConcatOp::attachInterface<ConcatModel<tensor::ConcatOp>>(*context);
    tensor::InsertSliceOp::attachInterface<InsertSliceModel>(*context);
    moves<tensor::ReshapeOp, UnitKind::reshape>(context);
    moves<tensor::ExpandShapeOp, UnitKind::reshape>(context);
    moves<tensor::CollapseShapeOp, UnitKind::reshape>(context);
    tensor::ExtractSliceOp::attachInterface<ExtractSliceModel>(*context);
    moves<tensor::PadOp, UnitKind::pad>(context);
    moves<tensor::GatherOp, UnitKind::gather>(context);
    moves<tensor::CastOp, UnitKind::identity>(context);
  });
}
