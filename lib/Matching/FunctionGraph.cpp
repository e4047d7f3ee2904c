//===- FunctionGraph.cpp - What is computed of one value ------------------===//

#include "FunctionGraph.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/OpMatchGraph.h"
#include "QuantPrep/Models/EvaluateKind.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The longest formula has nine ops; where sizes are dynamic, others that bring
/// operands into shape are between them.
static constexpr unsigned maxComputing = 12, maxNodes = 32;

/// No formula has more sums and products behind its last bound or bend.
static constexpr unsigned maxPlain = 5;

/// No formula has more bounds, of which a clamp has two, or bends otherwise.
static constexpr unsigned maxBounds = 4, maxBends = 4;

static bool onlyPasses(UnitKind kind) {
  return kind == UnitKind::identity || kind == UnitKind::cast;
}

static unsigned countBounds(UnitKind kind) {
  switch (kind) {
  case UnitKind::maximum:
  case UnitKind::minimum:
  case UnitKind::select:
  case UnitKind::relu:
    return 1;
  case UnitKind::relu6:
  case UnitKind::clamp:
    return 2;
  default:
    return 0;
  }
}

static bool isBend(UnitKind kind) {
  switch (kind) {
  case UnitKind::exp:
  case UnitKind::expm1:
  case UnitKind::log:
  case UnitKind::log1p:
  case UnitKind::tanh:
  case UnitKind::sigmoid:
  case UnitKind::erf:
  case UnitKind::abs:
    return true;
  default:
    return false;
  }
}

bool FunctionGraph::mayEndWith(UnitKind kind) {
  return kind == UnitKind::log || kind == UnitKind::log1p || !isBend(kind);
}

/// A scalar of a body has every shape.
static bool hasShapeOf(Value value, Value result) {
  auto type = dyn_cast<ShapedType>(value.getType());
  auto whole = dyn_cast<ShapedType>(result.getType());
  return !type || !whole ||
         (type.hasRank() && whole.hasRank() &&
          type.getShape() == whole.getShape());
}

/// Whether one value is made before another; arguments before all others.
static bool isMadeBefore(Value value, Value other) {
  Operation *first = value.getDefiningOp(), *second = other.getDefiningOp();
  if (!first || !second)
    return second != nullptr;
  if (first->getBlock() == second->getBlock())
    return isBefore(first, second);
  return isBefore(OpMatchGraph::getOwner(first),
                  OpMatchGraph::getOwner(second));
}

unsigned FunctionGraph::getNumber(Value value) {
  auto *found = llvm::find(values, value);
  if (found == values.end())
    found = &values.emplace_back(value);
  return found - values.begin();
}

unsigned FunctionGraph::findLatest() const {
  unsigned latest = 0;
  for (unsigned i = 1; i < left.size(); ++i)
    if (isMadeBefore(values[left[latest]], values[left[i]]))
      latest = i;
  return latest;
}

std::optional<double> FunctionGraph::evaluate(const Maker &maker,
                                              ArrayRef<double> operands) {
  if (maker.kind == UnitKind::cast)
    return operands[0];
  if (maker.kind != UnitKind::clamp)
    return evaluateKind(maker.kind, operands);
  auto op = dyn_cast<QuantizableOpInterface>(maker.op);
  auto bounds = op ? op.getBounds() : std::nullopt;
  return bounds ? std::optional(std::min(std::max(operands[0], bounds->first),
                                         bounds->second))
                : std::nullopt;
}

/// Nobody else may read it. Bodies are taken as a whole or not at all, which
/// is asked in the end.
bool FunctionGraph::mayTake(Value value, const Maker &maker) const {
  Operation *op = value.getDefiningOp();
  Operation *owner = OpMatchGraph::getOwner(op);
  Operation *last = OpMatchGraph::getOwner(result.getDefiningOp());
  if (owner->getBlock() != last->getBlock() || !hasShapeOf(value, result) ||
      maker.operands.empty())
    return false;
  SmallVector<double, 3> ones(maker.operands.size(), 1.0);
  if (!evaluate(maker, ones))
    return false;
  return owner != op || value == result ||
         llvm::all_of(value.getUsers(), [&](Operation *user) {
           return owners.contains(OpMatchGraph::getOwner(user)) ||
                  !readsElements(user);
         });
}

bool FunctionGraph::addNode(unsigned number, const Maker &maker) {
  Node node{&maker, number, {}};
  for (Value operand : maker.operands) {
    if (!facts.isConstant(operand)) {
      node.operands.push_back({getNumber(operand)});
      continue;
    }
    std::optional<double> splat = facts.getSplat(operand);
    if (!splat)
      return false;
    node.operands.push_back({std::nullopt, *splat});
  }
  for (const Term &term : node.operands)
    if (term.value && !llvm::is_contained(left, *term.value))
      left.push_back(*term.value);
  unsigned bounding = countBounds(maker.kind);
  computing += !onlyPasses(maker.kind);
  bounds += bounding;
  bends += isBend(maker.kind);
  onlyBounds &= onlyPasses(maker.kind) ||
                (bounding != 0 && maker.kind != UnitKind::select);
  owners.insert(OpMatchGraph::getOwner(values[number].getDefiningOp()));
  nodes.push_back(std::move(node));
  return true;
}

bool FunctionGraph::grow() {
  if (left.empty() || nodes.size() == maxNodes || computing == maxComputing ||
      (bounds + bends == 0 && computing == maxPlain))
    return false;
  unsigned *latest = left.begin() + findLatest();
  unsigned number = *latest;
  const Maker *maker =
      values[number].getDefiningOp() ? getMaker(values[number]) : nullptr;
  if (!maker || !mayTake(values[number], *maker))
    return false;
  left.erase(latest);
  return addNode(number, *maker) && bounds <= maxBounds && bends <= maxBends;
}

bool FunctionGraph::isFunction() const {
  return left.size() == 1 && computing > 1 && bounds + bends != 0 &&
         !onlyBounds && hasTypeOf(getInput(), result);
}

double FunctionGraph::evaluate(double element) const {
  SmallVector<double, 16> numbers(values.size(), std::nan(""));
  SmallVector<double, 3> operands;
  numbers[left.front()] = element;
  for (const Node &node : llvm::reverse(nodes)) {
    operands.clear();
    for (const Term &term : node.operands)
      operands.push_back(term.value ? numbers[*term.value] : term.number);
    numbers[node.value] =
        evaluate(*node.maker, operands).value_or(std::nan(""));
  }
  return numbers[nodes.front().value];
}

std::pair<const Maker *, unsigned> FunctionGraph::getReader() const {
  std::pair<const Maker *, unsigned> reader{nullptr, 0};
  for (const Node &node : nodes)
    for (auto [index, term] : llvm::enumerate(node.operands))
      if (term.value == left.front() &&
          (!reader.first || !reader.first->uses[reader.second]))
        reader = {node.maker, index};
  return reader;
}

SmallVector<Operation *> FunctionGraph::getOps() const {
  return llvm::map_to_vector(nodes,
                             [](const Node &node) { return node.maker->op; });
}
