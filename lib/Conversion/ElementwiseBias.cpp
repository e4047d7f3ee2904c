//===- ElementwiseBias.cpp - Sums of an accumulator and a bias ------------===//

#include "ContractionForms.h"
#include "Elementwise.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

bool ElementwiseOperand::isInPlace(RankedTensorType result) const {
  if (integer->getType().getShape() != result.getShape())
    return false;
  for (auto [at, dimension] : llvm::enumerate(dims))
    if (dimension != static_cast<int64_t>(at) && result.getDimSize(at) != 1)
      return false;
  return true;
}

/// The codes of a constant at the scales of an accumulator, of which dimension
/// `dimension` of the constant has one each; the bounds then include it.
static FailureOr<Value> createConstantBias(IntegerLowering &lowering,
                                           DenseElementsAttr bias,
                                           int64_t dimension,
                                           IntegerValue &sum) {
  ShapedType type = bias.getType();
  int64_t inner = 1;
  for (int64_t d = type.getRank() - 1; d > dimension && dimension >= 0; --d)
    inner *= type.getDimSize(d);
  SmallVector<int32_t> codes;
  int64_t least = 0, most = 0;
  for (auto [index, element] : llvm::enumerate(bias.getValues<APFloat>())) {
    double scale = sum.isPerTensor()
                       ? sum.scales[0]
                       : sum.scales[(index / inner) % sum.scales.size()];
    double code = std::nearbyint(element.convertToDouble() / scale);
    if (!(std::abs(code) <= 0x1p30))
      return failure();
    codes.push_back(static_cast<int32_t>(code));
    least = std::min<int64_t>(least, codes.back());
    most = std::max<int64_t>(most, codes.back());
  }
  sum.low += least;
  sum.high += most;
  constexpr int64_t limit = int64_t(1) << 31;
  if (sum.low < -limit || sum.high >= limit)
    return failure();
  return lowering.createConstant(DenseElementsAttr::get(
      type.clone(lowering.builder.getI32Type()), ArrayRef(codes)));
}

FailureOr<IntegerValue>
quantprep::buildBias(IntegerLowering &lowering, Operation *unit,
                     ArrayRef<ElementwiseOperand> operands,
                     RankedTensorType result, EmitBinary emit) {
  if (operands.size() != 2 || !operands[0].integer == !operands[1].integer)
    return failure();
  unsigned variable = operands[0].integer ? 0 : 1;
  const ElementwiseOperand &bias = operands[1 - variable];
  IntegerValue sum = *operands[variable].integer;
  if (!operands[variable].isInPlace(result) || sum.getWidth() != 32 ||
      sum.isClamped() || sum.function)
    return failure();
  auto type = dyn_cast_or_null<RankedTensorType>(
      bias.constant ? bias.constant->getType()
      : bias.value  ? bias.value.getType()
                    : Type());
  int64_t dimension = sum.isPerTensor() ? -1 : bias.dims[sum.axis];
  if (!type ||
      (!sum.isPerTensor() && (dimension < 0 || type.getDimSize(dimension) !=
                                                   int64_t(sum.scales.size()))))
    return failure();
  FailureOr<Value> codes =
      bias.constant
          ? createConstantBias(lowering, *bias.constant, dimension, sum)
          : createComputedBias(lowering, unit, bias.value,
                               std::max<int64_t>(dimension, 0),
                               lowering.builder.getI32Type(), sum);
  if (failed(codes))
    return failure();
  sum.tensor =
      emit(UnitKind::add, {sum.tensor, variable}, {*codes, 1 - variable}, 0);
  return sum;
}
