//===- NormalForm.cpp - What ops are, however they are written ------------===//
//
// The one place where spellings of the same are taken for the same: ops that
// change nothing, bounds in one op or in several, signs, squares, roots and
// reciprocals. What clusters are written over is this form.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/OpMatchGraph.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool quantprep::hasTypeOf(Value operand, Value result) {
  Type type = operand.getType(), other = result.getType();
  if (isa<ShapedType>(type) && isa<ShapedType>(other))
    return type == other;
  return getElementTypeOrSelf(type) == getElementTypeOrSelf(other);
}

/// The maker of an operand that only one op reads, which may be one with it: as
/// it is written, so that chains are not gone along.
const Maker *OpMatchGraph::getAbsorbable(Value value, Operation *by) const {
  Known *at = getWritten(value);
  if (!at || !hasOneReader(value) ||
      getOwner(value.getDefiningOp())->getBlock() != getOwner(by)->getBlock())
    return nullptr;
  return at->plain ? &*at->plain : &*at->maker;
}

/// The normal form is of one operand, which is one of `from`: of the op itself,
/// or of one that it absorbs.
void OpMatchGraph::setNormal(Known &at, UnitKind kind, const Maker &from,
                             unsigned operand) const {
  Maker &maker = *at.maker;
  if (!at.plain)
    at.plain = maker;
  Value value = from.operands[operand];
  OpOperand *use = from.uses[operand];
  if (from.op != maker.op)
    at.absorbed.push_back(from.op);
  at.normalOperands.assign({value});
  at.normalUses.assign({use});
  maker = Maker{maker.op, kind, at.normalOperands, at.normalUses, at.absorbed};
  maker.plain = &*at.plain;
}

//===----------------------------------------------------------------------===//
// Data movement and casts
//===----------------------------------------------------------------------===//

/// Whether the larger shape is the smaller one with further dimensions, and
/// with dimensions of size 1 made larger.
static bool broadcasts(ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  for (int64_t size : from) {
    if (size == 1)
      continue;
    auto *found = llvm::find(to, size);
    if (found == to.end())
      return false;
    to = to.drop_front(found - to.begin() + 1);
  }
  return true;
}

static bool onlyReshapes(RankedTensorType from, RankedTensorType to) {
  auto isOne = [](int64_t size) { return size == 1; };
  return llvm::equal(
      llvm::make_filter_range(from.getShape(), std::not_fn(isOne)),
      llvm::make_filter_range(to.getShape(), std::not_fn(isOne)));
}

/// Dimensions of size 1, broadcasts, and casts between floats.
static bool passesOn(const Maker &maker, Value result) {
  bool mayMove = maker.kind == UnitKind::reshape ||
                 maker.kind == UnitKind::repeat ||
                 maker.kind == UnitKind::identity;
  // A broadcast may read its operand in a body.
  if ((maker.kind != UnitKind::cast && maker.kind != UnitKind::repeat &&
       !(mayMove && cast<QuantizableOpInterface>(maker.op).movesData())) ||
      maker.operands.empty())
    return false;
  auto from = dyn_cast<RankedTensorType>(maker.operands.front().getType());
  auto to = dyn_cast<RankedTensorType>(maker.op->getResult(0).getType());
  if (!from || !to)
    return false;
  if (maker.kind == UnitKind::cast)
    return isFloatTensor(from) && isFloatTensor(to);
  // One side may know less of the sizes.
  if (maker.kind == UnitKind::identity)
    return succeeded(verifyCompatibleShape(from, to));
  return maker.kind == UnitKind::reshape
             ? onlyReshapes(from, to)
             : broadcasts(from.getShape(), to.getShape());
}

/// Whether an op that takes its operand's elements, or some of them, takes all
/// of them as they are.
static bool keepsAll(const Maker &maker, Value result) {
  if (maker.operands.size() != 1 || !hasTypeOf(maker.operands[0], result))
    return false;
  auto type = dyn_cast<ShapedType>(result.getType());
  switch (maker.kind) {
  case UnitKind::cast:
  case UnitKind::identity:
  case UnitKind::reshape:
    return true;
  case UnitKind::repeat:
  case UnitKind::slice:
  case UnitKind::pad:
    return type && type.hasStaticShape();
  case UnitKind::transpose: {
    auto op = cast<QuantizableOpInterface>(maker.op);
    SmallVector<int64_t> permutation = op.getPermutation();
    return llvm::equal(permutation, llvm::seq<int64_t>(permutation.size()));
  }
  default:
    return false;
  }
}

/// Whether an op takes back what the one before it does.
static bool cancels(const Maker &maker, const Maker &before, Value result) {
  if (maker.kind != before.kind || before.operands.size() != 1 ||
      !hasTypeOf(before.operands[0], result))
    return false;
  auto type = dyn_cast<ShapedType>(result.getType());
  if (maker.kind == UnitKind::reshape)
    return type && type.hasStaticShape();
  if (maker.kind == UnitKind::cast) {
    Type wide = getElementTypeOrSelf(before.op->getResult(0).getType());
    Type narrow = getElementTypeOrSelf(result.getType());
    return narrow.isF16() ? wide.isF32() : narrow.isBF16() && wide.isF32();
  }
  if (maker.kind != UnitKind::transpose)
    return false;
  auto second = cast<QuantizableOpInterface>(maker.op).getPermutation();
  auto first = cast<QuantizableOpInterface>(before.op).getPermutation();
  for (auto [dim, source] : llvm::enumerate(second))
    if (source >= int64_t(first.size()) || first[source] != int64_t(dim))
      return false;
  return !second.empty();
}

/// Of one operand, so that a list is none.
bool OpMatchGraph::normalizeMovement(Value result, Known &at) const {
  Maker &maker = *at.maker;
  if (maker.operands.size() != 1)
    return false;
  if (keepsAll(maker, result)) {
    maker.passed = maker.operands[0];
    maker.changesNothing = true;
    return true;
  }
  if (maker.kind == UnitKind::reshape || maker.kind == UnitKind::transpose ||
      maker.kind == UnitKind::cast)
    if (const Maker *before = getAbsorbable(maker.operands[0], maker.op);
        before && !haveOwnNames(maker.op, before->op) &&
        cancels(maker, *before, result)) {
      setNormal(at, UnitKind::identity, *before, 0);
      maker.passed = maker.operands[0];
      maker.changesNothing = true;
      return true;
    }
  if (passesOn(maker, result))
    maker.passed = maker.operands.front();
  return maker.passed != nullptr;
}

//===----------------------------------------------------------------------===//
// Neutral elements
//===----------------------------------------------------------------------===//

/// A kind of two operands that is one of one where an operand is this number.
struct OfNumber {
  UnitKind kind;
  double number;
  bool mayBeFirst, mayBeSecond;
  UnitKind becomes;
};
static constexpr OfNumber ofNumbers[] = {
    {UnitKind::add, 0, true, true, UnitKind::identity},
    {UnitKind::sub, 0, false, true, UnitKind::identity},
    {UnitKind::sub, 0, true, false, UnitKind::neg},
    {UnitKind::mul, 1, true, true, UnitKind::identity},
    {UnitKind::mul, -1, true, true, UnitKind::neg},
    {UnitKind::div, 1, false, true, UnitKind::identity},
    {UnitKind::div, -1, false, true, UnitKind::neg},
    {UnitKind::pow, 1, false, true, UnitKind::identity},
    {UnitKind::pow, 2, false, true, UnitKind::square}};

bool OpMatchGraph::normalizeNeutral(Value result, Known &at) const {
  Maker &maker = *at.maker;
  if (maker.operands.size() != 2)
    return false;
  for (const OfNumber &each : ofNumbers)
    for (unsigned constant : {1, 0}) {
      if (each.kind != maker.kind ||
          !(constant == 0 ? each.mayBeFirst : each.mayBeSecond))
        continue;
      Value value = maker.operands[constant];
      Value other = maker.operands[1 - constant];
      if (!facts.isConstant(value) || !hasTypeOf(other, result) ||
          facts.getSplat(value) != each.number)
        continue;
      setNormal(at, each.becomes, maker, 1 - constant);
      if (each.becomes == UnitKind::identity) {
        maker.passed = other;
        maker.changesNothing = true;
      }
      return true;
    }
  return false;
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

/// Where a mask tells which scores to leave out, a very low number is chosen in
/// their place (B17).
bool OpMatchGraph::normalizeMask(Value result, Known &at) const {
  constexpr double lowest = -1e4;
  const Maker maker = *at.maker;
  if (maker.kind != UnitKind::select || maker.operands.size() != 3)
    return false;
  for (unsigned chosen : {1, 2}) {
    Value low = maker.operands[3 - chosen];
    std::optional<double> number =
        facts.isConstant(low) ? facts.getSplat(low) : std::nullopt;
    if (!number || *number > lowest ||
        !hasTypeOf(maker.operands[chosen], result))
      continue;
    setNormal(at, UnitKind::masked, maker, chosen);
    return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Roots and reciprocals
//===----------------------------------------------------------------------===//

/// x + (-y) is x - y.
bool OpMatchGraph::normalizeSum(Known &at) const {
  const Maker maker = *at.maker;
  if (maker.kind != UnitKind::add || maker.operands.size() != 2)
    return false;
  for (unsigned second : {1, 0}) {
    const Maker *negated = getAbsorbable(maker.operands[second], maker.op);
    // What brings it into shape when the program runs.
    Operation *broadcast = nullptr;
    if (negated && negated->kind == UnitKind::identity && !negated->uses[0]) {
      broadcast = negated->op;
      negated = getAbsorbable(negated->operands[0], maker.op);
    }
    if (!negated || negated->kind != UnitKind::neg)
      continue;
    setNormal(at, UnitKind::sub, maker, 1 - second);
    if (broadcast)
      at.absorbed.push_back(broadcast);
    at.normalOperands.push_back(negated->operands[0]);
    at.normalUses.push_back(negated->uses[0]);
    at.absorbed.push_back(negated->op);
    at.maker->operands = at.normalOperands;
    at.maker->uses = at.normalUses;
    at.maker->absorbed = at.absorbed;
    return true;
  }
  return false;
}

/// x^-0.5, 1 / sqrt(x), 1 / x^0.5 and the reciprocal of either are rsqrt.
bool OpMatchGraph::normalizePower(Known &at) const {
  Maker &maker = *at.maker;
  if (maker.operands.size() == 2 && maker.kind == UnitKind::pow &&
      facts.isConstant(maker.operands[1])) {
    std::optional<double> exponent = facts.getSplat(maker.operands[1]);
    if (exponent == -0.5)
      setNormal(at, UnitKind::rsqrt, maker, 0);
    else if (exponent == 0.5)
      setNormal(at, UnitKind::sqrt, maker, 0);
    else if (exponent == -1.0)
      setNormal(at, UnitKind::reciprocal, maker, 0);
    if (maker.kind != UnitKind::reciprocal)
      return at.plain.has_value();
  }
  if (maker.operands.size() == 2 && maker.kind == UnitKind::div &&
      facts.isConstant(maker.operands[0]) &&
      facts.getSplat(maker.operands[0]) == 1.0)
    setNormal(at, UnitKind::reciprocal, maker, 1);
  if (maker.kind != UnitKind::reciprocal)
    return false;
  const Maker *root = getAbsorbable(maker.operands[0], maker.op);
  if (root && root->kind == UnitKind::sqrt)
    setNormal(at, UnitKind::rsqrt, *root, 0);
  return true;
}

/// The sum of x / n over n elements is a mean.
bool OpMatchGraph::normalizeMean(Value result, Known &at) const {
  constexpr double tolerance = 1e-3;
  const Maker &maker = *at.maker;
  if (maker.kind != UnitKind::reduce_sum || maker.operands.size() != 1)
    return false;
  const Maker *term = getAbsorbable(maker.operands[0], maker.op);
  bool isProduct = term && term->kind == UnitKind::mul;
  if (!term || (!isProduct && term->kind != UnitKind::div) ||
      term->operands.size() != 2 || !facts.isConstant(term->operands[1]))
    return false;
  auto whole = dyn_cast<RankedTensorType>(term->operands[0].getType());
  auto sum = dyn_cast<RankedTensorType>(result.getType());
  std::optional<double> factor = facts.getSplat(term->operands[1]);
  if (!whole || !sum || !factor || *factor == 0 || !whole.hasStaticShape() ||
      !sum.hasStaticShape())
    return false;
  double count = double(whole.getNumElements()) / sum.getNumElements();
  double found = isProduct ? 1 / *factor : *factor;
  if (std::abs(found - count) > tolerance * count)
    return false;
  setNormal(at, UnitKind::mean, *term, 0);
  return true;
}

void OpMatchGraph::normalize(Value result, Known &at) const {
  if (normalizeMovement(result, at))
    return;
  bool isNeutral = normalizeNeutral(result, at);
  if (isNeutral && at.maker->changesNothing)
    return;
  if (normalizeFunction(result, at) || isNeutral ||
      normalizeBounds(result, at) || normalizeMask(result, at) ||
      normalizeMean(result, at) || normalizeSum(at))
    return;
  normalizePower(at);
}
