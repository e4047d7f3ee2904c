//===- Strip.cpp - Undo preparation ---------------------------------------===//
//
// Nothing of the model was moved or wrapped, so that undoing is forgetting:
// observations are replaced by what they observe, the rest is erased (B3).
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Transforms/Strip.h"
#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Transforms/Passes.h"

namespace quantprep {
#define GEN_PASS_DEF_STRIP
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// All that preparation leaves on ops of the model. What is on functions it
/// made goes with them.
static constexpr StringRef leftOnOps[] = {
    annotations::unit,    annotations::member,     annotations::fused,
    annotations::pattern, annotations::assigned,   annotations::equalization,
    annotations::plan,    annotations::standalone, annotations::custom};

static bool isOurs(ObservationOpInterface place,
                   SymbolTableCollection &symbols) {
  FlatSymbolRefAttr name = place.getObserverAttr();
  if (!name || annotations::isGenerated(place))
    return true;
  auto observer = symbols.lookupNearestSymbolFrom<ObserverOp>(place, name);
  return observer && annotations::isGenerated(observer);
}

SmallVector<Operation *> quantprep::stripPreparation(Operation *module) {
  annotations::Filter filter(leftOnOps);
  SymbolTableCollection symbolTables;
  SmallVector<ObservationOpInterface> places;
  SmallVector<Operation *> symbols, withQConfig;
  module->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (annotations::isGenerated(op) && isa<SymbolOpInterface>(op)) {
      symbols.push_back(op);
      return WalkResult::skip();
    }
    ObservationOpInterface place = getObservation(op);
    if (place && isOurs(place, symbolTables)) {
      places.push_back(place);
    } else if (!op->getRawDictionaryAttrs().empty()) {
      restoreCallee(op);
      filter.apply(op);
      if (annotations::get<Attribute>(op, annotations::qconfig))
        withQConfig.push_back(op);
    }
    return WalkResult::advance();
  });

  for (ObservationOpInterface place : places) {
    for (Value result : place->getResults())
      result.replaceAllUsesWith(place.getInput());
    place->erase();
  }
  for (Operation *symbol : symbols)
    symbol->erase();
  return withQConfig;
}

namespace {
struct StripPass : quantprep::impl::StripBase<StripPass> {
  using StripBase::StripBase;

  void runOnOperation() final { stripPreparation(getOperation()); }
};
} // namespace
