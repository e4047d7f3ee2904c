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
static std::optional<SoftmaxMask> findMask(IntegerLowering &lowering,
                                           Operation *op, Value &scores) {
  SmallVector<Value> choice = getChoice(op);
  if (!choice.empty()) {
    bool masksWhereTrue = isMasking(lowering, choice[1]);
    if (masksWhereTrue == isMasking(lowering, choice[2]) ||
        !isa<TensorType>(choice[0].getType()))
      return std::nullopt;
    scores = choice[masksWhereTrue ? 2 : 1];
    return SoftmaxMask{op, choice[0], std::nullopt, masksWhereTrue};
  }
  if (!isa<tosa::AddOp>(op))
    return std::nullopt;
  for (unsigned at : {0, 1}) {
    std::optional<DenseElementsAttr> values =
        lowering.getConstant(op->getOperand(at));
    if (!values || !isMask(*values))
      continue;
    scores = op->getOperand(1 - at);
    return SoftmaxMask{op, {}, values, true};
  }
  return std::nullopt;
}

/// Found from the members: the sum says the dimension, what no member makes and
/// is no constant is the input.
std::optional<Softmax> quantprep::findSoftmax(IntegerLowering &lowering,
                                              Operation *anchor) {
  if (auto softmax = dyn_cast<linalg::SoftmaxOp>(anchor))
    return Softmax{softmax.getInput(), int64_t(softmax.getDimension()), {}};
  SetVector<Operation *> members;
  members.insert(anchor);
  Value input;
  std::optional<int64_t> axis;
  std::optional<SoftmaxMask> mask;
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
