//===- SoftmaxUnit.cpp - What a softmax unit computes ---------------------===//

#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "SoftmaxForm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

/// Whether a kind is a step of the plain formula, or of exp(x - (max + log(sum
/// ...))): masks and factors are not.
static bool isStep(UnitKind kind) {
  switch (kind) {
  case UnitKind::reduce_max:
  case UnitKind::reduce_sum:
  case UnitKind::sub:
  case UnitKind::exp:
  case UnitKind::log:
  case UnitKind::softmax:
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

/// Whether an operand is a number; those of the formula are that of 1 / x and
/// the 0 of a dropout.
static bool isNumber(IntegerLowering &lowering, Value operand) {
  return lowering.getConstant(operand) || matchPattern(operand, m_Constant());
}

/// Whether a number changes nothing: 0 of a sum, 1 of a product.
static bool isNeutral(IntegerLowering &lowering, Value operand, bool isSum) {
  double neutral = isSum ? 0 : 1;
  FloatAttr number;
  if (matchPattern(operand, m_Constant(&number)))
    return number.getValueAsDouble() == neutral;
  return lowering.getSplat(operand) == neutral;
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

/// The operand of an op of the unit that is its input; none if there is none,
/// or another one.
static std::optional<unsigned> findScores(Operation *op) {
  std::optional<unsigned> found;
  for (auto [index, role] :
       llvm::enumerate(annotations::getMembership(op).getRoles())) {
    if (role.getRole() != qprep::OperandRole::input)
      continue;
    if (found)
      return std::nullopt;
    found = index;
  }
  return found;
}

/// B17: the scores of a softmax that are masked; sets `scores`.
static std::optional<SoftmaxMask> findMask(IntegerLowering &lowering,
                                           Operation *op, Value &scores) {
  SoftmaxMask mask;
  mask.op = op;
  SmallVector<Value> choice = getChoice(op);
  if (!choice.empty()) {
    mask.masksWhereTrue = isMasking(lowering, choice[1]);
    if (mask.masksWhereTrue == isMasking(lowering, choice[2]) ||
        !isa<TensorType>(choice[0].getType()))
      return std::nullopt;
    mask.condition = choice[0];
    scores = choice[mask.masksWhereTrue ? 2 : 1];
    return mask;
  }
  std::optional<unsigned> at = findScores(op);
  auto sum = cast<QuantizableOpInterface>(op);
  SmallVector<Value, 3> values = getDataValues(sum);
  if (!at || sum.getUnitKind() != UnitKind::add || values.size() != 2)
    return std::nullopt;
  scores = op->getOperand(*at);
  mask.added = values[values[0] == scores ? 1 : 0];
  std::optional<DenseElementsAttr> constant = lowering.getConstant(mask.added);
  if (isa<tosa::AddOp>(op) && constant && isMask(*constant)) {
    mask.constant = constant;
    mask.added = {};
  }
  return mask;
}

namespace {
/// From the members of a unit to its formula: what no member makes and is no
/// number is the input, and the sum says the dimension.
class SoftmaxFinder {
public:
  SoftmaxFinder(IntegerLowering &lowering, Operation *anchor)
      : lowering(lowering) {
    members.insert(anchor);
  }

  std::optional<Softmax> find();

private:
  bool addMember(QuantizableOpInterface member);
  bool setInput(Value value);
  bool setAxis(ArrayRef<int64_t> dims);

  IntegerLowering &lowering;
  SetVector<Operation *> members;
  Value input;
  std::optional<int64_t> axis;
  std::optional<SoftmaxMask> mask;
};
} // namespace

bool SoftmaxFinder::setInput(Value value) {
  if ((input && input != value) || !isa<TensorType>(value.getType()))
    return false;
  input = value;
  return true;
}

bool SoftmaxFinder::setAxis(ArrayRef<int64_t> dims) {
  if (dims.size() != 1 || axis)
    return false;
  axis = dims.front();
  return true;
}

bool SoftmaxFinder::addMember(QuantizableOpInterface member) {
  UnitKind kind = member.getUnitKind();
  bool isInnerSum = kind == UnitKind::add && !findScores(member);
  if (!isStep(kind) && !isInnerSum) {
    Value scores;
    mask = mask ? std::nullopt : findMask(lowering, member, scores);
    return mask && setInput(scores);
  }
  if (kind == UnitKind::reduce_sum && !setAxis(member.getReducedDims()))
    return false;
  if (kind == UnitKind::softmax) {
    auto softmax = dyn_cast<linalg::SoftmaxOp>(*member);
    if (!softmax || !setAxis({int64_t(softmax.getDimension())}))
      return false;
  }
  for (Value operand : getDataValues(member)) {
    Operation *maker = operand.getDefiningOp();
    if (maker && annotations::getMember(maker))
      members.insert(maker);
    else if (isNumber(lowering, operand)
                 ? !isNeutral(lowering, operand, isInnerSum)
                 : !setInput(operand))
      return false;
  }
  return true;
}

std::optional<Softmax> SoftmaxFinder::find() {
  for (unsigned i = 0; i < members.size(); ++i) {
    auto member = dyn_cast<QuantizableOpInterface>(members[i]);
    if (!member || !addMember(member))
      return std::nullopt;
  }
  if (!input || !axis)
    return std::nullopt;
  return Softmax{input, *axis, mask};
}

std::optional<Softmax> quantprep::findSoftmax(IntegerLowering &lowering,
                                              Operation *anchor) {
  return SoftmaxFinder(lowering, anchor).find();
}
