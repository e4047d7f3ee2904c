//===- Observations.cpp - Where values are observed -----------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

Places quantprep::getPlaces(const OpOperand &use) {
  Places places;
  Value value = use.get();
  while (ObservationOpInterface place = getObservation(value.getDefiningOp())) {
    places.push_back(place);
    value = place.getInput();
  }
  std::reverse(places.begin(), places.end());
  return places;
}

Places quantprep::getOwnPlaces(Value value) {
  Places places;
  while (value && value.hasOneUse()) {
    ObservationOpInterface place = getObservation(*value.user_begin());
    if (!place)
      break;
    places.push_back(place);
    // On a buffer a place has no result.
    value = place->getNumResults() ? place->getResult(0) : Value();
  }
  return places;
}

Type quantprep::getPassedDType(Value value) {
  Attribute entry;
  if (auto result = dyn_cast<OpResult>(value)) {
    PassedAttr passed = annotations::getPassed(result.getOwner());
    if (passed && result.getResultNumber() < passed.getResults().size())
      entry = passed.getResults()[result.getResultNumber()];
  } else {
    auto argument = cast<BlockArgument>(value);
    Region *region = argument.getOwner()->getParent();
    PassedAttr passed = annotations::getPassed(region->getParentOp());
    unsigned index = argument.getArgNumber();
    for (Region &before : region->getParentOp()->getRegions().take_front(
             region->getRegionNumber()))
      index += before.getNumArguments();
    if (passed && argument.getOwner()->isEntryBlock() &&
        index < passed.getArguments().size())
      entry = passed.getArguments()[index];
  }
  if (auto spec = dyn_cast_or_null<ObserverAttr>(entry))
    return spec.getDtype();
  if (auto type = dyn_cast_or_null<TypeAttr>(entry))
    return type.getValue();
  return Float32Type::get(value.getContext());
}

bool quantprep::isObservedByCalls(Value value) {
  if (!value.hasOneUse())
    return false;
  OpOperand &use = *value.use_begin();
  auto function = dyn_cast<FunctionOpInterface>(use.getOwner()->getParentOp());
  PassedAttr passed = function ? annotations::getPassed(function) : nullptr;
  unsigned index = use.getOperandNumber();
  // What goes to another block is not returned.
  return passed && use.getOwner()->hasTrait<OpTrait::IsTerminator>() &&
         use.getOwner()->getNumSuccessors() == 0 &&
         index < passed.getResults().size() &&
         isa<ObserverAttr>(passed.getResults()[index]);
}

DecisionAttr quantprep::getDecision(const Unit &unit) {
  return annotations::getDecision(unit.anchor);
}

bool quantprep::isDecided(const Unit &unit, Decision decision) {
  DecisionAttr attr = getDecision(unit);
  return attr && attr.getDecision() == decision;
}

bool quantprep::passesOnObserver(const Unit &unit) {
  DecisionAttr attr = getDecision(unit);
  return attr && (attr.getDecision() == Decision::shared ||
                  (attr.getDecision() == Decision::skipped && attr.getRule() &&
                   attr.getRule() == "T10"));
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
