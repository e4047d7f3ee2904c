//===- ContractionForms.cpp - Integer forms of products -------------------===//

#include "ContractionForms.h"

#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;

/// What a bias may be in i32, so that there is room for the products.
static constexpr double mostBias = 0x1p30;

LogicalResult quantprep::verifyFactors(IntegerLowering &lowering, Operation *op,
                                       const IntegerValue &input,
                                       const IntegerValue &weight,
                                       int64_t weightAxis) {
  if (input.getWidth() != 8 || weight.getWidth() != 8)
    return lowering.fail(op, "its operands are not of 8 bits");
  if (!input.isPerTensor())
    return lowering.fail(op, "its input has a scale for each channel");
  if (!weight.isPerTensor() && weight.axis != weightAxis)
    return lowering.fail(op, "its weight has scales along dimension " +
                                 Twine(weight.axis) +
                                 ", which is not that of output channels");
  return success();
}

/// Factors by which scales must grow so that the bias fits; empty if none must.
static SmallVector<double> getGrowth(const IntegerValue &weight,
                                     double inputScale, DenseElementsAttr bias,
                                     int64_t repeat) {
  SmallVector<double> growth(weight.scales.size(), 1.0);
  bool grows = false;
  for (auto [index, value] : llvm::enumerate(bias.getValues<APFloat>())) {
    size_t channel = weight.isPerTensor()
                         ? 0
                         : std::min<size_t>(index / repeat, growth.size() - 1);
    double code = std::abs(value.convertToDouble()) /
                  (weight.scales[channel] * inputScale);
    if (!(code > mostBias) || !std::isfinite(code))
      continue;
    growth[channel] = std::max(growth[channel], code / mostBias);
    grows = true;
  }
  return grows ? growth : SmallVector<double>();
}

void quantprep::raiseScales(IntegerLowering &lowering, IntegerValue &weight,
                            double inputScale, DenseElementsAttr bias,
                            int64_t repeat) {
  SmallVector<double> growth = getGrowth(weight, inputScale, bias, repeat);
  DenseIntElementsAttr constant;
  if (growth.empty() || weight.zeroPoint != 0 ||
      !matchPattern(weight.tensor, m_Constant(&constant)))
    return;
  int64_t inner = weight.getInnerSize();
  SmallVector<int8_t> codes;
  for (auto [index, value] : llvm::enumerate(constant.getValues<APInt>())) {
    double factor = growth[(index / inner) % growth.size()];
    codes.push_back(static_cast<int8_t>(
        std::nearbyint(double(value.getSExtValue()) / factor)));
  }
  weight.tensor = lowering.createConstant(
      DenseElementsAttr::get(weight.getType(), ArrayRef(codes)));
  for (auto [scale, factor] : llvm::zip(weight.scales, growth))
    scale *= factor;
}

FailureOr<Value> quantprep::createBias(IntegerLowering &lowering, Operation *op,
                                       DenseElementsAttr bias,
                                       IntegerValue &accumulator) {
  SmallVector<int32_t> codes;
  int64_t least = 0, most = 0;
  for (auto [index, value] : llvm::enumerate(bias.getValues<APFloat>())) {
    double scale = accumulator.scales[accumulator.isPerTensor()
                                          ? 0
                                          : index % accumulator.scales.size()];
    double code = std::nearbyint(value.convertToDouble() / scale);
    if (!(std::abs(code) <= mostBias))
      return lowering.fail(op, "its bias is outside int32 at the scale of its "
                               "products");
    codes.push_back(static_cast<int32_t>(code));
    least = std::min<int64_t>(least, codes.back());
    most = std::max<int64_t>(most, codes.back());
  }
  accumulator.low += least;
  accumulator.high += most;
  if (accumulator.low < -(int64_t(1) << 31) || accumulator.high >= int64_t(1)
                                                                       << 31)
    return lowering.fail(
        op, "the accumulator may reach " +
                Twine(std::max(-accumulator.low, accumulator.high)) +
                ", outside int32");
  return lowering.createConstant(DenseElementsAttr::get(
      bias.getType().clone(lowering.builder.getI32Type()), ArrayRef(codes)));
}
