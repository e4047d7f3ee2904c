//===- StructuredReductions.cpp - Products, pools and sums on integers ----===//

#include "ContractionForms.h"
#include "Forms.h"
#include "QuantPrep/Models/StructuredOps.h"
#include "StructuredForms.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using linalg::LinalgOp;
using qprep::UnitKind;

/// An integer less its zero point, in a wider type.
static Value createCentred(OpBuilder &builder, Location loc, Value value,
                           int64_t zeroPoint, Type wide) {
  if (value.getType() != wide)
    value = arith::ExtSIOp::create(builder, loc, wide, value);
  if (zeroPoint == 0)
    return value;
  Value zero = arith::ConstantIntOp::create(builder, loc, wide, zeroPoint);
  return arith::SubIOp::create(builder, loc, value, zero);
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

/// The dimension of the result that dimension `axis` of an operand becomes.
static std::optional<int64_t> getResultAxis(LinalgOp op, unsigned operand,
                                            int64_t axis) {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  AffineExpr loop = maps[operand].getResult(axis);
  if (!isa<AffineDimExpr>(loop))
    return std::nullopt;
  std::optional<unsigned> position = maps.back().getResultPosition(loop);
  return position ? std::optional<int64_t>(*position) : std::nullopt;
}

/// How many products are added for one element of the result.
static int64_t getDepth(LinalgOp op) {
  int64_t depth = 1;
  for (auto [size, iterator] :
       llvm::zip(op.getStaticLoopRanges(), op.getIteratorTypesArray())) {
    if (iterator != utils::IteratorType::reduction)
      continue;
    if (ShapedType::isDynamic(size))
      return ShapedType::kDynamic;
    depth *= size;
  }
  return depth;
}

/// A constant that has one element for each channel, without its dimensions of
/// size 1.
static PlacedConstant toChannels(PlacedConstant constant, int64_t axis) {
  ShapedType type = constant.values.getType();
  int64_t channels = constant.dims[axis], size = type.getNumElements();
  if (channels < 0 || type.getDimSize(channels) != size)
    return constant;
  constant.values = constant.values.reshape(
      RankedTensorType::get({size}, type.getElementType()));
  constant.dims.assign(constant.dims.size(), -1);
  constant.dims[axis] = 0;
  return constant;
}

/// What the accumulator starts from, quantized when the program runs.
static FailureOr<Value> createComputedInit(IntegerLowering &lowering,
                                           LinalgOp op,
                                           ArrayRef<int64_t> channels,
                                           Type element,
                                           IntegerValue &accumulator) {
  if (channels.size() > 1)
    return lowering.fail(op, "its bias is no constant");
  return createComputedBias(lowering, op, op.getDpsInits().front(),
                            accumulator.axis, element, accumulator);
}

/// The bias that the accumulator starts from, at its scales: zeros, or a
/// constant that is repeated over all dimensions but `channels`, which are as
/// large as those of the weight that have scales.
static FailureOr<Value> createInit(IntegerLowering &lowering, LinalgOp op,
                                   PlacedConstant constant,
                                   ArrayRef<int64_t> channels, Type element,
                                   IntegerValue &accumulator) {
  OpBuilder &builder = lowering.builder;
  if (constant.values.isSplat() &&
      constant.values.getSplatValue<APFloat>().isZero())
    return createFilled(builder, op, 0, element);
  auto dims = llvm::to_vector(llvm::seq<int64_t>(channels.size()));
  MutableArrayRef<int64_t> placed =
      MutableArrayRef(constant.dims).slice(accumulator.axis, dims.size());
  if (constant.values.isSplat() && !channels.empty()) {
    // One bias for all channels is one for each at their scales.
    constant.values =
        constant.values.resizeSplat(constant.values.getType().clone(channels));
    llvm::fill(constant.dims, -1);
    llvm::copy(dims, placed.begin());
  }
  int64_t rank = constant.values.getType().getRank();
  if (!channels.empty() &&
      (rank != int64_t(dims.size()) || !llvm::equal(placed, dims)))
    return createComputedInit(lowering, op, channels, element, accumulator);
  FailureOr<Value> bias =
      createBias(lowering, op, constant.values, element, accumulator);
  if (failed(bias))
    return failure();
  // Written over the result, dimension by dimension.
  SmallVector<AffineExpr> exprs(rank);
  for (auto [loop, dimension] : llvm::enumerate(constant.dims))
    if (dimension >= 0)
      exprs[dimension] = builder.getAffineDimExpr(loop);
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  AffineMap identity = builder.getMultiDimIdentityMap(result.getRank());
  Value empty = createFilled(builder, op, 0, element)
                    .getDefiningOp<linalg::FillOp>()
                    .getDpsInits()
                    .front();
  SmallVector<utils::IteratorType> iterators(result.getRank(),
                                             utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, op->getLoc(), empty.getType(), *bias, empty,
             {AffineMap::get(result.getRank(), 0, exprs, op->getContext()),
              identity},
             iterators,
             [](OpBuilder &nested, Location loc, ValueRange arguments) {
               linalg::YieldOp::create(nested, loc, arguments[0]);
             })
      .getResult(0);
}

FailureOr<IntegerValue>
quantprep::buildStructuredContraction(IntegerLowering &lowering, LinalgOp op) {
  FailureOr<IntegerValue> operands[] = {
      getCodes(lowering, op, op->getOperand(0)),
      getCodes(lowering, op, op->getOperand(1))};
  if (failed(operands[0]) || failed(operands[1]))
    return failure();
  // Of a product either operand may have a scale for each row or column.
  unsigned weightAt = operands[0]->isPerTensor() ? 1 : 0;
  IntegerValue &weight = *operands[weightAt], &input = *operands[1 - weightAt];
  std::optional<int64_t> axis;
  ArrayRef<int64_t> channels = weight.getChannels();
  if (!weight.isPerTensor()) {
    axis = getResultAxis(op, weightAt, weight.axis);
    bool isPlaced =
        axis && llvm::all_of(llvm::seq(channels.size()), [&](int64_t next) {
          return getResultAxis(op, weightAt, weight.axis + next) ==
                 *axis + next;
        });
    if (!isPlaced)
      return lowering.fail(op, "its weight has scales along dimension " +
                                   Twine(weight.axis) +
                                   ", which is not that of output channels");
  }
  if (failed(verifyFactors(lowering, op, input, weight, weight.axis)))
    return failure();
  std::optional<PlacedConstant> init =
      getPlacedConstant(lowering, op.getDpsInits().front());
  if (init && axis)
    init = toChannels(*init, *axis);
  if (init && (weight.isPerTensor() || init->values.getType().getRank() == 1))
    raiseScales(lowering, weight, input, init->values, 1);
  IntegerValue result;
  for (double scale : weight.scales)
    result.scales.push_back(scale * input.scales[0]);
  result.axis = axis.value_or(0);
  int64_t weightAxis = weight.isPerTensor() ? -1 : weight.axis;
  if (failed(setBounds(lowering, op, {input, weight, getDepth(op), weightAxis},
                       result)))
    return failure();
  Type accumulator = getAccumulatorType(input);
  FailureOr<Value> start =
      init ? createInit(lowering, op, *init, channels, accumulator, result)
           : createComputedInit(lowering, op, channels, accumulator, result);
  if (failed(start))
    return failure();
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  int64_t zeroA = operands[0]->zeroPoint, zeroB = operands[1]->zeroPoint;
  result.tensor = createStructured(
      lowering.builder, op, {operands[0]->tensor, operands[1]->tensor},
      {maps[0], maps[1], maps.back()}, accumulator, *start,
      [&](OpBuilder &builder, Location loc, ValueRange arguments) -> Value {
        Value a = createCentred(builder, loc, arguments[0], zeroA, accumulator);
        Value b = createCentred(builder, loc, arguments[1], zeroB, accumulator);
        Value product = arith::MulIOp::create(builder, loc, a, b);
        return arith::AddIOp::create(builder, loc, arguments[2], product);
      });
  return result;
}

//===----------------------------------------------------------------------===//
// Pools and reductions
//===----------------------------------------------------------------------===//

/// The largest or the smallest of some codes.
static FailureOr<IntegerValue> buildExtreme(IntegerLowering &lowering,
                                            LinalgOp op, bool largest,
                                            ValueRange others) {
  const IntegerValue *source = lowering.lookup(op->getOperand(0));
  if (!source || source->function || !source->isPerTensor())
    return lowering.fail(op, "its operand is not quantized itself");
  std::optional<PlacedConstant> init =
      getPlacedConstant(lowering, op.getDpsInits().front());
  if (!init || !init->values.isSplat())
    return lowering.fail(op, "it does not start from a number");
  OpBuilder &builder = lowering.builder;
  Type element = source->getType().getElementType();
  int64_t start = getPaddingCode(
      *source, init->values.getSplatValue<APFloat>().convertToDouble());
  SmallVector<Value> inputs = {source->tensor};
  llvm::append_range(inputs, others);
  IntegerValue result = *source;
  result.low = std::min(result.low, start);
  result.high = std::max(result.high, start);
  result.tensor = createStructured(
      builder, op, inputs, op.getIndexingMapsArray(), element,
      createFilled(builder, op, start, element),
      [&](OpBuilder &nested, Location loc, ValueRange arguments) -> Value {
        Value value = arguments.front(), so_far = arguments.back();
        if (largest)
          return arith::MaxSIOp::create(nested, loc, so_far, value);
        return arith::MinSIOp::create(nested, loc, so_far, value);
      });
  return result;
}

static FailureOr<IntegerValue> buildSum(IntegerLowering &lowering, LinalgOp op,
                                        ValueRange others) {
  const IntegerValue *found = lowering.lookup(op->getOperand(0));
  if (!found || !found->isPerTensor() ||
      (found->function && !lowering.forbidsFloat))
    return lowering.fail(op, "its operand is not quantized itself");
  FailureOr<IntegerValue> source =
      found->function ? lowering.widen(op->getLoc(), *found)
                      : lowering.applyClamp(op->getLoc(), *found);
  int64_t count = getDepth(op);
  if (succeeded(source))
    source = fitSum(lowering, op->getLoc(), *source, count);
  if (failed(source))
    return lowering.fail(op, "the sum may be outside int32");
  std::optional<PlacedConstant> init =
      getPlacedConstant(lowering, op.getDpsInits().front());
  if (!init || !init->values.isSplat() ||
      !init->values.getSplatValue<APFloat>().isZero())
    return lowering.fail(op, "its sum does not start from 0");
  OpBuilder &builder = lowering.builder;
  Type i32 = builder.getI32Type();
  SmallVector<Value> inputs = {source->tensor};
  llvm::append_range(inputs, others);
  IntegerValue result = *source;
  result.tensor = createStructured(
      builder, op, inputs, op.getIndexingMapsArray(), i32,
      createFilled(builder, op, 0, i32),
      [&](OpBuilder &nested, Location loc, ValueRange arguments) -> Value {
        Value value = createCentred(nested, loc, arguments.front(),
                                    source->zeroPoint, i32);
        return arith::AddIOp::create(nested, loc, arguments.back(), value);
      });
  result.zeroPoint = 0;
  result.low = (source->low - source->zeroPoint) * count;
  result.high = (source->high - source->zeroPoint) * count;
  return result;
}

/// The window of a pool has a shape and no values.
static Value createWindow(OpBuilder &builder, Value window) {
  if (!window.getDefiningOp<tensor::EmptyOp>())
    return window;
  Location loc = window.getLoc();
  return tensor::EmptyOp::create(builder, loc,
                                 tensor::getMixedSizes(builder, loc, window),
                                 builder.getI8Type());
}

FailureOr<IntegerValue>
quantprep::buildStructuredReduction(IntegerLowering &lowering, LinalgOp op) {
  std::optional<Combination> combination = getCombination(op);
  auto argument = combination ? dyn_cast<BlockArgument>(combination->value)
                              : BlockArgument();
  if (!argument || op.getMatchingOpOperand(argument)->getOperandNumber() != 0)
    return lowering.fail(op, "it reduces more than elements of an operand");
  SmallVector<Value> others;
  SmallVector<OpOperand *> inputs = op.getDpsInputOperands();
  for (OpOperand *input : ArrayRef(inputs).drop_front())
    others.push_back(createWindow(lowering.builder, input->get()));
  switch (combination->kind) {
  case UnitKind::add:
    return buildSum(lowering, op, others);
  case UnitKind::maximum:
    return buildExtreme(lowering, op, /*largest=*/true, others);
  case UnitKind::minimum:
    return buildExtreme(lowering, op, /*largest=*/false, others);
  default:
    return lowering.fail(op, "its combination has no integer form");
  }
}
