//===- InitAll.cpp - Register everything ----------------------------------===//

#include "QuantPrep/InitAll.h"

#include "QuantPrep/IR/BufferizableOpInterfaceImpl.h"
#include "QuantPrep/IR/QPrepDialect.h"
#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Pipelines/Pipelines.h"
#include "QuantPrep/Transforms/Passes.h"

void quantprep::registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<qprep::QPrepDialect>();
  qprep::registerBufferizableOpInterfaceExternalModels(registry);
  registerExternalModels(registry);
}

void quantprep::registerAllPasses() {
  registerQPrepPasses();
  registerPipelines();
}
