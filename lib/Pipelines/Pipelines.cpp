//===- Pipelines.cpp - The steps of pipelines -----------------------------===//

#include "QuantPrep/Pipelines/Pipelines.h"

namespace quantprep {
#define GEN_PASS_DEF_PREPARE
#define GEN_PASS_DEF_QUANTIZE
#include "QuantPrep/Pipelines/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;

/// What the pass that takes the options of preparation is told.
template <typename Options>
static AttachConfigOptions toAttachConfig(const Options &options) {
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

static void addPreparation(OpPassManager &pm, AttachConfigOptions options) {
  MatchUnitsOptions units;
  units.patterns = options.patterns;
  pm.addPass(createAttachConfig(std::move(options)));
  pm.addPass(createCopyEntry());
  pm.addPass(createCloneFunctions());
  OpPassManager &functions = pm.nestAny();
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

void quantprep::buildPreparePipeline(OpPassManager &pm,
                                     const PrepareOptions &options) {
  addPreparation(pm, toAttachConfig(options));
}

void quantprep::buildCalibratePipeline(OpPassManager &pm,
                                       const QuantizeOptions &options) {
  if (options.foldBatchNorm)
    pm.addPass(createFoldBatchNorm());
  AttachConfigOptions attach = toAttachConfig(options);
  attach.defaultPreset = "tosa";
  addPreparation(pm, std::move(attach));
  CalibrateOptions calibration;
  calibration.inputs = options.inputs;
  calibration.entry = options.entry;
  calibration.threads = options.threads;
  pm.addPass(createCalibrate(std::move(calibration)));
  ChooseQParamsOptions choice;
  choice.method = options.method;
  choice.percentile = options.percentile;
  pm.addPass(createChooseQParams(choice));
}

void quantprep::buildQuantizePipeline(OpPassManager &pm,
                                      const QuantizeOptions &options) {
  buildCalibratePipeline(pm, options);
  if (options.correctBiases != CorrectedBiases::None) {
    CorrectBiasesOptions correction;
    correction.inputs = options.inputs;
    correction.entry = options.entry;
    correction.threads = options.threads;
    correction.perChannel = options.correctBiases == CorrectedBiases::All;
    pm.addPass(createCorrectBiases(std::move(correction)));
  }
  pm.addPass(createConvert());
  if (options.to == QuantizedForm::Integer)
    pm.addPass(createLowerToInteger({options.floatUnits}));
}

namespace {
/// Pipelines are passes, and no registered pipelines, so that their options are
/// in Passes.td with all others, and nesting one in another op than a module is
/// an error of the parser of pipelines.
template <typename Base> struct PipelinePass : Base {
  using Base::Base;

  void getDependentDialects(DialectRegistry &registry) const final {
    getSteps().getDependentDialects(registry);
  }

  void runOnOperation() final {
    if (failed(checkOptions()))
      return this->signalPassFailure();
    OpPassManager steps = getSteps();
    if (failed(this->runPipeline(steps, this->getOperation())))
      this->signalPassFailure();
    // Each step has been verified, and has invalidated what it changed.
    this->markAllAnalysesPreserved();
  }

protected:
  virtual void addSteps(OpPassManager &steps) const = 0;
  /// Options that would be without effect are errors.
  virtual LogicalResult checkOptions() { return success(); }

  template <typename Options> Options getPrepareOptions() const {
    Options options;
    options.config = this->config;
    options.qconfig = this->qconfig;
    options.backend = this->backend;
    llvm::append_range(options.inputsQuantized, this->inputsQuantized);
    llvm::append_range(options.outputsQuantized, this->outputsQuantized);
    options.entry = this->entry;
    options.qat = this->qat;
    options.placement = this->placement;
    options.mode = this->mode;
    options.onDevice = this->onDevice;
    options.resetFunctions = this->resetFunctions;
    options.strict = this->strict;
    llvm::append_range(options.patterns, this->patterns);
    return options;
  }

private:
  OpPassManager getSteps() const {
    OpPassManager steps(ModuleOp::getOperationName());
    addSteps(steps);
    return steps;
  }
};

struct PreparePass final
    : PipelinePass<quantprep::impl::PrepareBase<PreparePass>> {
  using PipelinePass::PipelinePass;

  void addSteps(OpPassManager &steps) const final {
    buildPreparePipeline(steps, getPrepareOptions<PrepareOptions>());
  }
};

struct QuantizePass final
    : PipelinePass<quantprep::impl::QuantizeBase<QuantizePass>> {
  using PipelinePass::PipelinePass;

  LogicalResult checkOptions() final {
    if (to == QuantizedForm::Reference && floatUnits == FloatOption::Forbid)
      return emitError(getOperation().getLoc())
             << "float=forbid is about integers; leave it out, or say "
                "to=integer";
    return success();
  }

  void addSteps(OpPassManager &steps) const final {
    auto options = getPrepareOptions<QuantizeOptions>();
    llvm::append_range(options.inputs, inputs);
    options.threads = threads;
    options.method = method;
    options.percentile = percentile;
    options.foldBatchNorm = foldBatchNorm;
    options.correctBiases = correctBiases;
    options.to = to;
    options.floatUnits = floatUnits;
    buildQuantizePipeline(steps, options);
  }
};
} // namespace
