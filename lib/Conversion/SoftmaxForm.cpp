//===- SoftmaxForm.cpp - Softmax on integers ------------------------------===//
//
// A unit of several ops that only has an integer form as a whole: the
// exponential of a difference is a table, that of a wide sum is not.
//
//   d = code - max(code)                        -255..0, so that d + 127 is i8
//   e = round(32767 exp(scale d))               two tables, high and low byte
//   r = 2^30 / sum(e)                           one division for each row
//   p = e r                                     2^30 times the result
//
// e is off by 2^-16 of the largest element at most, r by 1 in 2^30 / sum(e), so
// that p is off by less than 2^-14 of 2^30: a hundredth of a step of 1/256.
//
// Of 16 bits the distance has 16: e is the product of two tables, one of its
// high and one of its low byte, off by 2^-15.
//
//===----------------------------------------------------------------------===//

#include "SoftmaxForm.h"
#include "Forms.h"
#include "StructuredForms.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;

namespace {
/// Emits the ops; all on tensors of the rank of the input.
class SoftmaxBuilder {
public:
  SoftmaxBuilder(IntegerLowering &lowering, Location loc, int64_t axis)
      : lowering(lowering), builder(lowering.builder), loc(loc), axis(axis) {}

  FailureOr<Value> build(const IntegerValue &input,
                         const std::optional<SoftmaxMask> &mask);

private:
  static constexpr int64_t masked = -(1 << 20);
  static constexpr int64_t one = 32767;
  static constexpr int byteBits = 8, resultBits = 30;

  /// exp(scale (index - 127)) of each i8, a byte of it.
  Value createByte(Value index, double scale, bool isHigh);
  FailureOr<Value> createExponential(Value distance, double scale);
  /// exp(-scale byte) of an i32 from 0 to 255, in 22 bits.
  Value createFactor(Value byte, double scale);
  Value createLongExponential(Value distance, double scale);
  FailureOr<Value> rescale(Value tensor, int64_t zeroPoint, double factor,
                           int64_t newZeroPoint, Type element);
  RankedTensorType getReduced(Value tensor);
  Value createMasked(Value tensor, const SoftmaxMask &mask);
  Value createNumber(int64_t rank, int64_t value);
  Value createShift(int64_t bits);

  IntegerLowering &lowering;
  OpBuilder &builder;
  Location loc;
  int64_t axis;
};
} // namespace

RankedTensorType SoftmaxBuilder::getReduced(Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[axis] = 1;
  return type.clone(shape);
}

FailureOr<Value> SoftmaxBuilder::rescale(Value tensor, int64_t zeroPoint,
                                         double factor, int64_t newZeroPoint,
                                         Type element) {
  IntegerValue value;
  value.tensor = tensor;
  value.scales = {factor};
  value.zeroPoint = zeroPoint;
  value.low = zeroPoint - 255;
  value.high = zeroPoint + 255;
  return lowering.createRescale(loc, value, 1.0, newZeroPoint, element);
}

Value SoftmaxBuilder::createByte(Value index, double scale, bool isHigh) {
  SmallVector<int8_t> table;
  for (int64_t code = -128; code < 128; ++code) {
    double distance = scale * static_cast<double>(code - 127);
    auto exponential =
        static_cast<int64_t>(std::nearbyint(one * std::exp(distance)));
    table.push_back(isHigh ? exponential >> byteBits
                           : (exponential & 255) - 128);
  }
  auto type = RankedTensorType::get({256}, builder.getI8Type());
  return tosa::TableOp::create(
      builder, loc, index.getType(), index,
      lowering.createConstant(DenseElementsAttr::get(type, ArrayRef(table))));
}

FailureOr<Value> SoftmaxBuilder::createExponential(Value distance,
                                                   double scale) {
  Type i32 = builder.getI32Type();
  FailureOr<Value> index = rescale(distance, 0, 1, 127, builder.getI8Type());
  if (failed(index))
    return failure();
  FailureOr<Value> high =
      rescale(createByte(*index, scale, /*isHigh=*/true), 0, 256, 0, i32);
  FailureOr<Value> low =
      rescale(createByte(*index, scale, /*isHigh=*/false), -128, 1, 0, i32);
  if (failed(high) || failed(low))
    return failure();
  return tosa::AddOp::create(builder, loc, high->getType(), *high, *low)
      .getResult();
}

/// The entries of a table of i16 that nothing is interpolated between: the
/// index of byte k is that of entry 256 + k.
Value SoftmaxBuilder::createFactor(Value byte, double scale) {
  SmallVector<int16_t> table(256, int16_t(one));
  for (int64_t step = 0; step <= 256; ++step)
    table.push_back(static_cast<int16_t>(
        std::nearbyint(one * std::exp(-scale * static_cast<double>(step)))));
  auto type = cast<RankedTensorType>(byte.getType());
  auto tableType = RankedTensorType::get({513}, builder.getI16Type());
  Value index =
      tosa::MulOp::create(builder, loc, type, byte,
                          createNumber(type.getRank(), 128), createShift(0));
  Value narrow = tosa::CastOp::create(builder, loc,
                                      type.clone(builder.getI16Type()), index);
  return tosa::TableOp::create(builder, loc, type, narrow,
                               lowering.createConstant(DenseElementsAttr::get(
                                   tableType, ArrayRef(table))));
}

/// exp(scale distance), of a distance from -65535 to 0.
Value SoftmaxBuilder::createLongExponential(Value distance, double scale) {
  auto type = cast<RankedTensorType>(distance.getType());
  int64_t rank = type.getRank();
  Value away =
      tosa::SubOp::create(builder, loc, type, createNumber(rank, 0), distance);
  Value high = tosa::ArithmeticRightShiftOp::create(
      builder, loc, type, away, createNumber(rank, byteBits), /*round=*/false);
  Value above =
      tosa::MulOp::create(builder, loc, type, high,
                          createNumber(rank, 1 << byteBits), createShift(0));
  Value low = tosa::SubOp::create(builder, loc, type, away, above);
  // 22 bits of each, of which 15 are left. Compilers order arguments as they
  // like, ops of a module have one order.
  Value ofHigh = createFactor(high, std::ldexp(scale, byteBits));
  Value ofLow = createFactor(low, scale);
  return tosa::MulOp::create(builder, loc, type, ofHigh, ofLow,
                             createShift(29));
}

Value SoftmaxBuilder::createShift(int64_t bits) {
  return lowering.createScalar(bits, builder.getI8Type());
}

/// i32 that lies over a tensor of this rank.
Value SoftmaxBuilder::createNumber(int64_t rank, int64_t value) {
  auto type = RankedTensorType::get(SmallVector<int64_t>(rank, 1),
                                    builder.getI32Type());
  return lowering.createConstant(
      DenseElementsAttr::get(type, static_cast<int32_t>(value)));
}

/// The codes, and far less where they are masked.
Value SoftmaxBuilder::createMasked(Value tensor, const SoftmaxMask &mask) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Value number = createNumber(type.getRank(), masked);
  if (auto structured = dyn_cast<linalg::LinalgOp>(mask.op)) {
    auto getMap = [&](Value operand) {
      for (OpOperand *input : structured.getDpsInputOperands())
        if (input->get() == operand)
          return structured.getMatchingIndexingMap(input);
      llvm_unreachable("a mask reads what it selects");
    };
    AffineMap result = structured.getIndexingMapsArray().back();
    return createStructured(
        builder, structured, {mask.condition, tensor},
        {getMap(mask.condition), result, result}, builder.getI32Type(), {},
        [&](OpBuilder &nested, Location at, ValueRange arguments) -> Value {
          Value low = arith::ConstantIntOp::create(nested, at, masked, 32);
          return arith::SelectOp::create(
              nested, at, arguments[0],
              mask.masksWhereTrue ? low : arguments[1],
              mask.masksWhereTrue ? arguments[1] : low);
        });
  }
  Value condition = mask.condition;
  if (mask.constant) {
    SmallVector<bool> bits;
    for (const APFloat &value : mask.constant->getValues<APFloat>())
      bits.push_back(!value.isZero());
    condition = lowering.createConstant(DenseElementsAttr::get(
        mask.constant->getType().clone(builder.getI1Type()), bits));
  }
  return tosa::SelectOp::create(builder, loc, type, condition,
                                mask.masksWhereTrue ? number : tensor,
                                mask.masksWhereTrue ? tensor : number);
}

FailureOr<Value> SoftmaxBuilder::build(const IntegerValue &input,
                                       const std::optional<SoftmaxMask> &mask) {
  FailureOr<Value> wide =
      rescale(input.tensor, input.zeroPoint, 1, 0, builder.getI32Type());
  if (failed(wide))
    return failure();
  if (mask)
    wide = createMasked(*wide, *mask);
  auto axisAttr = builder.getI32IntegerAttr(axis);
  Value most = tosa::ReduceMaxOp::create(builder, loc, getReduced(*wide), *wide,
                                         axisAttr);
  Value distance =
      tosa::SubOp::create(builder, loc, wide->getType(), *wide, most);
  bool isLong = input.getWidth() == 16;
  FailureOr<Value> exponential =
      isLong
          ? FailureOr<Value>(createLongExponential(distance, input.scales[0]))
          : createExponential(distance, input.scales[0]);
  if (failed(exponential))
    return failure();
  int64_t rank = input.getType().getRank();
  if (mask) {
    Value isMasked = tosa::GreaterOp::create(
        builder, loc,
        cast<ShapedType>(distance.getType()).clone(builder.getI1Type()),
        createNumber(rank, isLong ? -(1 << 16) : -(1 << 8)), distance);
    exponential =
        tosa::SelectOp::create(builder, loc, exponential->getType(), isMasked,
                               createNumber(rank, 0), *exponential)
            .getResult();
  }
  Value sum = tosa::ReduceSumOp::create(builder, loc, getReduced(*exponential),
                                        *exponential, axisAttr);
  Value unit = createNumber(rank, int64_t(1) << resultBits);
  // Half a step of r is seen in 16 bits.
  if (isLong) {
    Value half = tosa::ArithmeticRightShiftOp::create(
        builder, loc, sum.getType(), sum, createNumber(rank, 1),
        /*round=*/false);
    unit = tosa::AddOp::create(builder, loc, sum.getType(), unit, half);
  }
  Value inverse =
      tosa::IntDivOp::create(builder, loc, sum.getType(), unit, sum);
  return tosa::MulOp::create(builder, loc, exponential->getType(), *exponential,
                             inverse, createShift(0))
      .getResult();
}

FailureOr<IntegerValue> quantprep::buildSoftmax(IntegerLowering &lowering,
                                                Operation *anchor) {
  std::optional<Softmax> softmax = findSoftmax(lowering, anchor);
  if (!softmax)
    return lowering.fail(anchor, "this form of softmax has no integer form");
  FailureOr<IntegerValue> input = getCodes(lowering, anchor, softmax->input);
  if (failed(input))
    return failure();
  if (!input->isPerTensor())
    return lowering.fail(anchor, "its input has a scale for each channel");
  if (softmax->mask &&
      cast<ShapedType>(softmax->mask->op->getResult(0).getType()).getShape() !=
          input->getType().getShape())
    return lowering.fail(anchor, "its mask is larger than what it masks");
  int64_t size = input->getType().getDimSize(softmax->axis);
  if (ShapedType::isDynamic(size) || size > 1 << 15)
    return lowering.fail(anchor, "the sum of its exponentials may be outside "
                                 "int32");
  FailureOr<Value> tensor =
      SoftmaxBuilder(lowering, anchor->getLoc(), softmax->axis)
          .build(*input, softmax->mask);
  if (failed(tensor))
    return lowering.fail(anchor, "its input cannot be rescaled");
  IntegerValue result;
  result.tensor = *tensor;
  result.scales = {0x1p-30};
  result.low = 0;
  result.high = int64_t(1) << 30;
  return result;
}
