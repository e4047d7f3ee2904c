//===- ObservationInserter.cpp - Puts observations into a function
//--------------------===//

#include "ObservationInserter.h"
#include "QuantPrep/Analysis/Remarks.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ObservationOpInterface ObservationInserter::find(Value value,
                                                 ObserverAttr spec) const {
  for (Operation *observation : observationsOn.lookup(value))
    if (cast<ObservationOpInterface>(observation).getSpecAttr() == spec)
      return cast<ObservationOpInterface>(observation);
  return {};
}

ObservationOpInterface ObservationInserter::make(OpBuilder &builder,
                                                 Value value, ObserverAttr spec,
                                                 StringRef rule) {
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

/// Observations on arguments are in the order of the calls, at the start of
/// their block.
Value ObservationInserter::insert(Value value, ObserverAttr spec,
                                  StringRef rule) {
  auto argument = dyn_cast<BlockArgument>(value);
  llvm::TinyPtrVector<Operation *> &observations = observationsOn[value];
  Operation *before = !observations.empty() ? observations.back()
                      : argument ? lastAtStart.lookup(argument.getOwner())
                                 : value.getDefiningOp();
  OpBuilder builder(value.getContext());
  if (before)
    builder.setInsertionPointAfter(before);
  else
    builder.setInsertionPointToStart(argument.getOwner());
  ObservationOpInterface observation = make(builder, value, spec, rule);
  observations.push_back(observation);
  if (argument)
    lastAtStart[argument.getOwner()] = observation;
  return observation->getResult(0);
}

ObservationOpInterface ObservationInserter::observeAllUses(Value value,
                                                           ObserverAttr spec,
                                                           StringRef rule) {
  // Observations that are there already, for users in blocks that are written
  // before that of the maker, read the value through the new one.
  llvm::TinyPtrVector<Operation *> readers = observationsOn.lookup(value);
  observationsOn.erase(value);
  ObservationOpInterface observation;
  if (readers.empty()) {
    observation =
        insert(value, spec, rule).getDefiningOp<ObservationOpInterface>();
  } else {
    OpBuilder builder(readers.front());
    observation = make(builder, value, spec, rule);
    observationsOn[value].push_back(observation);
  }
  Value observed = observation->getResult(0);
  value.replaceAllUsesExcept(observed, observation);
  if (!readers.empty())
    observationsOn[observed] = std::move(readers);
  return observation;
}
