//===- Strip.h - Undoing preparation ----------------------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_STRIP_H
#define QUANTPREP_TRANSFORMS_STRIP_H

#include "mlir/IR/Operation.h"

namespace quantprep {
/// Removes everything that an earlier preparation put into the module (B3).
void stripPreparation(mlir::Operation *module);
} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_STRIP_H
