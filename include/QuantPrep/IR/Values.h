//===- Values.h - What is asked of values and locations ---------*- C++ -*-===//

#ifndef QUANTPREP_IR_VALUES_H
#define QUANTPREP_IR_VALUES_H

#include "QuantPrep/IR/QPrepOps.h"

namespace quantprep {

/// A tensor of f16, bf16 or f32: what preparation looks at (B10). f64 is left
/// alone.
bool isFloatTensor(mlir::Type type);

/// The op whose result a value is, or around whose block it is an argument.
mlir::Operation *getOwner(mlir::Value value);

/// Whether an op is in the block of another, and written before it: in a graph,
/// values may be used before they are made.
bool isBefore(mlir::Operation *op, mlir::Operation *other);

/// The arguments of all blocks of a region, in program order.
llvm::SmallVector<mlir::Value> getBlockArguments(mlir::Region &region);

/// The value behind the places where it is observed.
mlir::Value getUnobserved(mlir::Value value);

/// Whether an op reads elements of its operands for something that is used: ops
/// that ask for sizes do not, and neither does dead code (B23).
bool readsElements(mlir::Operation *user);

/// Whether exactly one use of a value reads its elements (B23).
bool hasOneReader(mlir::Value value);

/// Calls back with the uses of a value, directly or through observations of it,
/// that read elements (B23).
void forEachUse(mlir::Value value,
                llvm::function_ref<void(mlir::OpOperand &)> callback);

/// Whether the predicate holds for a use of a value, directly or through
/// observations of it. Looks no further than the first one.
bool anyUse(mlir::Value value,
            llvm::function_ref<bool(mlir::OpOperand &)> predicate);

/// The name in a location: the outermost NameLoc; of a fused location its
/// first, of a call site the callee's. Empty without one.
llvm::StringRef getLocationName(mlir::Location loc);

/// Whether the names of two ops make them two units of the model: both have
/// one, and they differ.
bool haveOwnNames(mlir::Operation *op, mlir::Operation *other);

} // namespace quantprep

#endif // QUANTPREP_IR_VALUES_H
