//===- TosaContractionForms.cpp - Integer forms of tosa products ----------===//
//
// i8 by i8 to i32, with zero points, or i16 by i8 to i48, and the bias at the
// product of the scales.
//
//===----------------------------------------------------------------------===//

#include "ContractionForms.h"
#include "Forms.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace quantprep;

/// The output channels of a scale of the weight, in the layout of the result.
static SmallVector<double> getResultScales(const IntegerValue &input,
                                           const IntegerValue &weight,
                                           int64_t repeat) {
  SmallVector<double> scales;
  for (double scale : weight.scales)
    scales.append(weight.isPerTensor() ? 1 : repeat, scale * input.scales[0]);
  return scales;
}

/// The same codes in a wider type.
static Value extend(IntegerLowering &lowering, Location loc,
                    const IntegerValue &value, Type element) {
  return tosa::CastOp::create(lowering.builder, loc,
                              value.getType().clone(element), value.tensor);
}

namespace {
/// Conv: input, weight and bias, and their zero points; `weightAxis` are the
/// output channels of the weight.
template <typename ConvOp, int64_t weightAxis>
struct ConvModel
    : IntegerFormOpInterface::ExternalModel<ConvModel<ConvOp, weightAxis>,
                                            ConvOp> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    FailureOr<IntegerValue> input = getCodes(lowering, op, op->getOperand(0));
    FailureOr<IntegerValue> weight = getCodes(lowering, op, op->getOperand(1));
    std::optional<DenseElementsAttr> bias =
        lowering.getConstant(op->getOperand(2));
    if (failed(input) || failed(weight))
      return failure();
    if (failed(verifyFactors(lowering, op, *input, *weight, weightAxis)))
      return failure();
    // Of a depthwise convolution each channel has several filters.
    constexpr bool depthwise = std::is_same_v<ConvOp, tosa::DepthwiseConv2DOp>;
    int64_t repeat = 1;
    if (depthwise && static_cast<int64_t>(weight->scales.size()) ==
                         weight->getType().getDimSize(2))
      repeat = weight->getType().getDimSize(3);
    if (bias)
      raiseScales(lowering, *weight, *input, *bias, repeat);

    IntegerValue result;
    result.scales = getResultScales(*input, *weight, repeat);
    result.axis = input->getType().getRank() - 1;
    if (failed(setBounds(lowering, op,
                         {*input, *weight, getDepth(*weight), weightAxis},
                         result)))
      return failure();
    OpBuilder &builder = lowering.builder;
    Type accumulator = getAccumulatorType(*input);
    FailureOr<Value> codes =
        bias ? createBias(lowering, op, *bias, accumulator, result)
             : createComputedBias(lowering, op, op->getOperand(2), /*axis=*/0,
                                  accumulator, result);
    if (failed(codes))
      return failure();
    auto conv = cast<ConvOp>(
        cloneWith(builder, op,
                  {input->tensor, weight->tensor, *codes,
                   lowering.createScalar(input->zeroPoint,
                                         input->getType().getElementType()),
                   lowering.createScalar(weight->zeroPoint,
                                         weight->getType().getElementType())},
                  accumulator));
    conv.setAccType(accumulator);
    result.tensor = conv.getOutput();
    return result;
  }

private:
  static int64_t getDepth(const IntegerValue &weight) {
    int64_t depth = 1;
    for (auto [dimension, size] :
         llvm::enumerate(weight.getType().getShape())) {
      bool isOutput = std::is_same_v<ConvOp, tosa::DepthwiseConv2DOp>
                          ? dimension >= 2
                          : static_cast<int64_t>(dimension) == weightAxis;
      if (ShapedType::isDynamic(size))
        return ShapedType::kDynamic;
      depth *= isOutput ? 1 : size;
    }
    return depth;
  }
};

/// [N, H, K] x [N, K, W]. Either operand may have a scale for each row or
/// column of the result.
struct MatMulModel
    : IntegerFormOpInterface::ExternalModel<MatMulModel, tosa::MatMulOp> {
  FailureOr<IntegerValue> buildIntegerForm(Operation *op,
                                           IntegerLowering &lowering) const {
    FailureOr<IntegerValue> a = getCodes(lowering, op, op->getOperand(0));
    FailureOr<IntegerValue> b = getCodes(lowering, op, op->getOperand(1));
    if (failed(a) || failed(b))
      return failure();
    bool swapped = !a->isPerTensor();
    const IntegerValue &input = swapped ? *b : *a, &weight = swapped ? *a : *b;
    int64_t axis = swapped ? 1 : 2;
    if (failed(verifyFactors(lowering, op, input, weight, axis)))
      return failure();
    IntegerValue result;
    result.scales = getResultScales(input, weight, 1);
    result.axis = axis;
    if (failed(setBounds(lowering, op,
                         {input, weight, a->getType().getDimSize(2), axis},
                         result)))
      return failure();
    // TOSA multiplies i16 by i16 only.
    Type element = input.getType().getElementType();
    for (IntegerValue *operand : {&*a, &*b})
      if (operand->getType().getElementType() != element)
        operand->tensor = extend(lowering, op->getLoc(), *operand, element);
    Operation *matmul = cloneWith(
        lowering.builder, op,
        {a->tensor, b->tensor, lowering.createScalar(a->zeroPoint, element),
         lowering.createScalar(b->zeroPoint, element)},
        getAccumulatorType(input));
    result.tensor = matmul->getResult(0);
    return result;
  }
};
} // namespace

namespace quantprep {
void attachTosaContractionForms(MLIRContext *context);
} // namespace quantprep

void quantprep::attachTosaContractionForms(MLIRContext *context) {
  tosa::Conv2DOp::attachInterface<ConvModel<tosa::Conv2DOp, 0>>(*context);
  tosa::Conv3DOp::attachInterface<ConvModel<tosa::Conv3DOp, 0>>(*context);
  tosa::DepthwiseConv2DOp::attachInterface<
      ConvModel<tosa::DepthwiseConv2DOp, 2>>(*context);
  tosa::TransposeConv2DOp::attachInterface<
      ConvModel<tosa::TransposeConv2DOp, 0>>(*context);
  tosa::MatMulOp::attachInterface<MatMulModel>(*context);
}
