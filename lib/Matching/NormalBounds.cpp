//===- NormalBounds.cpp - Bounds in their normal form ---------------------===//
//
// Clamps, maxima, minima and choices by comparison are bounds; several in a row
// are one.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/OpMatchGraph.h"

#include "mlir/IR/TypeUtilities.h"

#include <limits>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static constexpr double infinity = std::numeric_limits<double>::infinity();

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

bool OpMatchGraph::isNamed(Bounds bounds) {
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
  maker.isUnit = at.plain.has_value();
  maker.changesNothing = changesNothing;
  if (changesNothing)
    maker.passed = maker.operands[0];
  return true;
}
