//===- FunctionVerifier.cpp - Checks of one prepared function -------------===//

#include "QuantPrep/Analysis/FunctionVerifier.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ObserverAttr quantprep::getSpec(ObservationOpInterface place,
                                SymbolTableCollection &symbols) {
  if (FlatSymbolRefAttr name = place.getObserverAttr())
    return symbols.lookupNearestSymbolFrom<ObserverOp>(place, name).getSpec();
  return place.getSpecAttr();
}

Attribute quantprep::getIdentity(ObservationOpInterface place) {
  if (FlatSymbolRefAttr name = place.getObserverAttr())
    return name;
  return place.getSpecAttr();
}

bool quantprep::contains(const Places &places, Attribute identity) {
  return llvm::any_of(places, [&](ObservationOpInterface place) {
    return getIdentity(place) == identity;
  });
}

bool quantprep::isOwnPlace(ObservationOpInterface place,
                           SymbolTableCollection &symbols) {
  FlatSymbolRefAttr name = place.getObserverAttr();
  return annotations::isGenerated(place) ||
         (name && annotations::isGenerated(
                      symbols.lookupNearestSymbolFrom(place, name)));
}

CommonObservers::Facts quantprep::getFacts(const Places &places,
                                           SymbolTableCollection &symbols,
                                           MLIRContext *context) {
  CommonObservers::Facts facts;
  SmallVector<Attribute, 1> last;
  for (ObservationOpInterface place : places) {
    facts.push_back(getIdentity(place));
    facts.push_back(TypeAttr::get(getSpec(place, symbols).getDtype()));
    if (isOwnPlace(place, symbols))
      last = {getIdentity(place)};
  }
  facts.push_back(ArrayAttr::get(context, last));
  return facts;
}

FunctionVerifier::FunctionVerifier(FunctionOpInterface function,
                                   const UnitGraph &graph,
                                   const ObservedSources &sources,
                                   const CommonObservers &common,
                                   const CommonObservers &commonThroughMovement,
                                   SymbolTableCollection &symbols,
                                   QuantizedOutside &isQuantizedOutside)
    : function(function), graph(graph), sources(sources), common(common),
      commonThroughMovement(commonThroughMovement), symbols(symbols),
      isQuantizedOutside(isQuantizedOutside) {
  ConfigOp config = findConfig(function);
  byValue = config && config.getPlacement() == Placement::value;
}

LogicalResult FunctionVerifier::verify() {
  function->walk<WalkOrder::PreOrder>([&](Operation *op) { verifyPlan(op); });
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
    if (llvm::is_contained(commonThroughMovement.find(use), wanted))
      continue;
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
// Plans
//===----------------------------------------------------------------------===//

void FunctionVerifier::verifyPlan(Operation *op) {
  PlanAttr plan = annotations::getPlan(op);
  if (!plan)
    return;
  const Unit *unit = graph.getUnit(op);
  if (unit && unit->anchor != op)
    unit = nullptr;
  if (failed(checkPlan(op, plan, unit, /*isComplete=*/false))) {
    valid = false;
    return;
  }
  bool isRead = plan.getDecision() == Decision::observed ||
                plan.getDecision() == Decision::shared;
  if (unit) {
    for (auto [operand, value] : llvm::zip(unit->operands, plan.getOperands()))
      for (OpOperand *use : operand.uses)
        verifyOperand(*use, value, isRead);
  } else {
    for (auto [use, value] : llvm::zip(op->getOpOperands(), plan.getOperands()))
      verifyOperand(use, value, isRead);
  }
  for (auto [result, value] : llvm::zip(op->getResults(), plan.getResults()))
    verifyValue(result, value);
  if (!plan.getArguments().empty())
    for (auto [argument, value] :
         llvm::zip(getPlannedArguments(op), plan.getArguments()))
      verifyValue(argument, value);
}

static bool hasDType(const Places &places, Type dtype,
                     SymbolTableCollection &symbols) {
  return llvm::any_of(places, [&](ObservationOpInterface place) {
    return getSpec(place, symbols).getDtype() == dtype;
  });
}

/// An operand that is planned to be observed here has a place of that dtype.
/// One that an observed unit reads quantized has it from wherever it comes.
void FunctionVerifier::verifyOperand(OpOperand &use, ValuePlanAttr plan,
                                     bool isRead) {
  if (plan.isObserved()) {
    Places places = quantprep::getPlaces(use);
    if (!hasDType(places, plan.getDtype(), symbols))
      reportOperand(use, plan.getDtype(), getUnobserved(use.get()), places);
  } else if (isRead && plan.isQuantized()) {
    verifyRead(use, plan.getDtype());
  }
}

void FunctionVerifier::verifyRead(OpOperand &use, Type dtype) {
  if (llvm::is_contained(common.find(use), TypeAttr::get(dtype)))
    return;
  if (byValue) {
    if (!isReadByValue(use))
      reportOperand(use, dtype, getUnobserved(use.get()), {});
    return;
  }
  // One of the user's own may follow ours.
  for (const ObservedSource &source :
       sources.find(use, /*throughMovement=*/false))
    if (!hasDType(source.places, dtype, symbols) &&
        !isQuantizedOutside(source.value))
      reportOperand(use, dtype, source.value, source.places);
}

/// T8: by any of the calls that an argument comes from. A weight is observed
/// before it is brought into the shape that the unit reads.
bool FunctionVerifier::isReadByValue(OpOperand &use) const {
  for (OpOperand *at = &use;;) {
    if (llvm::any_of(common.find(*at), llvm::IsaPred<TypeAttr>) ||
        llvm::any_of(
            sources.find(*at, /*throughMovement=*/true),
            [](const ObservedSource &it) { return !it.places.empty(); }))
      return true;
    Operation *op = getUnobserved(at->get()).getDefiningOp();
    auto mover = dyn_cast_or_null<QuantizableOpInterface>(op);
    if (!mover || !mover.movesData() || graph.getUnit(op))
      return false;
    at = &op->getOpOperand(0);
  }
}

/// Says of an operand what was found on its way from a value.
void FunctionVerifier::reportOperand(OpOperand &use, Type wanted, Value value,
                                     const Places &places) {
  InFlightDiagnostic diag = emitError(use.getOwner())
                            << "requires operand " << use.getOperandNumber()
                            << " observed as " << dtypeName(wanted);
  if (places.empty()) {
    diag << ", but it is not observed";
    diag.attachNote(value.getLoc()) << "it is made here; " << lostHint;
    return;
  }
  ObservationOpInterface place = places.back();
  diag << ", but it is observed as "
       << dtypeName(getSpec(place, symbols).getDtype());
  diag.attachNote(place.getLoc()) << "it is observed here";
}

/// A result or argument that is planned to be observed is.
void FunctionVerifier::verifyValue(Value value, ValuePlanAttr plan) {
  if (!plan.isObserved())
    return;
  SmallVector<Value> worklist{value};
  while (!worklist.empty())
    for (Operation *user : worklist.pop_back_val().getUsers())
      if (ObservationOpInterface place = getObservation(user)) {
        if (getSpec(place, symbols).getDtype() == plan.getDtype())
          return;
        llvm::append_range(worklist, place->getResults());
      }
  bool isArgument = isa<BlockArgument>(value);
  unsigned number = isArgument ? cast<BlockArgument>(value).getArgNumber()
                               : cast<OpResult>(value).getResultNumber();
  InFlightDiagnostic diag = emitError(getOwner(value));
  diag << (isArgument ? "argument " : "result ") << number
       << " is planned to be observed as " << dtypeName(plan.getDtype())
       << ", but it is not";
  diag.attachNote() << lostHint;
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
