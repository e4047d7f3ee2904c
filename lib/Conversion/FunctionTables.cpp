//===- FunctionTables.cpp - Functions of codes as tables ------------------===//

#include "CodeTypes.h"
#include "QuantPrep/Conversion/IntegerLowering.h"
#include "QuantPrep/IR/QuantizedTypes.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using quant::UniformQuantizedType;

/// The codes that the reference form has, for each i8.
Value IntegerLowering::createTable(Location loc, const IntegerValue &value,
                                   const QParamsGrid &grid) {
  SmallVector<int8_t> table;
  for (int64_t code = -128; code < 128; ++code)
    table.push_back(grid.quantize(float(value.evaluate(code)), 0));
  auto type = RankedTensorType::get({256}, builder.getI8Type());
  return tosa::TableOp::create(
      builder, loc, value.getType(), value.tensor,
      createConstant(DenseElementsAttr::get(type, ArrayRef(table))));
}

/// TOSA interpolates between 513 numbers of 16 bits, with 7 bits more. Those of
/// i8 are 256 times as fine. Fails if that is further off than 2^-12 of the
/// range of the codes.
FailureOr<IntegerValue>
IntegerLowering::interpolate(Location loc, const IntegerValue &value,
                             UniformQuantizedType type) {
  constexpr int64_t segments = 512, fractionBits = 7, furthest = 16;
  constexpr double most = 32767;
  SmallVector<int64_t, 0> samples = value.getSamples();
  double bound = 0;
  for (int64_t sample : samples)
    bound = std::max(bound, std::abs(value.evaluate(sample)));
  bool isFine = type.getStorageTypeIntegralWidth() == 8;
  double step = type.getScale() / (isFine ? 256 : 1);
  // What saturates does so after the interpolation.
  double scale = std::max(step, bound / most);
  int64_t perSegment = (samples.size() - 1) / segments;
  SmallVector<int16_t> table;
  for (int64_t i = 0; i <= segments; ++i)
    table.push_back(
        std::nearbyint(value.evaluate(samples[i * perSegment]) / scale));
  auto toStep = [&](double real) {
    return std::clamp(real / step, -most, most);
  };
  for (auto [index, sample] : llvm::enumerate(samples)) {
    int64_t segment = std::min<int64_t>(index / perSegment, segments - 1);
    double slope = double(table[segment + 1]) - table[segment];
    double at = double(index - segment * perSegment) / perSegment;
    double error = toStep(scale * (table[segment] + at * slope)) -
                   toStep(value.evaluate(sample));
    if (!(std::abs(slope) <= most) || !(std::abs(error) <= furthest))
      return failure();
  }
  auto tableType = RankedTensorType::get({segments + 1}, builder.getI16Type());
  IntegerValue fine;
  fine.tensor = tosa::TableOp::create(
      builder, loc, value.getType().clone(builder.getI32Type()), value.tensor,
      createConstant(DenseElementsAttr::get(tableType, ArrayRef(table))));
  fine.scales = {std::ldexp(scale, -int(fractionBits))};
  fine.low = -(int64_t(1) << (15 + fractionBits));
  fine.high = int64_t(1) << (15 + fractionBits);
  return requantize(loc, fine, type);
}

/// Two tables have the high and the low byte.
FailureOr<IntegerValue>
IntegerLowering::tabulateWide(Location loc, const IntegerValue &value) {
  constexpr int64_t most = 32767, byteBits = 8;
  if (value.getWidth() != 8)
    return failure();
  IntegerValue result;
  result.scales = {std::max(value.getBound() / double(most),
                            std::numeric_limits<double>::min())};
  result.low = -most;
  result.high = most;
  SmallVector<int8_t> high, low;
  for (int64_t code = -128; code < 128; ++code) {
    auto integer = static_cast<int64_t>(
        std::nearbyint(value.evaluate(code) / result.scales[0]));
    high.push_back(static_cast<int8_t>(integer >> byteBits));
    low.push_back(static_cast<int8_t>((integer & 255) - 128));
  }
  auto tableType = RankedTensorType::get({256}, builder.getI8Type());
  auto createByte = [&](ArrayRef<int8_t> table, double scale, int64_t zero) {
    IntegerValue byte;
    byte.tensor = tosa::TableOp::create(
        builder, loc, value.getType(), value.tensor,
        createConstant(DenseElementsAttr::get(tableType, table)));
    byte.scales = {scale};
    byte.zeroPoint = zero;
    byte.low = -128;
    byte.high = 127;
    return createRescale(loc, byte, 1.0, 0, builder.getI32Type());
  };
  FailureOr<Value> upper = createByte(high, 1 << byteBits, 0);
  FailureOr<Value> lower = createByte(low, 1, -128);
  if (failed(upper) || failed(lower))
    return failure();
  result.tensor =
      tosa::AddOp::create(builder, loc, upper->getType(), *upper, *lower);
  return result;
}

FailureOr<IntegerValue>
IntegerLowering::tabulateByte(Location loc, Value byte,
                              function_ref<double(int64_t)> function) {
  auto type = cast<RankedTensorType>(byte.getType());
  IntegerValue index;
  Value centred = tosa::SubOp::create(builder, loc, type, byte,
                                      createNumber(type.getRank(), 128));
  index.tensor = tosa::CastOp::create(builder, loc,
                                      type.clone(builder.getI8Type()), centred);
  index.scales = {1.0};
  index.low = -128;
  index.high = 127;
  auto values = std::make_shared<std::vector<double>>();
  for (int64_t entry = 0; entry < 256; ++entry)
    values->push_back(function(entry));
  index.function = std::move(values);
  return tabulateWide(loc, index);
}
