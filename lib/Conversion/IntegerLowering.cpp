//===- IntegerLowering.cpp - Builds the integer form of ops ---------------===//

#include "QuantPrep/Conversion/IntegerLowering.h"
#include "CodeTypes.h"
#include "QuantPrep/IR/QuantizedTypes.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using quant::UniformQuantizedType;

//===----------------------------------------------------------------------===//
// Look-ups
//===----------------------------------------------------------------------===//

const IntegerValue *IntegerLowering::lookup(Value value) const {
  auto found = integers.find(value);
  return found == integers.end() ? nullptr : &found->second;
}

std::optional<DenseElementsAttr>
IntegerLowering::getConstant(Value value) const {
  auto found = constants.find(value);
  return found == constants.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> IntegerLowering::getSplat(Value value) const {
  std::optional<DenseElementsAttr> constant = getConstant(value);
  if (!constant || !constant->isSplat())
    return std::nullopt;
  return constant->getSplatValue<APFloat>().convertToDouble();
}

LogicalResult IntegerLowering::fail(Operation *op, const Twine &reason) {
  reasons.try_emplace(op, reason.str());
  return failure();
}

StringRef IntegerLowering::getReason(Operation *op) const {
  auto found = reasons.find(op);
  return found == reasons.end() ? StringRef() : StringRef(found->second);
}

//===----------------------------------------------------------------------===//
// Ops on integers
//===----------------------------------------------------------------------===//

Value IntegerLowering::createConstant(DenseElementsAttr values) {
  Block *block = builder.getInsertionBlock();
  Operation *function = block->getParentOp();
  while (!isa<FunctionOpInterface>(function)) {
    block = function->getBlock();
    function = block->getParentOp();
  }
  block = &cast<FunctionOpInterface>(function).getFunctionBody().front();
  Value &constant = created[{block, values}];
  if (!constant) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(block);
    constant = tosa::ConstOp::create(builder, builder.getUnknownLoc(),
                                     values.getType(), values);
  }
  return constant;
}

Value IntegerLowering::createNumber(int64_t rank, int64_t value) {
  auto type = RankedTensorType::get(SmallVector<int64_t>(rank, 1),
                                    builder.getI32Type());
  return createConstant(
      DenseElementsAttr::get(type, static_cast<int32_t>(value)));
}

Value IntegerLowering::createScalar(int64_t value, Type type) {
  return createConstant(DenseElementsAttr::get(
      RankedTensorType::get({1}, type), builder.getIntegerAttr(type, value)));
}

/// The codes that a clamp leaves of a range of codes.
static std::pair<int64_t, int64_t>
getClampedCodes(const QParamsGrid &grid, double least, double greatest) {
  return {grid.quantize(static_cast<float>(least), 0),
          grid.quantize(static_cast<float>(greatest), 0)};
}

/// tosa.clamp takes no i32.
Value IntegerLowering::createClamp(Location loc, Value tensor, int64_t low,
                                   int64_t high) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Type element = type.getElementType();
  auto lowest = builder.getIntegerAttr(element, low),
       highest = builder.getIntegerAttr(element, high);
  if (!element.isInteger(32))
    return tosa::ClampOp::create(builder, loc, type, tensor, lowest, highest);
  auto one = type.clone(SmallVector<int64_t>(type.getRank(), 1));
  Value least = createConstant(DenseElementsAttr::get(one, Attribute(lowest)));
  Value most = createConstant(DenseElementsAttr::get(one, Attribute(highest)));
  tensor = tosa::MaximumOp::create(builder, loc, type, tensor, least);
  return tosa::MinimumOp::create(builder, loc, type, tensor, most);
}

/// Whether a rescale makes of each i8 what the reference form makes of it. It
/// rounds half up, which is seen where a factor makes many halves: 0.5, say.
static bool rescalesExactly(const IntegerValue &value, const QParamsGrid &grid,
                            Type storage) {
  if (value.function)
    return false;
  if (!value.isTabulated() || value.getWidth() != 8 || !storage.isInteger(8))
    return true;
  std::optional<Multiplier> factor =
      getMultiplier(value.scales[0] / grid.scales[0]);
  int64_t half = factor ? int64_t(1) << (factor->shift - 1) : 0;
  if (value.getMagnitude() >= half)
    return false;
  for (int64_t code = value.low; code <= value.high; ++code) {
    int64_t scaled = (code - value.zeroPoint) * factor->multiplier + half;
    int64_t rescaled = std::clamp(
        (scaled >> factor->shift) + grid.zeroPoints[0], grid.low, grid.high);
    // Clamps are applied to codes, as quantize does after it rounds.
    double real = value.scales[0] * double(code - value.zeroPoint);
    if (rescaled != grid.quantize(float(real), 0))
      return false;
  }
  return true;
}

FailureOr<IntegerValue> IntegerLowering::requantize(Location loc,
                                                    const IntegerValue &value,
                                                    UniformQuantizedType type) {
  QParamsGrid grid = getQParamsGrid(value.getType().clone(Type(type)));
  IntegerValue result;
  result.scales = {double(float(type.getScale()))};
  result.zeroPoint = type.getZeroPoint();
  std::tie(result.low, result.high) =
      getClampedCodes(grid, value.least, value.greatest);
  Type storage = type.getStorageType();
  bool isSame = value.getType().getElementType() == storage &&
                value.isPerTensor() && value.scales == result.scales &&
                value.zeroPoint == result.zeroPoint && !value.function;
  if (!isSame && !rescalesExactly(value, grid, storage)) {
    if (value.getWidth() == 16)
      return interpolate(loc, value, type);
    if (!storage.isInteger(8))
      return failure();
    result.tensor = createTable(loc, value, grid);
    return result;
  }
  if (isSame) {
    result.tensor = value.tensor;
    if (value.low >= result.low && value.high <= result.high) {
      result.low = value.low;
      result.high = value.high;
      return result;
    }
  } else {
    FailureOr<Value> rescaled =
        createRescale(loc, value, result.scales, result.zeroPoint, storage);
    if (failed(rescaled))
      return failure();
    result.tensor = *rescaled;
    unsigned width = storage.getIntOrFloatBitWidth();
    if (result.low == llvm::minIntN(width) &&
        result.high == llvm::maxIntN(width))
      return result;
  }
  result.tensor = createClamp(loc, result.tensor, result.low, result.high);
  return result;
}

FailureOr<IntegerValue> IntegerLowering::applyClamp(Location loc,
                                                    const IntegerValue &value) {
  if (value.function)
    return failure();
  if (!value.isClamped())
    return value;
  IntegerValue result = value;
  if (!value.isPerTensor()) {
    FailureOr<IntegerValue> wide = widen(loc, value);
    if (failed(wide))
      return failure();
    result = *wide;
  }
  auto toCode = [&](double real, int64_t unbounded) {
    double code = std::nearbyint(real / result.scales[0]) + result.zeroPoint;
    if (!(std::abs(code) < 1e15))
      return unbounded;
    return std::clamp(static_cast<int64_t>(code), result.low, result.high);
  };
  int64_t low = toCode(value.least, result.low);
  int64_t high = toCode(value.greatest, result.high);
  if (low > result.low || high < result.high)
    result.tensor = createClamp(loc, result.tensor, low, high);
  result.low = low;
  result.high = high;
  result.least = -std::numeric_limits<double>::infinity();
  result.greatest = std::numeric_limits<double>::infinity();
  return result;
}

FailureOr<IntegerValue> IntegerLowering::toScale(Location loc,
                                                 const IntegerValue &value,
                                                 double scale) {
  if (value.function) {
    FailureOr<IntegerValue> wide = widen(loc, value);
    return failed(wide) ? wide : toScale(loc, *wide, scale);
  }
  IntegerValue result;
  result.scales = {scale};
  if (value.getWidth() == 32 && value.scales == result.scales) {
    result = value;
  } else {
    FailureOr<Value> rescaled =
        createRescale(loc, value, scale, 0, builder.getI32Type());
    if (failed(rescaled))
      return failure();
    result.tensor = *rescaled;
    double most = 0, least = 0;
    for (double channel : value.scales) {
      double factor = channel / scale;
      least = std::min(least, factor * double(value.low - value.zeroPoint));
      most = std::max(most, factor * double(value.high - value.zeroPoint));
    }
    result.low = static_cast<int64_t>(std::floor(least)) - 1;
    result.high = static_cast<int64_t>(std::ceil(most)) + 1;
  }
  result.least = value.least;
  result.greatest = value.greatest;
  return applyClamp(loc, result);
}

FailureOr<IntegerValue> IntegerLowering::widen(Location loc,
                                               const IntegerValue &value) {
  if (value.function && !forbidsFloat)
    return failure();
  if (value.function)
    return tabulateWide(loc, value);
  if (value.isPerTensor())
    return toScale(loc, value, value.scales[0]);
  // One scale for all channels, as fine as 29 bits allow.
  return toScale(loc, value, std::ldexp(value.getBound(), -28));
}

FailureOr<IntegerValue>
IntegerLowering::quantizeConstant(DenseElementsAttr values, double scale) {
  IntegerValue result;
  result.scales = {scale};
  result.low = result.high = 0;
  SmallVector<int32_t> codes;
  auto add = [&](const APFloat &value) {
    double code = std::nearbyint(value.convertToDouble() / scale);
    if (!(std::abs(code) < double(1 << 30)))
      return false;
    codes.push_back(static_cast<int32_t>(code));
    result.low = std::min<int64_t>(result.low, codes.back());
    result.high = std::max<int64_t>(result.high, codes.back());
    return true;
  };
  bool fits = values.isSplat() ? add(values.getSplatValue<APFloat>())
                               : llvm::all_of(values.getValues<APFloat>(), add);
  if (!fits)
    return failure();
  result.tensor = createConstant(DenseElementsAttr::get(
      values.getType().clone(builder.getI32Type()), ArrayRef(codes)));
  return result;
}
