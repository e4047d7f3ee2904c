//===- EraseDead.h - Ops that nothing uses any more -------------*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_ERASEDEAD_H
#define QUANTPREP_SUPPORT_ERASEDEAD_H

#include "mlir/IR/Operation.h"

namespace quantprep {
/// Erases an op that nothing uses any more, and what only it has used. None is
/// given for a value that no op makes.
void eraseDead(mlir::Operation *root);
} // namespace quantprep

#endif // QUANTPREP_SUPPORT_ERASEDEAD_H
