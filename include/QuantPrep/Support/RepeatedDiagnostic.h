//===- RepeatedDiagnostic.h - Diagnostics emitted once more -----*- C++ -*-===//
//
// A handler that changes how a diagnostic is shown emits it once more. Handlers
// that keep a record have seen it before, and are told so.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_SUPPORT_REPEATEDDIAGNOSTIC_H
#define QUANTPREP_SUPPORT_REPEATEDDIAGNOSTIC_H

#include "mlir/IR/Diagnostics.h"

namespace quantprep {

inline constexpr llvm::StringLiteral repeatedDiagnostic = "qprep.repeated";

inline void markRepeated(mlir::Diagnostic &diag) {
  diag.getMetadata().push_back(mlir::DiagnosticArgument(repeatedDiagnostic));
}

inline bool isRepeated(mlir::Diagnostic &diag) {
  using Kind = mlir::DiagnosticArgument::DiagnosticArgumentKind;
  return llvm::any_of(diag.getMetadata(),
                      [](const mlir::DiagnosticArgument &data) {
                        return data.getKind() == Kind::String &&
                               data.getAsString() == repeatedDiagnostic;
                      });
}

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_REPEATEDDIAGNOSTIC_H
