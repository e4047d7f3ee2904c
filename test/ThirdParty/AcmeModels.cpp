//===- AcmeModels.cpp - What acme ops are to quantization -----------------===//
//
// The example of docs/adding-ops.md: external models for the ops of a dialect
// that QuantPrep does not know, in a plugin of its own.
//
//===----------------------------------------------------------------------===//

#include "Acme.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"

using namespace mlir;
using quantprep::OperandRoleInfo;
using quantprep::QuantizableOpInterface;
using quantprep::qprep::OperandRole;
using quantprep::qprep::UnitKind;

namespace {
struct DenseModel
    : QuantizableOpInterface::ExternalModel<DenseModel, acme::DenseOp> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::linear; }
  void getOperandRoles(Operation *,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.push_back({OperandRole::weight, /*axis=*/0});
    roles.push_back({OperandRole::input});
    roles.push_back({OperandRole::bias});
  }
  int64_t getMacs(Operation *op) const {
    auto dense = cast<acme::DenseOp>(op);
    auto weight = cast<ShapedType>(dense.getWeight().getType());
    auto input = cast<ShapedType>(dense.getInput().getType());
    return weight.getNumElements() * input.getDimSize(0);
  }
};

struct GateModel
    : QuantizableOpInterface::ExternalModel<GateModel, acme::GateOp> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::sigmoid; }
  void getOperandRoles(Operation *,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.push_back({OperandRole::input});
  }
};
} // namespace

static void registerModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, acme::AcmeDialect *) {
    acme::DenseOp::attachInterface<DenseModel>(*context);
    acme::GateOp::attachInterface<GateModel>(*context);
  });
}

extern "C" LLVM_ATTRIBUTE_WEAK DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Acme", LLVM_VERSION_STRING,
          [](DialectRegistry *registry) {
            registry->insert<acme::AcmeDialect>();
            registerModels(*registry);
          }};
}
