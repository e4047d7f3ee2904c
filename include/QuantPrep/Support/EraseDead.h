//===- EraseDead.h - Ops that nothing uses any more -------------*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_ERASEDEAD_H
#define QUANTPREP_SUPPORT_ERASEDEAD_H

#include "mlir/IR/Operation.h"

namespace quantprep {
/// Erases those of some ops that nothing uses any more, and what only they have
/// used. Null stands for a value that no op makes.
void eraseDead(llvm::ArrayRef<mlir::Operation *> roots);
} // namespace quantprep

#endif // QUANTPREP_SUPPORT_ERASEDEAD_H
