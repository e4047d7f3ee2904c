//===- quant-prep-opt.cpp - The driver ------------------------------------===//

#include "QuantPrep/InitAll.h"
#include "QuantPrep/Support/WholeFile.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllPasses();
  quantprep::registerAllDialects(registry);
  quantprep::registerAllPasses();
  auto [input, output] = mlir::registerAndParseCLIOptions(
      argc, argv, "QuantPrep optimizer driver\n", registry);

  // A failed run has said why; it leaves the old file.
  bool done = false;
  llvm::Error error = quantprep::writeWholeFile(
      output, [&, &input = input](llvm::StringRef path) -> llvm::Error {
        done = mlir::succeeded(
            mlir::MlirOptMain(argc, argv, input, path, registry));
        return done ? llvm::Error::success()
                    : llvm::createStringError("the run failed");
      });
  if (done && error)
    llvm::errs() << argv[0] << ": cannot write '" << output << "': " << error
                 << '\n';
  bool failed = bool(error);
  llvm::consumeError(std::move(error));
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
