//===- FunctionVerifier.cpp - Checks of one prepared function -------------===//

#include "QuantPrep/Analysis/FunctionVerifier.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ObserverAttr quantprep::getSpec(ObservationOpInterface observation,
                                SymbolTableCollection &symbols) {
  if (FlatSymbolRefAttr name = observation.getObserverAttr())
    return symbols.lookupNearestSymbolFrom<ObserverOp>(observation, name)
        .getSpec();
  return observation.getSpecAttr();
}

Attribute quantprep::getIdentity(ObservationOpInterface observation) {
  if (FlatSymbolRefAttr name = observation.getObserverAttr())
    return name;
  return observation.getSpecAttr();
}

bool quantprep::contains(const Observations &observations, Attribute identity) {
  return llvm::any_of(observations, [&](ObservationOpInterface observation) {
    return getIdentity(observation) == identity;
  });
}

bool quantprep::isOwnObservation(ObservationOpInterface observation,
                                 SymbolTableCollection &symbols) {
  FlatSymbolRefAttr name = observation.getObserverAttr();
  return annotations::isGenerated(observation) ||
         (name && annotations::isGenerated(
                      symbols.lookupNearestSymbolFrom(observation, name)));
}

ObservedModule::ObservedModule(const ValueFlow &flow,
                               ArrayRef<const UnitGraph *> functions,
                               SymbolTableCollection &symbols)
    : flow(flow), symbols(symbols), isQuantizedOutside(flow),
      sharingGraph(flow,
                   TransparentUnits(functions, passesOnObserver,
                                    [&](const OpOperand &use) {
                                      return !getObservations(use).empty();
                                    })),
      movementGraph(flow,
                    TransparentUnits(functions, handsOnObserver,
                                     [&](const OpOperand &use) {
                                       return !getObservations(use).empty();
                                     })),
      throughSharing(sharingGraph,
                     [&](const OpOperand &use) { return getFacts(use); }),
      throughMovement(movementGraph,
                      [&](const OpOperand &use) { return getFacts(use); }) {}

Observations ObservedModule::getObservations(const OpOperand &use) const {
  Observations observations = quantprep::getObservations(use);
  llvm::erase_if(observations, [&](ObservationOpInterface observation) {
    return getSpec(observation, symbols).isEqualization();
  });
  return observations;
}

ReachingObservers::Facts ObservedModule::getFacts(const OpOperand &use) const {
  ReachingObservers::Facts facts;
  SmallVector<Attribute, 1> last;
  for (ObservationOpInterface observation : getObservations(use)) {
    facts.push_back(getIdentity(observation));
    facts.push_back(TypeAttr::get(getSpec(observation, symbols).getDtype()));
    if (isOwnObservation(observation, symbols))
      last = {getIdentity(observation)};
  }
  facts.push_back(ArrayAttr::get(use.get().getContext(), last));
  return facts;
}

FunctionVerifier::FunctionVerifier(const UnitGraph &graph,
                                   ObservedModule &observed)
    : graph(graph), observed(observed), symbols(observed.symbols) {
  ConfigOp config = findConfig(graph.getFunction());
  byValue = config && config.getPlacement() == Placement::value;
}

LogicalResult FunctionVerifier::verify() {
  graph.getFunction()->walk<WalkOrder::PreOrder>(
      [&](Operation *op) { verifyPlan(op); });
  for (const Unit &unit : graph.getUnits()) {
    bool isShared = isDecided(unit, Decision::shared);
    if (!isShared && !isDecided(unit, Decision::observed))
      continue;
    verifyQConfig(unit);
    // Between the units of a fusion nothing is observed. By value what was
    // decided for a unit stands for observers of its values (T5, T10).
    if (byValue || annotations::isFused(unit.anchor))
      continue;
    for (Value result : unit.anchor->getResults()) {
      if (isShared && isFloatTensor(result.getType()))
        verifySharing(unit, result);
      else if (movesData(unit))
        verifyMovement(unit, result);
    }
  }
  return success(valid);
}

bool QuantizedOutside::operator()(Value value) {
  Operation *parent = value.getParentRegion()->getParentOp();
  auto function = dyn_cast<FunctionOpInterface>(parent);
  auto argument = dyn_cast<BlockArgument>(value);
  Operation *around = flow.getFunction(parent);
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
/// or at every call that it is returned to, whatever functions are in between.
void FunctionVerifier::verifySharing(const Unit &unit, Value result) {
  SmallVector<std::pair<Value, SmallVector<Operation *, 1>>> worklist{
      {result, {}}};
  while (!worklist.empty()) {
    auto [value, calls] = worklist.pop_back_val();
    OpOperand *use = getOwnObservations(value).empty() && value.hasOneUse()
                         ? &*value.use_begin()
                         : nullptr;
    const CalledFunction *returning =
        use ? observed.flow.lookup(use->getOwner()->getParentOp()) : nullptr;
    ArrayRef<Value> targets = returning && returning->isClosed()
                                  ? observed.flow.getTargets(*use)
                                  : ArrayRef<Value>();
    if (targets.empty())
      verifySharing(unit, value, calls);
    for (Value target : llvm::reverse(targets)) {
      SmallVector<Operation *, 1> through(calls);
      through.push_back(target.getDefiningOp());
      worklist.push_back({target, std::move(through)});
    }
  }
}

/// `result`: that of the unit, or of the last of the calls.
void FunctionVerifier::verifySharing(const Unit &unit, Value result,
                                     ArrayRef<Operation *> calls) {
  Observations observations = getOwnObservations(result);
  if (observations.empty()) {
    InFlightDiagnostic diag = emitError(unit.anchor)
                              << "shares its operand's observer, but its "
                                 "result is not observed";
    for (Operation *call : calls)
      diag.attachNote(call->getLoc()) << "it is returned to this call";
    diag.attachNote() << lostHint;
    return;
  }
  Attribute wanted = getIdentity(observations.front());
  const ReachingObservers &reaching = observed.throughMovement;
  for (const UnitOperand *operand : getSharedOperands(unit)) {
    OpOperand &use = *operand->uses.front();
    const FlowNode *node = calls.empty() ? reaching.getGraph().getSource(use)
                                         : reaching.getGraph().lookup(result);
    if (llvm::is_contained(node ? reaching.get(node) : reaching.get(use),
                           wanted))
      continue;
    auto verifyOrigin = [&](const OpOperand &origin, bool) {
      verifySharing(unit, use, origin, observations.front());
    };
    if (node)
      reaching.getGraph().forEachOrigin(*node, verifyOrigin);
    else
      reaching.getGraph().forEachOrigin(use, verifyOrigin);
    // The calls know all operands together.
    if (!calls.empty())
      break;
  }
}

void FunctionVerifier::verifySharing(const Unit &unit, OpOperand &use,
                                     const OpOperand &origin,
                                     ObservationOpInterface result) {
  Attribute wanted = getIdentity(result);
  Observations observations = observed.getObservations(origin);
  if (contains(observations, wanted) ||
      observed.isQuantizedOutside(getUnobserved(origin.get())))
    return;
  InFlightDiagnostic diag = emitError(unit.anchor)
                            << "shares its operand's observer, but operand "
                            << use.getOperandNumber();
  if (observations.empty())
    diag << " is not observed; the result is, by " << wanted;
  else
    diag << " is observed by " << getIdentity(observations.back())
         << " and the result by " << wanted;
  diag.attachNote(result->getLoc()) << "the result is observed here";
  if (!observations.empty())
    diag.attachNote(observations.back()->getLoc())
        << "the operand is observed here";
}

/// The pattern that a unit was matched by as its last unit; null if it is not
/// there any more.
static PatternOp getPattern(const Unit &unit, SymbolTableCollection &symbols) {
  auto name = annotations::getPattern(unit.anchor);
  if (!name)
    return {};
  return symbols.lookupNearestSymbolFrom<PatternOp>(unit.anchor, name);
}

/// What only moves quantized elements cannot change their parameters: there is
/// no tosa op that does both. But a backend may have one, and say so.
void FunctionVerifier::verifyMovement(const Unit &unit, Value result) {
  PatternOp pattern = getPattern(unit, symbols);
  if (pattern && pattern.getObservation() != ObservationType::shared)
    return;
  Observations own = getOwnObservations(result);
  if (own.empty() || getSpec(own.front(), symbols).hasFloatDType())
    return;
  for (const UnitOperand *operand : getSharedOperands(unit)) {
    Observations observations =
        quantprep::getObservations(*operand->uses.front());
    if (observations.empty() ||
        contains(observations, getIdentity(own.front())))
      continue;
    InFlightDiagnostic diag =
        emitError(unit.anchor)
        << "only moves data, but is observed by "
        << getIdentity(observations.back()) << " before and by "
        << getIdentity(own.front())
        << " after it; one observer is required, since no op moves elements "
           "and requantizes them";
    diag.attachNote(observations.back()->getLoc()) << "observed before it here";
    diag.attachNote(own.front().getLoc()) << "observed after it here";
  }
}

/// The qconfig that a unit has been assigned is there.
void FunctionVerifier::verifyQConfig(const Unit &unit) {
  auto assigned = annotations::getAssigned(unit.anchor);
  if (!assigned || !assigned.getQconfig() || !qconfigs.insert(assigned).second)
    return;
  if (!symbols.lookupNearestSymbolFrom<QConfigOp>(unit.anchor,
                                                  assigned.getQconfig()))
    emitError(unit.anchor) << "has the qconfig " << assigned.getQconfig()
                           << ", but the module has no qprep.qconfig of that "
                              "name; run qprep-prepare again";
}
