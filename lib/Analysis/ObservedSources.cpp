//===- ObservedSources.cpp - What observes an operand ---------------------===//

#include "QuantPrep/Analysis/ObservedSources.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static bool isObserved(const OpOperand &use) {
  return isa_and_nonnull<ObservationOpInterface>(use.get().getDefiningOp());
}

static bool isShared(const Unit &unit) {
  return isDecided(unit, Decision::shared);
}

static bool isSharedOrMoves(const Unit &unit) {
  return isShared(unit) || movesData(unit);
}

void ObservedSources::addFunction(const UnitGraph &graph) {
  functions[graph.getFunction()] = std::make_unique<Function>(
      Function{ObservedUses(graph, isShared, isObserved),
               ObservedUses(graph, isSharedOrMoves, isObserved)});
}

SmallVector<ObservedSource, 1>
ObservedSources::find(const OpOperand &use, bool throughMovement,
                      ArrayRef<Operation *> calls) const {
  SmallVector<ObservedSource, 1> found;
  // With how many of the calls are still to be left.
  SmallVector<std::pair<const OpOperand *, size_t>, 4> worklist{
      {&use, calls.size()}};
  DenseSet<Value> seen;
  while (!worklist.empty()) {
    auto [at, depth] = worklist.pop_back_val();
    auto it =
        functions.find(at->getOwner()->getParentOfType<FunctionOpInterface>());
    const OpOperand &top = it == functions.end() ? *at
                           : throughMovement
                               ? it->second->throughMovement.find(*at)
                               : it->second->throughShared.find(*at);
    Value value = getUnobserved(top.get());
    Places places = getPlaces(top);
    ArrayRef<OpOperand *> sources =
        places.empty() ? flow.getSources(value) : ArrayRef<OpOperand *>();
    if (sources.empty()) {
      found.push_back({value, std::move(places)});
      continue;
    }
    auto argument = dyn_cast<BlockArgument>(value);
    const CalledFunction *called =
        argument ? flow.lookup(argument.getOwner()->getParentOp()) : nullptr;
    // Functions that may be called from elsewhere observe what they need.
    if (called && !called->callsAreKnown) {
      found.push_back({value, {}});
      continue;
    }
    if (called && depth != 0 && flow.getCallee(calls[depth - 1]) == called) {
      worklist.push_back(
          {&cast<CallOpInterface>(calls[depth - 1])
                .getArgOperandsMutable()[argument.getArgNumber()],
           depth - 1});
      continue;
    }
    if (seen.insert(value).second)
      for (OpOperand *source : llvm::reverse(sources))
        if (!isNeverPassed(*source))
          worklist.push_back({source, 0});
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
    if (!returning || !returning->callsAreKnown || returning->isRecursive ||
        flow.getTargets(*use).empty()) {
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
