//===- Pipelines.cpp - The qprep-prepare pipeline -------------------------===//

#include "QuantPrep/Pipelines/Pipelines.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace quantprep;

static AttachConfigOptions toPassOptions(const PrepareOptions &options) {
  AttachConfigOptions result;
  result.config = options.config;
  result.qconfig = options.qconfig;
  result.backend = options.backend;
  llvm::append_range(result.inputsQuantized, options.inputsQuantized);
  llvm::append_range(result.outputsQuantized, options.outputsQuantized);
  result.entry = options.entry;
  result.qat = options.qat;
  result.placement = options.placement;
  result.mode = options.mode;
  result.onDevice = options.onDevice;
  result.resetFunctions = options.resetFunctions;
  llvm::append_range(result.patterns, options.patterns);
  return result;
}

void quantprep::buildPreparePipeline(OpPassManager &pm,
                                     const PrepareOptions &options) {
  pm.addPass(createAttachConfig(toPassOptions(options)));
  pm.addPass(createCopyEntry());
  pm.addPass(createCloneFunctions());
  OpPassManager &functions = pm.nestAny();
  MatchUnitsOptions units;
  llvm::append_range(units.patterns, options.patterns);
  functions.addPass(createMatchUnits(std::move(units)));
  functions.addPass(createFuseUnits());
  functions.addPass(createAssignQConfig());
  pm.addPass(createPropagateDTypes());
  pm.addPass(createPropagateValues());
  pm.nestAny().addPass(createInsertObservers());
  pm.addPass(createShareObservers());
  pm.addPass(createAddResetFunctions());
  pm.addPass(createClearAnnotations());
}

void quantprep::registerPipelines() {
  PassPipelineRegistration<PrepareOptions>(
      "qprep-prepare",
      "Prepare float models for quantization: find units, insert observers, "
      "share them",
      buildPreparePipeline);
}
