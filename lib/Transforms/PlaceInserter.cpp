//===- PlaceInserter.cpp - Puts places into a function --------------------===//

#include "PlaceInserter.h"
#include "QuantPrep/Analysis/Remarks.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ObserveOp PlaceInserter::makeObserve(OpBuilder &builder, Value value,
                                     ObserverAttr spec) const {
  ObserveOp::Properties properties;
  properties.setSpec(spec);
  return observes.create(builder, value.getLoc(), value.getType(), value,
                         properties);
}

static bool isOnlyResult(Value value) {
  Operation *maker = value.getDefiningOp();
  return maker && maker->getNumResults() == 1;
}

/// The first place on the only result of an op is right behind the op. Most
/// values have no other, so that most places are in no table.
static Operation *findBehindMaker(Value value) {
  if (!isOnlyResult(value))
    return nullptr;
  ObservationOpInterface place =
      getObservation(value.getDefiningOp()->getNextNode());
  bool isOurs = place && place.getInput() == value && place.getSpecAttr();
  return isOurs ? place.getOperation() : nullptr;
}

Value PlaceInserter::insert(Value value, ObserverAttr spec, StringRef rule) {
  OpBuilder builder(value.getContext());
  auto argument = dyn_cast<BlockArgument>(value);
  Operation *behind = findLast(value);
  bool isFirst = !behind;
  if (!behind)
    behind = argument ? lastAtStart.lookup(argument.getOwner())
                      : value.getDefiningOp();
  if (behind)
    builder.setInsertionPointAfter(behind);
  else
    builder.setInsertionPointToStart(argument.getOwner());
  ObservationOpInterface place;
  if (spec.getFakeQuant())
    place = FakeQuantizeOp::create(builder, value.getLoc(), value.getType(),
                                   value, FlatSymbolRefAttr(), spec);
  else
    place = makeObserve(builder, value, spec);
  if (argument)
    lastAtStart[argument.getOwner()] = place;
  if (!isFirst || !isOnlyResult(value))
    places[value].push_back(place);
  emitRemark(builder.getContext(), value.getLoc(), rule)
      << "observed by " << stringifyEnum(spec.getKind());
  return place->getResult(0);
}

ObservationOpInterface
PlaceInserter::observeAllUses(Value value, ObserverAttr spec, StringRef rule) {
  Value observed = insert(value, spec, rule);
  Operation *place = observed.getDefiningOp();
  value.replaceAllUsesExcept(observed, place);
  return cast<ObservationOpInterface>(place);
}

Operation *PlaceInserter::find(Value value, ObserverAttr spec) const {
  Operation *first = findBehindMaker(value);
  if (first && cast<ObservationOpInterface>(first).getSpecAttr() == spec)
    return first;
  auto it = places.find(value);
  if (it == places.end())
    return nullptr;
  auto *found = llvm::find_if(it->second, [&](Operation *place) {
    return cast<ObservationOpInterface>(place).getSpecAttr() == spec;
  });
  return found == it->second.end() ? nullptr : *found;
}

Operation *PlaceInserter::findLast(Value value) const {
  auto it = places.find(value);
  return it == places.end() ? findBehindMaker(value) : it->second.back();
}
