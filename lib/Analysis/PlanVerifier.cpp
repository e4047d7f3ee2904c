//===- PlanVerifier.cpp - Whether what was planned is observed ------------===//
//
// The part of FunctionVerifier that looks for each observation that a plan asks
// for.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/FunctionVerifier.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void FunctionVerifier::verifyPlan(Operation *op) {
  PlanAttr plan = annotations::getPlan(op);
  if (!plan)
    return;
  const Unit *unit = graph.getUnit(op);
  if (unit && unit->anchor != op)
    unit = nullptr;
  bool isRead = plan.getDecision() == Decision::observed ||
                plan.getDecision() == Decision::shared;
  if (unit && unit->isChanged) {
    verifyChangedOperands(*unit, plan, isRead);
  } else if (failed(checkPlan(op, plan, unit, /*isComplete=*/false))) {
    valid = false;
    return;
  } else if (unit) {
    for (auto [operand, value] : llvm::zip(unit->operands, plan.getOperands()))
      for (OpOperand *use : operand.uses)
        verifyOperand(*use, value, isRead);
  } else {
    for (auto [use, value] : llvm::zip(op->getOpOperands(), plan.getOperands()))
      verifyOperand(use, value, isRead);
  }
  for (auto [result, value] : llvm::zip(op->getResults(), plan.getResults()))
    verifyValue(result, value);
  if (!plan.getArguments().empty())
    for (auto [argument, value] :
         llvm::zip(getPlannedArguments(op), plan.getArguments()))
      verifyValue(argument, value);
}

static bool hasDType(const Observations &observations, Type dtype,
                     SymbolTableCollection &symbols) {
  return llvm::any_of(observations, [&](ObservationOpInterface observation) {
    return getSpec(observation, symbols).getDtype() == dtype;
  });
}

/// An operand that is planned to be observed here has an observation of that
/// dtype. One that an observed unit reads quantized has it from wherever it
/// comes.
void FunctionVerifier::verifyOperand(OpOperand &use, ValuePlanAttr plan,
                                     bool isRead) {
  if (plan.isObserved()) {
    Observations observations = quantprep::getObservations(use);
    if (!hasDType(observations, plan.getDtype(), symbols))
      reportOperand(use, plan.getDtype(), getUnobserved(use.get()),
                    observations);
  } else if (isRead && plan.isQuantized()) {
    verifyRead(use, plan.getDtype());
  }
}

/// A unit that another pass changed has its operands in any order, and some may
/// have become one or several: as many uses as planned are quantized.
void FunctionVerifier::verifyChangedOperands(const Unit &unit, PlanAttr plan,
                                             bool isRead) {
  llvm::MapVector<Type, unsigned> wanted;
  for (ValuePlanAttr value : plan.getOperands())
    if (value.isObserved() || (isRead && value.isQuantized()))
      ++wanted[value.getDtype()];
  for (auto [dtype, number] : wanted) {
    unsigned found = 0;
    for (const UnitOperand &operand : unit.operands)
      for (OpOperand *use : operand.uses)
        found += isReadAs(*use, dtype);
    if (found < number)
      emitError(unit.anchor)
          << "requires " << number << " operands observed as "
          << dtypeName(dtype) << ", but " << found << " of its unit are";
  }
}

/// Whether a use is quantized, here or from wherever it comes.
bool FunctionVerifier::isReadAs(OpOperand &use, Type dtype) {
  if (hasDType(quantprep::getObservations(use), dtype, symbols) ||
      llvm::is_contained(observed.throughSharing.get(use),
                         TypeAttr::get(dtype)) ||
      (byValue && isReadByValue(use)))
    return true;
  bool isRead = true;
  observed.sharingGraph.forEachOrigin(use, [&](const OpOperand &origin, bool) {
    isRead &= hasDType(observed.getObservations(origin), dtype, symbols) ||
              observed.isQuantizedOutside(getUnobserved(origin.get()));
  });
  return isRead;
}

void FunctionVerifier::verifyRead(OpOperand &use, Type dtype) {
  if (llvm::is_contained(observed.throughSharing.get(use),
                         TypeAttr::get(dtype)))
    return;
  if (byValue) {
    if (!isReadByValue(use))
      reportOperand(use, dtype, getUnobserved(use.get()), {});
    return;
  }
  // One of the user's own may follow ours.
  observed.sharingGraph.forEachOrigin(use, [&](const OpOperand &origin, bool) {
    Observations observations = observed.getObservations(origin);
    Value value = getUnobserved(origin.get());
    if (!hasDType(observations, dtype, symbols) &&
        !observed.isQuantizedOutside(value))
      reportOperand(use, dtype, value, observations);
  });
}

/// T8: by any of the calls that an argument comes from. A weight is observed
/// before it is brought into the shape that the unit reads.
bool FunctionVerifier::isReadByValue(OpOperand &use) const {
  for (OpOperand *at = &use;;) {
    bool isRead =
        llvm::any_of(observed.throughSharing.get(*at), llvm::IsaPred<TypeAttr>);
    if (!isRead)
      observed.movementGraph.forEachOrigin(
          *at, [&](const OpOperand &origin, bool) {
            isRead |= !observed.getObservations(origin).empty();
          });
    if (isRead)
      return true;
    Operation *op = getUnobserved(at->get()).getDefiningOp();
    auto mover = dyn_cast_or_null<QuantizableOpInterface>(op);
    if (!mover || !mover.movesData() || graph.getUnit(op))
      return false;
    at = &op->getOpOperand(0);
  }
}

/// Says of an operand what was found on its way from a value.
void FunctionVerifier::reportOperand(OpOperand &use, Type wanted, Value value,
                                     const Observations &observations) {
  InFlightDiagnostic diag = emitError(use.getOwner())
                            << "requires operand " << use.getOperandNumber()
                            << " observed as " << dtypeName(wanted);
  if (observations.empty()) {
    diag << ", but it is not observed";
    diag.attachNote(value.getLoc()) << "it is made here; " << lostHint;
    return;
  }
  ObservationOpInterface observation = observations.back();
  diag << ", but it is observed as "
       << dtypeName(getSpec(observation, symbols).getDtype());
  diag.attachNote(observation.getLoc()) << "it is observed here";
}

/// A result or argument that is planned to be observed is.
void FunctionVerifier::verifyValue(Value value, ValuePlanAttr plan) {
  if (!plan.isObserved())
    return;
  SmallVector<Value> worklist{value};
  while (!worklist.empty())
    for (Operation *user : worklist.pop_back_val().getUsers())
      if (ObservationOpInterface observation = getObservation(user)) {
        if (getSpec(observation, symbols).getDtype() == plan.getDtype())
          return;
        llvm::append_range(worklist, observation->getResults());
      }
  bool isArgument = isa<BlockArgument>(value);
  unsigned number = isArgument ? cast<BlockArgument>(value).getArgNumber()
                               : cast<OpResult>(value).getResultNumber();
  InFlightDiagnostic diag = emitError(getOwner(value));
  diag << (isArgument ? "argument " : "result ") << number
       << " is planned to be observed as " << dtypeName(plan.getDtype())
       << ", but it is not";
  diag.attachNote() << lostHint;
}
