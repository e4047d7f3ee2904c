//===- ChannelBias.cpp - One value per channel, added ---------------------===//

#include "QuantPrep/Models/ChannelBias.h"
#include "QuantPrep/Models/StructuredOps.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace quantprep;
using linalg::LinalgOp;

Value quantprep::createConstant(OpBuilder &builder, Location loc, Operation *op,
                                TypedAttr value) {
  return op->getDialect()
      ->materializeConstant(builder, value, value.getType(), loc)
      ->getResult(0);
}

ChannelAxes quantprep::getBiasAxes(OpOperand &bias,
                                   ArrayRef<int64_t> resultAxes) {
  // The destination of a structured op is as its result; other layers take a
  // vector.
  if (isa<LinalgOp>(bias.getOwner()))
    return ChannelAxes(resultAxes);
  return {0};
}

/// The shape of a value with these axes and no others.
static SmallVector<int64_t>
getCompactShape(int64_t rank, ArrayRef<int64_t> axes, ArrayRef<int64_t> sizes) {
  SmallVector<int64_t> shape(rank, 1);
  for (auto [axis, size] : llvm::zip(axes, sizes))
    shape[axis] = size;
  return shape;
}

/// A constant that is repeated along all other dimensions of a type.
static Value createBroadcast(OpBuilder &builder, Location loc, Operation *op,
                             Value like, ArrayRef<int64_t> axes,
                             const ChannelBias &bias) {
  auto type = cast<RankedTensorType>(like.getType());
  auto vectorType = RankedTensorType::get(bias.sizes, type.getElementType());
  Value vector = createConstant(
      builder, loc, op, makeElements(vectorType, bias.values, bias.like));
  Value empty = tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, like),
      type.getElementType());
  SmallVector<int64_t> repeated;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (!llvm::is_contained(axes, dim))
      repeated.push_back(dim);
  return linalg::BroadcastOp::create(builder, loc, vector, empty, repeated)
      ->getResult(0);
}

bool quantprep::setBiasOperand(OpBuilder &builder, OpOperand &operand,
                               ArrayRef<int64_t> axes,
                               const ChannelBias &bias) {
  auto type = dyn_cast<RankedTensorType>(operand.get().getType());
  if (!type || llvm::is_contained(axes, -1) || !llvm::is_sorted(axes))
    return false;
  Operation *op = operand.getOwner();
  builder.setInsertionPoint(op);
  Location loc = operand.get().getLoc();
  if (axes.size() != bias.sizes.size())
    return false;
  SmallVector<int64_t> shape =
      getCompactShape(type.getRank(), axes, bias.sizes);
  bool isStructured = isa<LinalgOp>(op);
  if (isStructured && type.getShape() != ArrayRef(shape)) {
    operand.set(createBroadcast(builder, loc, op, operand.get(), axes, bias));
    return true;
  }
  auto compact = RankedTensorType::get(shape, type.getElementType());
  operand.set(createConstant(builder, loc, op,
                             makeElements(compact, bias.values, bias.like)));
  return true;
}

bool quantprep::addBiasOperand(OpBuilder &builder, Operation *layer,
                               ArrayRef<int64_t> axes,
                               const ChannelBias &bias) {
  auto structured = dyn_cast<LinalgOp>(layer);
  if (!structured || !llvm::is_sorted(axes))
    return false;
  builder.setInsertionPoint(layer);
  OpOperand &init = *structured.getDpsInitOperand(0);
  init.set(
      createBroadcast(builder, layer->getLoc(), layer, init.get(), axes, bias));
  return true;
}

Value quantprep::addToChannels(OpBuilder &builder, Operation *layer,
                               Value value, ArrayRef<int64_t> axes,
                               const ChannelBias &bias) {
  auto type = cast<RankedTensorType>(value.getType());
  Location loc = value.getLoc();
  builder.setInsertionPointAfterValue(value);
  if (!isa<LinalgOp>(layer)) {
    auto compact =
        RankedTensorType::get(getCompactShape(type.getRank(), axes, bias.sizes),
                              type.getElementType());
    Value constant = createConstant(
        builder, loc, layer, makeElements(compact, bias.values, bias.like));
    return tosa::AddOp::create(builder, loc, type, value, constant);
  }
  Value repeated = createBroadcast(builder, loc, layer, value, axes, bias);
  Value empty = tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, value),
      type.getElementType());
  return linalg::AddOp::create(builder, loc, ValueRange{value, repeated},
                               ValueRange{empty})
      ->getResult(0);
}
