//===- ProductSums.h - Ops that kernels compute -----------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_EXECUTION_PRODUCTSUMS_H
#define QUANTPREP_LIB_EXECUTION_PRODUCTSUMS_H

#include "Kernels.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace quantprep::execution {

/// Whether an op sums up products of f32, and adds them to what was there.
bool isProductSum(mlir::linalg::LinalgOp op);

/// The zero points of an op that sums up products of i8 in i32, and adds them
/// to what was there; none for another op.
std::optional<ZeroPoints> getIntegerProductSum(mlir::linalg::LinalgOp op);

/// The dimension of an operand that a loop goes over by itself.
std::optional<int64_t> findDim(mlir::AffineMap map, unsigned loop);

/// Whether a value is made of constants by moving them.
bool isConstant(mlir::Value value);

/// Whether the result of an op starts as zeros.
bool isZero(mlir::Value init);

/// The vector of f32 that is broadcast along `dim` to make `init`.
mlir::Value getBroadcastVector(mlir::Value init, std::optional<int64_t> dim);

} // namespace quantprep::execution

#endif // QUANTPREP_LIB_EXECUTION_PRODUCTSUMS_H
