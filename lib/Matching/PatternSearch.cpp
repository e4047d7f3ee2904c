//===- PatternSearch.cpp - Matching patterns over kinds -------------------===//
//
// A match is found by working off goals: a node of a pattern, and the value
// that it has to be. Where there is a choice (operands of a commutative kind,
// a kind spelled by another cluster, an optional node), the state is copied and
// the other ways are tried later. What the filter can tell cannot match is not
// tried; the rest is small, and bounded, whatever the model.
//
//===----------------------------------------------------------------------===//

#include "PatternConstraints.h"
#include "PatternFilter.h"
#include "PatternState.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// A way to reach a goal at a node.
struct Alternative {
  enum Way { own, inverse, spelled, passed, missing } way;
  /// Bits of the terms that go to the first operand of a commutative op.
  unsigned first = 0;
  const KindPattern *spelling = nullptr;
  /// The op in its normal form, or as it is written.
  const Maker *as = nullptr;
  /// The operands of the op come in the other order.
  bool swapped = false;
};

class Search {
public:
  Search(const MatchGraph &subject, const ValueFacts &facts, Behind behind)
      : subject(subject), facts(facts), spellings(subject.getSpellings()),
        filter(subject, facts), behind(behind) {}

  void open(State &state, const KindPattern &pattern,
            std::optional<Place> spelled, Value value) const;
  /// Works off the goals. On success the state holds the match.
  bool solve(State &state) const;

private:
  bool mayCombine(const State &state, const Goal &goal, const Maker &maker,
                  unsigned first) const;
  enum class Step { failed, advanced, solved };
  Step reach(State &state, const Goal &goal) const;
  Step reachNode(State &state, const Goal &goal) const;
  bool reachNeutral(State &state, const Goal &goal, const Maker &maker) const;
  bool reachAsWritten(State &state, const Goal &goal, const Maker *maker) const;
  Step reachInverse(State &state, const Goal &goal) const;
  bool reachLeaf(State &state, const Goal &goal) const;
  bool reachAgain(State &state, const Goal &goal) const;
  bool reachBehind(State &state, const Goal &goal) const;
  void addInverseWays(const State &state, const Goal &goal, const Maker &maker,
                      SmallVectorImpl<Alternative> &ways) const;
  void addOwnWays(const State &state, const Goal &goal, const Maker &maker,
                  SmallVectorImpl<Alternative> &ways) const;
  SmallVector<Alternative, 8> getAlternatives(const State &state,
                                              const Goal &goal,
                                              const Maker *maker) const;
  bool isOpen(const State &state, unsigned frame,
              const KindPattern &pattern) const;
  bool take(State &state, const Goal &goal, const Alternative &way,
            const Maker *maker) const;
  bool takeOwn(State &state, const Goal &goal, const Alternative &way,
               const Maker &maker) const;
  const Maker *takeRepeated(State &state, const Goal &goal,
                            const Maker *first) const;
  bool
  isSame(Value value, Value bound, unsigned depth,
         SmallVectorImpl<std::pair<const Maker *, Operation *>> &again) const;
  bool takeAgain(State &state, const Goal &goal, Value value,
                 Value bound) const;
  void skip(State &state, const Goal &goal, const Maker &maker,
            Value next) const;

  const MatchGraph &subject;
  const ValueFacts &facts;
  const KindPatternSet *spellings;
  PatternFilter filter;
  Behind behind;
  /// What is left of the steps that a match may take: no pattern needs more
  /// than some dozens, but a model can be made to have very many ways.
  mutable unsigned steps = 4096;
};
} // namespace

/// The operand nodes that a goal's value combines.
static ArrayRef<unsigned> getTerms(const State &state, const Goal &goal) {
  return goal.terms.empty()
             ? ArrayRef<unsigned>(state.getNode(goal.at).operands)
             : ArrayRef<unsigned>(goal.terms);
}

static void bind(State &state, const Goal &goal) {
  Frame &frame = state.frames[goal.at.frame];
  frame.bound[goal.at.node] = goal.value;
  frame.inverted[goal.at.node] = goal.inverted;
  if (!frame.seen[goal.at.node])
    frame.seen[goal.at.node] = goal.value;
}

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

/// An operand or a constant.
bool Search::reachLeaf(State &state, const Goal &goal) const {
  Operation *op = state.getNode(goal.at).op;
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
  bind(state, goal);
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

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

Search::Step Search::reachNode(State &state, const Goal &goal) const {
  if (goal.inverted)
    return reachInverse(state, goal);
  const Maker *maker = subject.getMaker(goal.value);
  bool isBehind = behind.after && goal.value == behind.after;
  if (maker && (maker->changesNothing || isBehind)) {
    if (!isBehind &&
        (maker->plain || cast<NodeOp>(state.getNode(goal.at).op).getOptional()))
      return reachNeutral(state, goal, *maker) ? Step::solved : Step::failed;
    if (goal.passed == maxPassed)
      return Step::failed;
    skip(state, goal, *maker, isBehind ? behind.before : maker->passed);
    return Step::advanced;
  }
  if (!state.matched.empty() && goal.terms.empty() &&
      !filter.mayBe(*state.frames[goal.at.frame].pattern, goal.at.node,
                    goal.value))
    return Step::failed;
  SmallVector<Alternative, 8> ways = getAlternatives(state, goal, maker);
  // A way that fails costs a copy of the state.
  llvm::erase_if(ways, [&](const Alternative &way) {
    return way.way == Alternative::spelled &&
           !filter.mayEndWith(*way.spelling, goal.value);
  });
  if (ways.empty())
    return Step::failed;
  for (const Alternative &way : ArrayRef(ways).drop_back()) {
    State other = state;
    if (take(other, goal, way, maker) && solve(other)) {
      state = std::move(other);
      return Step::solved;
    }
  }
  return take(state, goal, ways.back(), maker) ? Step::advanced : Step::failed;
}

/// What changes nothing by chance may be what the pattern asks for: the weight
/// of a norm that is one everywhere. Movement is that only where it has to be.
/// What others read too is not passed where a node is optional.
bool Search::reachNeutral(State &state, const Goal &goal,
                          const Maker &maker) const {
  auto skipped = [&] {
    State other = state;
    if (goal.passed == maxPassed)
      return false;
    skip(other, goal, maker, maker.passed);
    if (!solve(other))
      return false;
    state = std::move(other);
    return true;
  };
  auto moves = dyn_cast<QuantizableOpInterface>(maker.op);
  if (!maker.plain || (moves && moves.movesData()))
    return skipped() || reachAsWritten(state, goal, maker.plain);
  return reachAsWritten(state, goal, maker.plain) || skipped();
}

bool Search::reachAsWritten(State &state, const Goal &goal,
                            const Maker *maker) const {
  SmallVector<Alternative, 8> ways;
  if (maker)
    addOwnWays(state, goal, *maker, ways);
  if (cast<NodeOp>(state.getNode(goal.at).op).getOptional() && !goal.strict &&
      goal.terms.empty())
    ways.push_back({Alternative::missing});
  for (const Alternative &way : ways) {
    State other = state;
    if (take(other, goal, way, maker) && solve(other)) {
      state = std::move(other);
      return true;
    }
  }
  return false;
}

/// Whether the terms can be given to two operands in this way, where each has
/// one: to try costs a copy of the state. Two of the same come in one order.
bool Search::mayCombine(const State &state, const Goal &goal,
                        const Maker &maker, unsigned first) const {
  const KindPattern &pattern = *state.frames[goal.at.frame].pattern;
  ArrayRef<unsigned> terms = getTerms(state, goal);
  if (terms.size() != 2)
    return true;
  if (first != 1 &&
      (maker.operands[0] == maker.operands[1] || terms[0] == terms[1]))
    return false;
  unsigned atFirst = first == 1 ? 0 : 1;
  return filter.mayBe(pattern, terms[atFirst], maker.operands[0]) &&
         filter.mayBe(pattern, terms[1 - atFirst], maker.operands[1]);
}

/// Whether an op has no operands beyond those of the nodes that want all of
/// them named: the one that it is, and those of its kind that this one spells.
static bool isComplete(const State &state, std::optional<Place> at,
                       const Maker &maker) {
  for (; at; at = state.frames[at->frame].spelled) {
    auto node = cast<NodeOp>(state.getNode(*at).op);
    if (node.getComplete() && node.getKind() == maker.kind &&
        maker.operands.size() != state.getNode(*at).operands.size())
      return false;
  }
  return true;
}

/// The ways in which an op is the node itself.
void Search::addOwnWays(const State &state, const Goal &goal,
                        const Maker &maker,
                        SmallVectorImpl<Alternative> &ways) const {
  auto node = cast<NodeOp>(state.getNode(goal.at).op);
  unsigned terms = getTerms(state, goal).size();
  if (maker.kind == node.getKind()) {
    // Every way to give the terms to two operands; others take them in order.
    if (isCommutative(maker.kind) && terms > 1 && maker.operands.size() == 2)
      for (unsigned first = 1; first + 1 < (1u << terms); ++first) {
        if (mayCombine(state, goal, maker, first))
          ways.push_back({Alternative::own, first, nullptr, &maker});
      }
    else if (goal.terms.empty() && maker.operands.size() >= terms &&
             isComplete(state, goal.at, maker))
      ways.push_back({Alternative::own, 0, nullptr, &maker});
  } else if (terms > 1 && maker.operands.size() == 2 &&
             maker.kind == getInverse(node.getKind())) {
    addInverseWays(state, goal, maker, ways);
  }
}

/// Any one of the terms is the divisor; of a quotient it is the second. It is a
/// constant, or something that has a reciprocal of its own.
void Search::addInverseWays(const State &state, const Goal &goal,
                            const Maker &maker,
                            SmallVectorImpl<Alternative> &ways) const {
  auto node = cast<NodeOp>(state.getNode(goal.at).op);
  ArrayRef<unsigned> terms = getTerms(state, goal);
  const KindPattern &pattern = *state.frames[goal.at.frame].pattern;
  unsigned all = (1u << terms.size()) - 1;
  for (bool swapped : {false, true}) {
    Value divisor = maker.operands[swapped ? 0 : 1];
    if (swapped && !isCommutative(maker.kind))
      continue;
    bool isConstant = facts.isConstant(divisor);
    for (unsigned last = isCommutative(node.getKind()) ? 0 : terms.size() - 1;
         last < terms.size(); ++last)
      if (isConstant ||
          !isa<ScalarOp, ReciprocalCountOp>(pattern.nodes[terms[last]].op))
        ways.push_back({Alternative::inverse, all & ~(1u << last), nullptr,
                        &maker, swapped});
  }
}

/// A node is the reciprocal of a value: the value is made by a reciprocal, or
/// the node is one.
Search::Step Search::reachInverse(State &state, const Goal &goal) const {
  auto node = cast<NodeOp>(state.getNode(goal.at).op);
  const Maker *maker = subject.getMaker(goal.value);
  if (!maker || !goal.terms.empty())
    return Step::failed;
  State before = state;
  auto tryWay = [&](auto take) {
    State other = before;
    if (!take(other) || !solve(other))
      return false;
    state = std::move(other);
    return true;
  };
  auto takeMaker = [&](State &at, Value operand, bool inverted) {
    Goal next{goal.at, operand, inverted};
    at.matched.push_back({goal.at, maker, {goal.at}, true});
    at.goals.push_back(std::move(next));
    return true;
  };
  auto takeOperand = [&](State &at, Value value) {
    bind(at, goal);
    at.goals.push_back(
        {{goal.at.frame, state.getNode(goal.at).operands.front()}, value});
    return true;
  };
  if (maker->passed && goal.passed < maxPassed && tryWay([&](State &at) {
        skip(at, goal, *maker, maker->passed);
        return true;
      }))
    return Step::solved;
  if (maker->kind == UnitKind::reciprocal && tryWay([&](State &at) {
        return takeMaker(at, maker->operands[0], false);
      }))
    return Step::solved;
  bool isRoot =
      (maker->kind == UnitKind::rsqrt && node.getKind() == UnitKind::sqrt) ||
      (maker->kind == UnitKind::sqrt && node.getKind() == UnitKind::rsqrt);
  if (isRoot && node.getNumOperands() == 1 && tryWay([&](State &at) {
        at.matched.push_back(
            {goal.at,
             maker,
             {{goal.at.frame, state.getNode(goal.at).operands.front()}}});
        return takeOperand(at, maker->operands[0]);
      }))
    return Step::solved;
  if (node.getKind() == UnitKind::reciprocal && node.getNumOperands() == 1 &&
      tryWay([&](State &at) { return takeOperand(at, goal.value); }))
    return Step::solved;
  if (!spellings)
    return Step::failed;
  for (const KindPattern &spelling :
       spellings->getEndingWith(UnitKind::reciprocal))
    if (cast<ClusterOp>(spelling.source).getKind() == node.getKind() &&
        !isOpen(state, goal.at.frame, spelling) && tryWay([&](State &at) {
          bind(at, goal);
          open(at, spelling, goal.at, goal.value);
          at.goals.back().inverted = true;
          return true;
        }))
      return Step::solved;
  return Step::failed;
}

SmallVector<Alternative, 8> Search::getAlternatives(const State &state,
                                                    const Goal &goal,
                                                    const Maker *maker) const {
  const KindPatternNode &wanted = state.getNode(goal.at);
  auto node = cast<NodeOp>(wanted.op);
  SmallVector<Alternative, 8> ways;
  bool isAnchor = state.matched.empty();
  for (const Maker *as : {maker, maker ? maker->plain : nullptr})
    if (as)
      addOwnWays(state, goal, *as, ways);
  if (maker && spellings && goal.terms.empty() &&
      spellings->getSpelledBy(maker->kind).test(unsigned(node.getKind())))
    for (const KindPattern &spelling : spellings->getEndingWith(maker->kind)) {
      auto cluster = cast<ClusterOp>(spelling.source);
      if (cluster.getKind() == node.getKind() &&
          (!isAnchor || cluster.getInside()) &&
          !isOpen(state, goal.at.frame, spelling))
        ways.push_back({Alternative::spelled, 0, &spelling});
    }
  if (maker && maker->passed && goal.passed < maxPassed && !isAnchor)
    ways.push_back({Alternative::passed});
  if (node.getOptional() && !goal.strict && goal.terms.empty())
    ways.push_back({Alternative::missing});
  return ways;
}

/// Whether a pattern is being matched in a frame or around it: no kind is
/// spelled by itself.
bool Search::isOpen(const State &state, unsigned frame,
                    const KindPattern &pattern) const {
  for (std::optional<Place> at = Place{frame, 0}; at;
       at = state.frames[at->frame].spelled)
    if (state.frames[at->frame].pattern->source == pattern.source)
      return true;
  return false;
}

bool Search::take(State &state, const Goal &goal, const Alternative &way,
                  const Maker *maker) const {
  switch (way.way) {
  case Alternative::own:
  case Alternative::inverse:
    return takeOwn(state, goal, way, *way.as);
  case Alternative::spelled:
    bind(state, goal);
    open(state, *way.spelling, goal.at, goal.value);
    return true;
  case Alternative::passed:
    skip(state, goal, *maker, maker->passed);
    return true;
  case Alternative::missing:
    bind(state, goal);
    state.goals.push_back(
        {{goal.at.frame, state.getNode(goal.at).operands.front()}, goal.value});
    return true;
  }
  llvm_unreachable("all ways are covered");
}

/// Goes on behind an op that passes its elements.
void Search::skip(State &state, const Goal &goal, const Maker &maker,
                  Value value) const {
  Frame &frame = state.frames[goal.at.frame];
  if (!frame.seen[goal.at.node])
    frame.seen[goal.at.node] = goal.value;
  state.matched.push_back({goal.at, &maker, {goal.at}, true});
  Goal next = goal;
  next.value = value;
  ++next.passed;
  next.strict |= !maker.changesNothing;
  state.goals.push_back(std::move(next));
}

/// What one op can be asked before its operands are looked at: a search that
/// would fail in the end is not begun.
static bool fitsAlone(NodeOp node, const Maker &maker, Value result) {
  auto near = [](double found, double wanted) {
    return std::abs(found - wanted) <= 1e-6 * std::max(1.0, std::abs(wanted));
  };
  std::optional<ArrayRef<double>> bounds = node.getBounds();
  if (!bounds)
    return true;
  return maker.bounds && near(maker.bounds->low, (*bounds)[0]) &&
         near(maker.bounds->high, (*bounds)[1]);
}

/// Binds a node to a maker and makes the maker's operands goals.
bool Search::takeOwn(State &state, const Goal &goal, const Alternative &way,
                     const Maker &maker) const {
  const KindPatternNode &wanted = state.getNode(goal.at);
  auto node = cast<NodeOp>(wanted.op);
  if (!fitsAlone(node, maker, goal.value))
    return false;
  const Maker *first = &maker;
  if (goal.terms.empty())
    bind(state, goal);
  state.matched.push_back({goal.at, &maker, {}});
  if (node.getRepeated())
    first = takeRepeated(state, goal, first);
  SmallVector<Place, 3> &operands = state.matched.back().operands;
  ArrayRef<unsigned> terms = getTerms(state, goal);
  if (way.first == 0) {
    for (auto [node, value] : llvm::zip(terms, first->operands)) {
      operands.push_back({goal.at.frame, node});
      state.goals.push_back({{goal.at.frame, node}, value});
    }
    return true;
  }
  for (unsigned side : {0, 1}) {
    SmallVector<unsigned, 4> here;
    for (unsigned i = 0; i < terms.size(); ++i)
      if (((way.first >> i) & 1) == (side == 0))
        here.push_back(terms[i]);
    bool inverted = way.way == Alternative::inverse && side == 1;
    Place at = here.size() == 1 ? Place{goal.at.frame, here.front()} : goal.at;
    operands.push_back(at);
    Goal next{at, maker.operands[way.swapped ? 1 - side : side], inverted};
    if (here.size() > 1)
      next.terms = std::move(here);
    state.goals.push_back(std::move(next));
  }
  return true;
}

/// The ops before the last one of a repeated node. Returns the first of them.
const Maker *Search::takeRepeated(State &state, const Goal &goal,
                                  const Maker *first) const {
  size_t last = state.matched.size() - 1;
  const Maker *end = first;
  while (!first->operands.empty() && hasOneReader(first->operands.front())) {
    SmallVector<const Maker *, 2> passing;
    Value value = first->operands.front();
    const Maker *before = subject.getMaker(value);
    while (before && before->passed && passing.size() < maxPassed) {
      passing.push_back(before);
      value = before->passed;
      before = hasOneReader(value) ? subject.getMaker(value) : nullptr;
    }
    if (!before || before->kind != first->kind || before == end)
      break;
    for (const Maker *maker : passing)
      state.matched.push_back({goal.at, maker, {goal.at}, true});
    state.matched[last].operands = {goal.at};
    last = state.matched.size();
    state.matched.push_back({goal.at, before, {}});
    first = before;
  }
  return first;
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
