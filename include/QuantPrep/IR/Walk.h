//===- Walk.h - Looking at every op -----------------------------*- C++ -*-===//

#ifndef QUANTPREP_IR_WALK_H
#define QUANTPREP_IR_WALK_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseSet.h"

namespace quantprep {

/// How many ops before it is looked at an op has to be asked for.
constexpr size_t prefetchDistance = 8;

/// Has `size` bytes at an address, which need not be there, brought to the
/// cache.
inline void prefetch(uintptr_t address, size_t size) {
  constexpr size_t cacheLine = 64;
  for (size_t offset = 0; offset < size; offset += cacheLine)
    LLVM_PREFETCH(reinterpret_cast<void *>(address + offset), 0, 3);
}

/// Has an op brought to the cache that is looked at soon, and its operands.
inline void prefetchOp(mlir::Operation *op) {
  prefetch(reinterpret_cast<uintptr_t>(op), 256);
}

/// Has what lies some way behind an op brought to the cache. Ops that follow
/// each other were mostly made after each other, so that these are the next
/// ones. Each has a size of its own: the processor does not see it coming.
inline void prefetchBehind(mlir::Operation *op) {
  prefetch(reinterpret_cast<uintptr_t>(op) + 1024, 512);
}

/// Keys of tables that are filled and read in about the order of ops: ops that
/// are near each other in memory are so in the table. None is smaller than 2^6
/// bytes; the upper bits are for those that are far from each other.
struct OpInOrderInfo : llvm::DenseMapInfo<mlir::Operation *> {
  static unsigned getHashValue(const mlir::Operation *op) {
    auto address = reinterpret_cast<uintptr_t>(op);
    return unsigned(address >> 6) ^ unsigned(address >> 17);
  }
};
template <typename ValueT>
using OpMap = llvm::DenseMap<mlir::Operation *, ValueT, OpInOrderInfo>;
using OpSet = llvm::DenseSet<mlir::Operation *, OpInOrderInfo>;

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
