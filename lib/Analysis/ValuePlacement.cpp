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
    : flow(flow), backend(tables.backend), needs(tables, flow),
      delays(flow, tables.backend) {}

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
  delays.addFunction(graph, matches);
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

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

bool ValuePlacement::isReached(Operation *function) const {
  auto it = bodies.find(function);
  return it != bodies.end() && it->second.results;
}

const ValuePlacement::Body *ValuePlacement::getBody(Value value) const {
  auto it = bodies.find(flow.getFunction(getOwner(value)));
  return it == bodies.end() ? nullptr : &it->second;
}

ValueNeed ValuePlacement::getPlaced(Value value) const {
  const Body *at = getBody(value);
  return at ? at->placed.lookup(value) : ValueNeed();
}

/// T17: an observer that any call of the function needs is there in all.
CallCondition ValuePlacement::getCondition(Value value) const {
  value = getUnobserved(value);
  return body->placed.contains(value) ? CallCondition::always()
                                      : body->conditions.lookup(value);
}

bool ValuePlacement::isObservedAlways(Value value) const {
  return !contexts.failsSometimes(body->function, getCondition(value));
}

bool ValuePlacement::isObservedSometimes(Value value) const {
  return contexts.holdsSometimes(body->function, getCondition(value));
}

void ValuePlacement::setCondition(Value value, const CallCondition &condition) {
  CallCondition &known = body->conditions[value];
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
  body->placed.try_emplace(delayed, need);
  setObserved(delayed);
  auto it = takers.find(delayed);
  if (it == takers.end() || it->second.empty())
    return;
  late.set(body->index);
  for (unsigned taker : it->second)
    late.set(taker);
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

/// Looks at a function from its start, whatever was found in it before.
void ValuePlacement::enter(Body &entered) {
  body = &entered;
  body->isVisited = true;
  body->nextStep = 0;
  body->called.clear();
  body->resultsBefore = body->results;
  body->begunBefore = begun.size();
  body->placedBefore = std::exchange(body->placed, body->kept);
  body->conditions.clear();
  body->disagreement = {};
  for (Value value : std::exchange(body->takenAsFloat, {}))
    takers[value].remove(body->index);
  for (Block &block : body->function.getFunctionBody())
    for (BlockArgument argument : block.getArguments()) {
      if (isPassed(argument))
        setCondition(argument,
                     CallCondition::argument(argument.getArgNumber()));
      record(argument, needs.get(argument));
    }
}

/// Returns the callee that is to be looked at before the step; null for none.
ValuePlacement::Body *ValuePlacement::visitStep() {
  auto [kind, op] = body->steps[body->nextStep];
  switch (kind) {
  case Step::call:
    if (Body *callee = visitCall(op))
      return callee;
    break;
  case Step::make:
    visitMade(op);
    break;
  case Step::enter:
    visitEntered(op);
    break;
  case Step::pass:
    visitPassed(op);
    break;
  case Step::leave:
    visitLeft(op);
    break;
  }
  ++body->nextStep;
  return nullptr;
}

using Placed = DenseMap<Value, ValueNeed>;
static bool haveSameKeys(const Placed &one, const Placed &other) {
  return one.size() == other.size() && llvm::all_of(one, [&](auto &entry) {
           return other.contains(entry.first);
         });
}

/// What has changed in a function is told to its callers that have been looked
/// at without it, and to what it calls.
void ValuePlacement::leave(unsigned first, Rounds &rounds) {
  setResults();
  body->isVisited = false;
  bool isNew = begun.size() != body->begunBefore;
  if (isNew || body->results != body->resultsBefore)
    for (unsigned index : body->callers) {
      const Body &caller = *reached[index];
      if (caller.isVisited ? llvm::is_contained(caller.called, body->function)
                           : index <= first)
        rounds.next.set(index);
      else if (!caller.isVisited)
        rounds.now.set(index);
    }
  if (isNew || !haveSameKeys(body->placed, body->placedBefore))
    for (unsigned callee : body->callees)
      rounds.next.set(callee);
}

/// Along execution, with a stack of its own: calls may be as deep as the model.
void ValuePlacement::visit(Body &first, Rounds &rounds) {
  SmallVector<Body *> stack{&first};
  enter(first);
  while (!stack.empty() && !needs.failed()) {
    body = stack.back();
    if (body->nextStep == body->steps.size()) {
      leave(first.index, rounds);
      stack.pop_back();
    } else if (Body *callee = visitStep()) {
      stack.push_back(callee);
      enter(*callee);
    }
  }
}

/// The functions that are called from the entry on.
void ValuePlacement::findReached(FunctionOpInterface entry) {
  SetVector<const CalledFunction *> seen;
  if (const CalledFunction *called = flow.lookup(entry))
    seen.insert(called);
  for (size_t next = 0; next < seen.size(); ++next)
    seen.insert_range(seen[next]->callees);
  for (const CalledFunction *called : flow.getFunctions())
    if (seen.contains(called)) {
      Body &each = bodies.find(called->function)->second;
      each.index = reached.size();
      reached.push_back(&each);
    }
  for (const CalledFunction *called : seen)
    for (const CalledFunction *callee : called->callees) {
      Body &from = bodies.find(called->function)->second;
      Body &to = bodies.find(callee->function)->second;
      from.callees.push_back(to.index);
      to.callers.push_back(from.index);
    }
}

/// Adds all that functions call, directly or through others.
void ValuePlacement::addCallees(BitVector &functions) const {
  SmallVector<unsigned> worklist(functions.set_bits());
  while (!worklist.empty())
    for (unsigned callee : reached[worklist.pop_back_val()]->callees)
      if (!functions.test(callee)) {
        functions.set(callee);
        worklist.push_back(callee);
      }
}

/// Callees come first, so that in a round a function is looked at once, and for
/// each kind of call that is made of it: the conditions of what a call passes
/// only rise from one round to the next.
void ValuePlacement::settleCalls(BitVector stale) {
  Rounds rounds{std::move(stale), BitVector(reached.size())};
  while (rounds.now.any()) {
    for (int index = rounds.now.find_first(); index != -1;
         index = rounds.now.find_next(index)) {
      visit(*reached[index], rounds);
      if (needs.failed())
        return;
    }
    for (Operation *callee : contexts.takeChanged())
      rounds.next.set(bodies.find(callee)->second.index);
    addCallees(rounds.next);
    rounds.now = std::exchange(rounds.next, BitVector(reached.size()));
  }
}

/// Where a value is observed that a function has been looked at without, again
/// with what has been placed in it (B1): that only rises as well.
LogicalResult ValuePlacement::solve(FunctionOpInterface entry) {
  bodies[entry].isEntry = true;
  findReached(entry);
  late.resize(reached.size(), true);
  while (late.any()) {
    BitVector stale = std::exchange(late, BitVector(reached.size()));
    for (unsigned index : stale.set_bits())
      reached[index]->kept = reached[index]->placed;
    settleCalls(std::move(stale));
    if (needs.failed())
      return failure();
  }
  if (failed(reportDisagreement()))
    return failure();
  for (const Body *each : reached) {
    for (auto &[value, condition] : each->conditions)
      if (contexts.holdsSometimes(each->function, condition))
        observedSometimes.insert(value);
    for (auto &[value, need] : each->placed)
      observedSometimes.insert(value);
  }
  return success();
}
