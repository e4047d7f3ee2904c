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

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/MapVector.h"

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
    annotations::unit,    annotations::member,   annotations::fused,
    annotations::pattern, annotations::assigned, annotations::equalization,
    annotations::plan,    annotations::copy,     annotations::standalone,
    annotations::custom};

static bool isOurs(ObservationOpInterface place,
                   SymbolTableCollection &symbols) {
  FlatSymbolRefAttr name = place.getObserverAttr();
  if (!name || annotations::isGenerated(place))
    return true;
  auto observer = symbols.lookupNearestSymbolFrom<ObserverOp>(place, name);
  return observer && annotations::isGenerated(observer);
}

namespace {
/// What preparation put into a module, in program order.
struct Preparation {
  SmallVector<ObservationOpInterface> places;
  SmallVector<Operation *> symbols;
  /// Of the user's own.
  SmallVector<ResetObserverOp> resets;
  /// Ops with discardable attributes of any kind.
  std::vector<Operation *> annotated;
};
} // namespace

static Preparation collect(Operation *module) {
  Preparation found;
  SymbolTableCollection symbolTables;
  module->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (annotations::isGenerated(op) && isa<SymbolOpInterface>(op)) {
      found.symbols.push_back(op);
      return WalkResult::skip();
    }
    ObservationOpInterface place = getObservation(op);
    if (place && isOurs(place, symbolTables))
      found.places.push_back(place);
    else if (auto reset = dyn_cast<ResetObserverOp>(op))
      found.resets.push_back(reset);
    else if (!op->getRawDictionaryAttrs().empty())
      found.annotated.push_back(op);
    return WalkResult::advance();
  });
  return found;
}

static LogicalResult emitLeftWithout(Operation *user, Operation *symbol) {
  InFlightDiagnostic diag =
      user->emitError() << "refers to " << FlatSymbolRefAttr::get(symbol)
                        << ", which preparation made and strip removes; remove "
                           "this op first";
  diag.attachNote(symbol->getLoc()) << "made here";
  return diag;
}

/// What uses a symbol of one table; what is inside generated symbols goes with
/// them, and redirected calls go back.
static LogicalResult checkUses(Operation *table,
                               const DenseMap<StringAttr, Operation *> &made) {
  std::optional<mlir::SymbolTable::UseRange> uses =
      mlir::SymbolTable::getSymbolUses(&table->getRegion(0));
  if (!uses)
    return success();
  for (const mlir::SymbolTable::SymbolUse &use : *uses) {
    Operation *user = use.getUser();
    Operation *symbol = made.lookup(use.getSymbolRef().getRootReference());
    if (!symbol || getObservation(user) || user->hasAttr(annotations::callee))
      continue;
    bool isInside = false;
    for (Operation *op = user; op != table; op = op->getParentOp())
      isInside |= annotations::isGenerated(op);
    if (!isInside)
      return emitLeftWithout(user, symbol);
  }
  return success();
}

/// Annotations and observations, which refer to all other symbols, are undone.
static LogicalResult checkNothingIsLeftWithout(const Preparation &found) {
  llvm::MapVector<Operation *, DenseMap<StringAttr, Operation *>> tables;
  for (Operation *symbol : found.symbols)
    if (isa<FunctionOpInterface>(symbol))
      tables[symbol->getParentOp()][mlir::SymbolTable::getSymbolName(symbol)] =
          symbol;
  for (auto &[table, made] : tables)
    if (failed(checkUses(table, made)))
      return failure();
  for (ResetObserverOp reset : found.resets) {
    Operation *observer = mlir::SymbolTable::lookupNearestSymbolFrom(
        reset, reset.getObserverAttr());
    if (observer && annotations::isGenerated(observer))
      return emitLeftWithout(reset, observer);
  }
  return success();
}

FailureOr<StrippedModule> quantprep::stripPreparation(Operation *module) {
  Preparation found = collect(module);
  if (failed(checkNothingIsLeftWithout(found)))
    return failure();
  annotations::Filter filter(leftOnOps);
  StrippedModule stripped;
  stripped.isChanged = !found.places.empty() || !found.symbols.empty();
  for (Operation *op : found.annotated) {
    DictionaryAttr before = op->getRawDictionaryAttrs();
    restoreCallee(op);
    filter.apply(op);
    stripped.isChanged |= op->getRawDictionaryAttrs() != before;
    if (annotations::get<Attribute>(op, annotations::qconfig))
      stripped.withQConfig.push_back(op);
  }
  for (ObservationOpInterface place : found.places) {
    for (Value result : place->getResults())
      result.replaceAllUsesWith(place.getInput());
    place->erase();
  }
  for (Operation *symbol : found.symbols)
    symbol->erase();
  return stripped;
}

/// What is converted computes something else than the model did.
static LogicalResult verifyNotConverted(Operation *module) {
  WalkResult result = module->walk([](Operation *op) {
    if (!isa<QuantizeOp, DequantizeOp, DynamicFakeQuantizeOp>(op) &&
        !annotations::get<ArrayAttr>(op, annotations::converted))
      return WalkResult::advance();
    op->emitError() << "is converted, and the floats that it was made of are "
                       "gone; strip the prepared module instead";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

/// Leaves observers and their places, which are the user's own from now on.
static void stripAnnotations(Operation *module) {
  annotations::Filter filter(leftOnOps);
  SmallVector<Operation *> configs;
  module->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isa<ConfigOp>(op) && annotations::isGenerated(op)) {
      configs.push_back(op);
      return WalkResult::skip();
    }
    if (!op->getRawDictionaryAttrs().empty())
      filter.apply(op);
    if (isa<ObserverOp>(op))
      op->removeDiscardableAttr(annotations::generated);
    return WalkResult::advance();
  });
  for (Operation *config : configs)
    config->erase();
}

namespace {
struct StripPass : quantprep::impl::StripBase<StripPass> {
  using StripBase::StripBase;

  void runOnOperation() final {
    if (failed(verifyNotConverted(getOperation())))
      return signalPassFailure();
    if (keepObservers)
      stripAnnotations(getOperation());
    else if (failed(stripPreparation(getOperation())))
      signalPassFailure();
  }
};
} // namespace
