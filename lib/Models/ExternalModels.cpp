//===- ExternalModels.cpp - What foreign ops are taught -------------------===//

#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/IR/QPrepDialect.h"

using namespace mlir;
using namespace quantprep;

void quantprep::registerExternalModels(DialectRegistry &registry) {
  registerTosaExternalModels(registry);
  registerTosaControlFlowModels(registry);
  registerControlFlowModels(registry);
  registerTensorExternalModels(registry);
  registerArithExternalModels(registry);
  registerLinalgExternalModels(registry);
}

void qprep::QPrepDialect::registerForeignModels() {
  DialectRegistry registry;
  registerExternalModels(registry);
  getContext()->appendDialectRegistry(registry);
}
