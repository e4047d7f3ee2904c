//===- PatternSearch.cpp - Matching patterns over kinds -------------------===//
//
// Goals that are no nodes with ops, and the search as a whole. How an op is
// taken for a node is in PatternNodes.cpp.
//
//===----------------------------------------------------------------------===//

#include "PatternSearch.h"
#include "PatternConstraints.h"
#include "QuantPrep/IR/Values.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void Search::open(State &state, const KindPattern &pattern,
                  std::optional<Place> spelled, Value value) const {
  size_t size = pattern.nodes.size();
  Frame frame{&pattern, spelled, {}, {}, {}};
  frame.bound.resize(size);
  frame.seen.resize(size);
  frame.inverted.resize(size, false);
  state.frames.push_back(std::move(frame));
  unsigned index = state.frames.size() - 1;
  state.goals.push_back({{index, unsigned(size - 1)}, value});
}

bool Search::solve(State &state) const {
  while (!state.goals.empty()) {
    Goal goal = state.goals.pop_back_val();
    if (steps == 0)
      return false;
    --steps;
    Step step = reach(state, goal);
    if (step != Step::advanced)
      return step == Step::solved;
  }
  return state.fits(facts) && subject.accepts(state.getOps());
}

Search::Step Search::reach(State &state, const Goal &goal) const {
  auto toStep = [](bool found) {
    return found ? Step::advanced : Step::failed;
  };
  bool isNode = isa<NodeOp>(state.getNode(goal.at).op);
  if (goal.terms.empty() && state.frames[goal.at.frame].bound[goal.at.node])
    return toStep(reachAgain(state, goal));
  return isNode ? reachNode(state, goal) : toStep(reachLeaf(state, goal));
}

/// Whether two values are the same: computed by the same ops from the same, up
/// to ops that change nothing. `again` are the ops on the way to the first,
/// each with the one on the way to the second that it does the same as.
bool Search::isSame(
    Value value, Value bound, unsigned depth,
    SmallVectorImpl<std::pair<const Maker *, Operation *>> &again) const {
  for (unsigned step = 0; value != bound && step < maxPassed; ++step) {
    const Maker *maker = subject.getMaker(value);
    if (!maker || !maker->changesNothing)
      break;
    again.push_back({maker, nullptr});
    value = maker->passed;
  }
  if (value == bound)
    return true;
  Operation *op = value.getDefiningOp(), *other = bound.getDefiningOp();
  if (!op || !other || depth == 0 || value.getType() != bound.getType())
    return false;
  Attribute constants[2];
  if (matchPattern(op, m_Constant(&constants[0])))
    return matchPattern(other, m_Constant(&constants[1])) &&
           constants[0] == constants[1];
  const Maker *maker = subject.getMaker(value);
  if (!maker && !facts.isConstant(value))
    return false;
  DenseMap<Value, Value> inBodies;
  auto isEquivalent = [&](Value a, Value b) {
    auto known = inBodies.find(a);
    return success(known != inBodies.end() ? known->second == b
                                           : isSame(a, b, depth - 1, again));
  };
  auto markEquivalent = [&](Value a, Value b) { inBodies[a] = b; };
  if (!OperationEquivalence::isEquivalentTo(
          op, other, isEquivalent, markEquivalent,
          OperationEquivalence::IgnoreLocations |
              OperationEquivalence::IgnoreDiscardableAttrs))
    return false;
  if (maker)
    again.push_back({maker, other});
  return true;
}

/// What computes a node's value once more belongs to the match as well.
bool Search::takeAgain(State &state, const Goal &goal, Value value,
                       Value bound) const {
  constexpr unsigned maxDepth = 4;
  SmallVector<std::pair<const Maker *, Operation *>, 4> again;
  if (!isSame(value, bound, maxDepth, again))
    return false;
  for (auto [maker, other] : again) {
    MatchedPlace place{goal.at, maker, {goal.at}, true};
    for (const MatchedPlace &at : state.matched)
      if (at.maker->op == other)
        place.operands = at.operands;
    state.matched.push_back(std::move(place));
  }
  return true;
}

/// A node is one value, wherever it is used; ops that pass it on may stand
/// before each use, and it may be computed each time.
bool Search::reachAgain(State &state, const Goal &goal) const {
  const Frame &frame = state.frames[goal.at.frame];
  Value bound = frame.bound[goal.at.node];
  if (frame.inverted[goal.at.node] != goal.inverted)
    return false;
  // A number may be written down each time.
  if (auto scalar = dyn_cast<ScalarOp>(state.getNode(goal.at).op);
      scalar && scalar.getValue() && bound != goal.value)
    return fits(scalar, goal.value, goal.inverted, facts);
  bool isNode = isa<NodeOp>(state.getNode(goal.at).op);
  Value value = goal.value;
  for (unsigned step = 0; value != bound && step < maxPassed; ++step) {
    if (takeAgain(state, goal, value, bound))
      return true;
    const Maker *maker = subject.getMaker(value);
    if (!maker || !maker->passed)
      break;
    state.matched.push_back({goal.at, maker, {goal.at}, true});
    value = maker->passed;
  }
  return value == bound || (!isNode && reachBehind(state, goal));
}

/// An operand may be read as it is and behind a cast: it is what is before.
bool Search::reachBehind(State &state, const Goal &goal) const {
  Value &bound = state.frames[goal.at.frame].bound[goal.at.node];
  SmallVector<const Maker *, 2> passing;
  Value value = bound;
  while (value != goal.value) {
    const Maker *maker = subject.getMaker(value);
    if (!maker || !maker->passed || passing.size() == maxPassed)
      return false;
    passing.push_back(maker);
    value = maker->passed;
  }
  for (const Maker *maker : passing)
    state.matched.push_back({goal.at, maker, {goal.at}, true});
  bound = value;
  return true;
}

/// Whether an op reads what it passes on in its regions.
static bool isBroadcast(const Maker &maker) {
  return maker.changesNothing && maker.uses.size() == 1 && !maker.uses[0] &&
         isa<ShapedType>(maker.op->getResult(0).getType());
}

/// An operand or a constant.
bool Search::reachLeaf(State &state, const Goal &goal) const {
  Operation *op = state.getNode(goal.at).op;
  // What brings an operand into the shape of another is not the operand.
  if (const Maker *maker = isa<OperandOp>(op) && goal.passed < maxPassed
                               ? subject.getMaker(goal.value)
                               : nullptr;
      maker && isBroadcast(*maker)) {
    skip(state, goal, *maker, maker->passed);
    return true;
  }
  if (auto scalar = dyn_cast<ScalarOp>(op)) {
    if (!fits(scalar, goal.value, goal.inverted, facts))
      return false;
  } else if (isa<ReciprocalCountOp>(op)) {
    if (!facts.isConstant(goal.value))
      return false;
  } else if (auto operand = cast<OperandOp>(op);
             !fits(operand, goal.value, facts) ||
             (goal.inverted && operand.getRole() != OperandRole::ignored)) {
    return false;
  }
  state.bind(goal);
  // An operand of a spelling is what the spelled node has there.
  const Frame &frame = state.frames[goal.at.frame];
  if (!isa<OperandOp>(op) || !frame.spelled)
    return true;
  ArrayRef<unsigned> outer = state.getNode(*frame.spelled).operands;
  unsigned position = llvm::find(frame.pattern->operands, goal.at.node) -
                      frame.pattern->operands.begin();
  if (position < outer.size())
    state.goals.push_back(
        {{frame.spelled->frame, outer[position]}, goal.value});
  return true;
}

std::optional<Match> quantprep::match(const KindPattern &pattern, Value result,
                                      const MatchGraph &subject,
                                      const ValueFacts &facts, Behind behind) {
  const Maker *anchor = subject.getMaker(result);
  if (!anchor)
    return std::nullopt;
  bool isFirst = !anchor->changesNothing && !behind.after;
  if (isFirst && !PatternFilter(subject, facts).mayEndWith(pattern, result))
    return std::nullopt;
  if (isFirst && pattern.isOneKind() &&
      anchor->kind == cast<NodeOp>(pattern.nodes.front().op).getKind())
    return subject.accepts(anchor->op) ? std::optional(Match{{anchor, {}}})
                                       : std::nullopt;
  Search search(subject, facts, behind);
  State state;
  search.open(state, pattern, std::nullopt, result);
  if (!search.solve(state))
    return std::nullopt;
  return state.getMatch();
}
