//===- LowerToTosa.cpp - Quantize and dequantize as tosa ops --------------===//
//
// At the edges of integer parts. The same numbers as LowerQuantize.cpp: tosa
// rounds half to even where it casts to integers.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/QuantizedTypes.h"
#include "Storage.h"

#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// Emits float tosa ops on tensors of one shape.
struct TosaBuilder {
  OpBuilder &builder;
  Location loc;
  const QParamsGrid &grid;

  /// Numbers that lie over the tensor as the grid does; of type f32 or i32.
  Value constant(ArrayRef<double> values, Type element) {
    SmallVector<Attribute> attrs;
    for (double value : values)
      attrs.push_back(element.isF32()
                          ? Attribute(builder.getF32FloatAttr(float(value)))
                          : builder.getIntegerAttr(element, int64_t(value)));
    SmallVector<int64_t> shape(grid.counts);
    auto type = RankedTensorType::get(shape, element);
    return tosa::ConstOp::create(builder, loc, type,
                                 DenseElementsAttr::get(type, attrs));
  }
  Value zeroPoints(Type element) {
    return constant(
        SmallVector<double>(grid.zeroPoints.begin(), grid.zeroPoints.end()),
        element);
  }
  bool hasZeroPoint() const {
    return !llvm::all_of(grid.zeroPoints,
                         [](int64_t zero) { return zero == 0; });
  }
  Value cast(Value value, Type element) {
    auto type = llvm::cast<ShapedType>(value.getType());
    return type.getElementType() == element
               ? value
               : Value(tosa::CastOp::create(builder, loc, type.clone(element),
                                            value));
  }
  Value multiply(Value value, Value factor) {
    auto type = RankedTensorType::get({1}, builder.getI8Type());
    Value shift = tosa::ConstOp::create(
        builder, loc, type, DenseElementsAttr::get(type, int8_t(0)));
    return tosa::MulOp::create(builder, loc, value.getType(), value, factor,
                               shift);
  }
};
} // namespace

/// Whether tosa constants can lie over the tensor as the grid does.
static bool isBroadcast(const QParamsGrid &grid) {
  return llvm::all_of(grid.blocks, [](int64_t block) { return block <= 1; });
}

static bool isTosaCode(Type codes) {
  auto type = dyn_cast<RankedTensorType>(codes);
  quant::QuantizedType element = getQuantizedElement(codes);
  unsigned width = element.getStorageTypeIntegralWidth();
  if (!type || !element.isSigned() ||
      !llvm::is_contained({8u, 16u, 32u}, width))
    return false;
  QParamsGrid grid = getQParamsGrid(type);
  // Codes of i32 are those of a bias.
  return isBroadcast(grid) &&
         (width < 32 ||
          llvm::all_of(
              grid.zeroPoints, [](int64_t zero) { return zero == 0; }));
}

/// The clamp is before the zero point is added, where all integers are exact.
static Value createQuantize(QuantizeOp op, TosaBuilder b) {
  Type f32 = b.builder.getF32Type(), i32 = b.builder.getI32Type();
  SmallVector<double> inverses;
  for (double scale : b.grid.scales)
    inverses.push_back(1.0f / static_cast<float>(scale));
  Value scaled =
      b.multiply(b.cast(op.getInput(), f32), b.constant(inverses, f32));
  auto [low, high] =
      std::minmax_element(b.grid.zeroPoints.begin(), b.grid.zeroPoints.end());
  Value clamped =
      tosa::ClampOp::create(b.builder, b.loc, scaled.getType(), scaled,
                            b.builder.getF32FloatAttr(b.grid.low - *high),
                            b.builder.getF32FloatAttr(b.grid.high - *low),
                            tosa::NanPropagationMode::IGNORE);
  Type storage = getStorageType(op.getType()).getElementType();
  if (!b.hasZeroPoint())
    return b.cast(clamped, storage);
  Value rounded = b.cast(clamped, i32);
  Value code = tosa::AddOp::create(b.builder, b.loc, rounded.getType(), rounded,
                                   b.zeroPoints(i32));
  if (*low != *high)
    code = tosa::ClampOp::create(b.builder, b.loc, code.getType(), code,
                                 b.builder.getI32IntegerAttr(b.grid.low),
                                 b.builder.getI32IntegerAttr(b.grid.high));
  return b.cast(code, storage);
}

static Value createDequantize(DequantizeOp op, TosaBuilder b) {
  Type f32 = b.builder.getF32Type();
  Value stored = quant::StorageCastOp::create(
      b.builder, b.loc, getStorageType(op.getInput().getType()), op.getInput());
  Value value = b.cast(stored, f32);
  if (b.hasZeroPoint())
    value = tosa::SubOp::create(b.builder, b.loc, value.getType(), value,
                                b.zeroPoints(f32));
  value = b.multiply(value, b.constant(b.grid.scales, f32));
  return b.cast(value, getElementTypeOrSelf(op.getType()));
}

void quantprep::lowerQuantizeOpsToTosa(Operation *root) {
  root->walk([](Operation *op) {
    OpBuilder builder(op);
    if (auto quantize = dyn_cast<QuantizeOp>(op)) {
      if (!isTosaCode(quantize.getType()))
        return;
      QParamsGrid grid = getQParamsGrid(cast<ShapedType>(quantize.getType()));
      Value codes = createQuantize(quantize, {builder, op->getLoc(), grid});
      op->getResult(0).replaceAllUsesWith(quant::StorageCastOp::create(
          builder, op->getLoc(), quantize.getType(), codes));
      op->erase();
    } else if (auto dequantize = dyn_cast<DequantizeOp>(op)) {
      Type codes = dequantize.getInput().getType();
      if (!isTosaCode(codes))
        return;
      QParamsGrid grid = getQParamsGrid(cast<ShapedType>(codes));
      op->getResult(0).replaceAllUsesWith(
          createDequantize(dequantize, {builder, op->getLoc(), grid}));
      op->erase();
    }
  });
}
