//===- Observations.cpp - Where values are observed -----------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

Places quantprep::getPlaces(const OpOperand &use) {
  Places places;
  Value value = use.get();
  while (auto place = value.getDefiningOp<ObservationOpInterface>()) {
    places.push_back(place);
    value = place.getInput();
  }
  std::reverse(places.begin(), places.end());
  return places;
}

Places quantprep::getOwnPlaces(Value value) {
  Places places;
  while (value.hasOneUse()) {
    auto place = dyn_cast<ObservationOpInterface>(*value.user_begin());
    if (!place)
      break;
    places.push_back(place);
    if (place->getNumResults() == 0)
      break;
    value = place->getResult(0);
  }
  return places;
}

DecisionAttr quantprep::getDecision(const Unit &unit) {
  return annotations::getDecision(unit.anchor);
}

bool quantprep::isDecided(const Unit &unit, Decision decision) {
  DecisionAttr attr = getDecision(unit);
  return attr && attr.getDecision() == decision;
}

bool quantprep::movesData(const Unit &unit) {
  auto op = dyn_cast<QuantizableOpInterface>(unit.anchor);
  return op && unit.members.size() == 1 && op.movesData();
}

SmallVector<const UnitOperand *>
quantprep::getSharedOperands(const Unit &unit) {
  SmallVector<const UnitOperand *> shared;
  for (const UnitOperand &operand : unit.operands) {
    if (operand.role == OperandRole::element)
      shared.push_back(&operand);
    else if (operand.role == OperandRole::input && shared.empty())
      return {&operand};
  }
  return shared;
}

ObservedSource quantprep::findSource(const UnitGraph &graph,
                                     const OpOperand &use,
                                     bool throughMovement) {
  const OpOperand *at = &use;
  // Graph regions may have cycles; no way up is longer than the function.
  for (size_t step = 0; step <= graph.getUnits().size(); ++step) {
    Value value = getUnobserved(at->get());
    if (Places places = getPlaces(*at); !places.empty())
      return {value, std::move(places)};
    const Unit *producer = graph.getProducer(value);
    if (!producer || !(isDecided(*producer, Decision::shared) ||
                       (throughMovement && movesData(*producer))))
      break;
    SmallVector<const UnitOperand *> operands = getSharedOperands(*producer);
    if (operands.empty())
      break;
    at = operands.front()->uses.front();
  }
  return {};
}
