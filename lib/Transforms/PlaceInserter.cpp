//===- PlaceInserter.cpp - Puts places into a function --------------------===//

#include "PlaceInserter.h"
#include "QuantPrep/Analysis/Remarks.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Whether the first place on a value is right behind the op that makes it, so
/// that it need not be kept. Behind a place there may be others on its operand.
static bool hasFirstBehind(Value value) {
  Operation *maker = value.getDefiningOp();
  return maker && maker->getNumResults() == 1 && !getObservation(maker);
}

ObservationOpInterface PlaceInserter::findFirst(Value value) const {
  if (hasFirstBehind(value)) {
    ObservationOpInterface place =
        getObservation(value.getDefiningOp()->getNextNode());
    bool isFirst = place && place.getInput() == value && place.getSpecAttr();
    return isFirst ? place : ObservationOpInterface();
  }
  auto it = others.find(value);
  return it == others.end() ? ObservationOpInterface()
                            : cast<ObservationOpInterface>(it->second.front());
}

ObservationOpInterface PlaceInserter::find(Value value,
                                           ObserverAttr spec) const {
  auto hasSpec = [&](Operation *place) {
    return place && cast<ObservationOpInterface>(place).getSpecAttr() == spec;
  };
  if (ObservationOpInterface first = findFirst(value); hasSpec(first))
    return first;
  auto it = others.find(value);
  if (it == others.end())
    return {};
  auto *found = llvm::find_if(it->second, hasSpec);
  return found == it->second.end() ? ObservationOpInterface()
                                   : cast<ObservationOpInterface>(*found);
}

ObservationOpInterface PlaceInserter::make(OpBuilder &builder, Value value,
                                           ObserverAttr spec, StringRef rule) {
  emitRemark(builder.getContext(), value.getLoc(), rule)
      << "observed by " << stringifyEnum(spec.getKind());
  auto makeBy = [&](const auto &maker) -> ObservationOpInterface {
    typename std::decay_t<decltype(maker)>::Properties properties;
    properties.setSpec(spec);
    return maker.create(builder, value.getLoc(), value.getType(), value,
                        properties);
  };
  return spec.getFakeQuant() ? makeBy(fakeQuantizes) : makeBy(observes);
}

/// The first place on a value. Those on arguments are in the order of the
/// calls, at the start of their block.
ObservationOpInterface
PlaceInserter::insertFirst(Value value, ObserverAttr spec, StringRef rule) {
  OpBuilder builder(value.getContext());
  auto argument = dyn_cast<BlockArgument>(value);
  Operation *behind = argument ? lastAtStart.lookup(argument.getOwner())
                               : value.getDefiningOp();
  if (behind)
    builder.setInsertionPointAfter(behind);
  else
    builder.setInsertionPointToStart(argument.getOwner());
  ObservationOpInterface place = make(builder, value, spec, rule);
  if (argument)
    lastAtStart[argument.getOwner()] = place;
  if (!hasFirstBehind(value))
    others[value] = {place};
  return place;
}

Value PlaceInserter::insert(Value value, ObserverAttr spec, StringRef rule) {
  ObservationOpInterface first = findFirst(value);
  if (!first)
    return insertFirst(value, spec, rule)->getResult(0);
  llvm::TinyPtrVector<Operation *> &behind = others[value];
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfter(behind.empty() ? first.getOperation()
                                                : behind.back());
  ObservationOpInterface place = make(builder, value, spec, rule);
  behind.push_back(place);
  if (auto argument = dyn_cast<BlockArgument>(value))
    lastAtStart[argument.getOwner()] = place;
  return place->getResult(0);
}

ObservationOpInterface
PlaceInserter::observeAllUses(Value value, ObserverAttr spec, StringRef rule) {
  ObservationOpInterface first = findFirst(value);
  if (!first) {
    ObservationOpInterface place = insertFirst(value, spec, rule);
    value.replaceAllUsesExcept(place->getResult(0), place);
    return place;
  }
  // Those that are there already, for users in blocks that are written before
  // that of the maker, read the value through the new one.
  OpBuilder builder(first.getOperation());
  ObservationOpInterface place = make(builder, value, spec, rule);
  Value observed = place->getResult(0);
  value.replaceAllUsesExcept(observed, place);
  llvm::TinyPtrVector<Operation *> readers = others.lookup(value);
  others.erase(value);
  if (hasFirstBehind(value))
    readers.insert(readers.begin(), first.getOperation());
  else
    others[value] = {place};
  others[observed] = std::move(readers);
  return place;
}
