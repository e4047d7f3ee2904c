//===- ValuePlacementRegions.cpp - Values through branches and loops ------===//
//
// What ValuePlacement does where regions begin, hand values on, and end.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/ValuePlacement.h"
#include "QuantPrep/IR/Values.h"

#include "QuantPrep/Analysis/Observations.h"

using namespace mlir;
using namespace quantprep;

/// What observes a value: its own observer, or that of what passes it on.
ValueNeed ValuePlacement::getSharedPlaced(Value value) {
  while (true) {
    value = getUnobserved(value);
    if (ValueNeed own = placed.lookup(value))
      return own;
    const Unit *unit = needs.getProducer(value);
    if (!unit || needs.getRole(*unit) != ValueRole::passes)
      return {};
    SmallVector<const UnitOperand *> operands = getSharedOperands(*unit);
    if (operands.empty())
      return {};
    value = operands.front()->value;
  }
}

ValueNeed ValuePlacement::getCarried(Value value) {
  ValueNeed need = needs.get(value);
  return need ? need : begun.lookup(value);
}

/// B1: where one value of a loop is observed, what it begins with and what goes
/// round are.
void ValuePlacement::visitLoop(Frame &frame, Operation *loop) {
  for (OpOperand &use : loop->getOpOperands()) {
    ArrayRef<Value> targets = flow.getTargets(use);
    if (targets.empty())
      continue;
    Value first = getUnobserved(use.get());
    if (!needs.get(targets.front()) && isObserved(frame, first))
      if (ValueNeed need = getSharedPlaced(first))
        for (Value target : targets)
          begun[target] = need;
    ValueNeed need = getCarried(targets.front());
    if (!need)
      continue;
    record(frame, first, need);
    for (Value target : targets)
      setObserved(frame, target);
  }
}

/// T12: inside the branch, in a callee too.
void ValuePlacement::visitPassed(Frame &frame, Operation *terminator) {
  bool inLoop = isLoop(terminator->getParentOp());
  for (OpOperand &use : terminator->getOpOperands()) {
    ArrayRef<Value> targets = flow.getTargets(use);
    if (targets.empty())
      continue;
    Value value = getUnobserved(use.get());
    ValueNeed need = needs.get(value);
    if (inLoop && !need)
      need = getCarried(targets.front());
    size_t before = placed.size();
    record(frame, value, need);
    // What is behind a value from outside has been looked at without this.
    isLate |= placed.size() != before &&
              value.getParentBlock() != terminator->getBlock();
    if (inLoop && need)
      for (Value target : targets)
        setObserved(frame, target);
  }
}

/// T12, and B1 where what goes round hands on an observer from outside.
LogicalResult ValuePlacement::visitSources(Frame &frame, Value result) {
  Operation *op = result.getDefiningOp();
  bool inLoop = isLoop(op);
  OpOperand *observed = nullptr, *unobserved = nullptr;
  for (OpOperand *source : flow.getSources(result)) {
    if (flow.isNeverPassed(*source) ||
        (inLoop && belongsToCaller(frame, getUnobserved(source->get()))))
      continue;
    (isObserved(frame, source->get()) ? observed : unobserved) = source;
  }
  if (observed && unobserved) {
    InFlightDiagnostic diag = op->emitError();
    if (inLoop)
      diag << "a value that the loop carries is observed in one place, but not "
              "in another; give what makes it one qconfig, or none (B1)";
    else
      diag << "branches do not agree on whether result "
           << cast<OpResult>(result).getResultNumber()
           << " is observed; give their last units one qconfig, or none (T12)";
    StringRef what = inLoop ? "place" : "branch";
    diag.attachNote(observed->getOwner()->getLoc())
        << "observed in this " << what;
    diag.attachNote(unobserved->getOwner()->getLoc())
        << "not observed in this one";
    return failure();
  }
  if (observed)
    setObserved(frame, result);
  return success();
}

void ValuePlacement::visitLeft(Frame &frame, Operation *op) {
  for (Value result : op->getResults()) {
    if (!isFloatTensor(result.getType()))
      continue;
    if (failed(visitSources(frame, result))) {
      hasFailed = true;
      return;
    }
    record(frame, result, needs.get(result));
  }
}
