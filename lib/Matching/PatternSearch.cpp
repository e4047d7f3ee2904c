//===- PatternSearch.cpp - Matching patterns over kinds -------------------===//
//
// A match is found by working off goals: a node of a pattern, and the value
// that it has to be. Where there is a choice (operands of a commutative kind,
// a kind spelled by another cluster, an optional node), the state is copied and
// the other ways are tried later; patterns are a dozen nodes, so this is small,
// whatever the model.
//
//===----------------------------------------------------------------------===//

#include "PatternConstraints.h"
#include "PatternFilter.h"
#include "PatternState.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

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
};

class Search {
public:
  Search(const MatchGraph &subject, const ValueFacts &facts)
      : subject(subject), facts(facts), spellings(subject.getSpellings()),
        filter(subject, facts) {}

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
  bool reachLeaf(State &state, const Goal &goal) const;
  bool reachAgain(State &state, const Goal &goal) const;
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
  void skip(State &state, const Goal &goal, const Maker &maker) const;

  const MatchGraph &subject;
  const ValueFacts &facts;
  const KindPatternSet *spellings;
  PatternFilter filter;
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

/// A node is one value, wherever it is used; ops that pass it on may stand
/// before each use.
bool Search::reachAgain(State &state, const Goal &goal) const {
  const Frame &frame = state.frames[goal.at.frame];
  Value bound = frame.bound[goal.at.node];
  if (frame.inverted[goal.at.node] != goal.inverted)
    return false;
  // A number may be written down each time.
  if (auto scalar = dyn_cast<ScalarOp>(state.getNode(goal.at).op);
      scalar && scalar.getValue() && bound != goal.value)
    return fits(scalar, goal.value, goal.inverted, facts);
  Value value = goal.value;
  while (value != bound) {
    const Maker *maker = subject.getMaker(value);
    if (!maker || !isa<NodeOp>(state.getNode(goal.at).op) ||
        !subject.passes(*maker))
      return false;
    state.matched.push_back({goal.at, maker, {goal.at}, true});
    value = maker->operands.front();
  }
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
    return Step::failed;
  const Maker *maker = subject.getMaker(goal.value);
  SmallVector<Alternative, 8> ways = getAlternatives(state, goal, maker);
  // A way that fails costs a copy of the state.
  if (ways.size() > 1)
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
  return filter.mayBe(pattern.nodes[terms[atFirst]], maker.operands[0]) &&
         filter.mayBe(pattern.nodes[terms[1 - atFirst]], maker.operands[1]);
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

SmallVector<Alternative, 8> Search::getAlternatives(const State &state,
                                                    const Goal &goal,
                                                    const Maker *maker) const {
  const KindPatternNode &wanted = state.getNode(goal.at);
  auto node = cast<NodeOp>(wanted.op);
  SmallVector<Alternative, 8> ways;
  unsigned terms = getTerms(state, goal).size();
  bool isAnchor = state.matched.empty();
  if (maker && maker->kind == node.getKind()) {
    // Every way to give the terms to two operands; others take them in order.
    if (isCommutative(maker->kind) && terms > 1 && maker->operands.size() == 2)
      for (unsigned first = 1; first + 1 < (1u << terms); ++first) {
        if (mayCombine(state, goal, *maker, first))
          ways.push_back({Alternative::own, first});
      }
    else if (goal.terms.empty() && maker->operands.size() >= terms &&
             isComplete(state, goal.at, *maker))
      ways.push_back({Alternative::own});
  } else if (maker && terms > 1 && maker->operands.size() == 2 &&
             maker->kind != node.getKind() &&
             maker->kind == getInverse(node.getKind()) &&
             facts.isConstant(maker->operands[1])) {
    // Any one of the terms is the divisor; of a quotient it is the second.
    unsigned all = (1u << terms) - 1;
    for (unsigned last = isCommutative(node.getKind()) ? 0 : terms - 1;
         last < terms; ++last)
      ways.push_back({Alternative::inverse, all & ~(1u << last)});
  }
  if (maker && spellings && goal.terms.empty() &&
      spellings->getSpelledBy(maker->kind).test(unsigned(node.getKind())))
    for (const KindPattern &spelling : spellings->getEndingWith(maker->kind)) {
      auto cluster = cast<ClusterOp>(spelling.source);
      if (cluster.getKind() == node.getKind() &&
          (!isAnchor || cluster.getInside()) &&
          !isOpen(state, goal.at.frame, spelling))
        ways.push_back({Alternative::spelled, 0, &spelling});
    }
  if (maker && !isAnchor && subject.passes(*maker))
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
    return takeOwn(state, goal, way, *maker);
  case Alternative::spelled:
    bind(state, goal);
    open(state, *way.spelling, goal.at, goal.value);
    return true;
  case Alternative::passed:
    skip(state, goal, *maker);
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
void Search::skip(State &state, const Goal &goal, const Maker &maker) const {
  Frame &frame = state.frames[goal.at.frame];
  if (!frame.seen[goal.at.node])
    frame.seen[goal.at.node] = goal.value;
  state.matched.push_back({goal.at, &maker, {goal.at}, true});
  Goal next = goal;
  next.value = maker.operands.front();
  next.strict = true;
  state.goals.push_back(std::move(next));
}

/// Binds a node to a maker and makes the maker's operands goals.
bool Search::takeOwn(State &state, const Goal &goal, const Alternative &way,
                     const Maker &maker) const {
  const KindPatternNode &wanted = state.getNode(goal.at);
  const Maker *first = &maker;
  if (goal.terms.empty())
    bind(state, goal);
  state.matched.push_back({goal.at, &maker, {}});
  if (cast<NodeOp>(wanted.op).getRepeated())
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
    Goal next{at, maker.operands[side], inverted};
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
  while (!first->operands.empty() && first->operands.front().hasOneUse()) {
    SmallVector<const Maker *, 2> passing;
    Value value = first->operands.front();
    const Maker *before = subject.getMaker(value);
    while (before && subject.passes(*before)) {
      passing.push_back(before);
      value = before->operands.front();
      before = value.hasOneUse() ? subject.getMaker(value) : nullptr;
    }
    if (!before || before->kind != first->kind)
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
                                      const ValueFacts &facts) {
  if (!PatternFilter(subject, facts).mayEndWith(pattern, result))
    return std::nullopt;
  if (pattern.isOneKind()) {
    const Maker *last = subject.getMaker(result);
    if (last->kind == cast<NodeOp>(pattern.nodes.front().op).getKind())
      return subject.accepts(last->op) ? std::optional(Match{{last, {}}})
                                       : std::nullopt;
  }
  Search search(subject, facts);
  State state;
  search.open(state, pattern, std::nullopt, result);
  if (!search.solve(state))
    return std::nullopt;
  return state.getMatch();
}
