//===- Forms.cpp - Building blocks of integer forms -----------------------===//

#include "Forms.h"
#include "QuantPrep/IR/Annotations.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;
using quant::UniformQuantizedType;

#include "QuantPrep/Conversion/IntegerFormOpInterface.cpp.inc"

FailureOr<IntegerValue> quantprep::getCodes(IntegerLowering &lowering,
                                            Operation *op, Value value) {
  const IntegerValue *found = lowering.lookup(value);
  if (!found)
    return lowering.fail(op, "an operand is not quantized");
  if (found->getWidth() > 16 || found->function)
    return lowering.fail(op, "an operand is not quantized itself");
  FailureOr<IntegerValue> codes = lowering.applyClamp(op->getLoc(), *found);
  if (failed(codes))
    return lowering.fail(op, "the clamp of an operand has no integer form");
  return codes;
}

FailureOr<IntegerValue> quantprep::getCodesOfOneScale(IntegerLowering &lowering,
                                                      Operation *op,
                                                      Value value) {
  FailureOr<IntegerValue> codes = getCodes(lowering, op, value);
  if (succeeded(codes) && !codes->isPerTensor())
    return lowering.fail(op, "its operand has a scale for each channel");
  return codes;
}

Operation *quantprep::cloneWith(OpBuilder &builder, Operation *op,
                                ArrayRef<Value> operands, Type element) {
  Operation *clone = builder.clone(*op);
  clone->setOperands(operands);
  for (Value result : clone->getResults())
    if (auto type = dyn_cast<ShapedType>(result.getType()))
      result.setType(type.clone(element));
  annotations::removeAll(clone);
  return clone;
}

FailureOr<IntegerValue> quantprep::buildMovement(IntegerLowering &lowering,
                                                 Operation *op,
                                                 std::optional<int64_t> axis) {
  const IntegerValue *source = lowering.lookup(op->getOperand(0));
  if (!source)
    return lowering.fail(op, "an operand is not quantized");
  if (!source->isPerTensor() && !axis)
    return lowering.fail(op, "it moves the channels that have scales");
  IntegerValue result = *source;
  // TOSA only rescales i48.
  if (source->getWidth() == 48 && isa<tosa::TosaDialect>(op->getDialect())) {
    FailureOr<IntegerValue> wide = lowering.widen(op->getLoc(), *source);
    if (failed(wide))
      return lowering.fail(op, "its operand cannot be rescaled");
    result = *wide;
  }
  SmallVector<Value> operands(op->getOperands());
  operands[0] = result.tensor;
  result.tensor = cloneWith(lowering.builder, op, operands,
                            result.getType().getElementType())
                      ->getResult(0);
  result.axis = axis.value_or(0);
  return result;
}

static UniformQuantizedType getTypeOf(const IntegerValue &value,
                                      Builder &builder) {
  return UniformQuantizedType::get(
      quant::QuantizationFlags::Signed, value.getType().getElementType(),
      builder.getF32Type(), value.scales[0], value.zeroPoint,
      llvm::minIntN(value.getWidth()), llvm::maxIntN(value.getWidth()));
}

FailureOr<SmallVector<IntegerValue>>
quantprep::getCommonCodes(IntegerLowering &lowering, Operation *op,
                          ArrayRef<Value> values) {
  const IntegerValue *first = nullptr;
  bool same = true;
  for (Value value : values) {
    const IntegerValue *found = lowering.lookup(value);
    if (!found) {
      if (!lowering.getConstant(value))
        return lowering.fail(op, "an operand is not quantized");
      continue;
    }
    same &= found->isTabulated() && !found->function && !found->isClamped() &&
            (!first || (first->scales == found->scales &&
                        first->zeroPoint == found->zeroPoint));
    first = first ? first : found;
  }
  UniformQuantizedType type = lowering.target;
  if (first && same)
    type = getTypeOf(*first, lowering.builder);
  if (!first || !type)
    return lowering.fail(op, "its operands have no common scale");
  SmallVector<IntegerValue> result;
  for (Value value : values) {
    FailureOr<IntegerValue> codes;
    if (const IntegerValue *found = lowering.lookup(value)) {
      codes = lowering.requantize(op->getLoc(), *found, type);
    } else {
      DenseElementsAttr constant = *lowering.getConstant(value);
      SmallVector<APInt> stored;
      Type storage = type.getStorageType();
      auto grid = type;
      for (const APFloat &element : constant.getValues<APFloat>()) {
        double code =
            std::nearbyint(element.convertToDouble() / grid.getScale()) +
            grid.getZeroPoint();
        auto clamped = static_cast<int64_t>(std::clamp<double>(
            code, grid.getStorageTypeMin(), grid.getStorageTypeMax()));
        stored.push_back(APInt(storage.getIntOrFloatBitWidth(), clamped,
                               /*isSigned=*/true));
      }
      IntegerValue held;
      held.scales = {type.getScale()};
      held.zeroPoint = type.getZeroPoint();
      held.low = type.getStorageTypeMin();
      held.high = type.getStorageTypeMax();
      held.tensor = lowering.createConstant(DenseElementsAttr::get(
          constant.getType().clone(storage), ArrayRef(stored)));
      codes = held;
    }
    if (failed(codes))
      return lowering.fail(op, "an operand cannot be rescaled");
    result.push_back(*codes);
  }
  return result;
}

IntegerValue quantprep::joinLimits(ArrayRef<IntegerValue> codes) {
  IntegerValue result = codes.front();
  for (const IntegerValue &value : codes) {
    result.low = std::min(result.low, value.low);
    result.high = std::max(result.high, value.high);
  }
  return result;
}

FailureOr<IntegerValue> quantprep::buildConcat(IntegerLowering &lowering,
                                               Operation *op) {
  FailureOr<SmallVector<IntegerValue>> codes =
      getCommonCodes(lowering, op, llvm::to_vector(op->getOperands()));
  if (failed(codes))
    return failure();
  SmallVector<Value> tensors;
  for (const IntegerValue &value : *codes)
    tensors.push_back(value.tensor);
  IntegerValue result = joinLimits(*codes);
  result.tensor = cloneWith(lowering.builder, op, tensors,
                            result.getType().getElementType())
                      ->getResult(0);
  return result;
}

int64_t quantprep::getPaddingCode(const IntegerValue &source, double padding) {
  unsigned width = source.getWidth();
  double code = std::nearbyint(padding / source.scales[0]) + source.zeroPoint;
  return static_cast<int64_t>(
      std::clamp<double>(code, llvm::minIntN(width), llvm::maxIntN(width)));
}

FailureOr<IntegerValue>
quantprep::buildPadding(IntegerLowering &lowering, Operation *op, Value source,
                        std::optional<double> padding,
                        function_ref<Value(Value, IntegerAttr)> emit) {
  if (!padding)
    return lowering.fail(op, "its padding is no constant");
  FailureOr<IntegerValue> codes = getCodesOfOneScale(lowering, op, source);
  if (failed(codes))
    return failure();
  int64_t code = getPaddingCode(*codes, *padding);
  IntegerValue result = *codes;
  result.tensor = emit(
      codes->tensor,
      lowering.builder.getIntegerAttr(codes->getType().getElementType(), code));
  result.low = std::min(result.low, code);
  result.high = std::max(result.high, code);
  return result;
}

/// The product in i64, divided by 2^shift and rounded half up.
static Value createShiftedProduct(OpBuilder &builder, Location loc, Value lhs,
                                  Value rhs, int shift) {
  Type type = lhs.getType(), wide = builder.getI64Type();
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    wide = tensor.clone(wide);
  auto createNumber = [&](int64_t number) -> Value {
    TypedAttr value = builder.getI64IntegerAttr(number);
    if (auto tensor = dyn_cast<RankedTensorType>(wide))
      value = DenseElementsAttr::get(tensor, Attribute(value));
    return arith::ConstantOp::create(builder, loc, value);
  };
  Value a = arith::ExtSIOp::create(builder, loc, wide, lhs);
  Value b = arith::ExtSIOp::create(builder, loc, wide, rhs);
  Value product = arith::MulIOp::create(builder, loc, a, b);
  Value half = createNumber(int64_t(1) << (shift - 1));
  Value rounded = arith::AddIOp::create(builder, loc, product, half);
  Value result =
      arith::ShRSIOp::create(builder, loc, rounded, createNumber(shift));
  return arith::TruncIOp::create(builder, loc, type, result);
}

Value quantprep::createBinary(OpBuilder &builder, Location loc, UnitKind kind,
                              Value lhs, Value rhs, int shift) {
  switch (kind) {
  case UnitKind::add:
    return arith::AddIOp::create(builder, loc, lhs, rhs);
  case UnitKind::sub:
    return arith::SubIOp::create(builder, loc, lhs, rhs);
  case UnitKind::maximum:
    return arith::MaxSIOp::create(builder, loc, lhs, rhs);
  case UnitKind::minimum:
    return arith::MinSIOp::create(builder, loc, lhs, rhs);
  default:
    return shift ? createShiftedProduct(builder, loc, lhs, rhs, shift)
                 : arith::MulIOp::create(builder, loc, lhs, rhs);
  }
}

FailureOr<IntegerValue> quantprep::fitSum(IntegerLowering &lowering,
                                          Location loc,
                                          const IntegerValue &value,
                                          int64_t count) {
  constexpr int64_t limit = int64_t(1) << 31, leastRoom = 1 << 12;
  if (ShapedType::isDynamic(count))
    return failure();
  if (value.getMagnitude() * count < limit)
    return value;
  int64_t room = limit / std::max<int64_t>(count, 1) - 2;
  if (room < leastRoom || value.getWidth() != 32)
    return failure();
  return lowering.toScale(loc, value,
                          value.getBound() / static_cast<double>(room - 2));
}

//===----------------------------------------------------------------------===//
// Accumulators
//===----------------------------------------------------------------------===//

namespace {
/// Sums of what products can be at least and at most.
struct ChannelBounds {
  int64_t least = 0, most = 0;
};
} // namespace

/// One for each channel of a constant weight.
static SmallVector<ChannelBounds>
getChannelBounds(const Accumulation &accumulation,
                 DenseIntElementsAttr weight) {
  const IntegerValue &input = accumulation.input;
  int64_t low = input.low - input.zeroPoint,
          high = input.high - input.zeroPoint;
  ShapedType type = weight.getType();
  int64_t axis = accumulation.weightAxis, inner = 1, channels = 1;
  if (!accumulation.weight.isPerTensor()) {
    channels = accumulation.weight.scales.size();
    inner = accumulation.weight.getInnerSize();
  } else if (axis >= 0) {
    channels = type.getDimSize(axis);
    for (int64_t d = type.getRank() - 1; d > axis; --d)
      inner *= type.getDimSize(d);
  }
  SmallVector<ChannelBounds> bounds(channels);
  auto add = [&](int64_t index, int64_t element) {
    int64_t value = element - accumulation.weight.zeroPoint;
    ChannelBounds &channel = bounds[(index / inner) % channels];
    // Padding makes products of 0, and sums are limits of each part of a sum.
    channel.least += std::min({int64_t(0), value * low, value * high});
    channel.most += std::max({int64_t(0), value * low, value * high});
  };
  // Most are of i8, and read as they are stored.
  if (type.getElementType().isInteger(8))
    for (auto [index, element] : llvm::enumerate(weight.getValues<int8_t>()))
      add(index, element);
  else
    for (auto [index, element] : llvm::enumerate(weight.getValues<APInt>()))
      add(index, element.getSExtValue());
  return bounds;
}

LogicalResult quantprep::verifyAccumulator(IntegerLowering &lowering,
                                           Operation *op,
                                           const IntegerValue &accumulator,
                                           unsigned width) {
  int64_t limit = int64_t(1) << (width - 1);
  if (accumulator.low >= -limit && accumulator.high < limit)
    return success();
  return lowering.fail(op,
                       "the accumulator may reach " +
                           Twine(std::max(-accumulator.low, accumulator.high)) +
                           ", outside int" + Twine(width));
}

LogicalResult quantprep::setBounds(IntegerLowering &lowering, Operation *op,
                                   const Accumulation &accumulation,
                                   IntegerValue &result) {
  // Of any weight so many products are added.
  std::optional<int64_t> furthest;
  if (!ShapedType::isDynamic(accumulation.depth))
    furthest = accumulation.depth * accumulation.input.getMagnitude() *
               accumulation.weight.getMagnitude();
  result.low = result.high = 0;
  DenseIntElementsAttr constant;
  if (matchPattern(accumulation.weight.tensor, m_Constant(&constant)) &&
      !constant.isSplat()) {
    for (const ChannelBounds &channel :
         getChannelBounds(accumulation, constant)) {
      result.low = std::min(result.low, channel.least);
      result.high = std::max(result.high, channel.most);
    }
    if (furthest) {
      result.low = std::max(result.low, -*furthest);
      result.high = std::min(result.high, *furthest);
    }
  } else if (furthest) {
    result.low = -*furthest;
    result.high = *furthest;
  } else {
    return lowering.fail(op, "the number of products is not known, so that "
                             "the accumulator may overflow");
  }
  return verifyAccumulator(lowering, op, result,
                           accumulation.input.getWidth() == 16 ? 48 : 32);
}

void quantprep::registerIntegerForms(DialectRegistry &registry) {
  registerTosaIntegerForms(registry);
  registerTensorIntegerForms(registry);
  registerLinalgIntegerForms(registry);
}
