//===- Walk.h - Looking at every op -----------------------------*- C++ -*-===//

#ifndef QUANTPREP_IR_WALK_H
#define QUANTPREP_IR_WALK_H

#include "mlir/IR/Operation.h"

namespace quantprep {

/// How many ops before it is looked at an op has to be asked for.
constexpr size_t prefetchDistance = 8;

/// Has an op brought to the cache that is looked at soon.
inline void prefetchOp(mlir::Operation *op) {
  constexpr size_t cacheLine = 64;
  LLVM_PREFETCH(op, 0, 3);
  LLVM_PREFETCH(reinterpret_cast<char *>(op) + cacheLine, 0, 3);
}

/// As Operation::walk in pre-order, for callbacks that erase nothing. That one
/// calls itself and the callback, through a pointer, for each op; this one is
/// inlined. Preparation looks at every op some ten times.
template <typename CallbackT>
mlir::WalkResult walkInOrder(mlir::Operation *root, const CallbackT &callback) {
  if constexpr (std::is_void_v<decltype(callback(root))>) {
    callback(root);
  } else {
    mlir::WalkResult result = callback(root);
    if (result.wasInterrupted())
      return result;
    if (result.wasSkipped())
      return mlir::WalkResult::advance();
  }
  if (root->getNumRegions() == 0)
    return mlir::WalkResult::advance();
  for (mlir::Region &region : root->getRegions())
    for (mlir::Block &block : region)
      for (mlir::Operation &op : block)
        if (walkInOrder(&op, callback).wasInterrupted())
          return mlir::WalkResult::interrupt();
  return mlir::WalkResult::advance();
}

} // namespace quantprep

#endif // QUANTPREP_IR_WALK_H
