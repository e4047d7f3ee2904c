//===- QuantizableOpInterface.h - What an op is to quantization -*- C++ -*-===//

#ifndef QUANTPREP_INTERFACES_QUANTIZABLEOPINTERFACE_H
#define QUANTPREP_INTERFACES_QUANTIZABLEOPINTERFACE_H

#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/OpDefinition.h"

namespace quantprep {
/// The role of one operand, as an op knows it.
struct OperandRoleInfo {
  qprep::OperandRole role;
  /// Dimension of output channels; weights only.
  std::optional<int64_t> axis = std::nullopt;
};

/// Where the output channels of a contraction are, in the weight and in the
/// result.
struct ChannelDims {
  llvm::SmallVector<int64_t, 2> weight;
  llvm::SmallVector<int64_t, 2> result;
};

/// The operands of an op whose role is not `ignored`.
llvm::SmallVector<mlir::Value, 3>
getDataOperands(mlir::Operation *op, llvm::ArrayRef<OperandRoleInfo> roles);

/// What computes a value in the body of an op, and from what.
struct BodyStep {
  mlir::Operation *op;
  qprep::UnitKind kind;
  /// Arguments of the body, and values that are computed in it.
  llvm::SmallVector<mlir::Value, 3> operands;
};
} // namespace quantprep

#include "QuantPrep/Interfaces/QuantizableOpInterface.h.inc"

namespace quantprep {
/// What an op computes from, if nobody has asked it for its roles.
llvm::SmallVector<mlir::Value, 3> getDataValues(QuantizableOpInterface op);
} // namespace quantprep

#endif // QUANTPREP_INTERFACES_QUANTIZABLEOPINTERFACE_H
