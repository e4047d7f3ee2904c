//===- PreparationNotes.h - What is left of preparation ---------*- C++ -*-===//

#ifndef QUANTPREP_LIB_CONVERSION_PREPARATIONNOTES_H
#define QUANTPREP_LIB_CONVERSION_PREPARATIONNOTES_H

#include "mlir/IR/BuiltinOps.h"

namespace quantprep {

/// Notes on each function of a prepared module the presets by which that was
/// done (`qprep.presets`), while its configuration is there.
void notePresets(mlir::ModuleOp module);

/// What becomes of the units of an op outlives it on its function
/// (`qprep.units`): passes that lower ops keep that.
void noteUnits(mlir::ModuleOp module);

/// Erases observers, the configuration and all annotations but those that an
/// integer module has.
void removePreparation(mlir::ModuleOp module);

} // namespace quantprep

#endif // QUANTPREP_LIB_CONVERSION_PREPARATIONNOTES_H
