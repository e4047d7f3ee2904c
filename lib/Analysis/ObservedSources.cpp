//===- ObservedSources.cpp - What observes an operand ---------------------===//

#include "QuantPrep/Analysis/ObservedSources.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void ObservedSources::addReached(const CalledFunction *entry) {
  SmallVector<const CalledFunction *> worklist{entry};
  while (!worklist.empty()) {
    const CalledFunction *called = worklist.pop_back_val();
    if (reached.insert(called->function).second)
      llvm::append_range(worklist, called->callees);
  }
}

bool ObservedSources::handsOn(OpOperand &use) const {
  return !flow.isNeverPassed(use) &&
         (reached.empty() ||
          reached.contains(flow.getFunction(use.getOwner())));
}

void ObservedSources::addFunction(const UnitGraph &graph) {
  auto isObserved = [&](const OpOperand &use) {
    return !getPlaces(use).empty();
  };
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  ConfigOp config = findConfig(function);
  bool isByValue = config && config.getPlacement() == Placement::value;
  bool isEntry = isByValue && function.getName() == getPreparedEntry(config);
  functions[function] = std::make_unique<Function>(
      Function{ObservedUses(graph, passesOnObserver, isObserved),
               ObservedUses(graph, handsOnObserver, isObserved),
               /*isPlacedByCallers=*/isByValue && !isEntry});
  if (const CalledFunction *called = flow.lookup(function); isEntry && called)
    addReached(called);
}

bool ObservedSources::isObservedByCallers(const CalledFunction &called) const {
  auto it = functions.find(called.function);
  return called.isClosed() ||
         (it != functions.end() && it->second->isPlacedByCallers);
}

const OpOperand &ObservedSources::getTop(const OpOperand &use,
                                         bool throughMovement) const {
  auto it = functions.find(flow.getFunction(use.getOwner()));
  if (it == functions.end())
    return use;
  return throughMovement ? it->second->throughMovement.find(use)
                         : it->second->throughShared.find(use);
}

SmallVector<ObservedSource, 1>
ObservedSources::find(const OpOperand &use, bool throughMovement,
                      ArrayRef<Operation *> calls) const {
  SmallVector<ObservedSource, 1> found;
  using Calls = SmallVector<Operation *, 2>;
  struct Step {
    const OpOperand *use;
    /// Those that have been entered and not left, the innermost first.
    Calls inside;
    bool isPassed;
  };
  SmallVector<Step, 4> worklist{{&use, Calls(calls), false}};
  DenseSet<Value> seen;
  while (!worklist.empty()) {
    auto [at, inside, isPassed] = worklist.pop_back_val();
    const OpOperand &top = getTop(*at, throughMovement);
    Value value = getUnobserved(top.get());
    Places places = getPlaces(top);
    ArrayRef<OpOperand *> sources =
        places.empty() ? flow.getSources(value) : ArrayRef<OpOperand *>();
    if (sources.empty()) {
      found.push_back({value, std::move(places), isPassed});
      continue;
    }
    auto argument = dyn_cast<BlockArgument>(value);
    const CalledFunction *called =
        argument ? flow.lookup(argument.getOwner()->getParentOp()) : nullptr;
    if (called && !isObservedByCallers(*called)) {
      found.push_back({value, {}, isPassed});
      continue;
    }
    if (called && !inside.empty() && flow.getCallee(inside.front()) == called) {
      OpOperand &operand =
          cast<CallOpInterface>(inside.front())
              .getArgOperandsMutable()[argument.getArgNumber()];
      worklist.push_back({&operand, Calls(llvm::drop_begin(inside)), isPassed});
      continue;
    }
    if (called) {
      inside.clear();
      isPassed = true;
    }
    if (Operation *call = value.getDefiningOp(); call && flow.getCallee(call))
      inside.insert(inside.begin(), call);
    if (seen.insert(value).second)
      for (OpOperand *source : llvm::reverse(sources))
        if (handsOn(*source))
          worklist.push_back({source, inside, isPassed});
  }
  return found;
}

SmallVector<ObservedResult, 1>
ObservedSources::findResults(Value result) const {
  SmallVector<ObservedResult, 1> found;
  SmallVector<std::pair<Value, SmallVector<Operation *, 1>>> worklist{
      {result, {}}};
  while (!worklist.empty()) {
    auto [value, calls] = worklist.pop_back_val();
    Places places = getOwnPlaces(value);
    OpOperand *use =
        places.empty() && value.hasOneUse() ? &*value.use_begin() : nullptr;
    const CalledFunction *returning =
        use ? flow.lookup(use->getOwner()->getParentOp()) : nullptr;
    if (!returning || !returning->isClosed() || flow.getTargets(*use).empty()) {
      found.push_back({std::move(places), std::move(calls)});
      continue;
    }
    for (Value target : llvm::reverse(flow.getTargets(*use))) {
      SmallVector<Operation *, 1> through(calls);
      through.push_back(target.getDefiningOp());
      worklist.push_back({target, std::move(through)});
    }
  }
  return found;
}
