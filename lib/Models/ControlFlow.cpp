//===- ControlFlow.cpp - What cf and scf ops are taught -------------------===//

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/FailingOpInterface.h"
#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Models/OpModels.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct AssertModel
    : FailingOpInterface::ExternalModel<AssertModel, cf::AssertOp> {
  bool alwaysFails(Operation *op) const {
    return matchPattern(cast<cf::AssertOp>(op).getArg(), m_Zero());
  }
};

/// A branch that repeats a tensor along a dimension if that has size 1, which
/// is known only when the program runs, and else takes it as it is. The stock
/// lowering writes one before each op that broadcasts, and the canonicalizer
/// makes one of several.
struct BroadcastModel
    : QuantizableOpInterface::ExternalModel<BroadcastModel, scf::IfOp> {
  bool isQuantizable(Operation *op) const {
    for (unsigned result = 0; result < op->getNumResults(); ++result)
      if (!getSource(op, result))
        return false;
    return op->getNumResults() != 0 && isMemoryEffectFree(op);
  }
  /// Of several that no unit has, nothing is known as a whole.
  UnitKind getUnitKind(Operation *op) const {
    return op->getNumResults() == 1 ? UnitKind::identity : UnitKind::opaque;
  }
  void getOperandRoles(Operation *,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.assign(1, {OperandRole::ignored});
  }
  SmallVector<Value, 3> getDataValues(Operation *op,
                                      ArrayRef<OperandRoleInfo>) const {
    SmallVector<Value, 3> sources;
    for (unsigned result = 0; result < op->getNumResults(); ++result)
      sources.push_back(getSource(op, result));
    return sources;
  }
  SmallVector<OpOperand *, 2> getCapturedInputs(Operation *op,
                                                unsigned result) const {
    SmallVector<OpOperand *, 2> uses;
    Value source = getSource(op, result);
    for (Region &region : op->getRegions())
      for (Operation &inner : region.getOps())
        for (OpOperand &operand : inner.getOpOperands())
          if (operand.get() == source && readsElements(&inner))
            uses.push_back(&operand);
    return uses;
  }

private:
  static Value getSource(Operation *op, unsigned result);
  static Value getYieldedSource(Region &branch, unsigned result);
};
} // namespace

/// What a branch yields, before the ops in it that repeat its elements.
Value BroadcastModel::getYieldedSource(Region &branch, unsigned result) {
  Value value = branch.front().getTerminator()->getOperand(result);
  while (value.getParentBlock() == &branch.front()) {
    auto op = value.getDefiningOp<QuantizableOpInterface>();
    if (!op || (op.getUnitKind() != UnitKind::repeat &&
                op.getUnitKind() != UnitKind::reshape &&
                op.getUnitKind() != UnitKind::identity))
      return {};
    SmallVector<Value, 3> values = quantprep::getDataValues(op);
    if (values.size() != 1)
      return {};
    value = values.front();
  }
  return value;
}

Value BroadcastModel::getSource(Operation *op, unsigned result) {
  auto branch = cast<scf::IfOp>(op);
  if (branch.getElseRegion().empty() ||
      !isa<RankedTensorType>(branch.getType(result)))
    return {};
  if (branch.thenYield().getOperand(result) ==
      branch.elseYield().getOperand(result))
    return {};
  Value source = getYieldedSource(branch.getElseRegion(), result);
  bool isOne = source && source.getType() == branch.getType(result) &&
               getYieldedSource(branch.getThenRegion(), result) == source;
  return isOne ? source : Value();
}

void quantprep::registerControlFlowModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, cf::ControlFlowDialect *) {
    cf::AssertOp::attachInterface<AssertModel>(*context);
  });
  registry.addExtension(+[](MLIRContext *context, scf::SCFDialect *) {
    scf::IfOp::attachInterface<BroadcastModel>(*context);
  });
}
