//===- MarkCopies.h - Equal ops of units stay apart -------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_MARKCOPIES_H
#define QUANTPREP_TRANSFORMS_MARKCOPIES_H

#include "mlir/IR/Operation.h"

namespace quantprep {

/// Numbers ops of units that compute the same, so that CSE does not make one of
/// two units, or one member of two. Equal ops in no unit, constants above all,
/// count as one.
void markCopies(mlir::Operation *function);

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_MARKCOPIES_H
