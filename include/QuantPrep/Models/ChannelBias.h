//===- ChannelBias.h - One value per channel, added -------------*- C++ -*-===//

#ifndef QUANTPREP_MODELS_CHANNELBIAS_H
#define QUANTPREP_MODELS_CHANNELBIAS_H

#include "QuantPrep/Models/ChannelValues.h"
#include "QuantPrep/Models/ConstantElements.h"

#include "mlir/IR/Builders.h"

namespace quantprep {

/// Values for all channels, which the axes of a layer's result have.
struct ChannelBias {
  llvm::ArrayRef<double> values;
  llvm::ArrayRef<int64_t> sizes;
  /// The form of constants to be made.
  const ConstantElements &like;
};

/// A constant in the dialect of an op.
mlir::Value createConstant(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Operation *op, mlir::TypedAttr value);

/// The axes of the channels in the bias of a layer, given those in its result.
ChannelAxes getBiasAxes(mlir::OpOperand &bias,
                        llvm::ArrayRef<int64_t> resultAxes);

/// Replaces an operand that is added, by a constant of the same or a smaller
/// shape. Returns whether the op takes one.
bool setBiasOperand(mlir::OpBuilder &builder, mlir::OpOperand &operand,
                    llvm::ArrayRef<int64_t> axes, const ChannelBias &bias);

/// Lets a layer without a bias begin with one. Returns whether the op can.
bool addBiasOperand(mlir::OpBuilder &builder, mlir::Operation *layer,
                    llvm::ArrayRef<int64_t> axes, const ChannelBias &bias);

/// Adds to a value that a layer makes, in the dialect of the layer.
mlir::Value addToChannels(mlir::OpBuilder &builder, mlir::Operation *layer,
                          mlir::Value value, llvm::ArrayRef<int64_t> axes,
                          const ChannelBias &bias);

} // namespace quantprep

#endif // QUANTPREP_MODELS_CHANNELBIAS_H
