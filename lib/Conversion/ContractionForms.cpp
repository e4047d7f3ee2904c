//===- ContractionForms.cpp - Integer forms of products -------------------===//

#include "ContractionForms.h"
#include "Forms.h"
#include "QuantPrep/Conversion/Accumulators.h"
#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;

Type quantprep::getAccumulatorType(const IntegerValue &input) {
  return IntegerType::get(input.tensor.getContext(),
                          getAccumulatorWidth(input.getWidth()));
}

unsigned quantprep::getAccumulatorWidth(unsigned inputWidth) {
  return inputWidth == 16 ? 48 : 32;
}

double quantprep::getMostBias(unsigned accumulatorWidth) {
  return std::ldexp(1.0, accumulatorWidth - 2);
}

LogicalResult quantprep::verifyFactors(IntegerLowering &lowering, Operation *op,
                                       const IntegerValue &input,
                                       const IntegerValue &weight,
                                       int64_t weightAxis) {
  if ((input.getWidth() != 8 && input.getWidth() != 16) ||
      weight.getWidth() > input.getWidth())
    return lowering.fail(op, "its operands are not of 8 bits, or of 16 and 8");
  if (input.getWidth() == 16 && (input.zeroPoint != 0 || weight.zeroPoint != 0))
    return lowering.fail(op, "its operands of 16 bits have a zero point");
  if (!input.isPerTensor())
    return lowering.fail(op, "its input has a scale for each channel");
  if (!weight.isPerTensor() && weight.axis != weightAxis)
    return lowering.fail(op, "its weight has scales along dimension " +
                                 Twine(weight.axis) +
                                 ", which is not that of output channels");
  return success();
}

SmallVector<double> quantprep::getScaleGrowth(ArrayRef<double> weightScales,
                                              double inputScale,
                                              double mostBias,
                                              ArrayRef<double> bias,
                                              int64_t repeat) {
  SmallVector<double> growth(weightScales.size(), 1.0);
  bool grows = false;
  for (auto [index, value] : llvm::enumerate(bias)) {
    size_t channel = std::min<size_t>(index / repeat, growth.size() - 1);
    double code = std::abs(value) / (weightScales[channel] * inputScale);
    if (!(code > mostBias) || !std::isfinite(code))
      continue;
    growth[channel] = std::max(growth[channel], code / mostBias);
    grows = true;
  }
  return grows ? growth : SmallVector<double>();
}

void quantprep::raiseScales(IntegerLowering &lowering, IntegerValue &weight,
                            const IntegerValue &input, DenseElementsAttr bias,
                            int64_t repeat) {
  auto biases =
      llvm::map_to_vector(bias.getValues<APFloat>(), [](const APFloat &value) {
        return value.convertToDouble();
      });
  double mostBias = getMostBias(getAccumulatorWidth(input.getWidth()));
  SmallVector<double> growth =
      getScaleGrowth(weight.scales, input.scales[0], mostBias, biases, repeat);
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
                                       DenseElementsAttr bias, Type element,
                                       IntegerValue &accumulator) {
  unsigned width = element.getIntOrFloatBitWidth();
  double mostBias = getMostBias(width);
  SmallVector<APInt> codes;
  int64_t least = 0, most = 0;
  for (auto [index, value] : llvm::enumerate(bias.getValues<APFloat>())) {
    double scale = accumulator.scales[accumulator.isPerTensor()
                                          ? 0
                                          : index % accumulator.scales.size()];
    double code = std::nearbyint(value.convertToDouble() / scale);
    if (!(std::abs(code) <= mostBias))
      return lowering.fail(op, "its bias is outside int" + Twine(width) +
                                   " at the scale of its products");
    auto integer = static_cast<int64_t>(code);
    codes.push_back(APInt(width, integer, /*isSigned=*/true));
    least = std::min(least, integer);
    most = std::max(most, integer);
  }
  accumulator.low += least;
  accumulator.high += most;
  if (failed(verifyAccumulator(lowering, op, accumulator, width)))
    return failure();
  return lowering.createConstant(
      DenseElementsAttr::get(bias.getType().clone(element), ArrayRef(codes)));
}

FailureOr<Value> quantprep::createComputedBias(IntegerLowering &lowering,
                                               Operation *op, Value bias,
                                               int64_t axis, Type element,
                                               IntegerValue &accumulator) {
  auto type = dyn_cast<RankedTensorType>(bias.getType());
  if (!type || !element.isInteger(32))
    return lowering.fail(op, "its bias is no constant");
  auto mostBias =
      static_cast<int64_t>(getMostBias(element.getIntOrFloatBitWidth()));
  accumulator.low -= mostBias;
  accumulator.high += mostBias;
  if (failed(verifyAccumulator(lowering, op, accumulator, 32)))
    return failure();
  OpBuilder &builder = lowering.builder;
  auto isSigned = quant::QuantizationFlags::Signed;
  Type expressed = builder.getF32Type(), codes;
  if (accumulator.isPerTensor())
    codes = quant::UniformQuantizedType::get(isSigned, element, expressed,
                                             accumulator.scales[0], 0,
                                             -mostBias, mostBias);
  else
    codes = quant::UniformQuantizedPerAxisType::get(
        isSigned, element, expressed, accumulator.scales,
        SmallVector<int64_t>(accumulator.scales.size(), 0), axis, -mostBias,
        mostBias);
  Location loc = op->getLoc();
  Value quantized =
      qprep::QuantizeOp::create(builder, loc, type.clone(codes), bias);
  return quant::StorageCastOp::create(builder, loc, type.clone(element),
                                      quantized)
      .getResult();
}
