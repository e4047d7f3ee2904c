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
// Before the run
//===----------------------------------------------------------------------===//

void ValuePlacement::addFunction(const UnitGraph &graph,
                                 const Fusions &matches) {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  needs.addFunction(graph);
  Plan &plan = plans[function];
  plan.function = function;
  addSteps(plan);
  plan.onlyKind = findOnlyKind(graph);
  addDelays(graph, matches);
}

void ValuePlacement::addSteps(Plan &plan) {
  plan.function->walk([&](Operation *op, const WalkStage &stage) {
    if (op == plan.function)
      return WalkResult::advance();
    if (op->getNumRegions() == 0) {
      bool passes = llvm::any_of(op->getOpOperands(), [&](OpOperand &use) {
        return !flow.getTargets(use).empty();
      });
      if (flow.getCallee(op))
        plan.steps.push_back({Step::call, op});
      else if (!op->hasTrait<OpTrait::IsTerminator>())
        plan.steps.push_back({Step::make, op});
      else if (op->getParentOp() == plan.function &&
               op->getNumSuccessors() == 0)
        for (Value value : op->getOperands())
          plan.returned.insert(getUnobserved(value));
      else if (passes)
        plan.steps.push_back({Step::pass, op});
      return WalkResult::advance();
    }
    if (!passesThroughRegions(op)) {
      plan.steps.push_back({Step::make, op});
      return WalkResult::skip();
    }
    if (stage.isBeforeAllRegions())
      plan.steps.push_back({Step::enter, op});
    if (stage.isAfterAllRegions())
      plan.steps.push_back({Step::leave, op});
    return WalkResult::advance();
  });
}

/// The kind of unit that an op makes its result by, alone or as the call of a
/// function that consists of it.
std::optional<UnitKind> ValuePlacement::getMadeKind(Operation *op) const {
  if (const CalledFunction *callee = flow.getCallee(op)) {
    auto it = plans.find(callee->function);
    return it == plans.end() ? std::nullopt : it->second.onlyKind;
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
  const Plan &plan = plans[graph.getFunction()];
  for (const Step &step : plan.steps) {
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
// The run
//===----------------------------------------------------------------------===//

bool ValuePlacement::isReached(Operation *function) const {
  auto it = plans.find(function);
  return it != plans.end() && !it->second.done.empty();
}

Value ValuePlacement::getDelayed(Value value) const {
  Value delayed = delays.lookup(value);
  return delayed ? delayed : value;
}

/// T17: an observer that any call of the function needs is there in all.
bool ValuePlacement::isObserved(const Frame &frame, Value value) const {
  value = getUnobserved(value);
  return frame.observed.contains(value) || placed.contains(value);
}

void ValuePlacement::setObserved(Frame &frame, Value value) {
  frame.observed.insert(value);
  everObserved.insert(value);
}

/// An argument of a function that is called.
bool ValuePlacement::isPassed(const Frame &frame, Value value) const {
  auto argument = dyn_cast<BlockArgument>(value);
  return &frame != &stack.front() && argument &&
         argument.getOwner()->isEntryBlock() &&
         argument.getOwner()->getParentOp() == frame.plan->function;
}

/// T8: arguments and results are the callers' business, unless there are none.
bool ValuePlacement::belongsToCaller(const Frame &frame, Value value) const {
  return isPassed(frame, value) ||
         (&frame != &stack.front() && frame.plan->returned.contains(value));
}

/// What a region is handed is observed where it comes from.
bool ValuePlacement::isRegionArgument(const Frame &frame, Value value) const {
  auto argument = dyn_cast<BlockArgument>(value);
  return argument && argument.getOwner()->getParentOp() != frame.plan->function;
}

/// T4: what follows is observed instead, also where it is the result of the
/// function.
void ValuePlacement::place(Frame &frame, Value value, const ValueNeed &need) {
  Value delayed = getDelayed(value);
  placed.try_emplace(delayed, need);
  setObserved(frame, delayed);
  isLate |= takenAsFloat.contains(delayed);
}

void ValuePlacement::record(Frame &frame, Value value, const ValueNeed &need) {
  if (need && !belongsToCaller(frame, value) &&
      !isRegionArgument(frame, value) && !isObserved(frame, value))
    place(frame, value, need);
}

/// T10: of a list all, else the first operand.
bool ValuePlacement::passesOn(const Frame &frame, const Unit &unit) const {
  if (needs.getRole(unit) != ValueRole::passes)
    return false;
  SmallVector<const UnitOperand *> operands = getSharedOperands(unit);
  return !operands.empty() &&
         llvm::all_of(operands, [&](const UnitOperand *operand) {
           return isObserved(frame, operand->value);
         });
}

/// T11; a number that is added hands on, it makes nothing to observe.
bool ValuePlacement::shouldObserve(const Frame &frame, Value value) const {
  const Unit *unit = needs.getProducer(value);
  if (!unit || needs.hasQuantizingUse(value))
    return true;
  PatternOp entry = backend.getEntry(unit->kind);
  if (!entry || entry.getObservation() != ObservationType::by_operands)
    return true;
  return unit->operands.size() > 1 &&
         llvm::all_of(unit->operands, [&](const UnitOperand &operand) {
           return isObserved(frame, operand.value);
         });
}

void ValuePlacement::visitMade(Frame &frame, Operation *op) {
  for (Value value : op->getResults()) {
    if (!isFloatTensor(value.getType()))
      continue;
    const Unit *unit = needs.getProducer(value);
    if (unit && unit->anchor != op)
      continue;
    if (unit && passesOn(frame, *unit))
      setObserved(frame, value);
    // T12: what a branch yields is settled when it is yielded.
    bool isYielded = llvm::any_of(value.getUses(), [&](OpOperand &use) {
      return use.getOwner()->hasTrait<OpTrait::IsTerminator>() &&
             !flow.getTargets(use).empty() &&
             use.getOwner()->getBlock() == op->getBlock() &&
             use.getOwner()->getParentOp() != frame.plan->function;
    });
    if (!isYielded && !isObserved(frame, value) && shouldObserve(frame, value))
      record(frame, value, needs.get(value));
  }
}

/// Looks at the callee first; false if that is still to be done.
bool ValuePlacement::visitCall(Frame &frame, Operation *call) {
  Plan &callee = plans.find(flow.getCallee(call)->function)->second;
  auto operands = cast<CallOpInterface>(call).getArgOperands();
  States arguments;
  for (Value operand : operands)
    arguments.push_back(isObserved(frame, operand));
  auto done = callee.done.find(arguments);
  if (done == callee.done.end() && callee.done.size() >= mostStates) {
    arguments.assign(arguments.size(), false);
    done = callee.done.find(arguments);
  }
  if (done == callee.done.end() && !callee.isActive) {
    enter(callee, std::move(arguments));
    return false;
  }
  // Of a recursive call nothing is known yet.
  if (done != callee.done.end())
    for (auto [result, isResultObserved] :
         llvm::zip(call->getResults(), done->second))
      if (isResultObserved)
        setObserved(frame, result);
  // T8: what T11 left out, then the results.
  for (auto [operand, argument] :
       llvm::zip(operands, callee.function.getArguments())) {
    record(frame, getUnobserved(operand), needs.get(argument));
    recordCarried(frame, getUnobserved(operand), begun.lookup(argument));
  }
  for (Value result : call->getResults())
    record(frame, result, needs.get(result));
  return true;
}

//===----------------------------------------------------------------------===//
// Frames
//===----------------------------------------------------------------------===//

void ValuePlacement::enter(Plan &plan, States arguments) {
  Frame frame{&plan, arguments, {}, 0};
  plan.isActive = true;
  stack.push_back(std::move(frame));
  for (auto [argument, isArgumentObserved] :
       llvm::zip(plan.function.getArguments(), arguments))
    if (isArgumentObserved)
      setObserved(stack.back(), argument);
  for (Block &block : plan.function.getFunctionBody())
    for (Value argument : block.getArguments())
      record(stack.back(), argument, needs.get(argument));
}

void ValuePlacement::leave() {
  Frame &frame = stack.back();
  States results(frame.plan->function.getNumResults(), true);
  for (Block &block : frame.plan->function.getFunctionBody()) {
    Operation *terminator = block.getTerminator();
    if (terminator->getNumSuccessors() != 0 ||
        terminator->getNumOperands() != results.size())
      continue;
    for (auto [index, value] : llvm::enumerate(terminator->getOperands()))
      results[index] = results[index] && isObserved(frame, value);
  }
  frame.plan->isActive = false;
  frame.plan->done[frame.arguments] = results;
  stack.pop_back();
}

/// A repeated run knows what the one before has placed, so that it comes to an
/// end; it takes a loop that yields a value from outside to need one. Whether
/// branches agree is known after the last.
LogicalResult ValuePlacement::run(FunctionOpInterface entry) {
  do {
    isLate = false;
    disagreement = {};
    takenAsFloat.clear();
    for (auto &[function, plan] : plans)
      plan.done.clear();
    runOnce(entry);
  } while (isLate && !needs.failed());
  if (!disagreement.result || needs.failed())
    return success(!needs.failed());
  emitDisagreement();
  return failure();
}

void ValuePlacement::runOnce(FunctionOpInterface entry) {
  enter(plans[entry], States(entry.getNumArguments(), false));
  while (!stack.empty() && !needs.failed()) {
    Frame &frame = stack.back();
    if (frame.next == frame.plan->steps.size()) {
      leave();
      continue;
    }
    Step step = frame.plan->steps[frame.next];
    // Calls come back to their step when the callee has been looked at.
    if (step.kind == Step::call && !visitCall(frame, step.op))
      continue;
    ++frame.next;
    switch (step.kind) {
    case Step::call:
      break;
    case Step::make:
      visitMade(frame, step.op);
      break;
    case Step::enter:
      visitEntered(frame, step.op);
      break;
    case Step::pass:
      visitPassed(frame, step.op);
      break;
    case Step::leave:
      visitLeft(frame, step.op);
      break;
    }
  }
}
