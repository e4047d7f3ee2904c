//===- Plugin.cpp - Entry points for stock mlir-opt -----------------------===//

#include "QuantPrep/InitAll.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/Config/llvm-config.h"

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "QuantPrep", LLVM_VERSION_STRING,
          quantprep::registerAllPasses};
}

extern "C" LLVM_ATTRIBUTE_VISIBILITY_DEFAULT mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "QuantPrep", LLVM_VERSION_STRING,
          +[](mlir::DialectRegistry *registry) {
            quantprep::registerAllDialects(*registry);
          }};
}
