//===- ValuePlacement.cpp - Which values are observed (T4-T12) ------------===//

#include "QuantPrep/Analysis/ValuePlacement.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Values.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ValuePlacement::ValuePlacement(const ConfigTables &tables,
                               const ValueFlow &flow)
    : flow(flow), backend(tables.backend), needs(tables, flow) {}

//===----------------------------------------------------------------------===//
// Before solving
//===----------------------------------------------------------------------===//

void ValuePlacement::addFunction(const UnitGraph &graph,
                                 const Fusions &matches) {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  needs.addFunction(graph);
  Body &added = bodies[function];
  added.function = function;
  addSteps(added);
  added.onlyKind = findOnlyKind(graph);
  addDelays(graph, matches);
}

void ValuePlacement::addSteps(Body &body) {
  body.function->walk([&](Operation *op, const WalkStage &stage) {
    if (op == body.function)
      return WalkResult::advance();
    if (op->getNumRegions() == 0) {
      bool passes = llvm::any_of(op->getOpOperands(), [&](OpOperand &use) {
        return !flow.getTargets(use).empty();
      });
      if (flow.getCallee(op))
        body.steps.push_back({Step::call, op});
      else if (!op->hasTrait<OpTrait::IsTerminator>())
        body.steps.push_back({Step::make, op});
      else if (op->getParentOp() == body.function &&
               op->getNumSuccessors() == 0)
        for (Value value : op->getOperands())
          body.returned.insert(getUnobserved(value));
      else if (passes)
        body.steps.push_back({Step::pass, op});
      return WalkResult::advance();
    }
    if (!passesThroughRegions(op)) {
      body.steps.push_back({Step::make, op});
      return WalkResult::skip();
    }
    if (stage.isBeforeAllRegions())
      body.steps.push_back({Step::enter, op});
    if (stage.isAfterAllRegions())
      body.steps.push_back({Step::leave, op});
    return WalkResult::advance();
  });
}

/// The kind of unit that an op makes its result by, alone or as the call of a
/// function that consists of it.
std::optional<UnitKind> ValuePlacement::getMadeKind(Operation *op) const {
  if (const CalledFunction *callee = flow.getCallee(op)) {
    auto it = bodies.find(callee->function);
    return it == bodies.end() ? std::nullopt : it->second.onlyKind;
  }
  const Unit *unit =
      op->getNumResults() == 1 ? needs.getProducer(op->getResult(0)) : nullptr;
  if (!unit || unit->anchor != op)
    return std::nullopt;
  return unit->kind;
}

/// T4: the kind of the one unit, or the one call of such a function, that a
/// function returns the result of. Beside it are constants at most.
std::optional<UnitKind>
ValuePlacement::findOnlyKind(const UnitGraph &graph) const {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  if (!function.getFunctionBody().hasOneBlock())
    return std::nullopt;
  Operation *made = nullptr;
  for (Operation &op :
       function.getFunctionBody().front().without_terminator()) {
    const Unit *unit = graph.getUnit(&op);
    bool makes = unit ? unit->anchor == &op : bool(flow.getCallee(&op));
    if (passesThroughRegions(&op) || (makes && made))
      return std::nullopt;
    if (makes)
      made = &op;
  }
  Operation *terminator = function.getFunctionBody().front().getTerminator();
  if (!made || made->getNumResults() != 1 ||
      terminator->getNumOperands() != 1 ||
      getUnobserved(terminator->getOperand(0)) != made->getResult(0))
    return std::nullopt;
  return getMadeKind(made);
}

/// Whether the backend has the two as a pattern.
bool ValuePlacement::fuses(UnitKind first, UnitKind second) const {
  return llvm::any_of(backend.getPatterns().getEndingWith(second),
                      [&](const KindPattern &pattern) {
                        auto node = dyn_cast<NodeOp>(pattern.nodes.front().op);
                        return pattern.nodes.size() == 2 && node &&
                               node.getKind() == first;
                      });
}

/// T4, in the function and where one or both are calls.
void ValuePlacement::addDelays(const UnitGraph &graph, const Fusions &matches) {
  for (const Unit &unit : graph.getUnits())
    if (const Fusion *match = matches.lookup(unit);
        match && &match->getLast() != &unit)
      delays[unit.anchor->getResult(0)] = match->getLast().anchor->getResult(0);
  for (const Step &step : bodies[graph.getFunction()].steps) {
    if (step.op->getNumResults() != 1 || !step.op->getResult(0).hasOneUse())
      continue;
    Operation *next = *step.op->user_begin();
    if (next->getBlock() != step.op->getBlock() || next->getNumResults() != 1 ||
        !(flow.getCallee(step.op) || flow.getCallee(next)))
      continue;
    std::optional<UnitKind> first = getMadeKind(step.op);
    std::optional<UnitKind> second = getMadeKind(next);
    if (first && second && fuses(*first, *second))
      delays[step.op->getResult(0)] = next->getResult(0);
  }
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

bool ValuePlacement::isReached(Operation *function) const {
  auto it = bodies.find(function);
  return it != bodies.end() && it->second.results;
}

Value ValuePlacement::getDelayed(Value value) const {
  Value delayed = delays.lookup(value);
  return delayed ? delayed : value;
}

/// T17: an observer that any call of the function needs is there in all.
CallCondition ValuePlacement::getCondition(Value value) const {
  value = getUnobserved(value);
  return placed.contains(value) ? CallCondition::always()
                                : conditions.lookup(value);
}

bool ValuePlacement::isObservedAlways(Value value) const {
  return !contexts.failsSometimes(body->function, getCondition(value));
}

bool ValuePlacement::isObservedSometimes(Value value) const {
  return contexts.holdsSometimes(body->function, getCondition(value));
}

void ValuePlacement::setCondition(Value value, const CallCondition &condition) {
  CallCondition &known = conditions[value];
  if (known.isNever() || condition.isAlways())
    known = condition;
}

/// An argument of a function that is called.
bool ValuePlacement::isPassed(Value value) const {
  auto argument = dyn_cast<BlockArgument>(value);
  return !body->isEntry && argument && argument.getOwner()->isEntryBlock() &&
         argument.getOwner()->getParentOp() == body->function;
}

/// T8: arguments and results are the callers' business, unless there are none.
bool ValuePlacement::belongsToCaller(Value value) const {
  return isPassed(value) || (!body->isEntry && body->returned.contains(value));
}

/// What a region is handed is observed where it comes from.
bool ValuePlacement::isRegionArgument(Value value) const {
  auto argument = dyn_cast<BlockArgument>(value);
  return argument && argument.getOwner()->getParentOp() != body->function;
}

/// T4: what follows is observed instead, also where it is the result of the
/// function.
void ValuePlacement::place(Value value, const ValueNeed &need) {
  Value delayed = getDelayed(value);
  placed.try_emplace(delayed, need);
  setObserved(delayed);
  isLate |= takenAsFloat.contains(delayed);
}

/// Where it is not observed in some call, it gets an observer, and is then
/// observed in all.
void ValuePlacement::record(Value value, const ValueNeed &need) {
  if (!need || belongsToCaller(value) || isRegionArgument(value))
    return;
  if (!isObservedAlways(value))
    place(value, need);
  else
    setObserved(value);
}

/// T10: of a list all, else the first operand.
CallCondition ValuePlacement::getPassedOn(const Unit &unit) const {
  SmallVector<const UnitOperand *> operands = getSharedOperands(unit);
  if (needs.getRole(unit) != ValueRole::passes || operands.empty())
    return CallCondition::never();
  CallCondition all = CallCondition::always();
  for (const UnitOperand *operand : operands)
    all = all & getCondition(operand->value);
  return all;
}

/// T11; a number that is added hands on, it makes nothing to observe.
CallCondition ValuePlacement::getShouldObserve(Value value) const {
  const Unit *unit = needs.getProducer(value);
  if (!unit || needs.hasQuantizingUse(value))
    return CallCondition::always();
  PatternOp entry = backend.getEntry(unit->kind);
  if (!entry || entry.getObservation() != ObservationType::by_operands)
    return CallCondition::always();
  if (unit->operands.size() <= 1)
    return CallCondition::never();
  CallCondition all = CallCondition::always();
  for (const UnitOperand &operand : unit->operands)
    all = all & getCondition(operand.value);
  return all;
}

//===----------------------------------------------------------------------===//
// Solving
//===----------------------------------------------------------------------===//

void ValuePlacement::visitMade(Operation *op) {
  for (Value value : op->getResults()) {
    if (!isFloatTensor(value.getType()))
      continue;
    const Unit *unit = needs.getProducer(value);
    if (unit && unit->anchor != op)
      continue;
    if (unit)
      setCondition(value, getPassedOn(*unit));
    // T12: what a branch yields is settled when it is yielded.
    bool isYielded = llvm::any_of(value.getUses(), [&](OpOperand &use) {
      return use.getOwner()->hasTrait<OpTrait::IsTerminator>() &&
             !flow.getTargets(use).empty() &&
             use.getOwner()->getBlock() == op->getBlock() &&
             use.getOwner()->getParentOp() != body->function;
    });
    if (!isYielded && !isObservedAlways(value) &&
        contexts.holdsSometimes(body->function, getShouldObserve(value)))
      record(value, needs.get(value));
  }
}

/// Of a recursive call nothing is known yet.
void ValuePlacement::visitCall(Operation *call) {
  Body &callee = bodies.find(flow.getCallee(call)->function)->second;
  auto operands = cast<CallOpInterface>(call).getArgOperands();
  if (callee.results && !callee.isEntry) {
    std::vector<CallCondition> arguments;
    for (Value operand : operands)
      arguments.push_back(getCondition(operand));
    for (auto [result, condition] :
         llvm::zip(call->getResults(), *callee.results))
      setCondition(result, condition.atCall(arguments));
    foundContexts.addCall(callee.function, body->function,
                          std::move(arguments));
  }
  // T8: what T11 left out, then the results.
  for (auto [operand, argument] :
       llvm::zip(operands, callee.function.getArguments())) {
    record(getUnobserved(operand), needs.get(argument));
    recordCarried(getUnobserved(operand), begun.lookup(argument));
  }
  for (Value result : call->getResults())
    record(result, needs.get(result));
}

void ValuePlacement::setResults() {
  FunctionOpInterface function = body->function;
  std::vector<CallCondition> results(function.getNumResults(),
                                     CallCondition::always());
  for (Block &block : function.getFunctionBody()) {
    Operation *terminator = block.getTerminator();
    if (terminator->getNumSuccessors() != 0 ||
        terminator->getNumOperands() != results.size())
      continue;
    for (auto [condition, value] :
         llvm::zip(results, terminator->getOperands()))
      condition = condition & getCondition(value);
  }
  body->results = std::move(results);
}

void ValuePlacement::visit() {
  for (Block &block : body->function.getFunctionBody())
    for (BlockArgument argument : block.getArguments()) {
      if (isPassed(argument))
        setCondition(argument,
                     CallCondition::argument(argument.getArgNumber()));
      record(argument, needs.get(argument));
    }
  for (const Step &step : body->steps) {
    switch (step.kind) {
    case Step::call:
      visitCall(step.op);
      break;
    case Step::make:
      visitMade(step.op);
      break;
    case Step::enter:
      visitEntered(step.op);
      break;
    case Step::pass:
      visitPassed(step.op);
      break;
    case Step::leave:
      visitLeft(step.op);
      break;
    }
    if (needs.failed())
      return;
  }
  setResults();
}

/// The functions that are called from the entry on, callees first.
std::vector<ValuePlacement::Body *>
ValuePlacement::findReached(FunctionOpInterface entry) {
  DenseSet<const CalledFunction *> seen;
  SmallVector<const CalledFunction *> worklist;
  if (const CalledFunction *called = flow.lookup(entry))
    worklist.push_back(called);
  while (!worklist.empty()) {
    const CalledFunction *called = worklist.pop_back_val();
    if (seen.insert(called).second)
      llvm::append_range(worklist, called->callees);
  }
  std::vector<Body *> reached;
  for (const CalledFunction *called : flow.getFunctions())
    if (seen.contains(called))
      reached.push_back(&bodies.find(called->function)->second);
  return reached;
}

/// Until it is known what the calls of each function pass observed, which only
/// rises from one time to the next.
void ValuePlacement::visitAll(ArrayRef<Body *> reached) {
  const DenseMap<Value, ValueNeed> before = placed;
  for (;;) {
    disagreement = {};
    placedBefore = std::exchange(placed, before);
    conditions.clear();
    takenAsFloat.clear();
    foundContexts = {};
    for (Body *each : reached)
      each->results.reset();
    for (Body *each : reached) {
      body = each;
      visit();
      if (needs.failed())
        return;
    }
    if (foundContexts == contexts)
      return;
    contexts = std::move(foundContexts);
  }
}

/// Where a value is observed that a loop has been looked at without, again with
/// what has been placed (B1): that only rises as well.
LogicalResult ValuePlacement::solve(FunctionOpInterface entry) {
  bodies[entry].isEntry = true;
  std::vector<Body *> reached = findReached(entry);
  do {
    isLate = false;
    visitAll(reached);
  } while (isLate && !needs.failed());
  if (needs.failed())
    return failure();
  if (disagreement.result) {
    emitDisagreement();
    return failure();
  }
  for (auto &[value, condition] : conditions)
    if (contexts.holdsSometimes(flow.getFunction(getOwner(value)), condition))
      observedSometimes.insert(value);
  for (auto &[value, need] : placed)
    observedSometimes.insert(value);
  return success();
}
