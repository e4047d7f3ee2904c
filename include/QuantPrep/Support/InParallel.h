//===- InParallel.h - Loops on several threads ------------------*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_INPARALLEL_H
#define QUANTPREP_SUPPORT_INPARALLEL_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Threading.h"

#include <atomic>
#include <thread>
#include <vector>

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

/// Calls back with 0 and 1 for work in two contexts: at once, if these are two.
/// What the second says is shown when the first is done.
template <typename CallbackT>
mlir::LogicalResult forBothContexts(mlir::MLIRContext *first,
                                    mlir::MLIRContext *second,
                                    const CallbackT &callback) {
  if (first == second)
    return mlir::failure(mlir::failed(callback(0)) ||
                         mlir::failed(callback(1)));
  std::vector<mlir::Diagnostic> held;
  bool isFailed[2];
  std::thread thread([&] {
    mlir::ScopedDiagnosticHandler hold(second, [&](mlir::Diagnostic &diag) {
      held.push_back(std::move(diag));
      return mlir::success();
    });
    isFailed[1] = mlir::failed(callback(1));
  });
  isFailed[0] = mlir::failed(callback(0));
  thread.join();
  for (mlir::Diagnostic &diag : held)
    second->getDiagEngine().emit(std::move(diag));
  return mlir::failure(isFailed[0] || isFailed[1]);
}

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_INPARALLEL_H
