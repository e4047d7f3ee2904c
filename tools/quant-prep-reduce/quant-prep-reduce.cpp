//===- quant-prep-reduce.cpp - Makes models small that show something -----===//
//
// mlir-reduce with our pass beside upstream's; it prints locations, which have
// the names of layers, and which mlirReduceMain cannot be told to print.
//
//===----------------------------------------------------------------------===//

#include "../OptMain.h"
#include "ReduceModel.h"

#include "QuantPrep/InitAll.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Reducer/Passes.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllPasses();
  quantprep::registerAllDialects(registry);
  quantprep::registerAllPasses();
  mlir::registerReducerPasses();
  quantprep::registerReducePasses();
  llvm::cl::SetVersionPrinter(quantprep::printVersion);
  llvm::SmallVector<char *> arguments(argv, argv + argc);
  char printLocations[] = "--mlir-print-debuginfo";
  if (!llvm::is_contained(llvm::map_range(arguments,
                                          [](char *argument) {
                                            return llvm::StringRef(argument);
                                          }),
                          printLocations))
    arguments.insert(arguments.begin() + 1, printLocations);
  int count = arguments.size();
  auto [input, output] = mlir::registerAndParseCLIOptions(
      count, arguments.data(),
      "QuantPrep: makes a model smaller while a test finds it interesting\n\n"
      "  quant-prep-reduce model.mlir --qprep-reduce=test=test.sh -o "
      "small.mlir\n",
      registry);
  return mlir::asMainReturnCode(
      quantprep::runOptMain(count, arguments.data(), input, output, registry));
}
