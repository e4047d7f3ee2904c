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
// Scores that something is added to, which may be a mask, are sums of multiples
// of 2^-12: e is 0 from a distance of 16 on.
//
//===----------------------------------------------------------------------===//

#include "SoftmaxForm.h"
#include "CodeTypes.h"
#include "Forms.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "Storage.h"
#include "StructuredForms.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
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
  static constexpr double sumScale = 0x1p-12;
  static constexpr int64_t masked = -(1 << 20), furthest = -65535;
  static constexpr int64_t one = 32767;
  static constexpr int byteBits = 8, factorBits = 15, resultBits = 30;

  /// exp(scale (index - 127)) of each i8, a byte of it.
  Value createByte(Value index, double scale, bool isHigh);
  FailureOr<Value> createExponential(Value distance, double scale);
  /// exp(-scale byte) of an i32 from 0 to 255.
  FailureOr<Value> createFactor(Value byte, double scale);
  FailureOr<Value> createLongExponential(Value distance, double scale);
  FailureOr<Value> rescale(Value tensor, int64_t zeroPoint, double factor,
                           int64_t newZeroPoint, Type element);
  RankedTensorType getReduced(Value tensor);
  Value createMasked(Value tensor, const SoftmaxMask &mask);
  Value createLowered(Value floats, int64_t dimension);
  Value createAddend(Value floats, int64_t dimension);
  FailureOr<Value> createSum(const IntegerValue &input,
                             const SoftmaxMask &mask);
  FailureOr<Value> createScores(const IntegerValue &input,
                                const std::optional<SoftmaxMask> &mask);
  Value createInverse(Value sum, bool rounds);
  Value createNumber(int64_t rank, int64_t value) {
    return lowering.createNumber(rank, value);
  }
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

FailureOr<Value> SoftmaxBuilder::createFactor(Value byte, double scale) {
  FailureOr<IntegerValue> factor =
      lowering.tabulateByte(loc, byte, [&](int64_t step) {
        return std::exp(-scale * static_cast<double>(step));
      });
  if (failed(factor))
    return failure();
  return factor->tensor;
}

/// exp(scale distance), of a distance from -65535 to 0.
FailureOr<Value> SoftmaxBuilder::createLongExponential(Value distance,
                                                       double scale) {
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
  FailureOr<Value> ofHigh = createFactor(high, std::ldexp(scale, byteBits));
  FailureOr<Value> ofLow = createFactor(low, scale);
  if (failed(ofHigh) || failed(ofLow))
    return failure();
  return tosa::MulOp::create(builder, loc, type, *ofHigh, *ofLow,
                             createShift(factorBits))
      .getResult();
}

Value SoftmaxBuilder::createShift(int64_t bits) {
  return lowering.createScalar(bits, builder.getI8Type());
}

/// The map of an operand of a structured op.
static AffineMap getMap(linalg::LinalgOp op, Value value) {
  for (OpOperand *input : op.getDpsInputOperands())
    if (input->get() == value)
      return op.getMatchingIndexingMap(input);
  llvm_unreachable("a mask reads what it masks");
}

/// The codes, and far less where they are masked.
Value SoftmaxBuilder::createMasked(Value tensor, const SoftmaxMask &mask) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Value number = createNumber(type.getRank(), masked);
  if (auto structured = dyn_cast<linalg::LinalgOp>(mask.op)) {
    AffineMap result = structured.getIndexingMapsArray().back();
    return createStructured(
        builder, structured, {mask.condition, tensor},
        {getMap(structured, mask.condition), result, result},
        builder.getI32Type(), {},
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

/// Floats less the largest of a row, where that is positive: a softmax is the
/// same of scores that are all less by a number.
Value SoftmaxBuilder::createLowered(Value floats, int64_t dimension) {
  auto type = cast<RankedTensorType>(floats.getType());
  auto zeroType = RankedTensorType::get(SmallVector<int64_t>(type.getRank(), 1),
                                        type.getElementType());
  Value zero = lowering.createConstant(DenseElementsAttr::get(
      zeroType, builder.getFloatAttr(type.getElementType(), 0)));
  Value most = floats;
  if (dimension >= 0) {
    SmallVector<int64_t> shape(type.getShape());
    shape[dimension] = 1;
    most = tosa::ReduceMaxOp::create(builder, loc, type.clone(shape), floats,
                                     builder.getI32IntegerAttr(dimension));
  }
  most = tosa::MaximumOp::create(builder, loc, most.getType(), most, zero);
  return tosa::SubOp::create(builder, loc, type, floats, most);
}

/// Floats that are added to scores, as multiples of the scale of sums; what is
/// as low as a mask is so low that sums with it are equal.
Value SoftmaxBuilder::createAddend(Value floats, int64_t dimension) {
  constexpr int64_t most = 1 << 28;
  Type i32 = builder.getI32Type(), f32 = builder.getF32Type();
  auto codes = cast<RankedTensorType>(floats.getType())
                   .clone(Type(quant::UniformQuantizedType::get(
                       quant::QuantizationFlags::Signed, i32, f32, sumScale,
                       /*zeroPoint=*/0, -most, most)));
  if (std::optional<DenseElementsAttr> constant = lowering.getConstant(floats))
    return lowering.createConstant(quantizeElements(*constant, codes));
  Value quantized = qprep::QuantizeOp::create(builder, loc, codes,
                                              createLowered(floats, dimension));
  return quant::StorageCastOp::create(builder, loc, getStorageType(codes),
                                      quantized);
}

/// Sums of scores and what is added to them.
FailureOr<Value> SoftmaxBuilder::createSum(const IntegerValue &input,
                                           const SoftmaxMask &mask) {
  constexpr int64_t least = -(1 << 27);
  Type i32 = builder.getI32Type();
  if (!isa<RankedTensorType>(mask.added.getType()) ||
      input.getBound() / sumScale >= double(-least))
    return failure();
  FailureOr<Value> scores =
      lowering.createRescale(loc, input, sumScale, 0, i32);
  if (failed(scores))
    return failure();
  auto type = cast<RankedTensorType>(scores->getType());
  Value sum;
  if (auto structured = dyn_cast<linalg::LinalgOp>(mask.op)) {
    AffineMap result = structured.getIndexingMapsArray().back();
    AffineMap map = getMap(structured, mask.added);
    std::optional<unsigned> dimension =
        map.getResultPosition(result.getResult(axis));
    Value addend = createAddend(mask.added, dimension ? int(*dimension) : -1);
    sum = createStructured(
        builder, structured, {*scores, addend}, {result, map, result}, i32, {},
        [](OpBuilder &nested, Location at, ValueRange arguments) -> Value {
          return arith::AddIOp::create(nested, at, arguments[0], arguments[1]);
        });
  } else {
    sum = tosa::AddOp::create(builder, loc, type, *scores,
                              createAddend(mask.added, axis));
  }
  return tosa::MaximumOp::create(builder, loc, type, sum,
                                 createNumber(type.getRank(), least))
      .getResult();
}

/// What the softmax is of, as i32.
FailureOr<Value>
SoftmaxBuilder::createScores(const IntegerValue &input,
                             const std::optional<SoftmaxMask> &mask) {
  if (mask && mask->added)
    return createSum(input, *mask);
  FailureOr<Value> wide =
      rescale(input.tensor, input.zeroPoint, 1, 0, builder.getI32Type());
  if (failed(wide) || !mask)
    return wide;
  return createMasked(*wide, *mask);
}

/// 2^30 / sum; half a step of it is seen in 16 bits.
Value SoftmaxBuilder::createInverse(Value sum, bool rounds) {
  Type type = sum.getType();
  int64_t rank = cast<RankedTensorType>(type).getRank();
  Value unit = createNumber(rank, int64_t(1) << resultBits);
  if (rounds) {
    Value half = tosa::ArithmeticRightShiftOp::create(
        builder, loc, type, sum, createNumber(rank, 1), /*round=*/false);
    unit = tosa::AddOp::create(builder, loc, type, unit, half);
  }
  return tosa::IntDivOp::create(builder, loc, type, unit, sum);
}

FailureOr<Value> SoftmaxBuilder::build(const IntegerValue &input,
                                       const std::optional<SoftmaxMask> &mask) {
  FailureOr<Value> scores = createScores(input, mask);
  if (failed(scores))
    return failure();
  auto type = cast<RankedTensorType>(scores->getType());
  int64_t rank = type.getRank();
  auto axisAttr = builder.getI32IntegerAttr(axis);
  Value most = tosa::ReduceMaxOp::create(builder, loc, getReduced(*scores),
                                         *scores, axisAttr);
  Value distance = tosa::SubOp::create(builder, loc, type, *scores, most);
  bool isSum = mask && mask->added, isLong = isSum || input.getWidth() == 16;
  if (isSum)
    distance = tosa::MaximumOp::create(builder, loc, type, distance,
                                       createNumber(rank, furthest));
  double scale = isSum ? sumScale : input.scales[0];
  FailureOr<Value> exponential = isLong ? createLongExponential(distance, scale)
                                        : createExponential(distance, scale);
  if (failed(exponential))
    return failure();
  if (mask && !isSum) {
    Value isMasked = tosa::GreaterOp::create(
        builder, loc, type.clone(builder.getI1Type()),
        createNumber(rank, isLong ? -(1 << 16) : -(1 << 8)), distance);
    exponential =
        tosa::SelectOp::create(builder, loc, exponential->getType(), isMasked,
                               createNumber(rank, 0), *exponential)
            .getResult();
  }
  Value sum = tosa::ReduceSumOp::create(builder, loc, getReduced(*exponential),
                                        *exponential, axisAttr);
  return tosa::MulOp::create(builder, loc, exponential->getType(), *exponential,
                             createInverse(sum, isLong), createShift(0))
      .getResult();
}

FailureOr<IntegerValue> quantprep::buildSoftmax(IntegerLowering &lowering,
                                                Operation *anchor) {
  std::optional<Softmax> softmax = findSoftmax(lowering, anchor);
  if (!softmax)
    return lowering.fail(anchor, "this form of softmax has no integer form");
  FailureOr<IntegerValue> input =
      getCodesOfOneScale(lowering, anchor, softmax->input);
  if (failed(input))
    return failure();
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
