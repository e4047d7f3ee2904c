//===- SharingConstraints.cpp - What must share an observer ---------------===//

#include "QuantPrep/Analysis/SharingConstraints.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void ObservationList::add(Operation *op) {
  ObservationOpInterface observation = getObservation(op);
  if (!observation)
    return;
  if (observation.getObserverAttr())
    withObserver.push_back(all.size());
  all.push_back(observation);
}

std::optional<unsigned> ObservationList::getIndex(Operation *op) const {
  if (indexes.empty()) {
    indexes.reserve(all.size());
    for (auto [index, observation] : llvm::enumerate(all))
      indexes[observation] = index;
  }
  auto it = op ? indexes.find(op) : indexes.end();
  if (it == indexes.end())
    return std::nullopt;
  return it->second;
}

ObservationOpInterface quantprep::getSharedObservation(const OpOperand &use) {
  ObservationOpInterface nearest;
  Value value = use.get();
  while (ObservationOpInterface observation =
             getObservation(value.getDefiningOp())) {
    ObserverAttr spec = observation.getSpecAttr();
    // Equalization says nothing of how a value is quantized (F27).
    if (spec && !spec.isEqualization())
      return observation;
    if (!spec && !nearest)
      nearest = observation;
    value = observation.getInput();
  }
  return nearest;
}

//===----------------------------------------------------------------------===//
// Where operands are observed
//===----------------------------------------------------------------------===//

/// The observation that a use has, or what stands for those that its value may
/// come from. None if there are none.
std::optional<unsigned> SharingConstraints::resolve(const OpOperand &top,
                                                    const FlowNode *from) {
  if (from)
    return getIndex(from);
  return observations.getIndex(getSharedObservation(top));
}

unsigned SharingConstraints::getIndex(const FlowNode *node) {
  auto [it, isNew] = indexOf.try_emplace(node);
  if (isNew) {
    it->second = groups.addNode();
    unexpanded.push_back(node);
  }
  return it->second;
}

/// Joins nodes with what they come from, each once, so that loops and recursion
/// come to an end.
void SharingConstraints::expand() {
  while (!unexpanded.empty()) {
    const FlowNode *node = unexpanded.back();
    unexpanded.pop_back();
    unsigned index = indexOf.lookup(node);
    for (const FlowEdge &edge : node->edges) {
      std::optional<unsigned> from =
          edge.from ? getIndex(edge.from) : resolve(*edge.use, nullptr);
      if (!from)
        continue;
      groups.share(index, *from, edge.forwards);
      firstOf.try_emplace(index, *from);
    }
  }
}

std::optional<unsigned>
SharingConstraints::getFirstObservation(unsigned index) const {
  llvm::DenseSet<unsigned> seen;
  while (index >= observations.all.size() && seen.insert(index).second) {
    auto it = firstOf.find(index);
    if (it == firstOf.end())
      return std::nullopt;
    index = it->second;
  }
  if (index >= observations.all.size())
    return std::nullopt;
  return index;
}

//===----------------------------------------------------------------------===//
// Constraints
//===----------------------------------------------------------------------===//

/// Joins operands, those that are observed, and the observations of results.
void SharingConstraints::share(ArrayRef<std::optional<unsigned>> operands,
                               ValueRange results, Operation *reason) {
  expand();
  std::optional<unsigned> first;
  for (std::optional<unsigned> operand : operands) {
    if (first && operand)
      groups.share(*first, *operand, reason);
    if (!first)
      first = operand;
  }
  if (!first)
    return;
  if (std::optional<unsigned> observation = getFirstObservation(*first))
    firsts.push_back(*observation);
  for (Value result : results)
    for (Operation *user : result.getUsers())
      if (std::optional<unsigned> observation = observations.getIndex(user)) {
        groups.share(*first, *observation, reason);
        break;
      }
}

void SharingConstraints::visitUnit(const Unit &unit, const Fusions &fusions) {
  const Fusion *fusion =
      isDecided(unit, Decision::shared) ? fusions.lookup(unit) : nullptr;
  // What calls observe is shared at each of them.
  if (!fusion || &fusion->getLast() != &unit ||
      llvm::any_of(unit.anchor->getResults(), isObservedByCalls))
    return;
  SmallVector<std::optional<unsigned>> operands;
  for (const UnitOperand *operand : getSharedOperands(*fusion->root)) {
    const OpOperand &use = *operand->uses.front();
    operands.push_back(
        resolve(graph.getUnits().getTop(use), graph.getSource(use)));
  }
  share(operands, unit.anchor->getResults(), unit.anchor);
}

/// B1: all that a loop carries in one place is one group, if it is quantized.
void SharingConstraints::visitLoop(Operation *loop) {
  auto visitValue = [&](Value value) {
    ValuePlanAttr plan = getPlan(value);
    const FlowNode *node = graph.lookup(value);
    if (node && plan && plan.getShared())
      share({getIndex(node)}, {}, loop);
  };
  for (Region &region : loop->getRegions())
    llvm::for_each(region.getArguments(), visitValue);
  llvm::for_each(loop->getResults(), visitValue);
}

/// The use that a function returns a result by, if its calls observe it; null
/// if not.
OpOperand *SharingConstraints::getReturn(Operation *call,
                                         unsigned result) const {
  ArrayRef<OpOperand *> returns = flow.getSources(call->getResult(result));
  bool isLeft =
      returns.size() == 1 && isObservedByCalls(returns.front()->get());
  return isLeft ? returns.front() : nullptr;
}

/// Whether what a use returns is made by a sharing unit, here or in the
/// functions that are called. Each return is looked at once.
bool SharingConstraints::returnsShared(OpOperand *returned) {
  SmallVector<OpOperand *> through;
  bool isShared = false;
  while (returned) {
    auto [it, isNew] = sharedReturns.try_emplace(returned, false);
    if (!isNew) {
      isShared = it->second;
      break;
    }
    through.push_back(returned);
    auto made = cast<OpResult>(returned->get());
    PlanAttr plan = annotations::getPlan(made.getOwner());
    isShared = plan && plan.getDecision() == Decision::shared;
    returned = flow.getCallee(made.getOwner())
                   ? getReturn(made.getOwner(), made.getResultNumber())
                   : nullptr;
  }
  for (OpOperand *use : through)
    sharedReturns[use] = isShared;
  return isShared;
}

/// What the callee shares and leaves to its calls is shared by each of them.
void SharingConstraints::visitCall(Operation *call) {
  for (OpResult result : call->getResults())
    if (OpOperand *returned = getReturn(call, result.getResultNumber());
        returned && !isObservedByCalls(result) && returnsShared(returned))
      share({getIndex(graph.lookup(result))}, result, call);
}

void SharingConstraints::collect(const UnitGraph &units,
                                 const Fusions &fusions) {
  if (flow.getPassedValues().empty()) {
    for (const Unit &unit : units.getUnits())
      visitUnit(unit, fusions);
    return;
  }
  units.getFunction()->walk<WalkOrder::PreOrder>([&](Operation *op) {
    const Unit *unit = units.getUnit(op);
    if (unit && unit->anchor == op)
      visitUnit(*unit, fusions);
    else if (!annotations::getPlan(op))
      return;
    else if (isLoop(op))
      visitLoop(op);
    else if (flow.getCallee(op))
      visitCall(op);
  });
}
