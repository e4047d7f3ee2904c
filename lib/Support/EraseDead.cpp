//===- EraseDead.cpp - Ops that nothing uses any more ---------------------===//

#include "QuantPrep/Support/EraseDead.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

void quantprep::eraseDead(Operation *root) {
  llvm::SetVector<Operation *> unused;
  unused.insert(root);
  while (!unused.empty()) {
    Operation *op = unused.pop_back_val();
    if (!op || !isOpTriviallyDead(op))
      continue;
    for (Value operand : op->getOperands())
      unused.insert(operand.getDefiningOp());
    op->erase();
  }
}
