//===- Walk.h - Looking at every op -----------------------------*- C++ -*-===//

#ifndef QUANTPREP_IR_WALK_H
#define QUANTPREP_IR_WALK_H

#include "mlir/IR/Operation.h"

namespace quantprep {

/// Has `size` bytes from an address on, which need not be there, brought to the
/// cache.
inline void prefetch(uintptr_t address, size_t size) {
  constexpr size_t cacheLine = 64;
  for (size_t offset = 0; offset < size; offset += cacheLine)
    LLVM_PREFETCH(reinterpret_cast<void *>(address + offset), 0, 3);
}

/// For a walk: has what lies some way behind an op brought to the cache. Ops
/// that follow each other were mostly made after each other, so that these are
/// the next ones. They differ in size: the processor itself finds no stride.
inline void prefetchBehind(mlir::Operation *op) {
  constexpr size_t someOps = 1024, atLeastOne = 512;
  prefetch(reinterpret_cast<uintptr_t>(op) + someOps, atLeastOne);
}

/// For a loop over a list: has the op brought to the cache, with its operands,
/// that the loop comes to some steps later.
template <typename ListT, typename GetOpT>
void prefetchAhead(const ListT &list, size_t index, GetOpT getOp,
                   bool backwards = false) {
  constexpr size_t steps = 8, opWithOperands = 256;
  // Before the start is beyond the end.
  size_t ahead = backwards ? index - steps : index + steps;
  if (ahead < list.size())
    prefetch(reinterpret_cast<uintptr_t>(getOp(list[ahead])), opWithOperands);
}

/// As Operation::walk in pre-order, for callbacks that erase nothing. That one
/// calls itself and the callback, through a pointer, for each op; this one is
/// inlined. Preparation looks at every op some ten times.
template <typename CallbackT>
mlir::WalkResult walkInOrder(mlir::Operation *root, const CallbackT &callback) {
  prefetchBehind(root);
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
