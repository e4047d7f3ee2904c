//===- TosaControlFlow.cpp - How branches and loops of tosa pass values ---===//

#include "QuantPrep/Interfaces/ValuePassingOpInterface.h"
#include "QuantPrep/Models/ExternalModels.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace quantprep;

/// Operands become values, in order, where there are such values.
static void pass(MutableArrayRef<OpOperand> operands, ValueRange values,
                 RegionBranchSuccessorMapping &mapping) {
  for (auto [operand, value] : llvm::zip(operands, values))
    mapping[&operand].push_back(value);
}

namespace {
/// The values go into both branches, if these have arguments (else they are
/// captured), and what the branches yield comes out.
struct IfModel : ValuePassingOpInterface::ExternalModel<IfModel, tosa::IfOp> {
  bool isLoop(Operation *) const { return false; }
  void getPassedValues(Operation *op,
                       RegionBranchSuccessorMapping &mapping) const {
    for (Region &region : op->getRegions()) {
      pass(op->getOpOperands().drop_front(), region.getArguments(), mapping);
      pass(region.front().getTerminator()->getOpOperands(), op->getResults(),
           mapping);
    }
  }
};

/// The values go into the condition, the body, and out; so does what the body
/// yields. The condition yields none of them.
struct WhileModel
    : ValuePassingOpInterface::ExternalModel<WhileModel, tosa::WhileOp> {
  bool isLoop(Operation *) const { return true; }
  void getPassedValues(Operation *op,
                       RegionBranchSuccessorMapping &mapping) const {
    auto loop = cast<tosa::WhileOp>(op);
    Operation *yield = loop.getBodyGraph().front().getTerminator();
    for (MutableArrayRef<OpOperand> operands :
         {op->getOpOperands(), yield->getOpOperands()}) {
      pass(operands, loop.getCondGraph().getArguments(), mapping);
      pass(operands, loop.getBodyGraph().getArguments(), mapping);
      pass(operands, op->getResults(), mapping);
    }
  }
};
} // namespace

void quantprep::registerTosaControlFlowModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tosa::TosaDialect *) {
    tosa::IfOp::attachInterface<IfModel>(*context);
    tosa::WhileOp::attachInterface<WhileModel>(*context);
  });
}
