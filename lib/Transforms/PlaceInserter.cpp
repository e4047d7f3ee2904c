//===- PlaceInserter.cpp - Puts places into a function --------------------===//

#include "PlaceInserter.h"
#include "QuantPrep/Analysis/Remarks.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ObservationOpInterface PlaceInserter::find(Value value,
                                           ObserverAttr spec) const {
  for (Operation *place : placesOn.lookup(value))
    if (cast<ObservationOpInterface>(place).getSpecAttr() == spec)
      return cast<ObservationOpInterface>(place);
  return {};
}

ObservationOpInterface PlaceInserter::make(OpBuilder &builder, Value value,
                                           ObserverAttr spec, StringRef rule) {
  emitRemark(builder.getContext(), value.getLoc(), rule,
             value.getParentRegion()->getParentOp())
      << ("observed by " + stringifyEnum(spec.getKind())).str();
  auto makeAs = [&](auto op) -> ObservationOpInterface {
    using OpT = decltype(op);
    typename OpT::Properties properties;
    properties.setSpec(spec);
    return OpT::create(builder, value.getLoc(), TypeRange(value.getType()),
                       ValueRange(value), properties);
  };
  return spec.getFakeQuant() ? makeAs(FakeQuantizeOp()) : makeAs(ObserveOp());
}

/// Places on arguments are in the order of the calls, at the start of their
/// block.
Value PlaceInserter::insert(Value value, ObserverAttr spec, StringRef rule) {
  auto argument = dyn_cast<BlockArgument>(value);
  llvm::TinyPtrVector<Operation *> &places = placesOn[value];
  Operation *before = !places.empty() ? places.back()
                      : argument      ? lastAtStart.lookup(argument.getOwner())
                                      : value.getDefiningOp();
  OpBuilder builder(value.getContext());
  if (before)
    builder.setInsertionPointAfter(before);
  else
    builder.setInsertionPointToStart(argument.getOwner());
  ObservationOpInterface place = make(builder, value, spec, rule);
  places.push_back(place);
  if (argument)
    lastAtStart[argument.getOwner()] = place;
  return place->getResult(0);
}

ObservationOpInterface
PlaceInserter::observeAllUses(Value value, ObserverAttr spec, StringRef rule) {
  // Places that are there already, for users in blocks that are written before
  // that of the maker, read the value through the new one.
  llvm::TinyPtrVector<Operation *> readers = placesOn.lookup(value);
  placesOn.erase(value);
  ObservationOpInterface place;
  if (readers.empty()) {
    place = insert(value, spec, rule).getDefiningOp<ObservationOpInterface>();
  } else {
    OpBuilder builder(readers.front());
    place = make(builder, value, spec, rule);
    placesOn[value].push_back(place);
  }
  Value observed = place->getResult(0);
  value.replaceAllUsesExcept(observed, place);
  if (!readers.empty())
    placesOn[observed] = std::move(readers);
  return place;
}
