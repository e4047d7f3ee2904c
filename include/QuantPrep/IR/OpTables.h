//===- OpTables.h - Tables of ops -------------------------------*- C++ -*-===//

#ifndef QUANTPREP_IR_OPTABLES_H
#define QUANTPREP_IR_OPTABLES_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace quantprep {

/// Keys of tables that are filled and read in about the order of ops: ops that
/// are near each other in memory are so in the table, where upstream's hash
/// scatters them. The upper bits are for ops at large regular distances.
struct OpInOrderInfo : llvm::DenseMapInfo<mlir::Operation *> {
  static unsigned getHashValue(const mlir::Operation *op) {
    static_assert(sizeof(mlir::Operation) >= 64,
                  "no two ops have the same upper bits");
    auto address = reinterpret_cast<uintptr_t>(op);
    return unsigned(address >> 6) ^ unsigned(address >> 17);
  }
};

template <typename ValueT>
using OpMap = llvm::DenseMap<mlir::Operation *, ValueT, OpInOrderInfo>;
using OpSet = llvm::DenseSet<mlir::Operation *, OpInOrderInfo>;

} // namespace quantprep

#endif // QUANTPREP_IR_OPTABLES_H
