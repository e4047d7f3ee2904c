//===- Config.cpp - Finding the generated configuration -------------------===//

#include "QuantPrep/Config/Config.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ConfigOp quantprep::findConfig(Operation *op) {
  auto generated = op->getContext()
                       ->getLoadedDialect<QPrepDialect>()
                       ->getGeneratedAttrHelper();
  for (; op; op = op->getParentOp()) {
    auto module = dyn_cast<ModuleOp>(op);
    if (!module)
      continue;
    // It was put at the end, so that this does not walk all functions.
    for (Operation &child : llvm::reverse(*module.getBody()))
      if (auto config = dyn_cast<ConfigOp>(child);
          config && generated.isAttrPresent(config))
        return config;
  }
  return nullptr;
}
