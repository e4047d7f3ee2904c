//===- NormalForm.cpp - What ops are, however they are written ------------===//
//
// The one place where spellings of the same are taken for the same: ops that
// change nothing, bounds in one op or in several, roots and reciprocals. What
// clusters are written over is this form.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/OpMatchGraph.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include <limits>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static constexpr double infinity = std::numeric_limits<double>::infinity();

/// Whether an operand has the type of a result. In a body and at its end, one
/// of them may be a scalar and the other the tensor that it is an element of.
static bool hasTypeOf(Value operand, Value result) {
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

/// The operands of a kind that may be its neutral element, and that element.
struct Neutral {
  UnitKind kind;
  double element;
  bool mayBeFirst;
};
static constexpr Neutral neutrals[] = {{UnitKind::add, 0, true},
                                       {UnitKind::sub, 0, false},
                                       {UnitKind::mul, 1, true},
                                       {UnitKind::div, 1, false},
                                       {UnitKind::pow, 1, false}};

bool OpMatchGraph::normalizeNeutral(Value result, Known &at) const {
  Maker &maker = *at.maker;
  const Neutral *neutral = llvm::find_if(
      neutrals, [&](const Neutral &each) { return each.kind == maker.kind; });
  if (neutral == std::end(neutrals) || maker.operands.size() != 2)
    return false;
  for (unsigned constant : {1, 0}) {
    Value value = maker.operands[constant];
    Value other = maker.operands[1 - constant];
    if ((constant == 0 && !neutral->mayBeFirst) || !facts.isConstant(value) ||
        !hasTypeOf(other, result) || facts.getSplat(value) != neutral->element)
      continue;
    setNormal(at, UnitKind::identity, maker, 1 - constant);
    maker.passed = other;
    maker.changesNothing = true;
    return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

/// A bound that no number of the type is beyond is none.
static Bounds dropUnbounded(Bounds bounds, Type type) {
  auto element = dyn_cast<FloatType>(getElementTypeOrSelf(type));
  if (!element)
    return bounds;
  APFloat exact = APFloat::getLargest(element.getFloatSemantics());
  bool losesInfo;
  exact.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  double largest = exact.convertToDouble();
  return {bounds.low <= -largest ? -infinity : bounds.low,
          bounds.high >= largest ? infinity : bounds.high};
}

/// x if x > c, else c, and the like.
std::optional<OpMatchGraph::OwnBounds>
OpMatchGraph::findSelectBounds(const Maker &maker) const {
  if (maker.operands.size() != 3)
    return std::nullopt;
  const Maker *compare = getAbsorbable(maker.operands[0], maker.op);
  if (!compare || compare->operands.size() != 2)
    return std::nullopt;
  bool isGreater = compare->kind == UnitKind::greater ||
                   compare->kind == UnitKind::greater_equal;
  if (!isGreater && compare->kind != UnitKind::less &&
      compare->kind != UnitKind::less_equal)
    return std::nullopt;
  bool isFirst = !facts.isConstant(compare->operands[0]);
  Value value = compare->operands[isFirst ? 0 : 1];
  Value limit = compare->operands[isFirst ? 1 : 0];
  unsigned chosen = maker.operands[1] == value ? 1 : 2;
  Value other = maker.operands[3 - chosen];
  if (maker.operands[chosen] != value || !facts.isConstant(limit) ||
      !facts.isConstant(other))
    return std::nullopt;
  std::optional<double> bound = facts.getSplat(limit);
  if (!bound || facts.getSplat(other) != bound)
    return std::nullopt;
  // x > c, and x is taken then; each of the three may be the other way round.
  bool isLow = (isGreater == isFirst) == (chosen == 1);
  return OwnBounds{chosen,
                   isLow ? Bounds{*bound, infinity} : Bounds{-infinity, *bound},
                   compare->op};
}

std::optional<OpMatchGraph::OwnBounds>
OpMatchGraph::findBounds(Value result, const Maker &maker) const {
  if (auto op = dyn_cast<QuantizableOpInterface>(maker.op))
    if (auto bounds = op.getBounds())
      return OwnBounds{0, {bounds->first, bounds->second}};
  if (maker.kind == UnitKind::select)
    return findSelectBounds(maker);
  if ((maker.kind != UnitKind::maximum && maker.kind != UnitKind::minimum) ||
      maker.operands.size() != 2)
    return std::nullopt;
  for (unsigned constant : {1, 0}) {
    Value value = maker.operands[constant];
    if (!facts.isConstant(value) ||
        !hasTypeOf(maker.operands[1 - constant], result))
      continue;
    if (std::optional<double> bound = facts.getSplat(value))
      return OwnBounds{1 - constant, maker.kind == UnitKind::maximum
                                         ? Bounds{*bound, infinity}
                                         : Bounds{-infinity, *bound}};
  }
  return std::nullopt;
}

static UnitKind getBoundedKind(Bounds bounds, UnitKind otherwise) {
  if (bounds.low == 0 && bounds.high == infinity)
    return UnitKind::relu;
  if (bounds.low == 0 && bounds.high == 6)
    return UnitKind::relu6;
  bool isClamp = bounds.low != -infinity && bounds.high != infinity;
  return isClamp ? UnitKind::clamp : otherwise;
}

/// Whether bounds are a unit by themselves: two of those are two units.
static bool isNamed(Bounds bounds) {
  return getBoundedKind(bounds, UnitKind::opaque) != UnitKind::opaque;
}

/// The bounds of what has bounds; none if they leave one value.
static std::optional<Bounds> join(Bounds outer, Bounds inner) {
  auto clamp = [&](double bound) {
    return std::min(std::max(bound, outer.low), outer.high);
  };
  Bounds both{clamp(inner.low), clamp(inner.high)};
  return both.low < both.high ? std::optional(both) : std::nullopt;
}

/// Whether two ops with these bounds together are one unit. Ops of different
/// names are two units of the model, unless together they have a name.
static bool mayJoin(Bounds both, Operation *op, Operation *inner) {
  UnitKind kind = getBoundedKind(
      dropUnbounded(both, op->getResult(0).getType()), UnitKind::opaque);
  return kind != UnitKind::opaque &&
         (kind == UnitKind::relu6 || !haveOwnNames(op, inner));
}

/// Goes from op to op as long as what they bound together may be one unit; what
/// bounds nothing may be between them.
void OpMatchGraph::joinBounds(Value result, Known &at, const Maker *&from,
                              OwnBounds &own) const {
  const Maker &maker = *at.maker;
  Bounds both = own.bounds;
  Value operand = maker.operands[own.operand];
  SmallVector<Operation *> absorbed;
  for (unsigned step = 0; step < maxPassed; ++step) {
    const Maker *inner = getAbsorbable(operand, maker.op);
    auto before = inner ? findBounds(operand, *inner) : std::nullopt;
    if (!before)
      return;
    before->bounds = dropUnbounded(before->bounds, result.getType());
    std::optional<Bounds> joined = join(both, before->bounds);
    if (!joined || (isNamed(both) && isNamed(before->bounds)))
      return;
    // What has a name by now is complete.
    bool isBounded =
        before->bounds.low != -infinity || before->bounds.high != infinity;
    if (from != &maker && isNamed(both) && isBounded)
      return;
    both = *joined;
    absorbed.push_back(inner->op);
    if (before->comparison)
      absorbed.push_back(before->comparison);
    operand = inner->operands[before->operand];
    if (!mayJoin(both, maker.op, inner->op))
      continue;
    // The last op is among the absorbed ones where its operand is taken.
    from = inner;
    own = OwnBounds{before->operand, both};
    for (Operation *op : absorbed)
      if (op != inner->op)
        at.absorbed.push_back(op);
    absorbed = {inner->op};
  }
}

/// Bounds of bounds are one: relu6 in two clamps, or as a maximum of a minimum.
bool OpMatchGraph::normalizeBounds(Value result, Known &at) const {
  Maker &maker = *at.maker;
  std::optional<OwnBounds> own = findBounds(result, maker);
  if (!own)
    return false;
  own->bounds = dropUnbounded(own->bounds, result.getType());
  const Maker *from = &maker;
  if (own->comparison)
    at.absorbed.push_back(own->comparison);
  joinBounds(result, at, from, *own);
  Bounds bounds = dropUnbounded(own->bounds, result.getType());
  bool changesNothing = bounds.low == -infinity && bounds.high == infinity;
  UnitKind kind = getBoundedKind(bounds, maker.kind);
  // A bound on one side is what it is written as.
  if (kind != maker.kind || from != &maker || changesNothing)
    setNormal(at, kind, *from, own->operand);
  else
    at.absorbed.clear();
  maker.bounds = bounds;
  maker.changesNothing = changesNothing;
  if (changesNothing)
    maker.passed = maker.operands[0];
  return true;
}

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
  if (normalizeMovement(result, at) || normalizeNeutral(result, at) ||
      normalizeBounds(result, at) || normalizeMask(result, at) ||
      normalizeMean(result, at))
    return;
  normalizePower(at);
}
