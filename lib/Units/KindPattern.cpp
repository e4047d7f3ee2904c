//===- KindPattern.cpp - Patterns over kinds ------------------------------===//
//
// A match is found by working off goals, pairs of a pattern node and a value.
// Where there is a choice (operands of a commutative kind, an optional node),
// the state is copied and the other way tried later; patterns are a dozen
// nodes, so this is small, whatever the model.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Units/KindPattern.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

PatternSubject::~PatternSubject() = default;

KindPattern::KindPattern(Operation *source, Region &body) : source(source) {
  DenseMap<Operation *, unsigned> indexes;
  for (Operation &op : body.front()) {
    KindPatternNode node{&op, {}};
    for (Value operand : op.getOperands())
      node.operands.push_back(indexes.lookup(operand.getDefiningOp()));
    indexes[&op] = nodes.size();
    nodes.push_back(std::move(node));
  }
}

UnitKind KindPattern::getLastKind() const {
  return cast<NodeOp>(nodes.back().op).getKind();
}

size_t KindPattern::length() const {
  return llvm::count_if(nodes, [](const KindPatternNode &node) {
    auto op = dyn_cast<NodeOp>(node.op);
    return op && !op.getOptional();
  });
}

void KindPatternSet::add(KindPattern pattern) {
  std::vector<KindPattern> &all = byLastKind[unsigned(pattern.getLastKind())];
  auto shorter = llvm::find_if(all, [&](const KindPattern &other) {
    return other.length() < pattern.length();
  });
  all.insert(shorter, std::move(pattern));
}

ArrayRef<KindPattern> KindPatternSet::getEndingWith(UnitKind kind) const {
  auto it = byLastKind.find(unsigned(kind));
  if (it == byLastKind.end())
    return {};
  return it->second;
}

static bool isCommutative(UnitKind kind) {
  return kind == UnitKind::add || kind == UnitKind::mul ||
         kind == UnitKind::maximum || kind == UnitKind::minimum;
}

//===----------------------------------------------------------------------===//
// Constraints on one value
//===----------------------------------------------------------------------===//

static bool fits(OperandOp operand, Value value, const ValueFacts &facts) {
  if (operand.getConstant() && !facts.isConstant(value))
    return false;
  if (operand.getParameter() && !facts.isParameter(value))
    return false;
  if (operand.getTransposed() && !facts.isParameter(value, true))
    return false;
  auto type = dyn_cast<ShapedType>(value.getType());
  if (!operand.getVector() && !operand.getUnbatched() && !operand.getRank())
    return true;
  if (!type || !type.hasRank() || type.getRank() == 0)
    return false;
  if (operand.getRank() && type.getRank() != int64_t(*operand.getRank()))
    return false;
  if (operand.getUnbatched() && type.getRank() > 2 &&
      llvm::any_of(type.getShape().drop_back(2),
                   [](int64_t size) { return size != 1; }))
    return false;
  return !operand.getVector() ||
         llvm::all_of(type.getShape().drop_back(),
                      [](int64_t size) { return size == 1; });
}

/// Equal up to what the element type can tell apart, in a few roundings.
static bool isNear(double found, double wanted, Type elementType) {
  double ulp = elementType.isF32()   ? 0x1p-22
               : elementType.isF16() ? 0x1p-9
                                     : 0x1p-6;
  return std::abs(found - wanted) <= 2 * ulp * std::abs(wanted);
}

static bool fits(ScalarOp scalar, Value value, const ValueFacts &facts) {
  if (!facts.isScalar(value) && !(scalar.getSplat() && facts.isConstant(value)))
    return false;
  if (!scalar.getValue())
    return true;
  std::optional<double> found = facts.getSplat(value);
  return found && isNear(*found, scalar.getValue()->convertToDouble(),
                         getElementTypeOrSelf(value.getType()));
}

/// Whether a reduction runs over the dimensions that are asked for; those of
/// size 1 may be among them or not.
static bool reduces(ReducedDims wanted, Value from, Value to) {
  if (wanted == ReducedDims::any)
    return true;
  auto before = dyn_cast<RankedTensorType>(from.getType());
  auto after = dyn_cast<RankedTensorType>(to.getType());
  if (!before || !after || before.getRank() != after.getRank())
    return false;
  int64_t rank = before.getRank();
  SmallVector<bool> reduced, kept;
  for (int64_t i = 0; i < rank; ++i) {
    reduced.push_back(before.getDimSize(i) != after.getDimSize(i));
    kept.push_back(after.getDimSize(i) != 1);
  }
  if (!llvm::is_contained(reduced, true))
    return false;
  if (wanted == ReducedDims::spatial)
    return rank > 2 && !reduced.front() && !reduced.back();
  // No kept dimension behind a reduced one.
  auto first = llvm::find(reduced, true) - reduced.begin();
  return !llvm::is_contained(ArrayRef(kept).drop_front(first), true);
}

static bool keepsTrailing(int64_t count, Value from, Value to) {
  auto before = dyn_cast<RankedTensorType>(from.getType());
  auto after = dyn_cast<RankedTensorType>(to.getType());
  return before && after && before.getRank() >= count &&
         after.getRank() >= count &&
         before.getShape().take_back(count) ==
             after.getShape().take_back(count);
}

/// What a node asks of a maker besides its kind.
static bool fits(NodeOp node, const Maker &maker, Value result, Value source) {
  if (node.getKeepsTrailing() &&
      !keepsTrailing(*node.getKeepsTrailing(), source, result))
    return false;
  if (!reduces(node.getOver(), source, result))
    return false;
  auto type = dyn_cast<RankedTensorType>(result.getType());
  if (node.getRank() && (!type || type.getRank() != int64_t(*node.getRank())))
    return false;
  if (!node.getPermutation())
    return true;
  auto op = dyn_cast<QuantizableOpInterface>(maker.op);
  return op && ArrayRef<int64_t>(op.getPermutation()) == *node.getPermutation();
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

namespace {
struct State {
  SmallVector<Value, 16> bound;
  SmallVector<std::pair<unsigned, Value>, 8> goals;
  Match matched;
};

class Search {
public:
  Search(const KindPattern &pattern, const PatternSubject &subject,
         const ValueFacts &facts)
      : pattern(pattern), subject(subject), facts(facts) {}

  /// Works off the goals. On success the state holds the match.
  bool solve(State &state) const;
  bool enter(State &state, unsigned index, const Maker &maker,
             Value result) const;

private:
  bool solveNode(State &state, unsigned index, Value value, bool &done) const;
  bool solveOperands(State &state, unsigned index, bool &done) const;
  bool finish(const State &state) const;
  bool fitsCount(const State &state, unsigned index) const;
  bool squeezes(const State &state, unsigned index) const;
  bool trims(const State &state, unsigned index) const;

  const KindPattern &pattern;
  const PatternSubject &subject;
  const ValueFacts &facts;
};
} // namespace

/// Binds a node to a maker, and to those before it of a repeated node.
bool Search::enter(State &state, unsigned index, const Maker &maker,
                   Value result) const {
  auto node = cast<NodeOp>(pattern.nodes[index].op);
  if (maker.kind != node.getKind() ||
      maker.operands.size() < pattern.nodes[index].operands.size())
    return false;
  state.bound[index] = result;
  Maker first = maker;
  state.matched.push_back({index, maker, {}});
  while (node.getRepeated()) {
    std::optional<Maker> before = subject.getMaker(first.operands[0]);
    if (!before || before->kind != node.getKind() ||
        !first.operands[0].hasOneUse())
      break;
    first = *before;
    state.matched.push_back({index, first, {}});
  }
  Value source = first.operands.empty() ? Value() : first.operands[0];
  return !source || fits(node, first, result, source);
}

/// Makes the operands of the node entered last goals, in both orders if there
/// are two.
bool Search::solveOperands(State &state, unsigned index, bool &done) const {
  ArrayRef<unsigned> wanted = pattern.nodes[index].operands;
  auto push = [&](State &to, ArrayRef<unsigned> nodes) {
    MatchedNode &matched = to.matched.back();
    matched.operandNodes.assign(nodes.begin(), nodes.end());
    for (auto [node, value] : llvm::zip(nodes, matched.maker.operands))
      to.goals.push_back({node, value});
    // The others of a repeated node pass their operand on.
    for (MatchedNode &other : to.matched)
      if (other.node == index && &other != &matched)
        other.operandNodes = {index};
  };
  if (isCommutative(cast<NodeOp>(pattern.nodes[index].op).getKind()) &&
      wanted.size() == 2) {
    State swapped = state;
    push(swapped, {wanted[1], wanted[0]});
    push(state, wanted);
    State straight = state;
    done = true;
    if (solve(straight)) {
      state = std::move(straight);
      return true;
    }
    state = std::move(swapped);
    return solve(state);
  }
  push(state, wanted);
  return true;
}

bool Search::solveNode(State &state, unsigned index, Value value,
                       bool &done) const {
  auto node = cast<NodeOp>(pattern.nodes[index].op);
  std::optional<Maker> maker = subject.getMaker(value);
  if (!node.getOptional())
    return maker && enter(state, index, *maker, value) &&
           solveOperands(state, index, done);
  done = true;
  State with = state;
  bool stop = false;
  if (maker && enter(with, index, *maker, value) &&
      solveOperands(with, index, stop) && (stop || solve(with))) {
    state = std::move(with);
    return true;
  }
  state.bound[index] = value;
  state.goals.push_back({pattern.nodes[index].operands[0], value});
  return solve(state);
}

bool Search::solve(State &state) const {
  while (!state.goals.empty()) {
    auto [index, value] = state.goals.pop_back_val();
    if (Value bound = state.bound[index]) {
      if (bound != value)
        return false;
      continue;
    }
    bool done = false;
    Operation *op = pattern.nodes[index].op;
    bool found = true;
    if (isa<NodeOp>(op))
      found = solveNode(state, index, value, done);
    else if (auto operand = dyn_cast<OperandOp>(op))
      found = fits(operand, value, facts);
    else if (auto scalar = dyn_cast<ScalarOp>(op))
      found = fits(scalar, value, facts);
    else
      found = facts.isScalar(value);
    if (!found || done)
      return found;
    state.bound[index] = value;
  }
  return finish(state);
}

/// The constant is the number of elements of one value divided by that of
/// another.
bool Search::fitsCount(const State &state, unsigned index) const {
  const KindPatternNode &node = pattern.nodes[index];
  auto count = [&](unsigned operand) -> std::optional<double> {
    Value value = state.bound[node.operands[operand]];
    auto type = dyn_cast<ShapedType>(value.getType());
    if (!type || !type.hasStaticShape())
      return std::nullopt;
    return type.getNumElements();
  };
  Value constant = state.bound[index];
  std::optional<double> sum = count(0), whole = count(1);
  std::optional<double> found = facts.getSplat(constant);
  return sum && whole && found &&
         isNear(*found, *sum / *whole,
                getElementTypeOrSelf(constant.getType()));
}

/// A reshape that leaves out the dimensions that the node before it made 1.
bool Search::squeezes(const State &state, unsigned index) const {
  unsigned before = pattern.nodes[index].operands[0];
  auto shapeOf = [&](unsigned node) {
    auto type = dyn_cast<RankedTensorType>(state.bound[node].getType());
    return type ? type.getShape() : ArrayRef<int64_t>();
  };
  ArrayRef<int64_t> whole = shapeOf(pattern.nodes[before].operands[0]);
  ArrayRef<int64_t> kept = shapeOf(before);
  if (whole.empty() || whole.size() != kept.size())
    return false;
  SmallVector<int64_t> wanted;
  for (auto [from, to] : llvm::zip(whole, kept))
    if (to != 1 || from == 1)
      wanted.push_back(to);
  return shapeOf(index) == ArrayRef<int64_t>(wanted);
}

/// A slice that cuts off what the window op behind it does not look at.
bool Search::trims(const State &state, unsigned index) const {
  auto makerOf = [&](unsigned node) -> QuantizableOpInterface {
    return state.bound[node].getDefiningOp<QuantizableOpInterface>();
  };
  SmallVector<int64_t> strides;
  for (unsigned user = index + 1; user < pattern.nodes.size(); ++user)
    if (isa<NodeOp>(pattern.nodes[user].op) &&
        llvm::is_contained(pattern.nodes[user].operands, index))
      strides = makerOf(user).getWindowStrides();
  auto whole = dyn_cast<RankedTensorType>(
      state.bound[pattern.nodes[index].operands[0]].getType());
  auto kept = dyn_cast<RankedTensorType>(state.bound[index].getType());
  if (!whole || !kept || !makerOf(index).startsAtOrigin())
    return false;
  for (int64_t i = 0; i < whole.getRank(); ++i) {
    bool isWindow = i > 0 && i <= int64_t(strides.size());
    int64_t limit = isWindow ? strides[i - 1] : 1;
    if (whole.isDynamicDim(i) != kept.isDynamicDim(i) ||
        whole.getDimSize(i) - kept.getDimSize(i) >= limit)
      return false;
  }
  return true;
}

/// Checks what needs all values bound.
bool Search::finish(const State &state) const {
  for (unsigned index = 0; index < pattern.nodes.size(); ++index) {
    Operation *op = pattern.nodes[index].op;
    if (isa<ReciprocalCountOp>(op) && !fitsCount(state, index))
      return false;
    auto node = dyn_cast<NodeOp>(op);
    // An optional node that is missing has nothing to fit.
    if (node && llvm::none_of(state.matched, [&](const MatchedNode &matched) {
          return matched.node == index;
        }))
      continue;
    if (node && ((node.getSqueezes() && !squeezes(state, index)) ||
                 (node.getTrims() && !trims(state, index))))
      return false;
  }
  SmallVector<Operation *> ops;
  for (const MatchedNode &matched : state.matched)
    ops.push_back(matched.maker.op);
  return subject.accepts(ops);
}

std::optional<Match> quantprep::match(const KindPattern &pattern, Value result,
                                      const PatternSubject &subject,
                                      const ValueFacts &facts) {
  Search search(pattern, subject, facts);
  State state;
  state.bound.resize(pattern.nodes.size());
  state.goals.push_back({pattern.nodes.size() - 1, result});
  if (!search.solve(state))
    return std::nullopt;
  return std::move(state.matched);
}
