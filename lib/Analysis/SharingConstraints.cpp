//===- SharingConstraints.cpp - Which places share an observer ------------===//

#include "QuantPrep/Analysis/SharingConstraints.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Support/InParallel.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void PlaceList::add(Operation *op) {
  ObservationOpInterface place = getObservation(op);
  if (!place)
    return;
  if (place.getObserverAttr())
    withObserver.push_back(all.size());
  all.push_back(place);
}

std::optional<unsigned> PlaceList::getIndex(Operation *op) const {
  if (indexes.empty()) {
    indexes.reserve(all.size());
    for (auto [index, place] : llvm::enumerate(all))
      indexes[place] = index;
  }
  auto it = op ? indexes.find(op) : indexes.end();
  if (it == indexes.end())
    return std::nullopt;
  return it->second;
}

ObservationOpInterface quantprep::getSharedPlace(const OpOperand &use) {
  ObservationOpInterface nearest;
  Value value = use.get();
  while (ObservationOpInterface place = getObservation(value.getDefiningOp())) {
    ObserverAttr spec = place.getSpecAttr();
    // Equalization says nothing of how a value is quantized (F27).
    if (spec && !spec.isEqualization())
      return place;
    if (!spec && !nearest)
      nearest = place;
    value = place.getInput();
  }
  return nearest;
}

SharingConstraints::Function::Function(FunctionOpInterface function)
    : function(function), graph(function), matches(graph) {}

const OpOperand &SharingConstraints::Function::find(const OpOperand &use) {
  if (!uses)
    uses.emplace(graph, handsOnObserver,
                 [](const OpOperand &at) { return bool(getSharedPlace(at)); });
  return uses->find(use);
}

LogicalResult
SharingConstraints::addFunctions(ArrayRef<FunctionOpInterface> added,
                                 MLIRContext *context) {
  functions.resize(added.size());
  LogicalResult result = forEachInParallel(
      context, added.size(), [&](size_t index) -> LogicalResult {
        functions[index] = std::make_unique<Function>(added[index]);
        return success(functions[index]->graph.isValid() &&
                       functions[index]->matches.isValid());
      });
  if (succeeded(result))
    for (std::unique_ptr<Function> &function : functions)
      functionOf[function->function] = function.get();
  return result;
}

SharingConstraints::Function *
SharingConstraints::getFunction(Operation *inside) const {
  return functionOf.lookup(flow.getFunction(inside));
}

//===----------------------------------------------------------------------===//
// Where operands are observed
//===----------------------------------------------------------------------===//

/// The place that a use has, or what stands for those that its value may come
/// from. None if there are none.
std::optional<unsigned> SharingConstraints::resolve(const OpOperand &use) {
  Function *function = getFunction(use.getOwner());
  const OpOperand &top = function ? function->find(use) : use;
  if (ObservationOpInterface place = getSharedPlace(top))
    return places.getIndex(place);
  Value value = getUnobserved(top.get());
  if (flow.getSources(value).empty())
    return std::nullopt;
  return getNode(value);
}

/// The same for a use inside of a function, as one call of it sees it:
/// arguments are the operands of this call.
std::optional<unsigned>
SharingConstraints::resolveInCall(Operation *call, const OpOperand &inCallee) {
  const CalledFunction *called = flow.getCallee(call);
  Function *function = getFunction(inCallee.getOwner());
  const OpOperand &top = function ? function->find(inCallee) : inCallee;
  auto argument = dyn_cast<BlockArgument>(getUnobserved(top.get()));
  if (!argument || getSharedPlace(top) || !called ||
      argument.getOwner()->getParentOp() != called->function)
    return resolve(top);
  return resolve(cast<CallOpInterface>(call)
                     .getArgOperandsMutable()[argument.getArgNumber()]);
}

unsigned SharingConstraints::getNode(Value value) {
  auto [it, isNew] = nodeOf.try_emplace(value);
  if (isNew) {
    it->second = groups.addNode();
    unexpanded.push_back(value);
  }
  return it->second;
}

/// Joins what is handed on with what it comes from. Each value once, so that
/// loops and recursion come to an end.
void SharingConstraints::expand() {
  while (!unexpanded.empty()) {
    Value value = unexpanded.back();
    unexpanded.pop_back();
    unsigned node = nodeOf.lookup(value);
    Operation *call = value.getDefiningOp();
    for (OpOperand *source : flow.getSources(value)) {
      std::optional<unsigned> from = call && flow.getCallee(call)
                                         ? resolveInCall(call, *source)
                                         : resolve(*source);
      if (!from)
        continue;
      groups.share(node, *from, source->getOwner());
      firstOfNode.try_emplace(node, *from);
    }
  }
}

std::optional<unsigned> SharingConstraints::getFirstPlace(unsigned node) const {
  llvm::DenseSet<unsigned> seen;
  while (node >= places.all.size() && seen.insert(node).second) {
    auto it = firstOfNode.find(node);
    if (it == firstOfNode.end())
      return std::nullopt;
    node = it->second;
  }
  if (node >= places.all.size())
    return std::nullopt;
  return node;
}

//===----------------------------------------------------------------------===//
// Constraints
//===----------------------------------------------------------------------===//

/// Joins operands, those that have places, and the places that read results
/// themselves.
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
  if (std::optional<unsigned> place = getFirstPlace(*first))
    firsts.push_back(*place);
  for (Value result : results)
    for (Operation *user : result.getUsers())
      if (std::optional<unsigned> place = places.getIndex(user)) {
        groups.share(*first, *place, reason);
        break;
      }
}

/// The unit that ends a match which shares; null for others.
static const Fusion *getSharingMatch(const Fusions &matches, const Unit *unit) {
  const Fusion *match = unit ? matches.lookup(*unit) : nullptr;
  return match && &match->getLast() == unit &&
                 isDecided(*unit, Decision::shared)
             ? match
             : nullptr;
}

void SharingConstraints::visitUnit(Function &in, const Unit &unit) {
  const Fusion *match = getSharingMatch(in.matches, &unit);
  // Shared at every call of the function for itself.
  if (!match || llvm::any_of(unit.anchor->getResults(), isObservedByCalls))
    return;
  SmallVector<std::optional<unsigned>> operands;
  for (const UnitOperand *operand : getSharedOperands(*match->root))
    operands.push_back(resolve(*operand->uses.front()));
  share(operands, unit.anchor->getResults(), unit.anchor);
}

/// B1: all that a loop carries in one place is one group, if it is quantized.
void SharingConstraints::visitLoop(Operation *loop) {
  auto visitValue = [&](Value value) {
    ValuePlanAttr plan = getPlan(value);
    if (plan && plan.getShared() && !flow.getSources(value).empty())
      share({getNode(value)}, {}, loop);
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

/// The operands of the sharing unit that makes what a use returns.
SmallVector<OpOperand *, 1>
SharingConstraints::getSharedUses(OpOperand &returned) const {
  Function *function = getFunction(returned.getOwner());
  Operation *maker = returned.get().getDefiningOp();
  const Unit *unit = maker ? function->graph.getUnit(maker) : nullptr;
  SmallVector<OpOperand *, 1> uses;
  if (const Fusion *match = getSharingMatch(function->matches, unit))
    for (const UnitOperand *operand : getSharedOperands(*match->root))
      uses.push_back(operand->uses.front());
  return uses;
}

/// The uses that the result of a call shares with, as its callee sees them:
/// operands of a sharing unit, there or in a function that it calls in the
/// return. Each return is looked at once, however deep the calls.
ArrayRef<OpOperand *> SharingConstraints::getReturnedSources(Operation *call,
                                                             unsigned result) {
  OpOperand *returned = getReturn(call, result);
  SmallVector<std::pair<OpOperand *, Operation *>> through;
  while (returned && !returnedSources.contains(returned)) {
    Operation *maker = returned->get().getDefiningOp();
    Operation *inner = maker && flow.getCallee(maker) ? maker : nullptr;
    through.push_back({returned, inner});
    returned =
        inner ? getReturn(inner,
                          cast<OpResult>(returned->get()).getResultNumber())
              : nullptr;
  }
  for (auto [use, inner] : llvm::reverse(through)) {
    if (!inner) {
      returnedSources[use] = getSharedUses(*use);
      continue;
    }
    // Arguments of the inner function are operands of its call.
    OpOperand *innerReturn =
        getReturn(inner, cast<OpResult>(use->get()).getResultNumber());
    SmallVector<OpOperand *, 1> uses = returnedSources.lookup(innerReturn);
    for (OpOperand *&at : uses) {
      const OpOperand &top = getFunction(at->getOwner())->find(*at);
      auto argument = dyn_cast<BlockArgument>(getUnobserved(top.get()));
      if (argument && !getSharedPlace(top) &&
          argument.getOwner()->getParentOp() == flow.getCallee(inner)->function)
        at = &cast<CallOpInterface>(inner)
                  .getArgOperandsMutable()[argument.getArgNumber()];
    }
    returnedSources[use] = std::move(uses);
  }
  returned = getReturn(call, result);
  if (!returned)
    return {};
  return returnedSources.find(returned)->second;
}

void SharingConstraints::visitCall(CallOpInterface call) {
  for (OpResult result : call->getResults()) {
    if (isObservedByCalls(result))
      continue;
    SmallVector<std::optional<unsigned>> operands;
    for (OpOperand *use : getReturnedSources(call, result.getResultNumber()))
      operands.push_back(resolveInCall(call, *use));
    share(operands, result, call);
  }
}

void SharingConstraints::visit(Function &in, Operation *op) {
  const Unit *unit = in.graph.getUnit(op);
  if (unit && unit->anchor == op)
    return visitUnit(in, *unit);
  if (!annotations::getPlan(op))
    return;
  if (isLoop(op))
    visitLoop(op);
  else if (flow.getCallee(op))
    visitCall(cast<CallOpInterface>(op));
}

void SharingConstraints::collect() {
  bool handsOn = !flow.getPassedValues().empty();
  for (std::unique_ptr<Function> &function : functions)
    if (handsOn)
      function->function->walk<WalkOrder::PreOrder>(
          [&](Operation *op) { visit(*function, op); });
    else
      for (const Unit &unit : function->graph.getUnits())
        visitUnit(*function, unit);
}
