//===- InParallel.h - Loops on several threads ------------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_INPARALLEL_H
#define QUANTPREP_TRANSFORMS_INPARALLEL_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Threading.h"

namespace quantprep {

/// Calls back with each index below `size`, on several threads if there are
/// some. Errors come in the order of the indexes; fails if a call does.
template <typename CallbackT>
mlir::LogicalResult forEachInParallel(mlir::MLIRContext *context, size_t size,
                                      const CallbackT &callback) {
  mlir::ParallelDiagnosticHandler diagnostics(context);
  return mlir::failableParallelForEachN(context, 0, size, [&](size_t index) {
    diagnostics.setOrderIDForThread(index);
    mlir::LogicalResult result = callback(index);
    diagnostics.eraseOrderIDForThread();
    return result;
  });
}

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_INPARALLEL_H
