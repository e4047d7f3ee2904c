//===- VerifyPrepared.cpp - Check a prepared module (B7) ------------------===//
//
// Runs on what qprep-prepare leaves, and after passes that a user put behind
// it. Reports everything that does not hold, not only the first.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/FunctionVerifier.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Transforms/Passes.h"

namespace quantprep {
#define GEN_PASS_DEF_VERIFYPREPARED
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// Observers
//===----------------------------------------------------------------------===//

/// Each generated observer has an observation; no two of a symbol table have
/// one id.
static LogicalResult verifyObservers(ModuleOp module,
                                     SymbolTableCollection &symbols) {
  bool valid = true;
  DenseSet<Operation *> used;
  SmallVector<ObserverOp> observers;
  module.walk([&](Operation *op) {
    if (auto observer = dyn_cast<ObserverOp>(op))
      observers.push_back(observer);
    auto observation = dyn_cast<ObservationOpInterface>(op);
    if (observation && observation.getObserverAttr())
      used.insert(symbols.lookupNearestSymbolFrom(
          observation, observation.getObserverAttr()));
  });
  DenseMap<std::pair<Operation *, uint64_t>, ObserverOp> ids;
  for (ObserverOp observer : observers) {
    if (annotations::isGenerated(observer) && !used.contains(observer)) {
      valid = false;
      InFlightDiagnostic diag =
          observer.emitOpError("is an observer that preparation made, but "
                               "has no observation");
      diag.attachNote() << lostHint;
    }
    auto [it, isNew] =
        ids.try_emplace({observer->getParentOp(), observer.getId()}, observer);
    if (isNew)
      continue;
    valid = false;
    InFlightDiagnostic diag = observer.emitOpError()
                              << "has id " << observer.getId()
                              << ", which another observer has; give each its "
                                 "own number";
    diag.attachNote(it->second.getLoc()) << "the other one is here";
  }
  return success(valid);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

namespace {
struct LoopVerifier {
  /// Where a value comes from, and observations of ours there.
  struct Source {
    Value value;
    Observations observations;
    bool isArgument;
  };
  LogicalResult verify();
  LogicalResult verifyCarried(Value value);
  SmallVector<Source> findSources(OpOperand &use);

  ObservedModule &observed;
};
} // namespace

/// An argument that some calls pass observed and others do not is float.
SmallVector<LoopVerifier::Source> LoopVerifier::findSources(OpOperand &use) {
  SmallVector<Source> all;
  observed.sharingGraph.forEachOrigin(use, [&](const OpOperand &origin,
                                               bool isArgument) {
    Source source{getUnobserved(origin.get()), observed.getObservations(origin),
                  isArgument};
    llvm::erase_if(source.observations,
                   [&](ObservationOpInterface observation) {
                     return !isOwnObservation(observation, observed.symbols);
                   });
    all.push_back(std::move(source));
  });
  bool isFloat = llvm::any_of(all, [&](const Source &source) {
    return source.isArgument && source.observations.empty() &&
           !observed.isQuantizedOutside(source.value);
  });
  for (Source &source : all)
    if (isFloat && source.isArgument)
      source.observations.clear();
  return all;
}

/// B1: what comes to a value that a loop carries is observed by one observer,
/// or none of it; but for what the caller quantizes.
LogicalResult LoopVerifier::verifyCarried(Value value) {
  // All have one last observer of ours, or none.
  const ReachingObservers &reaching = observed.throughSharing;
  if (llvm::any_of(reaching.get(observed.sharingGraph.lookup(value)),
                   llvm::IsaPred<ArrayAttr>))
    return success();
  SmallVector<Source> all;
  bool isObserved = false;
  for (OpOperand *use : observed.flow.getSources(value))
    for (Source &found : findSources(*use)) {
      isObserved |= !found.observations.empty();
      all.push_back(std::move(found));
    }
  if (!isObserved)
    return success();
  const Source *first = llvm::find_if(
      all, [](const Source &it) { return !it.observations.empty(); });
  Attribute wanted = getIdentity(first->observations.back());
  for (const Source &source : all) {
    if (contains(source.observations, wanted) ||
        observed.isQuantizedOutside(source.value))
      continue;
    Operation *loop = isa<BlockArgument>(value)
                          ? value.getParentBlock()->getParentOp()
                          : value.getDefiningOp();
    InFlightDiagnostic diag = loop->emitOpError()
                              << "carries a value that " << wanted
                              << " observes in one place, but ";
    if (source.observations.empty())
      diag << "nothing in another; one observer is required in all (B1)";
    else
      diag << getIdentity(source.observations.back())
           << " in another; one observer is required in all (B1)";
    diag.attachNote(first->observations.back()->getLoc()) << "observed here";
    diag.attachNote(source.value.getLoc()) << "the other one comes from here";
    return diag;
  }
  return success();
}

/// What a loop carries in several values is told once, for the first of them.
LogicalResult LoopVerifier::verify() {
  bool valid = true;
  DenseSet<OpOperand *> seen;
  for (Value value : observed.flow.getPassedValues()) {
    auto argument = dyn_cast<BlockArgument>(value);
    if (argument && isFloatTensor(value.getType()) &&
        isLoop(argument.getOwner()->getParentOp()) &&
        seen.insert(observed.flow.getSources(value).front()).second)
      valid &= succeeded(verifyCarried(value));
  }
  return success(valid);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// Whether nothing is left of a preparation, though the module computes on
/// floats: without units it comes out of preparation as it went in (B5).
static bool isUnprepared(ModuleOp module, ArrayRef<const UnitGraph *> graphs) {
  for (const UnitGraph *graph : graphs)
    if (!graph->getUnits().empty())
      return false;
  bool computesOnFloats = false;
  WalkResult result = module.walk([&](Operation *op) {
    if (isa<ConfigOp, ObserverOp, ObservationOpInterface>(op))
      return WalkResult::interrupt();
    computesOnFloats |= isa<QuantizableOpInterface>(op) &&
                        llvm::any_of(op->getOperandTypes(), isFloatTensor);
    return WalkResult::advance();
  });
  return computesOnFloats && !result.wasInterrupted();
}

namespace {
struct VerifyPreparedPass
    : quantprep::impl::VerifyPreparedBase<VerifyPreparedPass> {
  using VerifyPreparedBase::VerifyPreparedBase;

  void runOnOperation() final {
    ModuleOp module = getOperation();
    SymbolTableCollection symbols;
    bool valid = succeeded(verifyObservers(module, symbols));
    const ValueFlow &flow = getAnalysis<ValueFlow>();
    std::vector<std::unique_ptr<UnitGraph>> graphs;
    SmallVector<const UnitGraph *> functions;
    module.walk<WalkOrder::PreOrder>([&](FunctionOpInterface function) {
      if (function.isExternal())
        return WalkResult::skip();
      graphs.push_back(
          std::make_unique<UnitGraph>(function, Reading::prepared));
      functions.push_back(graphs.back().get());
      valid &= succeeded(graphs.back()->verify());
      return WalkResult::skip();
    });
    // Annotations that do not fit say nothing of anything else.
    if (!valid)
      return signalPassFailure();
    ObservedModule observed(flow, functions, symbols);
    for (const UnitGraph *graph : functions)
      valid &= succeeded(FunctionVerifier(*graph, observed).verify());
    valid &= succeeded(LoopVerifier{observed}.verify());
    if (!valid)
      signalPassFailure();
    if (isUnprepared(module, functions))
      module.emitWarning() << "has not been prepared, so that there is nothing "
                              "to verify; run qprep-prepare first";
    markAllAnalysesPreserved();
  }
};
} // namespace
