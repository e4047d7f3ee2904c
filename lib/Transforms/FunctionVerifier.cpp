//===- FunctionVerifier.cpp - Checks of one prepared function -------------===//

#include "FunctionVerifier.h"
#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/IR/Values.h"

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

LogicalResult FunctionVerifier::verify() {
  for (const Unit &unit : graph.getUnits()) {
    bool isShared = isDecided(unit, Decision::shared);
    if (!isShared && !isDecided(unit, Decision::observed))
      continue;
    // Between the units of a fusion nothing is observed.
    if (!annotations::isFused(unit.anchor))
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
  return producer && annotations::isFused(producer->anchor);
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
      getWantedTypes(operand.getRole(), qconfig, getPattern(unit, symbols));
  if (wanted.empty() || !isFloatTensor(operand.value.getType()) ||
      facts.isScalar(operand.value) || isFromMatch(operand.value))
    return;
  // F28: a standalone function takes what is quantized already as it is.
  if (unit.kind == UnitKind::standalone)
    wanted.push_back(getListedDType(unit.anchor->getContext()).getType());
  for (OpOperand *use : operand.uses) {
    CommonObservers::Facts known = common.find(*use);
    if (llvm::any_of(wanted, [&](Type type) {
          return llvm::is_contained(known, TypeAttr::get(type));
        }))
      continue;
    for (const ObservedSource &source :
         sources.find(*use, /*throughMovement=*/false)) {
      // One of the user's own may follow ours.
      bool isMet = llvm::any_of(source.places, [&](auto place) {
        return llvm::is_contained(wanted, getSpec(place, symbols).getDtype());
      });
      if (!isMet && !isQuantizedOutside(source.value))
        reportDemand(*use, wanted.front(), source);
    }
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
  // F17: nothing is observed for the sake of a unit that reuses its input's
  // observer, not even its weight.
  if (!qconfig ||
      qconfig.getActivation().getKind() == ObserverKind::reuse_input)
    return;
  for (const UnitOperand &operand : unit.operands)
    if (unit.kind != UnitKind::standalone ||
        callees.isQuantizedInput(*operand.uses.front()))
      verifyDemand(unit, operand, qconfig);
}

//===----------------------------------------------------------------------===//
// placement=value
//===----------------------------------------------------------------------===//

/// By any of the calls that an argument comes from.
bool FunctionVerifier::isOperandPlaced(const OpOperand &use) const {
  if (llvm::any_of(common.find(use), llvm::IsaPred<TypeAttr>))
    return true;
  return llvm::any_of(
      sources.find(use, /*throughMovement=*/true),
      [](const ObservedSource &source) { return !source.places.empty(); });
}

LogicalResult FunctionVerifier::verifyByValue() {
  for (const Unit &unit : graph.getUnits()) {
    bool isDone = isDecided(unit, Decision::observed) ||
                  isDecided(unit, Decision::shared);
    // Of a fusion the last unit's result is observed (T4).
    if (!isDone || annotations::isFused(unit.anchor) ||
        llvm::any_of(
            unit.anchor->getResults(),
            [&](Value result) { return sources.isResultObserved(result); }) ||
        llvm::any_of(unit.operands, [&](const UnitOperand &operand) {
          return isOperandPlaced(*operand.uses.front());
        }))
      continue;
    InFlightDiagnostic diag =
        emitError(unit.anchor)
        << "was to be observed, but nothing that it reads or makes is";
    diag.attachNote() << lostHint;
  }
  return success(valid);
}
