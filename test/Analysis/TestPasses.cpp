//===- TestPasses.cpp - The plugin of passes for tests --------------------===//

#include "TestPasses.h"

#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/Config/llvm-config.h"

using namespace quantprep::test;

extern "C" LLVM_ATTRIBUTE_WEAK ::mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "QuantPrepTestPasses", LLVM_VERSION_STRING,
          [] {
            registerTestBoundaryDTypes();
            registerTestBoundaryGroups();
            registerTestFlowGraph();
            registerTestSharingGroups();
            registerTestValuePlacement();
          }};
}
