//===- Rescale.cpp - From one scale to another ----------------------------===//

#include "QuantPrep/Conversion/IntegerLowering.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;

std::optional<Multiplier> quantprep::getMultiplier(double factor, int bits) {
  constexpr int leastShift = 2, mostShift = 62;
  if (!(factor > 0) || !std::isfinite(factor))
    return std::nullopt;
  int exponent;
  double fraction = std::frexp(factor, &exponent);
  int64_t multiplier = std::llround(std::ldexp(fraction, bits));
  int shift = bits - exponent;
  if (multiplier == int64_t(1) << bits) {
    multiplier /= 2;
    --shift;
  }
  if (shift > mostShift) {
    multiplier = std::llround(std::ldexp(factor, mostShift));
    shift = mostShift;
  }
  if (shift < leastShift)
    return std::nullopt;
  return Multiplier{static_cast<int32_t>(multiplier),
                    static_cast<int8_t>(shift)};
}

/// Moves the channels to the end, or back from there.
static Value createChannelMove(OpBuilder &builder, Location loc, Value value,
                               ArrayRef<int64_t> channels, bool back) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int32_t> permutation;
  for (int64_t dimension = 0; dimension < type.getRank(); ++dimension)
    if (!llvm::is_contained(channels, dimension))
      permutation.push_back(dimension);
  llvm::append_range(permutation, channels);
  if (llvm::is_sorted(permutation))
    return value;
  if (back) {
    SmallVector<int32_t> inverse(permutation.size());
    for (auto [to, from] : llvm::enumerate(permutation))
      inverse[from] = to;
    permutation = inverse;
  }
  SmallVector<int64_t> shape;
  for (int32_t dimension : permutation)
    shape.push_back(type.getDimSize(dimension));
  return tosa::TransposeOp::create(builder, loc, type.clone(shape), value,
                                   permutation);
}

/// Makes one dimension of the last two.
static Value createCollapse(OpBuilder &builder, Location loc, Value value,
                            SmallVectorImpl<ReassociationIndices> &groups) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  for (int64_t dimension = 0; dimension + 1 < rank; ++dimension)
    groups.push_back({dimension});
  groups.back().push_back(rank - 1);
  return tensor::CollapseShapeOp::create(builder, loc, value, groups);
}

/// TOSA 1.0 wants values of a rescale that fit the bits of its shift. Others
/// are far outside the codes that it makes, so that they saturate all the same.
FailureOr<Value> IntegerLowering::fitShifts(Location loc,
                                            const IntegerValue &value,
                                            ArrayRef<int8_t> shifts,
                                            Type element) {
  constexpr int64_t most = std::numeric_limits<int32_t>::max();
  SmallVector<int32_t> lows, highs;
  bool fits = true;
  for (int8_t shift : shifts) {
    int64_t limit = int64_t(1) << (shift - 1);
    fits &= value.getMagnitude() < limit;
    lows.push_back(static_cast<int32_t>(std::max(-limit, -most)));
    highs.push_back(static_cast<int32_t>(std::min(limit - 1, most)));
  }
  if (fits)
    return value.tensor;
  if (value.getWidth() != 32 || value.zeroPoint != 0 || element.isInteger(32))
    return failure();
  RankedTensorType type = value.getType();
  SmallVector<int64_t> shape(type.getRank(), 1);
  ArrayRef<int64_t> channels = value.getChannels();
  llvm::copy(channels, shape.begin() + value.axis);
  if (channels.size() == 1)
    shape[value.axis] = shifts.size();
  Value least =
      createConstant(DenseElementsAttr::get(type.clone(shape), ArrayRef(lows)));
  Value greatest = createConstant(
      DenseElementsAttr::get(type.clone(shape), ArrayRef(highs)));
  Value tensor =
      tosa::MaximumOp::create(builder, loc, type, value.tensor, least);
  return tosa::MinimumOp::create(builder, loc, type, tensor, greatest)
      .getResult();
}

FailureOr<Value> IntegerLowering::createRescale(Location loc,
                                                const IntegerValue &value,
                                                ArrayRef<double> scales,
                                                int64_t zeroPoint,
                                                Type element) {
  // TOSA multiplies i48 by 16 bits.
  bool isLong = value.getWidth() == 48;
  Type factorType = isLong ? builder.getI16Type() : builder.getI32Type();
  SmallVector<APInt> multipliers;
  SmallVector<int8_t> shifts;
  for (auto [index, scale] : llvm::enumerate(value.scales)) {
    double factor = scale / scales[scales.size() == 1 ? 0 : index];
    std::optional<Multiplier> found = getMultiplier(factor, isLong ? 15 : 31);
    if (!found)
      return failure();
    multipliers.push_back(
        APInt(factorType.getIntOrFloatBitWidth(), found->multiplier));
    shifts.push_back(found->shift);
  }
  auto toConstant = [&](auto values, Type type) {
    return createConstant(DenseElementsAttr::get(
        RankedTensorType::get({int64_t(values.size())}, type),
        ArrayRef(values)));
  };
  FailureOr<Value> fitting = isLong ? FailureOr<Value>(value.tensor)
                                    : fitShifts(loc, value, shifts, element);
  if (failed(fitting))
    return failure();
  // TOSA has channels in the last dimension.
  auto channels = llvm::to_vector(
      llvm::seq<int64_t>(value.axis, value.axis + value.getChannels().size()));
  Value tensor =
      createChannelMove(builder, loc, *fitting, channels, /*back=*/false);
  Type inOrder = tensor.getType();
  SmallVector<ReassociationIndices> groups;
  if (channels.size() == 2)
    tensor = createCollapse(builder, loc, tensor, groups);
  auto type = cast<RankedTensorType>(tensor.getType());
  Value result = tosa::RescaleOp::create(
      builder, loc, type.clone(element), tensor,
      toConstant(multipliers, factorType),
      toConstant(shifts, builder.getI8Type()),
      createScalar(value.zeroPoint, type.getElementType()),
      createScalar(zeroPoint, element), /*scale32=*/!isLong,
      tosa::RoundingMode::SINGLE_ROUND, /*per_channel=*/!channels.empty(),
      /*input_unsigned=*/false, /*output_unsigned=*/false);
  if (!groups.empty())
    result = tensor::ExpandShapeOp::create(
        builder, loc, cast<ShapedType>(inOrder).clone(element), result, groups);
  return createChannelMove(builder, loc, result, channels, /*back=*/true);
}
