//===- EraseDead.cpp - Ops that nothing uses any more ---------------------===//

#include "QuantPrep/Support/EraseDead.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

void quantprep::eraseDead(ArrayRef<Operation *> roots) {
  llvm::SetVector<Operation *> unused(roots.begin(), roots.end());
  while (!unused.empty()) {
    Operation *op = unused.pop_back_val();
    if (!op || !isOpTriviallyDead(op))
      continue;
    for (Value operand : op->getOperands())
      unused.insert(operand.getDefiningOp());
    op->erase();
  }
}
