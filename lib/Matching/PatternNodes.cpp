//===- PatternNodes.cpp - Taking ops for the nodes of patterns ------------===//

#include "PatternConstraints.h"
#include "PatternSearch.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

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
  ArrayRef<unsigned> terms = state.getTerms(goal);
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
  unsigned terms = state.getTerms(goal).size();
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
  ArrayRef<unsigned> terms = state.getTerms(goal);
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
    at.bind(goal);
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
          at.bind(goal);
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
    state.bind(goal);
    open(state, *way.spelling, goal.at, goal.value);
    return true;
  case Alternative::passed:
    skip(state, goal, *maker, maker->passed);
    return true;
  case Alternative::missing:
    state.bind(goal);
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
    state.bind(goal);
  state.matched.push_back({goal.at, &maker, {}});
  if (node.getRepeated())
    first = takeRepeated(state, goal, first);
  SmallVector<Place, 3> &operands = state.matched.back().operands;
  ArrayRef<unsigned> terms = state.getTerms(goal);
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
