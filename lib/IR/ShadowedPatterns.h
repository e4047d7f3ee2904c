//===- ShadowedPatterns.h - Patterns that never match -----------*- C++ -*-===//

#ifndef QUANTPREP_LIB_IR_SHADOWEDPATTERNS_H
#define QUANTPREP_LIB_IR_SHADOWEDPATTERNS_H

#include "mlir/IR/Block.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OperationSupport.h"
#include "llvm/ADT/SmallVector.h"

namespace quantprep::qprep {

/// Of patterns with one body only the first can match: they are tried longest
/// first and then in order, and the first match counts (F8).
template <typename OpTy>
mlir::LogicalResult verifyNoneShadowed(mlir::Block &patterns) {
  llvm::SmallVector<OpTy> earlier;
  for (auto pattern : patterns.getOps<OpTy>()) {
    for (OpTy other : earlier) {
      if (!mlir::OperationEquivalence::isRegionEquivalentTo(
              &other.getBody(), &pattern.getBody(),
              mlir::OperationEquivalence::IgnoreLocations))
        continue;
      mlir::InFlightDiagnostic error =
          pattern.emitOpError()
          << "can never match, since an earlier one matches the same; remove "
             "one of them";
      error.attachNote(other.getLoc())
          << "@" << other.getSymName() << " is tried first";
      return error;
    }
    earlier.push_back(pattern);
  }
  return mlir::success();
}

} // namespace quantprep::qprep

#endif // QUANTPREP_LIB_IR_SHADOWEDPATTERNS_H
