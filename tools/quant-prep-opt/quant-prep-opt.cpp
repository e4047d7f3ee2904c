//===- quant-prep-opt.cpp - The driver ------------------------------------===//

#include "../OptMain.h"
#include "Help.h"

#include "QuantPrep/InitAll.h"
#include "QuantPrep/Support/IgnoredSignals.h"
#include "QuantPrep/Support/WholeFile.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"

/// A failed run has said why; it leaves the old file.
static bool
writeOutput(llvm::StringRef output,
            llvm::function_ref<mlir::LogicalResult(llvm::StringRef path)> run) {
  bool done = false;
  llvm::Error error = quantprep::writeWholeFile(
      output, [&](llvm::StringRef path) -> llvm::Error {
        done = mlir::succeeded(run(path));
        return done ? llvm::Error::success()
                    : llvm::createStringError("the run failed");
      });
  if (done && error)
    llvm::WithColor::error(llvm::errs(), "quant-prep-opt")
        << "cannot write '" << output << "': " << error << '\n';
  bool failed = bool(error);
  llvm::consumeError(std::move(error));
  return !failed;
}

int main(int argc, char **argv) {
  quantprep::keepIgnoredSignals();
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllPasses();
  quantprep::registerAllDialects(registry);
  quantprep::registerAllPasses();
  llvm::cl::SetVersionPrinter(quantprep::printVersion);
  if (quantprep::wantsHelp({argv + 1, argv + argc}))
    quantprep::printOwnHelp(llvm::outs());
  auto [input, output] = mlir::registerAndParseCLIOptions(
      argc, argv, "QuantPrep: prepares float models for quantization\n",
      registry);
  bool written = writeOutput(output, [&, &input = input](llvm::StringRef path) {
    return quantprep::runOptMain(argc, argv, input, path, registry);
  });
  return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
