//===- Storage.h - Codes as integers ----------------------------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_STORAGE_H
#define QUANTPREP_CONVERSION_STORAGE_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"

namespace quantprep {

/// The tensor of integers that a tensor of codes is stored as.
mlir::TensorType getStorageType(mlir::Type codes);

/// Tensors of codes become tensors of their storage, wherever they are, types
/// of functions too.
void replaceCodesByStorage(mlir::Operation *root);

/// Codes of u8 become codes of i8, 128 less: types and constants.
void shiftUnsignedCodes(mlir::Operation *root);

/// Fails, at each of them, where an op of the reference form under `root` is on
/// tensors without a rank.
mlir::LogicalResult verifyRanks(mlir::Operation *root);

/// Lowers the ops of the reference form under `root` to structured ops.
void lowerQuantizeOps(mlir::Operation *root);

/// Rows of codes are gathered and become floats, instead of all of a table in
/// each run.
void gatherBeforeDequantize(mlir::Operation *root);

/// Lowers quantize and dequantize under `root` to tosa ops where tosa has them:
/// of one scale, or one for each channel.
void lowerQuantizeOpsToTosa(mlir::Operation *root);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_STORAGE_H
