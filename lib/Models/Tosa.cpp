//===- Tosa.cpp - What tosa ops are to quantization -----------------------===//
//
// One line per op: its kind, and which operands are activations. Contractions,
// clamps and transposes have models of their own.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Models/OpModels.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Tosa/Utils/ConversionUtils.h"

using namespace mlir;
using namespace quantprep;

namespace {

/// A convolution: input, weight, bias. The axes are those of output and input
/// channels in the weight's layout.
template <typename ConvOp, UnitKind kind, int64_t weightAxis,
          int64_t inputChannels>
struct ConvModel
    : QuantizableOpInterface::ExternalModel<
          ConvModel<ConvOp, kind, weightAxis, inputChannels>, ConvOp> {
  UnitKind getUnitKind(Operation *) const { return kind; }
  void getOperandRoles(Operation *op,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.assign(op->getNumOperands(), {OperandRole::ignored});
    roles[0] = {OperandRole::input};
    roles[1] = {OperandRole::weight, weightAxis};
    roles[2] = {OperandRole::bias};
  }
  std::optional<int64_t> getInputChannelAxis(Operation *op,
                                             unsigned operand) const {
    if (operand == 0)
      return cast<ShapedType>(op->getOperand(0).getType()).getRank() - 1;
    return operand == 1 ? std::optional(inputChannels) : std::nullopt;
  }
  /// The weight of a depthwise convolution has two dimensions of output
  /// channels.
  ChannelDims getOutputChannelDims(Operation *op, unsigned) const {
    int64_t last = cast<ShapedType>(op->getResult(0).getType()).getRank() - 1;
    if constexpr (std::is_same_v<ConvOp, tosa::DepthwiseConv2DOp>)
      return {{weightAxis, weightAxis + 1}, {last}};
    else
      return {{weightAxis}, {last}};
  }
  bool readsBeyondEdges(Operation *op) const {
    if constexpr (kind == UnitKind::conv_transpose2d)
      return true;
    else
      return llvm::any_of(cast<ConvOp>(op).getPad(),
                          [](int64_t size) { return size != 0; });
  }
  SmallVector<int64_t> getWindowStrides(Operation *op) const {
    if constexpr (kind == UnitKind::conv_transpose2d)
      return {};
    else
      return llvm::to_vector(cast<ConvOp>(op).getStride());
  }
  /// Each element of the weight is used once per output pixel (input pixel, if
  /// transposed) of a channel.
  int64_t getMacs(Operation *op) const {
    bool transposed = kind == UnitKind::conv_transpose2d;
    auto pixels = cast<ShapedType>(transposed ? op->getOperand(0).getType()
                                              : op->getResult(0).getType());
    if (!pixels.hasRank())
      return 0;
    int64_t channels = pixels.getShape().back();
    if (ShapedType::isDynamic(channels))
      channels = 1;
    return countElements(pixels) / std::max<int64_t>(channels, 1) *
           countElements(op->getOperand(1).getType());
  }
};

/// [N, H, K] x [N, K, W]: which operand is a weight is not the op's to know.
struct MatMulModel : InputsModel<MatMulModel, tosa::MatMulOp, 2> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::matmul; }
  std::optional<int64_t> getInputChannelAxis(Operation *,
                                             unsigned operand) const {
    return operand < 2 ? std::optional<int64_t>(2 - operand) : std::nullopt;
  }
  ChannelDims getOutputChannelDims(Operation *, unsigned weight) const {
    int64_t dim = weight == 1 ? 2 : 1;
    return {{dim}, {dim}};
  }
  int64_t getMacs(Operation *op) const {
    auto input = cast<ShapedType>(op->getOperand(0).getType());
    if (!input.hasRank())
      return 0;
    int64_t depth = input.getShape().back();
    return countElements(op->getResult(0).getType()) *
           (ShapedType::isDynamic(depth) ? 1 : depth);
  }
};

template <typename ReduceOp, UnitKind kind>
struct ReductionModel : InputsModel<ReductionModel<ReduceOp, kind>, ReduceOp> {
  UnitKind getUnitKind(Operation *) const { return kind; }
  SmallVector<int64_t> getReducedDims(Operation *op) const {
    return {cast<ReduceOp>(op).getAxis()};
  }
};

/// relu, relu6 and other clamps are told apart by their bounds.
struct ClampModel : InputsModel<ClampModel, tosa::ClampOp> {
  UnitKind getUnitKind(Operation *op) const {
    auto clamp = cast<tosa::ClampOp>(op);
    auto low = dyn_cast<FloatAttr>(clamp.getMinValAttr());
    auto high = dyn_cast<FloatAttr>(clamp.getMaxValAttr());
    if (!low || !high || !low.getValue().isZero())
      return UnitKind::clamp;
    APFloat bound = high.getValue();
    if (!bound.isNegative() && (bound.isLargest() || bound.isInfinity()))
      return UnitKind::relu;
    return high.getValueAsDouble() == 6.0 ? UnitKind::relu6 : UnitKind::clamp;
  }
  std::optional<std::pair<double, double>> getBounds(Operation *op) const {
    auto clamp = cast<tosa::ClampOp>(op);
    auto low = dyn_cast<FloatAttr>(clamp.getMinValAttr());
    auto high = dyn_cast<FloatAttr>(clamp.getMaxValAttr());
    if (!low || !high)
      return std::nullopt;
    return std::pair(low.getValueAsDouble(), high.getValueAsDouble());
  }
};

/// A pool over a window.
template <typename PoolOp, UnitKind kind>
struct PoolModel : InputsModel<PoolModel<PoolOp, kind>, PoolOp> {
  UnitKind getUnitKind(Operation *) const { return kind; }
  SmallVector<int64_t> getWindowStrides(Operation *op) const {
    return llvm::to_vector(cast<PoolOp>(op).getStride());
  }
};

struct SliceModel : InputsModel<SliceModel, tosa::SliceOp> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::slice; }
  bool movesData(Operation *) const { return true; }
  bool startsAtOrigin(Operation *op) const {
    SmallVector<int64_t> start;
    return tosa::getConstShapeValues(
               cast<tosa::SliceOp>(op).getStart().getDefiningOp(), start) &&
           llvm::all_of(start, [](int64_t index) { return index == 0; });
  }
};

/// The nearest element is one of the operand's.
struct ResizeModel : InputsModel<ResizeModel, tosa::ResizeOp> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::interpolate; }
  bool movesData(Operation *op) const {
    return cast<tosa::ResizeOp>(op).getMode() ==
           tosa::ResizeMode::NEAREST_NEIGHBOR;
  }
};

struct TransposeModel : InputsModel<TransposeModel, tosa::TransposeOp> {
  UnitKind getUnitKind(Operation *) const { return UnitKind::transpose; }
  bool movesData(Operation *) const { return true; }
  SmallVector<int64_t> getPermutation(Operation *op) const {
    return llvm::to_vector_of<int64_t>(cast<tosa::TransposeOp>(op).getPerms());
  }
};
} // namespace

static void attachContractions(MLIRContext *context) {
  tosa::Conv2DOp::attachInterface<
      ConvModel<tosa::Conv2DOp, UnitKind::conv2d, 0, 3>>(*context);
  tosa::Conv3DOp::attachInterface<
      ConvModel<tosa::Conv3DOp, UnitKind::conv3d, 0, 4>>(*context);
  tosa::DepthwiseConv2DOp::attachInterface<
      ConvModel<tosa::DepthwiseConv2DOp, UnitKind::conv2d, 2, 2>>(*context);
  tosa::TransposeConv2DOp::attachInterface<
      ConvModel<tosa::TransposeConv2DOp, UnitKind::conv_transpose2d, 0, 3>>(
      *context);
  tosa::MatMulOp::attachInterface<MatMulModel>(*context);
}

static void attachElementwise(MLIRContext *context) {
  tosa::ClampOp::attachInterface<ClampModel>(*context);
  computes<tosa::AddOp, UnitKind::add, 2>(context);
  computes<tosa::SubOp, UnitKind::sub, 2>(context);
  computes<tosa::MulOp, UnitKind::mul, 2>(context);
  computes<tosa::PowOp, UnitKind::pow, 2>(context);
  computes<tosa::MaximumOp, UnitKind::maximum, 2>(context);
  computes<tosa::MinimumOp, UnitKind::minimum, 2>(context);
  computes<tosa::SelectOp, UnitKind::select, 3>(context);
  computes<tosa::GreaterOp, UnitKind::greater, 2>(context);
  computes<tosa::GreaterEqualOp, UnitKind::greater_equal, 2>(context);
  computes<tosa::EqualOp, UnitKind::equal, 2>(context);
  computes<tosa::SigmoidOp, UnitKind::sigmoid>(context);
  computes<tosa::TanhOp, UnitKind::tanh>(context);
  computes<tosa::ExpOp, UnitKind::exp>(context);
  computes<tosa::LogOp, UnitKind::log>(context);
  computes<tosa::ErfOp, UnitKind::erf>(context);
  computes<tosa::RsqrtOp, UnitKind::rsqrt>(context);
  computes<tosa::ReciprocalOp, UnitKind::reciprocal>(context);
  computes<tosa::AbsOp, UnitKind::abs>(context);
  computes<tosa::NegateOp, UnitKind::neg>(context);
  computes<tosa::FloorOp, UnitKind::floor>(context);
  computes<tosa::CeilOp, UnitKind::ceil>(context);
  computes<tosa::SinOp, UnitKind::sin>(context);
  computes<tosa::CosOp, UnitKind::cos>(context);
  computes<tosa::CastOp, UnitKind::cast>(context);
}

template <typename ReduceOp, UnitKind kind>
static void reduces(MLIRContext *context) {
  ReduceOp::template attachInterface<ReductionModel<ReduceOp, kind>>(*context);
}

static void attachReductions(MLIRContext *context) {
  reduces<tosa::ReduceSumOp, UnitKind::reduce_sum>(context);
  reduces<tosa::ReduceMaxOp, UnitKind::reduce_max>(context);
  reduces<tosa::ReduceMinOp, UnitKind::reduce_min>(context);
  reduces<tosa::ReduceProductOp, UnitKind::reduce_product>(context);
  computes<tosa::ArgMaxOp, UnitKind::argmax>(context);
  tosa::MaxPool2dOp::attachInterface<
      PoolModel<tosa::MaxPool2dOp, UnitKind::max_pool2d>>(*context);
  tosa::AvgPool2dOp::attachInterface<
      PoolModel<tosa::AvgPool2dOp, UnitKind::avg_pool2d>>(*context);
}

static void attachDataMovement(MLIRContext *context) {
  tosa::TransposeOp::attachInterface<TransposeModel>(*context);
  tosa::ConcatOp::attachInterface<ConcatModel<tosa::ConcatOp>>(*context);
  moves<tosa::ReshapeOp, UnitKind::reshape>(context);
  tosa::SliceOp::attachInterface<SliceModel>(*context);
  moves<tosa::PadOp, UnitKind::pad>(context);
  moves<tosa::TileOp, UnitKind::repeat>(context);
  moves<tosa::ReverseOp, UnitKind::flip>(context);
  moves<tosa::GatherOp, UnitKind::gather>(context);
  moves<tosa::IdentityOp, UnitKind::identity>(context);
  computes<tosa::ScatterOp, UnitKind::scatter, 3>(context);
  tosa::ResizeOp::attachInterface<ResizeModel>(*context);
}

void quantprep::registerTosaExternalModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tosa::TosaDialect *) {
    attachContractions(context);
    attachElementwise(context);
    attachReductions(context);
    attachDataMovement(context);
  });
}
