//===- SoftmaxForm.cpp - Softmax on integers ------------------------------===//
//
// A unit of several ops that only has an integer form as a whole: the
// exponential of a difference is a table, that of a wide sum is not.
//
//   d = code - max(code)                        -255..0, so that d + 127 is i8
//   e = round(32767 exp(scale d))               two tables, high and low byte
//   r = 2^30 / sum(e)                           one division for each row
//   p = e r                                     2^30 times the result
//
// e is off by 2^-16 of the largest element at most, r by 1 in 2^30 / sum(e), so
// that p is off by less than 2^-14 of 2^30: a hundredth of a step of 1/256.
//
//===----------------------------------------------------------------------===//

#include "SoftmaxForm.h"
#include "Forms.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "StructuredForms.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

namespace {
/// A choice between a large negative number and the scores.
struct Mask {
  Operation *op;
  /// i1, or a constant that is 0 where nothing is masked.
  Value condition;
  std::optional<DenseElementsAttr> constant;
  bool masksWhereTrue;
};

/// What a softmax reads, and the dimension that it is over.
struct Softmax {
  Value input;
  int64_t axis;
  std::optional<Mask> mask;
};
} // namespace

/// Whether a kind is a step of the plain formula: masks and factors are not.
static bool isStep(UnitKind kind) {
  switch (kind) {
  case UnitKind::reduce_max:
  case UnitKind::reduce_sum:
  case UnitKind::sub:
  case UnitKind::exp:
  case UnitKind::reciprocal:
  case UnitKind::div:
  case UnitKind::mul:
  case UnitKind::reshape:
  case UnitKind::repeat:
  case UnitKind::identity:
    return true;
  default:
    return false;
  }
}

/// Whether an operand is a number; the only one of the formula is that of 1 /
/// x.
static bool isNumber(IntegerLowering &lowering, Value operand) {
  return lowering.getConstant(operand) || matchPattern(operand, m_Constant());
}

static bool isOne(IntegerLowering &lowering, Value operand) {
  FloatAttr number;
  if (matchPattern(operand, m_Constant(&number)))
    return number.getValueAsDouble() == 1.0;
  return lowering.getSplat(operand) == 1.0;
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

/// What B17 takes for a number that masks.
static bool isMasking(double value) { return value <= -1e4; }

static bool isMasking(IntegerLowering &lowering, Value value) {
  FloatAttr number;
  if (matchPattern(value, m_Constant(&number)))
    return isMasking(number.getValueAsDouble());
  std::optional<double> splat = lowering.getSplat(value);
  return splat && isMasking(*splat);
}

/// Whether all elements are 0 or mask.
static bool isMask(DenseElementsAttr values) {
  return llvm::all_of(values.getValues<APFloat>(), [](const APFloat &value) {
    return value.isZero() || isMasking(value.convertToDouble());
  });
}

/// The tensor that an op or its body reads a value from.
static Value getTensor(Operation *op, Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (!structured || !argument || argument.getOwner() != structured.getBlock())
    return value;
  return structured.getMatchingOpOperand(argument)->get();
}

/// The operands of a choice: of the op, or of the one op of its body.
static SmallVector<Value> getChoice(Operation *op) {
  Operation *choice = op;
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    choice =
        structured.getBlock()->getTerminator()->getOperand(0).getDefiningOp();
  if (!isa_and_nonnull<tosa::SelectOp, arith::SelectOp>(choice))
    return {};
  return llvm::map_to_vector(choice->getOperands(), [&](Value operand) {
    return getTensor(op, operand);
  });
}

/// B17: the scores of a softmax that are masked; sets `scores`.
static std::optional<Mask> findMask(IntegerLowering &lowering, Operation *op,
                                    Value &scores) {
  SmallVector<Value> choice = getChoice(op);
  if (!choice.empty()) {
    bool masksWhereTrue = isMasking(lowering, choice[1]);
    if (masksWhereTrue == isMasking(lowering, choice[2]) ||
        !isa<TensorType>(choice[0].getType()))
      return std::nullopt;
    scores = choice[masksWhereTrue ? 2 : 1];
    return Mask{op, choice[0], std::nullopt, masksWhereTrue};
  }
  if (!isa<tosa::AddOp>(op))
    return std::nullopt;
  for (unsigned at : {0, 1}) {
    std::optional<DenseElementsAttr> values =
        lowering.getConstant(op->getOperand(at));
    if (!values || !isMask(*values))
      continue;
    scores = op->getOperand(1 - at);
    return Mask{op, {}, values, true};
  }
  return std::nullopt;
}

/// Found from the members: the sum says the dimension, what no member makes and
/// is no constant is the input.
static std::optional<Softmax> findSoftmax(IntegerLowering &lowering,
                                          Operation *anchor) {
  if (auto softmax = dyn_cast<linalg::SoftmaxOp>(anchor))
    return Softmax{softmax.getInput(), int64_t(softmax.getDimension()), {}};
  SetVector<Operation *> members;
  members.insert(anchor);
  Value input;
  std::optional<int64_t> axis;
  std::optional<Mask> mask;
  auto setInput = [&](Value value) {
    if ((input && input != value) || !isa<TensorType>(value.getType()))
      return false;
    input = value;
    return true;
  };
  for (unsigned i = 0; i < members.size(); ++i) {
    Operation *member = members[i];
    auto quantizable = dyn_cast<QuantizableOpInterface>(member);
    if (!quantizable)
      return std::nullopt;
    if (!isStep(quantizable.getUnitKind())) {
      Value scores;
      mask = mask ? std::nullopt : findMask(lowering, member, scores);
      if (!mask || !setInput(scores))
        return std::nullopt;
      continue;
    }
    if (quantizable.getUnitKind() == UnitKind::reduce_sum) {
      SmallVector<int64_t> dims = quantizable.getReducedDims();
      if (dims.size() != 1 || axis)
        return std::nullopt;
      axis = dims.front();
    }
    for (Value operand : getDataValues(quantizable)) {
      Operation *maker = operand.getDefiningOp();
      if (maker && annotations::getMember(maker)) {
        members.insert(maker);
        continue;
      }
      if (isNumber(lowering, operand)) {
        if (!isOne(lowering, operand))
          return std::nullopt;
        continue;
      }
      if (!setInput(operand))
        return std::nullopt;
    }
  }
  if (!input || !axis)
    return std::nullopt;
  return Softmax{input, *axis, mask};
}

namespace {
/// Emits the ops; all on tensors of the rank of the input.
class SoftmaxBuilder {
public:
  SoftmaxBuilder(IntegerLowering &lowering, Location loc, int64_t axis)
      : lowering(lowering), builder(lowering.builder), loc(loc), axis(axis) {}

  FailureOr<Value> build(const IntegerValue &input,
                         const std::optional<Mask> &mask);

private:
  static constexpr int64_t masked = -(1 << 20), furthest = -256;
  static constexpr int64_t one = 32767;
  static constexpr int byteBits = 8, resultBits = 30;

  /// exp(scale (index - 127)) of each i8, a byte of it.
  Value createByte(Value index, double scale, bool isHigh);
  FailureOr<Value> createExponential(Value index, double scale);
  FailureOr<Value> rescale(Value tensor, int64_t zeroPoint, double factor,
                           int64_t newZeroPoint, Type element);
  RankedTensorType getReduced(Value tensor);
  Value createMasked(Value tensor, const Mask &mask);
  Value createNumber(int64_t rank, int64_t value);

  IntegerLowering &lowering;
  OpBuilder &builder;
  Location loc;
  int64_t axis;
};
} // namespace

RankedTensorType SoftmaxBuilder::getReduced(Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[axis] = 1;
  return type.clone(shape);
}

FailureOr<Value> SoftmaxBuilder::rescale(Value tensor, int64_t zeroPoint,
                                         double factor, int64_t newZeroPoint,
                                         Type element) {
  IntegerValue value;
  value.tensor = tensor;
  value.scales = {factor};
  value.zeroPoint = zeroPoint;
  value.low = zeroPoint - 255;
  value.high = zeroPoint + 255;
  return lowering.createRescale(loc, value, 1.0, newZeroPoint, element);
}

Value SoftmaxBuilder::createByte(Value index, double scale, bool isHigh) {
  SmallVector<int8_t> table;
  for (int64_t code = -128; code < 128; ++code) {
    double distance = scale * static_cast<double>(code - 127);
    auto exponential =
        static_cast<int64_t>(std::nearbyint(one * std::exp(distance)));
    table.push_back(isHigh ? exponential >> byteBits
                           : (exponential & 255) - 128);
  }
  auto type = RankedTensorType::get({256}, builder.getI8Type());
  return tosa::TableOp::create(
      builder, loc, index.getType(), index,
      lowering.createConstant(DenseElementsAttr::get(type, ArrayRef(table))));
}

FailureOr<Value> SoftmaxBuilder::createExponential(Value index, double scale) {
  Type i32 = builder.getI32Type();
  FailureOr<Value> high =
      rescale(createByte(index, scale, /*isHigh=*/true), 0, 256, 0, i32);
  FailureOr<Value> low =
      rescale(createByte(index, scale, /*isHigh=*/false), -128, 1, 0, i32);
  if (failed(high) || failed(low))
    return failure();
  return tosa::AddOp::create(builder, loc, high->getType(), *high, *low)
      .getResult();
}

/// i32 that lies over a tensor of this rank.
Value SoftmaxBuilder::createNumber(int64_t rank, int64_t value) {
  auto type = RankedTensorType::get(SmallVector<int64_t>(rank, 1),
                                    builder.getI32Type());
  return lowering.createConstant(
      DenseElementsAttr::get(type, static_cast<int32_t>(value)));
}

/// The codes, and far less where they are masked.
Value SoftmaxBuilder::createMasked(Value tensor, const Mask &mask) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Value number = createNumber(type.getRank(), masked);
  if (auto structured = dyn_cast<linalg::LinalgOp>(mask.op)) {
    auto getMap = [&](Value operand) {
      for (OpOperand *input : structured.getDpsInputOperands())
        if (input->get() == operand)
          return structured.getMatchingIndexingMap(input);
      llvm_unreachable("a mask reads what it selects");
    };
    AffineMap result = structured.getIndexingMapsArray().back();
    return createStructured(
        builder, structured, {mask.condition, tensor},
        {getMap(mask.condition), result, result}, builder.getI32Type(), {},
        [&](OpBuilder &nested, Location at, ValueRange arguments) -> Value {
          Value low = arith::ConstantIntOp::create(nested, at, masked, 32);
          return arith::SelectOp::create(
              nested, at, arguments[0],
              mask.masksWhereTrue ? low : arguments[1],
              mask.masksWhereTrue ? arguments[1] : low);
        });
  }
  Value condition = mask.condition;
  if (mask.constant) {
    SmallVector<bool> bits;
    for (const APFloat &value : mask.constant->getValues<APFloat>())
      bits.push_back(!value.isZero());
    condition = lowering.createConstant(DenseElementsAttr::get(
        mask.constant->getType().clone(builder.getI1Type()), bits));
  }
  return tosa::SelectOp::create(builder, loc, type, condition,
                                mask.masksWhereTrue ? number : tensor,
                                mask.masksWhereTrue ? tensor : number);
}

FailureOr<Value> SoftmaxBuilder::build(const IntegerValue &input,
                                       const std::optional<Mask> &mask) {
  FailureOr<Value> wide =
      rescale(input.tensor, input.zeroPoint, 1, 0, builder.getI32Type());
  if (failed(wide))
    return failure();
  if (mask)
    wide = createMasked(*wide, *mask);
  auto axisAttr = builder.getI32IntegerAttr(axis);
  Value most = tosa::ReduceMaxOp::create(builder, loc, getReduced(*wide), *wide,
                                         axisAttr);
  Value distance =
      tosa::SubOp::create(builder, loc, wide->getType(), *wide, most);
  FailureOr<Value> index = rescale(distance, 0, 1, 127, builder.getI8Type());
  if (failed(index))
    return failure();
  FailureOr<Value> exponential = createExponential(*index, input.scales[0]);
  if (failed(exponential))
    return failure();
  int64_t rank = input.getType().getRank();
  if (mask) {
    Value isMasked = tosa::GreaterOp::create(
        builder, loc,
        cast<ShapedType>(distance.getType()).clone(builder.getI1Type()),
        createNumber(rank, furthest), distance);
    exponential =
        tosa::SelectOp::create(builder, loc, exponential->getType(), isMasked,
                               createNumber(rank, 0), *exponential)
            .getResult();
  }
  Value sum = tosa::ReduceSumOp::create(builder, loc, getReduced(*exponential),
                                        *exponential, axisAttr);
  Value unit = createNumber(rank, int64_t(1) << resultBits);
  Value inverse =
      tosa::IntDivOp::create(builder, loc, sum.getType(), unit, sum);
  return tosa::MulOp::create(builder, loc, exponential->getType(), *exponential,
                             inverse,
                             lowering.createScalar(0, builder.getI8Type()))
      .getResult();
}

FailureOr<IntegerValue> quantprep::buildSoftmax(IntegerLowering &lowering,
                                                Operation *anchor) {
  std::optional<Softmax> softmax = findSoftmax(lowering, anchor);
  if (!softmax)
    return lowering.fail(anchor, "this form of softmax has no integer form");
  FailureOr<IntegerValue> input = getCodes(lowering, anchor, softmax->input);
  if (failed(input))
    return failure();
  if (input->getWidth() != 8 || !input->isPerTensor())
    return lowering.fail(anchor, "its input is not of 8 bits and one scale");
  if (softmax->mask &&
      cast<ShapedType>(softmax->mask->op->getResult(0).getType()).getShape() !=
          input->getType().getShape())
    return lowering.fail(anchor, "its mask is larger than what it masks");
  int64_t size = input->getType().getDimSize(softmax->axis);
  if (ShapedType::isDynamic(size) || size > 1 << 15)
    return lowering.fail(anchor, "the sum of its exponentials may be outside "
                                 "int32");
  FailureOr<Value> tensor =
      SoftmaxBuilder(lowering, anchor->getLoc(), softmax->axis)
          .build(*input, softmax->mask);
  if (failed(tensor))
    return lowering.fail(anchor, "its input cannot be rescaled");
  IntegerValue result;
  result.tensor = *tensor;
  result.scales = {0x1p-30};
  result.low = 0;
  result.high = int64_t(1) << 30;
  return result;
}
