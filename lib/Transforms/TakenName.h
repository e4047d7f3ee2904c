//===- TakenName.h - A symbol that is to be made is there -------*- C++ -*-===//
//
// What is said where a pass makes a function of a fixed name.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_TRANSFORMS_TAKENNAME_H
#define QUANTPREP_TRANSFORMS_TAKENNAME_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Operation.h"

namespace quantprep {

/// Ends an error that has said which symbol is wanted, and why. `remedy` is
/// what else can be done than to rename `taken`.
inline void addTakenName(mlir::InFlightDiagnostic &diag, mlir::Operation *taken,
                         llvm::StringRef remedy = "") {
  diag << ", but the name is taken; rename that symbol" << remedy;
  diag.attachNote(taken->getLoc()) << "the symbol is here";
}

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_TAKENNAME_H
