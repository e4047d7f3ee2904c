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

Value PlaceInserter::insert(Value value, ObserverAttr spec, StringRef rule) {
  OpBuilder builder(value.getContext());
  llvm::TinyPtrVector<Operation *> &before = places[value];
  Operation *behind = before.empty() ? nullptr : before.back();
  auto argument = dyn_cast<BlockArgument>(value);
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
  before.push_back(place);
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

ArrayRef<Operation *> PlaceInserter::getPlaces(Value value) const {
  auto it = places.find(value);
  if (it == places.end())
    return {};
  return it->second;
}
