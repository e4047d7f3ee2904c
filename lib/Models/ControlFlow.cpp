//===- ControlFlow.cpp - What ops of the cf dialect are taught ------------===//

#include "QuantPrep/Interfaces/FailingOpInterface.h"
#include "QuantPrep/Models/ExternalModels.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct AssertModel
    : FailingOpInterface::ExternalModel<AssertModel, cf::AssertOp> {
  bool alwaysFails(Operation *op) const {
    return matchPattern(cast<cf::AssertOp>(op).getArg(), m_Zero());
  }
};
} // namespace

void quantprep::registerControlFlowModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, cf::ControlFlowDialect *) {
    cf::AssertOp::attachInterface<AssertModel>(*context);
  });
}
