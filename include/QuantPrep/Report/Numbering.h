//===- Numbering.h - Positions of ops in reports ----------------*- C++ -*-===//

#ifndef QUANTPREP_REPORT_NUMBERING_H
#define QUANTPREP_REPORT_NUMBERING_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseMap.h"

namespace quantprep::report {

/// Where the ops of a function are, ops of the qprep dialect not counted, so
/// that positions are those of the module that was prepared. One walk; does
/// not follow later changes.
class Numbering {
public:
  explicit Numbering(mlir::Operation *function);

  /// Position in program order, nested ops counted after the op they are in.
  unsigned getOrder(mlir::Operation *op) const;

  /// Position in the block of the op; in the function's body the blocks count
  /// as one.
  unsigned getPosition(mlir::Operation *op) const;

  /// Position of the op in the function's body, or of the one it is inside of.
  unsigned getIndex(mlir::Operation *op) const;

  /// Whether the op is inside a region of another op of the function.
  bool isNested(mlir::Operation *op) const;

  /// The way to a nested op: position of an op of the function's body, then
  /// numbers of region and block, position in the block, and so on.
  llvm::SmallVector<unsigned> getPath(mlir::Operation *op) const;

  /// The way to a block: that of its op (none for the function's own blocks),
  /// then numbers of region and block.
  llvm::SmallVector<unsigned> getPath(mlir::Block *block) const;

private:
  struct Entry {
    unsigned order;
    unsigned position;
  };
  mlir::Operation *function;
  llvm::DenseMap<mlir::Operation *, Entry> entries;
};

} // namespace quantprep::report

#endif // QUANTPREP_REPORT_NUMBERING_H
