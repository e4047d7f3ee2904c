//===- InParallel.h - Loops on several threads ------------------*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_INPARALLEL_H
#define QUANTPREP_SUPPORT_INPARALLEL_H

#include "mlir/IR/Threading.h"

#include <atomic>

namespace quantprep {

/// Calls back with each index below `size`, in parallel; fails if a call does.
/// Where upstream's failableParallelForEachN stops at the first failure, all
/// are called, so that the errors do not depend on the number of threads.
template <typename CallbackT>
mlir::LogicalResult forEachInParallel(mlir::MLIRContext *context, size_t size,
                                      const CallbackT &callback) {
  std::atomic<bool> isFailed = false;
  mlir::parallelFor(context, 0, size, [&](size_t index) {
    if (mlir::failed(callback(index)))
      isFailed = true;
  });
  return mlir::failure(isFailed);
}

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_INPARALLEL_H
