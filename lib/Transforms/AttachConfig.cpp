//===- AttachConfig.cpp - Puts the configuration into the module ----------===//
//
// The first pass of preparation. What it resolves is in lib/Config.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/Matching/PDLPatterns.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Transforms/Strip.h"

#include "mlir/Dialect/PDL/IR/PDL.h"
#include "mlir/Dialect/PDLInterp/IR/PDLInterp.h"
#include "mlir/IR/Verifier.h"

namespace quantprep {
#define GEN_PASS_DEF_ATTACHCONFIG
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using quantprep::qprep::Mode;
using quantprep::qprep::Placement;

namespace {
struct AttachConfigPass : quantprep::impl::AttachConfigBase<AttachConfigPass> {
  using AttachConfigBase::AttachConfigBase;
  void runOnOperation() final {
    if (failed(checkPatterns()))
      return signalPassFailure();
    mlir::FailureOr<quantprep::StrippedModule> stripped =
        quantprep::stripPreparation(getOperation());
    if (failed(stripped))
      return signalPassFailure();
    warnOfNestedModules();
    if (failed(quantprep::attachConfig(
            getOperation(),
            {config, qconfig, backend, inputsQuantized, outputsQuantized, entry,
             qat, getPlacement(), getMode(), onDevice, resetFunctions, strict,
             stripped->withQConfig, defaultPreset})) ||
        failed(mlir::verify(quantprep::findConfig(getOperation()))))
      return signalPassFailure();
    // The ops of the model are as they were.
    if (!stripped->isChanged)
      markOthersPreserved<quantprep::ModuleConfigTables>();
  }

  /// Who reads them, for each function, would not say that they are wrong.
  llvm::LogicalResult checkPatterns() {
    if (!getOperation().getOps<mlir::FunctionOpInterface>().empty())
      return mlir::success();
    return quantprep::LoadedPatterns(llvm::ArrayRef<std::string>(patterns),
                                     &getContext())
        .check();
  }

  std::optional<Placement> getPlacement() {
    if (placement == quantprep::PlacementOption::Configured)
      return std::nullopt;
    return placement == quantprep::PlacementOption::Value ? Placement::value
                                                          : Placement::graph;
  }

  std::optional<Mode> getMode() {
    if (mode == quantprep::ModeOption::Configured)
      return std::nullopt;
    return mode == quantprep::ModeOption::Dynamic ? Mode::dynamic
                                                  : Mode::static_;
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
