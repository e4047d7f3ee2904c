//===- Strip.h - Undo preparation -------------------------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_STRIP_H
#define QUANTPREP_TRANSFORMS_STRIP_H

#include "mlir/IR/Operation.h"

namespace quantprep {

struct StrippedModule {
  /// The ops with a `qprep.qconfig`, in program order: preparation, which
  /// strips first, need not look for them.
  llvm::SmallVector<mlir::Operation *> withQConfig;
  /// Whether there was anything to remove.
  bool isChanged = false;
};

/// Removes all that preparation put into a module (B3): symbols marked
/// `qprep.generated`, annotations, redirections of calls (F29), and places that
/// name a generated observer or carry their spec inline. What the user wrote
/// stays: observers without the mark and their places, and `qprep.qconfig`
/// attributes.
///
/// A place belongs to whoever owns its observer. One that the user put on a
/// generated observer goes with it: without the observer it means nothing.
///
/// Fails after an error, and before anything is changed, if something of the
/// user's own refers to a generated symbol, which would be left without it.
mlir::FailureOr<StrippedModule> stripPreparation(mlir::Operation *module);

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_STRIP_H
