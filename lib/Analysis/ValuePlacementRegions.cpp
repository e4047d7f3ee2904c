//===- ValuePlacementRegions.cpp - Values through calls and regions -------===//
//
// What ValuePlacement does at calls, and where regions begin, hand values on,
// and end.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/ValuePlacement.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;

/// Callees have been looked at before, but not for calls like this one: then
/// the callee is returned, which is to be looked at first. Of a recursive call
/// nothing is known.
ValuePlacement::Body *ValuePlacement::visitCall(Operation *call) {
  Body &callee = bodies.find(flow.getCallee(call)->function)->second;
  auto operands = cast<CallOpInterface>(call).getArgOperands();
  if (callee.index < body->index && !callee.isEntry) {
    std::vector<CallCondition> arguments;
    for (Value operand : operands)
      arguments.push_back(getCondition(operand));
    if (contexts.setCall(body->function, body->called.size(),
                         {callee.function, arguments}))
      return &callee;
    body->called.push_back(callee.function);
    for (auto [result, condition] :
         llvm::zip(call->getResults(), *callee.results))
      setCondition(result, condition.atCall(arguments));
  }
  // T8: what T11 left out, then the results.
  for (auto [operand, argument] :
       llvm::zip(operands, callee.function.getArguments())) {
    record(getUnobserved(operand), needs.get(argument));
    recordCarried(getUnobserved(operand), begun.lookup(argument));
  }
  for (Value result : call->getResults())
    record(result, needs.get(result));
  return nullptr;
}

/// Adds what hands its observer on to a value, the nearest last.
void ValuePlacement::addBehind(Value value,
                               SmallVectorImpl<Value> &values) const {
  for (OpOperand *source : llvm::reverse(flow.getSources(value)))
    values.push_back(getUnobserved(source->get()));
  const Unit *unit = needs.getProducer(value);
  if (!unit || needs.getRole(*unit) != ValueRole::passes)
    return;
  SmallVector<const UnitOperand *> operands = getSharedOperands(*unit);
  for (const UnitOperand *operand : llvm::reverse(operands))
    values.push_back(operand->value);
}

/// The observer of a value, as far as is known: what comes after it has been
/// found the time before.
ValueNeed ValuePlacement::getFound(Value value) const {
  const Body *at = getBody(value);
  if (!at)
    return {};
  ValueNeed need = at->placed.lookup(value);
  return need ? need : at->placedBefore.lookup(value);
}

/// What observes a value: its own observer, or that of what hands it on.
ValueNeed ValuePlacement::getSharedPlaced(Value value) {
  SmallVector<Value> worklist{getUnobserved(value)};
  DenseSet<Value> seen;
  while (!worklist.empty()) {
    Value at = worklist.pop_back_val();
    if (!seen.insert(at).second)
      continue;
    if (ValueNeed own = getFound(at))
      return own;
    if (needs.isCarried(at))
      if (ValueNeed carried = getCarried(at))
        return carried;
    addBehind(at, worklist);
  }
  return {};
}

ValueNeed ValuePlacement::getCarried(Value value) {
  ValueNeed need = needs.get(value);
  return need ? need : begun.lookup(value);
}

/// What goes round with a value has been looked at without this.
void ValuePlacement::begin(Value value, const ValueNeed &need) {
  ArrayRef<Value> group = needs.getCarriedWith(value);
  for (Value other : group.empty() ? ArrayRef<Value>(value) : group)
    if (begun.try_emplace(other, need).second)
      late.set(body->index);
}

/// B1: observes what a loop begins with, or what goes round. What calls hand in
/// or a loop around carries is observed there, what a branch is handed where it
/// comes from; what is returned as well here, in place.
void ValuePlacement::recordCarried(Value value, const ValueNeed &need) {
  if (!need || isObservedAlways(value))
    return;
  if (needs.isCarried(value) || isPassed(value))
    return begin(value, need);
  if (!isRegionArgument(value))
    return place(value, need);
  size_t before = body->placed.size();
  for (OpOperand *source : flow.getSources(value))
    recordCarried(getUnobserved(source->get()), need);
  if (body->placed.size() != before)
    late.set(body->index);
}

/// What goes into a branch, and what a loop carries.
void ValuePlacement::visitEntered(Operation *op) {
  if (isLoop(op))
    return visitLoop(op);
  for (OpOperand &use : op->getOpOperands())
    for (Value target : flow.getTargets(use))
      setCondition(target, getCondition(use.get()));
}

/// B1: where one value of a loop is observed, what it begins with and what goes
/// round are.
void ValuePlacement::visitLoop(Operation *loop) {
  auto forEachCarried = [&](auto visit) {
    for (OpOperand &use : loop->getOpOperands())
      if (ArrayRef<Value> targets = flow.getTargets(use); !targets.empty())
        visit(getUnobserved(use.get()), targets.front());
  };
  forEachCarried([&](Value first, Value target) {
    if (isObservedSometimes(first) && !getCarried(target))
      if (ValueNeed need = getSharedPlaced(first))
        for (Value carried : needs.getCarriedWith(target))
          begun[carried] = need;
  });
  forEachCarried([&](Value first, Value target) {
    ValueNeed need = getCarried(target);
    if (!need)
      return takeAsFloat(first);
    recordCarried(first, need);
    for (Value carried : needs.getCarriedWith(target))
      setObserved(carried);
  });
}

/// Of what is in other functions it is known whether it has an observer.
bool ValuePlacement::isTakenAsFloat(Value value) const {
  return flow.getFunction(getOwner(value)) == body->function
             ? !isObservedSometimes(value)
             : !getPlaced(value);
}

/// Notes what would make a value observed, but does not: if it is observed
/// later, the loop has to be looked at again (B1).
void ValuePlacement::takeAsFloat(Value value) {
  SmallVector<Value> worklist{getUnobserved(value)};
  while (!worklist.empty()) {
    Value at = worklist.pop_back_val();
    if (!isTakenAsFloat(at) || !takers[at].insert(body->index))
      continue;
    body->takenAsFloat.push_back(at);
    addBehind(at, worklist);
  }
}

/// T12: inside the branch, in a callee too.
void ValuePlacement::visitPassed(Operation *terminator) {
  bool inLoop = isLoop(terminator->getParentOp());
  for (OpOperand &use : terminator->getOpOperands()) {
    ArrayRef<Value> targets = flow.getTargets(use);
    if (targets.empty())
      continue;
    Value value = getUnobserved(use.get());
    ValueNeed need = needs.get(value);
    size_t before = body->placed.size();
    record(value, need);
    if (inLoop)
      recordCarried(value, need ? need : getCarried(targets.front()));
    // What is behind a value from outside has been looked at without this.
    if (body->placed.size() != before &&
        value.getParentBlock() != terminator->getBlock())
      late.set(body->index);
    if (!inLoop)
      continue;
    if (isObservedSometimes(value))
      for (Value target : targets)
        setObserved(target);
    else
      takeAsFloat(value);
  }
}

/// T12: branches agree in each call, but for those that always fail.
void ValuePlacement::visitBranches(OpResult result) {
  OpOperand *first = nullptr;
  for (OpOperand *source : flow.getSources(result)) {
    if (flow.isNeverPassed(*source))
      continue;
    CallCondition condition = getCondition(source->get());
    setCondition(result, condition);
    if (!first)
      first = source;
    CallCondition other = getCondition(first->get());
    bool isMore = contexts.differ(body->function, condition, other);
    bool isLess = contexts.differ(body->function, other, condition);
    if (!body->disagreement.result && (isMore || isLess))
      body->disagreement = {result, isMore ? source : first,
                            isMore ? first : source};
  }
  record(result, needs.get(result));
}

LogicalResult ValuePlacement::reportDisagreement() const {
  auto found = llvm::find_if(reached, [](const Body *each) {
    return bool(each->disagreement.result);
  });
  if (found == reached.end())
    return success();
  auto [result, observed, unobserved] = (*found)->disagreement;
  InFlightDiagnostic diag = result.getOwner()->emitError();
  diag << "branches do not agree on whether result " << result.getResultNumber()
       << " is observed; give their last units one qconfig, or none (T12)";
  diag.attachNote(observed->getOwner()->getLoc()) << "observed in this branch";
  diag.attachNote(unobserved->getOwner()->getLoc())
      << "not observed in this one";
  return diag;
}

/// B1: where one of the places that a value of a loop comes from hands on an
/// observer, the others are observed as well.
void ValuePlacement::visitCarried(Value value) {
  OpOperand *observed = nullptr;
  for (OpOperand *source : flow.getSources(value))
    if (isObservedSometimes(source->get()))
      observed = source;
  if (!observed)
    return;
  setObserved(value);
  if (!getCarried(value))
    if (ValueNeed need = getSharedPlaced(observed->get()))
      begin(value, need);
}

void ValuePlacement::visitLeft(Operation *op) {
  for (Value result : op->getResults())
    if (isFloatTensor(result.getType()))
      isLoop(op) ? visitCarried(result) : visitBranches(cast<OpResult>(result));
  if (isLoop(op))
    for (Region &region : op->getRegions())
      for (Value argument : region.getArguments())
        if (isFloatTensor(argument.getType()))
          visitCarried(argument);
}
