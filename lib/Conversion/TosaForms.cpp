//===- TosaForms.cpp - Integer forms of tosa ops --------------------------===//

#include "Elementwise.h"
#include "Forms.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Tosa/Utils/ConversionUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

//===----------------------------------------------------------------------===//
// Elementwise
//===----------------------------------------------------------------------===//

/// tosa operands have the rank of the result, and size 1 where they are
/// repeated.
static SmallVector<int64_t> getDims(ShapedType operand, ShapedType result) {
  SmallVector<int64_t> dims;
  for (int64_t d = 0; d < result.getRank(); ++d)
    dims.push_back(operand.getDimSize(d) == result.getDimSize(d) ? d : -1);
  return dims;
}

static Value createBinary(OpBuilder &builder, Operation *op, UnitKind kind,
                          Value lhs, Value rhs, Value shift) {
  Location loc = op->getLoc();
  Type type =
      cast<ShapedType>(op->getResult(0).getType()).clone(builder.getI32Type());
  switch (kind) {
  case UnitKind::add:
    return tosa::AddOp::create(builder, loc, type, lhs, rhs);
  case UnitKind::sub:
    return tosa::SubOp::create(builder, loc, type, lhs, rhs);
  case UnitKind::maximum:
    return tosa::MaximumOp::create(builder, loc, type, lhs, rhs);
  case UnitKind::minimum:
    return tosa::MinimumOp::create(builder, loc, type, lhs, rhs);
  default:
    return tosa::MulOp::create(builder, loc, type, lhs, rhs, shift);
  }
}

template <unsigned numOperands>
static FailureOr<IntegerValue> buildTosaElementwise(IntegerLowering &lowering,
                                                    Operation *op) {
  auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!result)
    return lowering.fail(op, "its rank is not known");
  SmallVector<ElementwiseOperand> operands;
  for (Value operand : op->getOperands().take_front(numOperands)) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (!type || type.getRank() != result.getRank())
      return lowering.fail(op, "an operand is of another rank");
    operands.push_back({lowering.lookup(operand), lowering.getConstant(operand),
                        getDims(type, result), operand});
  }
  OpBuilder &builder = lowering.builder;
  return buildElementwise(
      lowering, op, op, operands, result,
      [&](UnitKind kind, std::pair<Value, unsigned> lhs,
          std::pair<Value, unsigned> rhs, int shift) {
        if (lhs.second > rhs.second)
          std::swap(lhs, rhs);
        return createBinary(builder, op, kind, lhs.first, rhs.first,
                            lowering.createScalar(shift, builder.getI8Type()));
      });
}

/// A choice between two values, by whatever.
static FailureOr<IntegerValue> buildSelect(IntegerLowering &lowering,
                                           tosa::SelectOp op) {
  if (lowering.lookup(op.getInput1()))
    return buildTosaElementwise<3>(lowering, op);
  FailureOr<SmallVector<IntegerValue>> values =
      getCommonCodes(lowering, op, {op.getInput2(), op.getInput3()});
  if (failed(values))
    return failure();
  IntegerValue result = joinLimits(*values);
  result.tensor =
      cloneWith(lowering.builder, op,
                {op.getInput1(), (*values)[0].tensor, (*values)[1].tensor},
                result.getType().getElementType())
          ->getResult(0);
  return result;
}

//===----------------------------------------------------------------------===//
// Data movement
//===----------------------------------------------------------------------===//

/// Where the channels of the first operand are in the result.
static std::optional<int64_t> getMovedAxis(Operation *op, int64_t axis) {
  auto from = cast<ShapedType>(op->getOperand(0).getType());
  auto to = cast<ShapedType>(op->getResult(0).getType());
  if (auto transpose = dyn_cast<tosa::TransposeOp>(op)) {
    for (auto [at, dimension] : llvm::enumerate(transpose.getPerms()))
      if (dimension == axis)
        return at;
    return std::nullopt;
  }
  // The last dimension stays the last one where its size does.
  bool isLast = axis == from.getRank() - 1 && from.hasStaticShape();
  if (isa<tosa::ReshapeOp>(op) && isLast && to.getRank() > 0 &&
      to.getDimSize(to.getRank() - 1) == from.getDimSize(axis))
    return to.getRank() - 1;
  return isa<tosa::IdentityOp>(op) ? std::optional(axis) : std::nullopt;
}

static FailureOr<IntegerValue> buildTosaMovement(IntegerLowering &lowering,
                                                 Operation *op) {
  const IntegerValue *source = lowering.lookup(op->getOperand(0));
  std::optional<int64_t> axis;
  if (source && !source->isPerTensor())
    axis = getMovedAxis(op, source->axis);
  return buildMovement(lowering, op, axis);
}

/// The largest or smallest of some codes is that of the floats.
static FailureOr<IntegerValue> buildExtreme(IntegerLowering &lowering,
                                            Operation *op) {
  const IntegerValue *source = lowering.lookup(op->getOperand(0));
  if (source && source->function)
    return lowering.fail(op, "its operand is not quantized itself");
  FailureOr<IntegerValue> result = buildMovement(lowering, op, std::nullopt);
  // Padding has the least code of all.
  if (succeeded(result) && isa<tosa::MaxPool2dOp>(op))
    result->low = std::min(result->low, llvm::minIntN(result->getWidth()));
  return result;
}

/// A padding is at most of rank 3 here: tosa-validate takes the number of
/// amounts, twice the rank, for a rank, of which level 8k has 6. A dimension
/// that is not padded becomes part of the one before it.
static Value createPad(IntegerLowering &lowering, tosa::PadOp pad, Value source,
                       Value padding) {
  ImplicitLocOpBuilder builder(pad.getLoc(), lowering.builder);
  auto from = cast<RankedTensorType>(source.getType());
  auto to = cast<RankedTensorType>(pad.getType()).clone(from.getElementType());
  SmallVector<int64_t> amounts, merged, shape, padded;
  bool isKnown =
      from.hasStaticShape() &&
      tosa::getConstShapeValues(pad.getPadding().getDefiningOp(), amounts);
  if (!isKnown || from.getRank() <= 3)
    return tosa::PadOp::create(builder, to, source, pad.getPadding(), padding);
  for (auto [dimension, size] : llvm::enumerate(from.getShape())) {
    int64_t before = amounts[2 * dimension], after = amounts[2 * dimension + 1];
    if (shape.empty() || before + after > 0) {
      shape.push_back(1);
      padded.push_back(1);
      merged.append({before, after});
    } else {
      merged[merged.size() - 2] *= size;
      merged.back() *= size;
    }
    shape.back() *= size;
    padded.back() = shape.back() + merged.end()[-2] + merged.back();
  }
  Value flat = tosa::ReshapeOp::create(builder, from.clone(shape), source,
                                       tosa::getTosaConstShape(builder, shape));
  flat = tosa::PadOp::create(builder, from.clone(padded), flat,
                             tosa::getTosaConstShape(builder, merged), padding);
  return tosa::ReshapeOp::create(
      builder, to, flat, tosa::getTosaConstShape(builder, to.getShape()));
}

static FailureOr<IntegerValue> buildPad(IntegerLowering &lowering,
                                        tosa::PadOp pad) {
  return buildPadding(
      lowering, pad, pad.getInput1(), lowering.getSplat(pad.getPadConst()),
      [&](Value source, IntegerAttr padding) {
        return createPad(
            lowering, pad, source,
            lowering.createScalar(padding.getInt(), padding.getType()));
      });
}

//===----------------------------------------------------------------------===//
// Pools, reductions, resizing
//===----------------------------------------------------------------------===//

/// Sums of windows in i32: a depthwise convolution by ones.
static IntegerValue createWindowSum(IntegerLowering &lowering,
                                    tosa::AvgPool2dOp pool,
                                    const IntegerValue &source) {
  OpBuilder &builder = lowering.builder;
  ArrayRef<int64_t> kernel = pool.getKernel();
  int64_t channels = source.getType().getDimSize(3),
          count = kernel[0] * kernel[1];
  Type i8 = builder.getI8Type(), i32 = builder.getI32Type();
  Value ones = lowering.createConstant(DenseElementsAttr::get(
      RankedTensorType::get({kernel[0], kernel[1], channels, 1}, i8),
      int8_t(1)));
  Value bias = lowering.createConstant(DenseElementsAttr::get(
      RankedTensorType::get({channels}, i32), int32_t(0)));
  IntegerValue result = source;
  result.tensor = tosa::DepthwiseConv2DOp::create(
      builder, pool.getLoc(), cast<ShapedType>(pool.getType()).clone(i32),
      source.tensor, ones, bias, lowering.createScalar(source.zeroPoint, i8),
      lowering.createScalar(0, i8), builder.getDenseI64ArrayAttr(pool.getPad()),
      builder.getDenseI64ArrayAttr(pool.getStride()),
      builder.getDenseI64ArrayAttr({1, 1}), TypeAttr::get(i32));
  result.scales = {source.scales[0] / static_cast<double>(count)};
  result.low = (source.low - source.zeroPoint) * count;
  result.high = (source.high - source.zeroPoint) * count;
  result.zeroPoint = 0;
  return result;
}

/// Whether the codes of the pool's own scale are too coarse for what is made of
/// them, and its windows have no padding, which is not counted.
static bool needsWindowSum(IntegerLowering &lowering, tosa::AvgPool2dOp pool,
                           const IntegerValue &source) {
  return lowering.target && source.getWidth() == 8 &&
         lowering.target.getScale() < source.scales[0] &&
         !source.getType().isDynamicDim(3) &&
         llvm::all_of(pool.getPad(), [](int64_t pad) { return pad == 0; });
}

static FailureOr<IntegerValue> buildAvgPool(IntegerLowering &lowering,
                                            tosa::AvgPool2dOp pool) {
  FailureOr<IntegerValue> source =
      getCodesOfOneScale(lowering, pool, pool.getInput());
  if (failed(source))
    return failure();
  ArrayRef<int64_t> kernel = pool.getKernel();
  if (source->getMagnitude() * kernel[0] * kernel[1] >= int64_t(1) << 31)
    return lowering.fail(pool, "the sum of a window may be outside int32");
  if (needsWindowSum(lowering, pool, *source))
    return createWindowSum(lowering, pool, *source);
  Type element = source->getType().getElementType();
  Value zero = lowering.createScalar(source->zeroPoint, element);
  auto clone = cast<tosa::AvgPool2dOp>(
      cloneWith(lowering.builder, pool, {source->tensor, zero, zero}, element));
  clone.setAccType(lowering.builder.getI32Type());
  IntegerValue result = *source;
  result.tensor = clone.getOutput();
  return result;
}

static FailureOr<IntegerValue> buildSum(IntegerLowering &lowering,
                                        tosa::ReduceSumOp sum) {
  const IntegerValue *source = lowering.lookup(sum.getInput());
  if (!source || (source->function && !lowering.forbidsFloat))
    return lowering.fail(sum, "its operand is not quantized itself");
  FailureOr<IntegerValue> wide = lowering.widen(sum.getLoc(), *source);
  int64_t count = source->getType().getDimSize(sum.getAxis());
  if (succeeded(wide))
    wide = fitSum(lowering, sum.getLoc(), *wide, count);
  if (failed(wide))
    return lowering.fail(sum, "the sum may be outside int32");
  IntegerValue result = *wide;
  result.tensor = cloneWith(lowering.builder, sum, {wide->tensor},
                            lowering.builder.getI32Type())
                      ->getResult(0);
  result.low *= count;
  result.high *= count;
  return result;
}

static FailureOr<IntegerValue> buildResize(IntegerLowering &lowering,
                                           tosa::ResizeOp resize) {
  if (resize.getMode() == tosa::ResizeMode::NEAREST_NEIGHBOR)
    return buildMovement(lowering, resize, std::nullopt);
  FailureOr<IntegerValue> source =
      getCodesOfOneScale(lowering, resize, resize.getInput());
  SmallVector<int64_t> scale;
  if (failed(source))
    return failure();
  if (source->getWidth() != 8)
    return lowering.fail(resize, "it interpolates codes of 16 bits");
  if (!tosa::getConstShapeValues(resize.getScale().getDefiningOp(), scale))
    return lowering.fail(resize, "its factors are not constant");
  // Weights of the four neighbours sum up to this.
  int64_t weights = scale[0] * scale[2];
  if (weights * 256 >= int64_t(1) << 31)
    return lowering.fail(resize,
                         "the interpolated values may be outside int32");
  OpBuilder &builder = lowering.builder;
  SmallVector<Value> operands(resize->getOperands());
  operands[0] = source->tensor;
  Value tensor =
      cloneWith(builder, resize, operands, builder.getI32Type())->getResult(0);
  if (int64_t zeroPoint = source->zeroPoint * weights) {
    auto type = RankedTensorType::get({1, 1, 1, 1}, builder.getI32Type());
    Value offset = lowering.createConstant(
        DenseElementsAttr::get(type, int32_t(zeroPoint)));
    tensor = tosa::SubOp::create(builder, resize.getLoc(), tensor.getType(),
                                 tensor, offset);
  }
  IntegerValue result = *source;
  result.tensor = tensor;
  result.scales = {source->scales[0] / double(weights)};
  result.low = (source->low - source->zeroPoint) * weights;
  result.high = (source->high - source->zeroPoint) * weights;
  result.zeroPoint = 0;
  return result;
}

namespace quantprep {
void attachTosaContractionForms(MLIRContext *context);
void attachTosaGatherForm(MLIRContext *context);
} // namespace quantprep

void quantprep::registerTosaIntegerForms(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tosa::TosaDialect *) {
    attachForm<buildTosaElementwise<1>, tosa::ClampOp, tosa::SigmoidOp,
               tosa::TanhOp, tosa::ExpOp, tosa::LogOp, tosa::ErfOp,
               tosa::RsqrtOp, tosa::ReciprocalOp, tosa::AbsOp, tosa::NegateOp,
               tosa::FloorOp, tosa::CeilOp, tosa::SinOp, tosa::CosOp,
               tosa::CastOp>(context);
    attachForm<buildTosaElementwise<2>, tosa::AddOp, tosa::SubOp, tosa::MulOp,
               tosa::PowOp, tosa::MaximumOp, tosa::MinimumOp, tosa::GreaterOp,
               tosa::GreaterEqualOp, tosa::EqualOp>(context);
    attachForm<buildTosaMovement, tosa::ReshapeOp, tosa::TransposeOp,
               tosa::SliceOp, tosa::TileOp, tosa::ReverseOp, tosa::IdentityOp>(
        context);
    attachForm<buildExtreme, tosa::MaxPool2dOp, tosa::ReduceMaxOp,
               tosa::ReduceMinOp>(context);
    attachForm<buildSelect, tosa::SelectOp>(context);
    attachForm<buildConcat, tosa::ConcatOp>(context);
    attachForm<buildPad, tosa::PadOp>(context);
    attachForm<buildAvgPool, tosa::AvgPool2dOp>(context);
    attachForm<buildSum, tosa::ReduceSumOp>(context);
    attachForm<buildResize, tosa::ResizeOp>(context);
    attachTosaContractionForms(context);
    attachTosaGatherForm(context);
  });
}
