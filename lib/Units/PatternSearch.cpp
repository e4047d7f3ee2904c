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
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// A node of one of the patterns that take part.
struct Place {
  unsigned frame;
  unsigned node;
};

/// A pattern that takes part in a match: the one that is asked for, or one that
/// spells the kind of a node of another.
struct Frame {
  const KindPattern *pattern;
  /// The node that is spelled; the first frame has none.
  std::optional<Place> spelled;
  /// What each node is: the value that its op makes, whatever brings it into
  /// another shape behind.
  SmallVector<Value, 16> bound;
  /// The value as the first user of the node sees it.
  SmallVector<Value, 16> seen;
  SmallVector<bool, 16> inverted;
};

struct Goal {
  Place at;
  Value value;
  /// The value is the reciprocal of what the pattern means.
  bool inverted = false;
  /// An op that passes elements has been skipped: what is behind must match.
  bool strict = false;
  /// Operand nodes of `at` that the value combines, if not all.
  SmallVector<unsigned, 4> terms = {};
};

struct MatchedPlace {
  Place at;
  Maker maker;
  SmallVector<Place, 3> operands;
  /// The op only passes the node's elements on.
  bool passes = false;
};

struct State {
  SmallVector<Frame, 2> frames;
  SmallVector<Goal, 8> goals;
  SmallVector<MatchedPlace, 8> matched;
};

/// A way to reach a goal at a node.
struct Alternative {
  enum Way { own, inverse, spelled, passed, missing } way;
  /// Bits of the terms that go to the first operand of a commutative op.
  unsigned first = 0;
  const KindPattern *spelling = nullptr;
};

class Search {
public:
  Search(const PatternSubject &subject, const ValueFacts &facts,
         const KindPatternSet *spellings)
      : subject(subject), facts(facts), spellings(spellings) {}

  void open(State &state, const KindPattern &pattern,
            std::optional<Place> spelled, Value value) const;
  /// Works off the goals. On success the state holds the match.
  bool solve(State &state) const;
  Match getMatch(const State &state) const;

private:
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
  void takeRepeated(State &state, const Goal &goal, Maker &first) const;
  void skip(State &state, const Goal &goal, const Maker &maker) const;
  bool finish(const State &state) const;
  bool finishNode(const State &state, const Frame &frame, unsigned index) const;
  Operation *resolve(const State &state, Place place) const;

  const PatternSubject &subject;
  const ValueFacts &facts;
  const KindPatternSet *spellings;
};
} // namespace

static const KindPatternNode &nodeAt(const State &state, Place at) {
  return state.frames[at.frame].pattern->nodes[at.node];
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
  return finish(state);
}

Search::Step Search::reach(State &state, const Goal &goal) const {
  auto toStep = [](bool found) {
    return found ? Step::advanced : Step::failed;
  };
  bool isNode = isa<NodeOp>(nodeAt(state, goal.at).op);
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
  Value value = goal.value;
  while (value != bound) {
    std::optional<Maker> maker = subject.getMaker(value);
    if (!maker || !isa<NodeOp>(nodeAt(state, goal.at).op) ||
        !subject.passes(*maker))
      return false;
    state.matched.push_back({goal.at, *maker, {goal.at}, true});
    value = maker->operands.front();
  }
  return true;
}

/// An operand or a constant.
bool Search::reachLeaf(State &state, const Goal &goal) const {
  Operation *op = nodeAt(state, goal.at).op;
  if (auto scalar = dyn_cast<ScalarOp>(op)) {
    if (!fits(scalar, goal.value, goal.inverted, facts))
      return false;
  } else if (isa<ReciprocalCountOp>(op)) {
    if (!facts.isConstant(goal.value))
      return false;
  } else if (goal.inverted || !fits(cast<OperandOp>(op), goal.value, facts)) {
    return false;
  }
  bind(state, goal);
  // An operand of a spelling is what the spelled node has there.
  const Frame &frame = state.frames[goal.at.frame];
  if (!isa<OperandOp>(op) || !frame.spelled)
    return true;
  ArrayRef<unsigned> outer = nodeAt(state, *frame.spelled).operands;
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
  std::optional<Maker> maker = subject.getMaker(goal.value);
  SmallVector<Alternative, 8> ways =
      getAlternatives(state, goal, maker ? &*maker : nullptr);
  if (ways.empty())
    return Step::failed;
  for (const Alternative &way : ArrayRef(ways).drop_back()) {
    State other = state;
    if (take(other, goal, way, maker ? &*maker : nullptr) && solve(other)) {
      state = std::move(other);
      return Step::solved;
    }
  }
  return take(state, goal, ways.back(), maker ? &*maker : nullptr)
             ? Step::advanced
             : Step::failed;
}

/// x / c stands for x (1 / c), and the other way round.
static bool isInverseOf(UnitKind found, UnitKind wanted) {
  return (found == UnitKind::div && wanted == UnitKind::mul) ||
         (found == UnitKind::mul && wanted == UnitKind::div);
}

SmallVector<Alternative, 8> Search::getAlternatives(const State &state,
                                                    const Goal &goal,
                                                    const Maker *maker) const {
  const KindPatternNode &wanted = nodeAt(state, goal.at);
  auto node = cast<NodeOp>(wanted.op);
  SmallVector<Alternative, 8> ways;
  unsigned terms =
      goal.terms.empty() ? wanted.operands.size() : goal.terms.size();
  bool isAnchor = state.matched.empty();
  if (maker && maker->kind == node.getKind()) {
    // Every way to give the terms to two operands; others take them in order.
    if (isCommutative(maker->kind) && terms > 1 && maker->operands.size() == 2)
      for (unsigned first = 1; first + 1 < (1u << terms); ++first)
        ways.push_back({Alternative::own, first});
    else if (goal.terms.empty() && maker->operands.size() >= terms)
      ways.push_back({Alternative::own});
  } else if (maker && terms == 2 && maker->operands.size() == 2 &&
             isInverseOf(maker->kind, node.getKind()) &&
             facts.isConstant(maker->operands[1])) {
    ways.push_back({Alternative::inverse, 1});
    if (isCommutative(node.getKind()))
      ways.push_back({Alternative::inverse, 2});
  }
  if (maker && spellings && goal.terms.empty())
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
        {{goal.at.frame, nodeAt(state, goal.at).operands.front()}, goal.value});
    return true;
  }
  llvm_unreachable("all ways are covered");
}

/// Goes on behind an op that passes its elements.
void Search::skip(State &state, const Goal &goal, const Maker &maker) const {
  Frame &frame = state.frames[goal.at.frame];
  if (!frame.seen[goal.at.node])
    frame.seen[goal.at.node] = goal.value;
  state.matched.push_back({goal.at, maker, {goal.at}, true});
  Goal next = goal;
  next.value = maker.operands.front();
  next.strict = true;
  state.goals.push_back(std::move(next));
}

/// Binds a node to a maker and makes the maker's operands goals.
bool Search::takeOwn(State &state, const Goal &goal, const Alternative &way,
                     const Maker &maker) const {
  const KindPatternNode &wanted = nodeAt(state, goal.at);
  Maker first = maker;
  if (goal.terms.empty())
    bind(state, goal);
  state.matched.push_back({goal.at, maker, {}});
  if (cast<NodeOp>(wanted.op).getRepeated())
    takeRepeated(state, goal, first);
  SmallVector<Place, 3> &operands = state.matched.back().operands;
  ArrayRef<unsigned> terms = goal.terms.empty()
                                 ? ArrayRef<unsigned>(wanted.operands)
                                 : ArrayRef<unsigned>(goal.terms);
  if (way.first == 0) {
    for (auto [node, value] : llvm::zip(terms, first.operands)) {
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

/// The ops before the last one of a repeated node; `first` becomes the first.
void Search::takeRepeated(State &state, const Goal &goal, Maker &first) const {
  size_t last = state.matched.size() - 1;
  while (!first.operands.empty() && first.operands.front().hasOneUse()) {
    SmallVector<Maker, 2> passing;
    Value value = first.operands.front();
    std::optional<Maker> before = subject.getMaker(value);
    while (before && subject.passes(*before)) {
      passing.push_back(*before);
      value = before->operands.front();
      before = value.hasOneUse() ? subject.getMaker(value) : std::nullopt;
    }
    if (!before || before->kind != first.kind)
      break;
    for (const Maker &maker : passing)
      state.matched.push_back({goal.at, maker, {goal.at}, true});
    state.matched[last].operands = {goal.at};
    last = state.matched.size();
    state.matched.push_back({goal.at, *before, {}});
    first = *before;
  }
}

//===----------------------------------------------------------------------===//
// What needs all values
//===----------------------------------------------------------------------===//

/// What a node computes from: the operand of its first op, if it is repeated.
static Value getSource(const State &state, const Frame &frame, unsigned index) {
  unsigned frameIndex = &frame - state.frames.data();
  for (const MatchedPlace &place : llvm::reverse(state.matched))
    if (place.at.frame == frameIndex && place.at.node == index && !place.passes)
      return place.maker.operands.empty() ? Value()
                                          : place.maker.operands.front();
  // Spelled by another pattern, or an optional node that is missing.
  ArrayRef<unsigned> operands = frame.pattern->nodes[index].operands;
  return operands.empty() ? Value() : frame.bound[operands.front()];
}

bool Search::finishNode(const State &state, const Frame &frame,
                        unsigned index) const {
  auto node = cast<NodeOp>(frame.pattern->nodes[index].op);
  Value bound = frame.bound[index], seen = frame.seen[index];
  Value source = getSource(state, frame, index);
  // An optional node that is missing has nothing to fit.
  if (!bound || !source || bound == source)
    return true;
  if (!fits(node, seen, source) && !fits(node, bound, source))
    return false;
  if (node.getSqueezes()) {
    unsigned before = frame.pattern->nodes[index].operands.front();
    if (!squeezes(getSource(state, frame, before), frame.seen[before], bound))
      return false;
  }
  if (!node.getTrims())
    return true;
  for (unsigned user = index + 1; user < frame.bound.size(); ++user)
    if (llvm::is_contained(frame.pattern->nodes[user].operands, index))
      if (auto op = frame.bound[user].getDefiningOp<QuantizableOpInterface>())
        return trims(source, bound, op.getWindowStrides());
  return false;
}

/// Whether a parameter has the dimensions that the first reduction over given
/// dimensions runs over.
static bool spansReduction(const State &state, const Frame &frame,
                           Value parameter) {
  for (unsigned index = 0; index < frame.bound.size(); ++index) {
    auto node = dyn_cast<NodeOp>(frame.pattern->nodes[index].op);
    if (node && node.getOver() != ReducedDims::any)
      return spans(parameter, getSource(state, frame, index),
                   frame.seen[index]) ||
             spans(parameter, getSource(state, frame, index),
                   frame.bound[index]);
  }
  return false;
}

bool Search::finish(const State &state) const {
  for (const Frame &frame : state.frames)
    for (unsigned index = 0; index < frame.bound.size(); ++index) {
      const KindPatternNode &node = frame.pattern->nodes[index];
      if (isa<NodeOp>(node.op)) {
        if (!finishNode(state, frame, index))
          return false;
      } else if (isa<ReciprocalCountOp>(node.op) && frame.bound[index]) {
        if (!fitsReciprocalCount(frame.bound[index], frame.inverted[index],
                                 frame.bound[node.operands[0]],
                                 frame.bound[node.operands[1]], facts))
          return false;
      } else if (auto operand = dyn_cast<OperandOp>(node.op);
                 operand && operand.getSpans() && frame.bound[index]) {
        if (!spansReduction(state, frame, frame.bound[index]))
          return false;
      }
    }
  SmallVector<Operation *> ops;
  for (const MatchedPlace &matched : state.matched)
    ops.push_back(matched.maker.op);
  return subject.accepts(ops);
}

/// What a place is in the body of the pattern that is asked for, as far as it
/// is an operand there.
Operation *Search::resolve(const State &state, Place place) const {
  for (;;) {
    const Frame &frame = state.frames[place.frame];
    Operation *op = frame.pattern->nodes[place.node].op;
    if (!isa<OperandOp>(op) || !frame.spelled)
      return op;
    ArrayRef<unsigned> outer = nodeAt(state, *frame.spelled).operands;
    unsigned position = llvm::find(frame.pattern->operands, place.node) -
                        frame.pattern->operands.begin();
    if (position >= outer.size())
      return op;
    place = {frame.spelled->frame, outer[position]};
  }
}

Match Search::getMatch(const State &state) const {
  Match match;
  llvm::SmallPtrSet<Operation *, 16> seen;
  for (const MatchedPlace &place : state.matched) {
    if (!seen.insert(place.maker.op).second)
      continue;
    MatchedOp matched{place.maker.op, {}};
    for (Place operand : place.operands)
      matched.operandNodes.push_back(resolve(state, operand));
    match.push_back(std::move(matched));
  }
  return match;
}

std::optional<Match> quantprep::match(const KindPattern &pattern, Value result,
                                      const PatternSubject &subject,
                                      const ValueFacts &facts,
                                      const KindPatternSet *spellings) {
  Search search(subject, facts, spellings);
  State state;
  search.open(state, pattern, std::nullopt, result);
  if (!search.solve(state))
    return std::nullopt;
  return search.getMatch(state);
}
