//===- AttachConfig.cpp - Puts the configuration into the module ----------===//
//
// The first pass of preparation. What it resolves is in lib/Config.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Transforms/Strip.h"

namespace quantprep {
#define GEN_PASS_DEF_ATTACHCONFIG
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

namespace {
struct AttachConfigPass : quantprep::impl::AttachConfigBase<AttachConfigPass> {
  using AttachConfigBase::AttachConfigBase;
  void runOnOperation() final {
    quantprep::stripPreparation(getOperation());
    warnOfNestedModules();
    if (failed(quantprep::attachConfig(
            getOperation(), {config, qconfig, backend, inputsQuantized,
                             outputsQuantized, entry, qat})))
      return signalPassFailure();
    // Read once, for the steps on functions.
    getAnalysis<quantprep::ModuleConfigTables>();
    markAnalysesPreserved<quantprep::ModuleConfigTables>();
  }

  /// Preparation speaks of the functions of one module. That it does nothing
  /// for those of a module inside it must not go unnoticed.
  void warnOfNestedModules() {
    for (auto nested : getOperation().getOps<mlir::ModuleOp>())
      if (!nested.getOps<mlir::FunctionOpInterface>().empty())
        nested.emitWarning()
            << "functions of a nested module are not prepared; run the "
               "pipeline on it: builtin.module(builtin.module(qprep-prepare))";
  }
};
} // namespace
