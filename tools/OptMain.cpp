//===- OptMain.cpp - mlir-opt with our diagnostics ------------------------===//

#include "OptMain.h"

#include "ToolDiagnostics.h"

#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/ToolOutputFile.h"

#include <cstdio>

using namespace mlir;
using namespace quantprep;

namespace {
/// Diagnostics of a pass manager: those of building it, and those of passes.
class PassDiagnostics : public PassInstrumentation {
public:
  PassDiagnostics(MLIRContext &context, const MlirOptMainConfig &config)
      : diagnostics(context, config.getDiagnosticVerbosityLevel(),
                    config.shouldShowNotes()) {}

  void runBeforePass(Pass *, Operation *op) override {
    // Passes of the module itself run one at a time.
    if (!op->getParentOp())
      diagnostics.addModule(op);
  }

private:
  ToolDiagnostics diagnostics;
};
} // namespace

LogicalResult quantprep::runOptMain(int argc, char **argv, StringRef input,
                                    StringRef output,
                                    DialectRegistry &registry) {
  auto parsed = MlirOptMainConfig::createFromCLOptions();
  // These want no input.
  if (parsed.shouldShowDialects() || parsed.shouldListPasses())
    return MlirOptMain(argc, argv, input, output, registry);

  llvm::InitLLVM init(argc, argv);
  MlirOptMainConfig config = parsed;
  if (!parsed.shouldVerifyDiagnostics())
    config.setPassPipelineSetupFn([&parsed](PassManager &manager) {
      manager.addInstrumentation(
          std::make_unique<PassDiagnostics>(*manager.getContext(), parsed));
      return parsed.setupPassPipeline(manager);
    });
  if (input == "-" && llvm::sys::Process::FileDescriptorIsDisplayed(0))
    llvm::errs() << "(reading the model from the terminal; ctrl-d ends it)\n";
  std::string error;
  auto file = openInputFile(input, &error);
  auto result = file ? openOutputFile(output, &error) : nullptr;
  if (!result) {
    llvm::errs() << error << '\n';
    return failure();
  }
  if (failed(MlirOptMain(result->os(), std::move(file), registry, config)))
    return failure();
  result->keep();
  return success();
}
