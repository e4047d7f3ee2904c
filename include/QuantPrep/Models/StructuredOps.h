//===- StructuredOps.h - What a linalg op computes --------------*- C++ -*-===//
//
// linalg says what an op computes by maps, iterators and a body; a name is only
// sugar. So the kind, the roles and the axes of all structured ops are read off
// these three, through upstream's inference, and never off the name.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MODELS_STRUCTUREDOPS_H
#define QUANTPREP_MODELS_STRUCTUREDOPS_H

#include "QuantPrep/Models/OpModels.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace quantprep {

enum class Structure {
  /// One result element of one element of each operand.
  elementwise,
  /// Elements of the first operand, elsewhere.
  movement,
  /// Elements of another tensor, which the body reads at places that other
  /// operands tell.
  gather,
  /// The same at places that are computed from the place in the result.
  resample,
  /// The same at the place in the result, up to dimensions along which the
  /// other tensor is repeated.
  broadcast,
  /// One scalar everywhere.
  fill,
  contraction,
  convolution,
  /// A window that is reduced, by sum or maximum.
  pool,
  /// The same of elements of another tensor, which the body reads at places
  /// that are computed from the place in the result.
  adaptivePool,
  /// Whole dimensions that are reduced.
  reduction,
  /// More than one result, buffers, or none of these.
  other
};

Structure getStructure(mlir::linalg::LinalgOp op);

/// A scalar that a reduction combines with what it has so far.
struct Combination {
  UnitKind kind;
  mlir::Value value;
};

/// Whether a destination is new, or has one value everywhere: nothing in it
/// could be observed.
bool isBlank(mlir::Value destination);

/// How a reduction, a pool or a contraction combines; none if its body is not
/// `combine(accumulator, value)`.
std::optional<Combination> getCombination(mlir::linalg::LinalgOp op);

/// See QuantizableOpInterface.
std::optional<BodyStep> getBodyStep(mlir::linalg::LinalgOp op);

/// The kind of a whole reduction that combines like this.
UnitKind getReductionKind(UnitKind combiner);

/// The kind of a movement by its maps.
UnitKind getMovementKind(mlir::linalg::LinalgOp op);

/// For a movement: which dimension of the operand each of the result is, -1 for
/// one that it is repeated along. Empty if it moves no whole dimensions.
llvm::SmallVector<int64_t> getMovedDims(mlir::linalg::LinalgOp op);

/// The tensor that a gather, resampling, broadcast or adaptive pool reads.
mlir::Value getTable(mlir::linalg::LinalgOp op);

/// Whether an element of a result depends on nothing but its place.
bool isComputedFromPlace(mlir::linalg::LinalgOp op, unsigned result);

/// What a fill fills its result with.
mlir::Value getScalar(mlir::linalg::LinalgOp op);

/// Roles of a convolution or contraction, with the axes of output channels.
void getContractionRoles(mlir::linalg::LinalgOp op, Structure structure,
                         llvm::SmallVectorImpl<OperandRoleInfo> &roles);
/// Dimension of input channels of the first or second operand of one.
std::optional<int64_t> getContractedAxis(mlir::linalg::LinalgOp op,
                                         unsigned operand);

/// See QuantizableOpInterface.
ChannelDims getOutputChannelDims(mlir::linalg::LinalgOp op, unsigned weight);

/// Dimensions of the first operand that a reduction runs over.
llvm::SmallVector<int64_t> getReducedOperandDims(mlir::linalg::LinalgOp op);

/// Number of dimensions of the window of a convolution or pool.
unsigned getWindowRank(mlir::linalg::LinalgOp op);
/// See QuantizableOpInterface.
llvm::SmallVector<int64_t> getStrides(mlir::linalg::LinalgOp op);

} // namespace quantprep

#endif // QUANTPREP_MODELS_STRUCTUREDOPS_H
