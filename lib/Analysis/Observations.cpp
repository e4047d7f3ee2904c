//===- Observations.cpp - Where values are observed -----------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

Observations quantprep::getObservations(const OpOperand &use) {
  Observations observations;
  Value value = use.get();
  while (ObservationOpInterface observation =
             getObservation(value.getDefiningOp())) {
    observations.push_back(observation);
    value = observation.getInput();
  }
  std::reverse(observations.begin(), observations.end());
  return observations;
}

LogicalResult quantprep::checkHasObserver(ObservationOpInterface observation) {
  if (observation.getObserverAttr())
    return success();
  return observation->emitOpError()
         << "carries a spec where an observer is needed; run "
            "qprep-share-observers first";
}

Observations quantprep::getOwnObservations(Value value) {
  Observations observations;
  while (value) {
    // Several, where CSE merged what makes the value.
    Observations users;
    for (Operation *user : value.getUsers()) {
      users.push_back(getObservation(user));
      if (!users.back())
        return observations;
    }
    observations.append(users.rbegin(), users.rend());
    // On a buffer an observation has no result.
    bool isLast = users.size() != 1 || users.front()->getNumResults() == 0;
    value = isLast ? Value() : users.front()->getResult(0);
  }
  return observations;
}

SmallVector<Value> quantprep::getPlannedArguments(Operation *op) {
  SmallVector<Value> arguments;
  for (Region &region : op->getRegions())
    llvm::append_range(arguments, getBlockArguments(region));
  return arguments;
}

LogicalResult quantprep::checkPlan(Operation *op, PlanAttr plan,
                                   const Unit *unit, bool isComplete) {
  size_t operands = unit ? unit->operands.size() : op->getNumOperands();
  size_t results = op->getNumResults();
  size_t arguments = op->getNumRegions() == 0 || plan.getArguments().empty()
                         ? 0
                         : getPlannedArguments(op).size();
  auto fits = [](size_t planned, size_t required, bool isWhole) {
    return planned == required || (planned == 0 && !isWhole);
  };
  bool isWhole = unit && isComplete;
  if (fits(plan.getOperands().size(), operands, isWhole) &&
      fits(plan.getResults().size(), results, isWhole) &&
      fits(plan.getArguments().size(), arguments, false))
    return success();
  return op->emitError() << (unit ? "unit" : "op") << " has " << operands
                         << " operands, " << results << " results and "
                         << arguments << " arguments of blocks, but a plan for "
                         << plan.getOperands().size() << ", "
                         << plan.getResults().size() << " and "
                         << plan.getArguments().size()
                         << "; run qprep-propagate-dtypes and "
                            "qprep-propagate-values again";
}

/// Its position in getPlannedArguments.
static unsigned getPlannedIndex(BlockArgument argument) {
  unsigned index = argument.getArgNumber();
  Region *region = argument.getOwner()->getParent();
  for (Region &before : region->getParentOp()->getRegions().take_front(
           region->getRegionNumber()))
    for (Block &block : before)
      index += block.getNumArguments();
  for (Block &block : *region) {
    if (&block == argument.getOwner())
      break;
    index += block.getNumArguments();
  }
  return index;
}

ValuePlanAttr quantprep::getPlan(Value value) {
  PlanAttr plan = annotations::getPlan(getOwner(value));
  if (!plan)
    return {};
  auto argument = dyn_cast<BlockArgument>(value);
  ArrayRef<ValuePlanAttr> entries =
      argument ? plan.getArguments() : plan.getResults();
  if (entries.empty())
    return {};
  unsigned index = argument ? getPlannedIndex(argument)
                            : cast<OpResult>(value).getResultNumber();
  return index < entries.size() ? entries[index] : ValuePlanAttr();
}

bool quantprep::isObservedByCalls(Value value) {
  ValuePlanAttr plan = getPlan(value);
  return plan && plan.getByCalls();
}

std::optional<Decision> quantprep::getDecision(const Unit &unit) {
  PlanAttr plan = annotations::getPlan(unit.anchor);
  return plan ? plan.getDecision() : std::nullopt;
}

bool quantprep::isDecided(const Unit &unit, Decision decision) {
  return getDecision(unit) == decision;
}

bool quantprep::passesOnObserver(const Unit &unit) {
  PlanAttr plan = annotations::getPlan(unit.anchor);
  return plan &&
         (plan.getDecision() == Decision::shared ||
          (plan.getDecision() == Decision::skipped && plan.getRule() == "T10"));
}

bool quantprep::movesData(const Unit &unit) {
  return llvm::all_of(unit.members, [](Operation *member) {
    auto op = dyn_cast<QuantizableOpInterface>(member);
    return op && op.movesData();
  });
}

bool quantprep::handsOnObserver(const Unit &unit) {
  return passesOnObserver(unit) || movesData(unit);
}

bool quantprep::isObserved(const OpOperand &use) {
  return getObservation(use.get().getDefiningOp()) != nullptr;
}

SmallVector<const UnitOperand *>
quantprep::getSharedOperands(const Unit &unit) {
  SmallVector<const UnitOperand *> shared;
  // What a select chooses from is a list of two.
  bool isList = unit.kind == UnitKind::select;
  for (const UnitOperand &operand : unit.operands) {
    if (!isFloatTensor(operand.value.getType()))
      continue;
    OperandRole role = operand.getRole();
    if (role == OperandRole::element || (isList && role == OperandRole::input))
      shared.push_back(&operand);
    else if (role == OperandRole::input && shared.empty())
      return {&operand};
  }
  return shared;
}
