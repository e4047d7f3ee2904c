#include "QuantPrep/Config/Config.h"
using namespace mlir;
quantprep::qprep::ConfigOp quantprep::findConfig(Operation *op) {
  for (Operation *parent = op; parent; parent = parent->getParentOp())
    if (parent->hasTrait<OpTrait::SymbolTable>())
      for (Operation &child : parent->getRegion(0).front())
        if (auto config = dyn_cast<qprep::ConfigOp>(child))
          if (config->hasAttr("qprep.generated"))
            return config;
  return nullptr;
}
