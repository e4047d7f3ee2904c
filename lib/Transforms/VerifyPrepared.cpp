//===- VerifyPrepared.cpp - Check a prepared module (B7) ------------------===//
//
// Runs on what qprep-prepare leaves, and after passes that a user put behind
// it. Reports everything that does not hold, not only the first.
//
//===----------------------------------------------------------------------===//

#include "FunctionStep.h"
#include "QuantPrep/Analysis/ObservedSources.h"
#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Units/ValueFacts.h"

#include "mlir/IR/SymbolTable.h"

namespace quantprep {
#define GEN_PASS_DEF_VERIFYPREPARED
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static const char *const lostHint =
    "probably a pass after qprep-prepare changed the module; run qprep-prepare "
    "again";

/// The spec of a place, its observer's or its own.
static ObserverAttr getSpec(ObservationOpInterface place,
                            SymbolTableCollection &symbols) {
  if (FlatSymbolRefAttr name = place.getObserverAttr())
    return symbols.lookupNearestSymbolFrom<ObserverOp>(place, name).getSpec();
  return place.getSpecAttr();
}

/// Observers by name, places that are not shared yet by spec.
static Attribute getIdentity(ObservationOpInterface place) {
  if (FlatSymbolRefAttr name = place.getObserverAttr())
    return name;
  return place.getSpecAttr();
}

//===----------------------------------------------------------------------===//
// Observers
//===----------------------------------------------------------------------===//

/// Each generated observer has a place; no two of a symbol table have one id.
static LogicalResult verifyObservers(ModuleOp module,
                                     SymbolTableCollection &symbols) {
  bool valid = true;
  DenseSet<Operation *> used;
  SmallVector<ObserverOp> observers;
  module.walk([&](Operation *op) {
    if (auto observer = dyn_cast<ObserverOp>(op))
      observers.push_back(observer);
    auto place = dyn_cast<ObservationOpInterface>(op);
    if (place && place.getObserverAttr())
      used.insert(
          symbols.lookupNearestSymbolFrom(place, place.getObserverAttr()));
  });
  DenseMap<std::pair<Operation *, uint64_t>, ObserverOp> ids;
  for (ObserverOp observer : observers) {
    if (annotations::isGenerated(observer) && !used.contains(observer)) {
      valid = false;
      InFlightDiagnostic diag =
          observer.emitOpError("observes nothing, but an observer that "
                               "preparation made has a place");
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
// Units
//===----------------------------------------------------------------------===//

namespace {
/// Which values are quantized by no observer of the module: arguments that the
/// caller quantizes (F10), and results that a callee does (B14, F29).
class QuantizedOutside {
public:
  bool operator()(Value value);

private:
  struct Function {
    explicit Function(ConfigOp config) : config(config), callees(config) {}
    ConfigOp config;
    Callees callees;
  };
  DenseMap<Operation *, std::unique_ptr<Function>> functions;
};

/// Checks one function.
class FunctionVerifier {
public:
  FunctionVerifier(FunctionOpInterface function, const UnitGraph &graph,
                   const ObservedSources &sources,
                   SymbolTableCollection &symbols,
                   QuantizedOutside &isQuantizedOutside)
      : graph(graph), sources(sources), facts(function), symbols(symbols),
        isQuantizedOutside(isQuantizedOutside), callees(findConfig(function)) {}

  LogicalResult verify() {
    for (const Unit &unit : graph.getUnits()) {
      bool isShared = isDecided(unit, Decision::shared);
      if (!isShared && !isDecided(unit, Decision::observed))
        continue;
      // Between the units of a fusion nothing is observed.
      if (!annotations::isInner(unit.anchor))
        for (Value result : unit.anchor->getResults()) {
          if (isShared && isFloatTensor(result.getType()))
            verifySharing(unit, result);
          else if (movesData(unit))
            verifyMovement(unit, result);
        }
      verifyDemands(unit);
    }
    return success(valid);
  }

private:
  InFlightDiagnostic emitError(Operation *op) {
    valid = false;
    return op->emitOpError();
  }

  void verifySharing(const Unit &unit, Value result);
  void verifySharing(const Unit &unit, const ObservedResult &result);
  void verifyMovement(const Unit &unit, Value result);
  void verifyDemands(const Unit &unit);
  void verifyDemand(const Unit &unit, const UnitOperand &operand,
                    QConfigAttr qconfig);
  QConfigAttr getQConfig(const Unit &unit);
  void reportDemand(OpOperand &use, Type wanted, const ObservedSource &source);
  bool isFromMatch(Value value);

  const UnitGraph &graph;
  const ObservedSources &sources;
  ValueFacts facts;
  SymbolTableCollection &symbols;
  QuantizedOutside &isQuantizedOutside;
  Callees callees;
  DenseMap<Attribute, QConfigAttr> qconfigs;
  bool valid = true;
};
} // namespace

static bool contains(const Places &places, Attribute identity) {
  return llvm::any_of(places, [&](ObservationOpInterface place) {
    return getIdentity(place) == identity;
  });
}

bool QuantizedOutside::operator()(Value value) {
  auto function = dyn_cast_if_present<FunctionOpInterface>(
      value.getParentRegion()->getParentOp());
  auto argument = dyn_cast<BlockArgument>(value);
  Operation *around =
      function
          ? function.getOperation()
          : value.getParentRegion()->getParentOfType<FunctionOpInterface>();
  if (!around)
    return false;
  std::unique_ptr<Function> &known = functions[around];
  if (!known)
    known = std::make_unique<Function>(findConfig(around));
  if (known->callees.isQuantizedResult(value))
    return true;
  return argument && function && known->config &&
         isEntry(known->config, function) &&
         argument.getOwner()->isEntryBlock() &&
         llvm::is_contained(
             known->config.getInputsQuantized().value_or(ArrayRef<int64_t>()),
             int64_t(argument.getArgNumber()));
}

/// F23: what a sharing unit shares with and its result have one observer, here
/// or at every call that it is returned to.
void FunctionVerifier::verifySharing(const Unit &unit, Value result) {
  for (const ObservedResult &observed : sources.findResults(result))
    verifySharing(unit, observed);
}

void FunctionVerifier::verifySharing(const Unit &unit,
                                     const ObservedResult &result) {
  if (result.places.empty()) {
    InFlightDiagnostic diag = emitError(unit.anchor)
                              << "shares its operand's observer, but its "
                                 "result is not observed";
    for (Operation *call : result.calls)
      diag.attachNote(call->getLoc()) << "it is returned to this call";
    diag.attachNote() << lostHint;
    return;
  }
  Attribute wanted = getIdentity(result.places.front());
  for (const UnitOperand *operand : getSharedOperands(unit)) {
    OpOperand &use = *operand->uses.front();
    for (const ObservedSource &source :
         sources.find(use, /*throughMovement=*/true, result.calls)) {
      const Places &places = source.places;
      if (contains(places, wanted) || isQuantizedOutside(source.value))
        continue;
      InFlightDiagnostic diag = emitError(unit.anchor)
                                << "shares its operand's observer, but operand "
                                << use.getOperandNumber();
      if (places.empty())
        diag << " is not observed; the result is, by " << wanted;
      else
        diag << " is observed by " << getIdentity(places.back())
             << " and the result by " << wanted;
      diag.attachNote(result.places.front()->getLoc())
          << "the result is observed here";
      if (!places.empty())
        diag.attachNote(places.back()->getLoc())
            << "the operand is observed here";
    }
  }
}

/// What only moves quantized elements cannot change their parameters: there is
/// no tosa op that does both.
void FunctionVerifier::verifyMovement(const Unit &unit, Value result) {
  Places own = getOwnPlaces(result);
  if (own.empty() || getSpec(own.front(), symbols).hasFloatDType())
    return;
  for (const UnitOperand *operand : getSharedOperands(unit)) {
    Places places = quantprep::getPlaces(*operand->uses.front());
    if (places.empty() || contains(places, getIdentity(own.front())))
      continue;
    InFlightDiagnostic diag =
        emitError(unit.anchor)
        << "only moves data, but is observed by " << getIdentity(places.back())
        << " before and by " << getIdentity(own.front())
        << " behind; one observer is wanted, since no op moves elements and "
           "requantizes them";
    diag.attachNote(places.back()->getLoc()) << "observed before it here";
    diag.attachNote(own.front().getLoc()) << "observed behind it here";
  }
}

//===----------------------------------------------------------------------===//
// Demands on operands
//===----------------------------------------------------------------------===//

/// The qconfig that a unit has been assigned; null for none, and after an error
/// about one that there is not.
QConfigAttr FunctionVerifier::getQConfig(const Unit &unit) {
  auto assigned = annotations::getAssigned(unit.anchor);
  if (!assigned || !assigned.getQconfig())
    return {};
  auto [it, isNew] = qconfigs.try_emplace(assigned);
  if (!isNew)
    return it->second;
  auto op = symbols.lookupNearestSymbolFrom<QConfigOp>(unit.anchor,
                                                       assigned.getQconfig());
  if (!op) {
    emitError(unit.anchor) << "has the qconfig " << assigned.getQconfig()
                           << ", but the module has no qprep.qconfig of that "
                              "name; run qprep-prepare again";
    return {};
  }
  return it->second = op.getConfig();
}

bool FunctionVerifier::isFromMatch(Value value) {
  const Unit *producer = graph.getProducer(value);
  return producer && annotations::isInner(producer->anchor);
}

/// The pattern that a unit was matched by as its last unit; null if it is not
/// there any more.
static PatternOp getPattern(const Unit &unit, SymbolTableCollection &symbols) {
  auto name = annotations::getPattern(unit.anchor);
  if (!name)
    return {};
  return symbols.lookupNearestSymbolFrom<PatternOp>(unit.anchor, name);
}

/// The types of which an operand is wanted one, by its role (F13); none if it
/// may stay float. Whether the backend counts a weight as an activation is the
/// business of the root kind's own pattern (F6), which may be gone.
static SmallVector<Type, 2>
getWantedTypes(OperandRole role, QConfigAttr qconfig, PatternOp pattern) {
  ObserverAttr activation = qconfig.getActivation();
  ObserverAttr weight = qconfig.getWeight();
  bool isActivationFree = activation.getDynamic() ||
                          activation.getKind() == ObserverKind::reuse_input ||
                          (pattern && pattern.getUnobserved());
  bool isHalf = activation.getDtype().isF16() && weight.getDtype().isF16();
  SmallVector<Type, 2> wanted;
  if (role == OperandRole::weight)
    wanted.push_back(weight.getDtype());
  if (role == OperandRole::bias && isHalf && !activation.getDynamic())
    wanted.push_back(activation.getDtype());
  bool isSingle =
      pattern && llvm::hasSingleElement(pattern.getBody().getOps<NodeOp>());
  bool isActivation =
      role == OperandRole::input || role == OperandRole::element;
  if (!isActivationFree &&
      (isActivation ||
       (role == OperandRole::weight && !(isSingle && pattern.getWeight()))))
    wanted.push_back(activation.getDtype());
  if (llvm::any_of(wanted,
                   [](Type type) { return type.isF32() || type.isBF16(); }))
    return {};
  return wanted;
}

void FunctionVerifier::verifyDemand(const Unit &unit,
                                    const UnitOperand &operand,
                                    QConfigAttr qconfig) {
  SmallVector<Type, 2> wanted =
      getWantedTypes(operand.role, qconfig, getPattern(unit, symbols));
  if (wanted.empty() || !isFloatTensor(operand.value.getType()) ||
      facts.isScalar(operand.value) || isFromMatch(operand.value))
    return;
  for (OpOperand *use : operand.uses)
    for (const ObservedSource &source :
         sources.find(*use, /*throughMovement=*/false)) {
      // One of the user's own may follow ours.
      bool isMet = llvm::any_of(source.places, [&](auto place) {
        ObserverAttr spec = getSpec(place, symbols);
        return !spec.isEqualization() &&
               llvm::is_contained(wanted, spec.getDtype());
      });
      if (!isMet && !isQuantizedOutside(source.value))
        reportDemand(*use, wanted.front(), source);
    }
}

void FunctionVerifier::reportDemand(OpOperand &use, Type wanted,
                                    const ObservedSource &source) {
  InFlightDiagnostic diag = emitError(use.getOwner())
                            << "wants operand " << use.getOperandNumber()
                            << " observed as " << dtypeName(wanted);
  if (source.places.empty()) {
    diag << ", but it is not observed";
    diag.attachNote(source.value.getLoc()) << "it is made here; " << lostHint;
    return;
  }
  ObservationOpInterface place = source.places.back();
  diag << ", but it is observed as "
       << dtypeName(getSpec(place, symbols).getDtype());
  diag.attachNote(place.getLoc()) << "it is observed here";
}

void FunctionVerifier::verifyDemands(const Unit &unit) {
  QConfigAttr qconfig = getQConfig(unit);
  if (!qconfig)
    return;
  for (const UnitOperand &operand : unit.operands)
    if (unit.kind != UnitKind::standalone ||
        callees.isQuantizedInput(*operand.uses.front()))
      verifyDemand(unit, operand, qconfig);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// B1: what comes to a value that a loop carries is observed by one observer,
/// or none of it.
static LogicalResult verifyCarried(Value value, const ValueFlow &flow,
                                   const ObservedSources &sources,
                                   SymbolTableCollection &symbols) {
  SmallVector<ObservedSource> all;
  bool isObserved = false;
  for (OpOperand *source : flow.getSources(value))
    for (ObservedSource &found :
         sources.find(*source, /*throughMovement=*/false)) {
      // Those of the user's own say nothing of how it is carried.
      llvm::erase_if(found.places, [&](ObservationOpInterface place) {
        return getSpec(place, symbols).isEqualization() ||
               !(annotations::isGenerated(place) ||
                 annotations::isGenerated(symbols.lookupNearestSymbolFrom(
                     place, place.getObserverAttr())));
      });
      isObserved |= !found.places.empty();
      all.push_back(std::move(found));
    }
  if (!isObserved)
    return success();
  const ObservedSource *first = llvm::find_if(
      all, [](const ObservedSource &it) { return !it.places.empty(); });
  Attribute wanted = getIdentity(first->places.back());
  for (const ObservedSource &source : all) {
    if (contains(source.places, wanted))
      continue;
    Operation *loop = isa<BlockArgument>(value)
                          ? value.getParentBlock()->getParentOp()
                          : value.getDefiningOp();
    InFlightDiagnostic diag = loop->emitOpError()
                              << "carries a value that " << wanted
                              << " observes in one place, but ";
    if (source.places.empty())
      diag << "nothing in another; one observer is wanted in all (B1)";
    else
      diag << getIdentity(source.places.back())
           << " in another; one observer is wanted in all (B1)";
    diag.attachNote(first->places.back()->getLoc()) << "observed here";
    diag.attachNote(source.value.getLoc()) << "the other one comes from here";
    return diag;
  }
  return success();
}

/// What a loop carries in several values is told once, for the first of them.
static LogicalResult verifyLoops(const ValueFlow &flow,
                                 const ObservedSources &sources,
                                 SymbolTableCollection &symbols) {
  bool valid = true;
  DenseSet<OpOperand *> seen;
  for (Value value : flow.getPassedValues()) {
    auto argument = dyn_cast<BlockArgument>(value);
    if (argument && isFloatTensor(value.getType()) &&
        isLoop(argument.getOwner()->getParentOp()) &&
        seen.insert(flow.getSources(value).front()).second)
      valid &= succeeded(verifyCarried(value, flow, sources, symbols));
  }
  return success(valid);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct VerifyPreparedPass
    : quantprep::impl::VerifyPreparedBase<VerifyPreparedPass> {
  using VerifyPreparedBase::VerifyPreparedBase;

  void runOnOperation() final {
    ModuleOp module = getOperation();
    SymbolTableCollection symbols;
    bool valid = succeeded(verifyObservers(module, symbols));
    const ValueFlow &flow = getAnalysis<ValueFlow>();
    ObservedSources sources(flow);
    std::vector<std::unique_ptr<UnitGraph>> graphs;
    module.walk([&](FunctionOpInterface function) {
      if (function.isExternal())
        return;
      graphs.push_back(std::make_unique<UnitGraph>(function));
      valid &= graphs.back()->isValid();
      if (graphs.back()->isValid())
        sources.addFunction(*graphs.back());
    });
    // Annotations that do not fit say nothing of anything else.
    if (!valid)
      return signalPassFailure();
    QuantizedOutside isQuantizedOutside;
    for (std::unique_ptr<UnitGraph> &graph : graphs)
      // Without units nothing is demanded.
      if (!graph->getUnits().empty())
        valid &= succeeded(
            FunctionVerifier(cast<FunctionOpInterface>(graph->getFunction()),
                             *graph, sources, symbols, isQuantizedOutside)
                .verify());
    valid &= succeeded(verifyLoops(flow, sources, symbols));
    if (!valid)
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
