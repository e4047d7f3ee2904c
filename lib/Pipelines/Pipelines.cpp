//===- Pipelines.cpp - The steps of qprep-prepare -------------------------===//

#include "QuantPrep/Pipelines/Pipelines.h"

namespace quantprep {
#define GEN_PASS_DEF_PREPARE
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;

static AttachConfigOptions toAttachConfig(const PrepareOptions &options) {
  AttachConfigOptions result;
  result.config = options.config;
  result.qconfig = options.qconfig;
  result.backend = options.backend;
  result.inputsQuantized = options.inputsQuantized;
  result.outputsQuantized = options.outputsQuantized;
  result.entry = options.entry;
  result.qat = options.qat;
  result.placement = options.placement;
  result.mode = options.mode;
  result.onDevice = options.onDevice;
  result.resetFunctions = options.resetFunctions;
  result.strict = options.strict;
  result.patterns = options.patterns;
  return result;
}

void quantprep::buildPreparePipeline(OpPassManager &pm,
                                     const PrepareOptions &options) {
  pm.addPass(createAttachConfig(toAttachConfig(options)));
  pm.addPass(createCopyEntry());
  pm.addPass(createCloneFunctions());
  OpPassManager &functions = pm.nestAny();
  MatchUnitsOptions units;
  units.patterns = options.patterns;
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

namespace {
/// A pass, and no registered pipeline, so that its options are in Passes.td
/// with all others, and nesting it in another op than a module is an error of
/// the parser of pipelines.
struct PreparePass : quantprep::impl::PrepareBase<PreparePass> {
  using PrepareBase::PrepareBase;

  void getDependentDialects(DialectRegistry &registry) const final {
    getSteps().getDependentDialects(registry);
  }

  void runOnOperation() final {
    OpPassManager steps = getSteps();
    if (failed(runPipeline(steps, getOperation())))
      signalPassFailure();
  }

private:
  OpPassManager getSteps() const {
    PrepareOptions options;
    options.config = config;
    options.qconfig = qconfig;
    options.backend = backend;
    llvm::append_range(options.inputsQuantized, inputsQuantized);
    llvm::append_range(options.outputsQuantized, outputsQuantized);
    options.entry = entry;
    options.qat = qat;
    options.placement = placement;
    options.mode = mode;
    options.onDevice = onDevice;
    options.resetFunctions = resetFunctions;
    options.strict = strict;
    llvm::append_range(options.patterns, patterns);
    OpPassManager steps(ModuleOp::getOperationName());
    buildPreparePipeline(steps, options);
    return steps;
  }
};
} // namespace
