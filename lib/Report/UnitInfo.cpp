//===- UnitInfo.cpp - What a report says of a unit ------------------------===//

#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Report/Model.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

static Type getTensorElement(Type type) {
  auto tensor = dyn_cast<TensorType>(type);
  return tensor ? tensor.getElementType() : Type();
}

std::pair<StringRef, StringRef> report::getUntouchedReason(Operation *op) {
  if (!isa<QuantizableOpInterface>(op))
    return {};
  bool onIntegers = false, onFloats = false;
  for (TypeRange types :
       {TypeRange(op->getOperandTypes()), TypeRange(op->getResultTypes())})
    for (Type type : types) {
      if (isFloatTensor(type))
        return {};
      Type element = getTensorElement(type);
      auto integer = dyn_cast_or_null<IntegerType>(element);
      onIntegers |= integer && integer.getWidth() > 1;
      onFloats |= isa_and_nonnull<mlir::FloatType>(element);
    }
  if (onFloats)
    return {"B10", "computes on floats other than f16, bf16 and f32"};
  if (onIntegers)
    return {"B5", "computes on integers already"};
  return {};
}

static bool isInternal(const Unit &unit) {
  return annotations::isFused(unit.anchor);
}

/// The unit that a unit is fused with: its only user.
static const Unit *getNextInMatch(const UnitGraph &graph, const Unit &unit) {
  const Unit *next = nullptr;
  for (Value result : unit.anchor->getResults())
    forEachUse(result, [&](OpOperand &use) {
      if (!next)
        next = graph.getUnit(use.getOwner());
    });
  return next;
}

static StringRef getKindName(const Unit &unit) {
  return unit.kind == UnitKind::opaque ? unit.anchor->getName().getStringRef()
                                       : stringifyEnum(unit.kind);
}

/// The matched units hang together: the last one's operands are made by fused
/// units, theirs by further ones.
void FunctionModel::describePattern(const Unit &unit, UnitInfo &info) const {
  const Unit *last = &unit;
  for (size_t step = 0; last && isInternal(*last); ++step)
    last =
        step < graph.getUnits().size() ? getNextInMatch(graph, *last) : nullptr;
  if (!last || !annotations::getPattern(last->anchor))
    return;
  llvm::SetVector<const Unit *> matched;
  matched.insert(last);
  for (size_t i = 0; i < matched.size(); ++i) {
    info.pattern.push_back(getKindName(*matched[i]));
    for (const UnitOperand &operand : matched[i]->operands)
      if (const Unit *producer = operand.producer;
          producer && isInternal(*producer))
        matched.insert(producer);
  }
}

void FunctionModel::describeObservers(const Unit &unit, UnitInfo &info) const {
  llvm::SmallSetVector<StringRef, 4> names;
  auto add = [&](const Observations &places) {
    for (ObservationOpInterface place : places)
      names.insert(place.getObserverAttr().getValue());
  };
  for (const UnitOperand &operand : unit.operands)
    for (OpOperand *use : operand.uses)
      add(quantprep::getObservations(*use));
  for (Value result : unit.anchor->getResults())
    add(getOwnObservations(result));
  info.observers.assign(names.begin(), names.end());
}

std::string FunctionModel::getSourceName(Value value) const {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    StringRef name = getArgumentName(argument);
    return name.empty() ? "argument " + std::to_string(argument.getArgNumber())
                        : name.str();
  }
  Operation *op = value.getDefiningOp();
  if (const Unit *unit = graph.getUnit(op))
    return labels.get(*unit);
  StringRef name = getLocationName(op->getLoc());
  return name.empty() ? (op->getName().getStringRef() + " " +
                         Twine(numbering.getIndex(op)))
                            .str()
                      : name.str();
}

void FunctionModel::describeSharing(const Unit &unit, UnitInfo &info) const {
  llvm::SmallSetVector<Attribute, 2> own;
  for (Value result : unit.anchor->getResults())
    for (ObservationOpInterface place : getOwnObservations(result))
      own.insert(place.getObserverAttr());
  llvm::SetVector<Value> sources;
  for (const UnitOperand *operand : getSharedOperands(unit)) {
    const OpOperand &source = transparent.getTop(*operand->uses.front());
    Observations places = quantprep::getObservations(source);
    // Both may be observed by the calls of the function (T8).
    if ((own.empty() && places.empty()) ||
        llvm::any_of(places, [&](ObservationOpInterface place) {
          return own.contains(place.getObserverAttr());
        }))
      sources.insert(getUnobserved(source.get()));
  }
  for (Value source : sources)
    info.sharedWith.push_back(getSourceName(source));
}

static int64_t countMacs(ArrayRef<Operation *> members) {
  int64_t macs = 0;
  for (Operation *op : members)
    if (auto quantizable = dyn_cast<QuantizableOpInterface>(op))
      macs += quantizable.getMacs();
  return macs;
}

/// Whether a product has a parameter (B21); none for what is no product.
static std::optional<bool> readsParameter(const Unit &unit, int64_t macs) {
  if (macs == 0)
    return std::nullopt;
  return llvm::any_of(unit.operands, [](const UnitOperand &operand) {
    return operand.getRole() == OperandRole::weight;
  });
}

static void describeFolded(const Unit &unit, UnitInfo &info) {
  for (Operation *member : unit.members)
    if (auto folded = annotations::get<ArrayAttr>(member, annotations::folded))
      for (auto kind : folded.getAsRange<StringAttr>())
        info.folded.push_back(kind.getValue());
}

static UnitInfo describeConverted(const UnitEntry &entry) {
  const ConvertedUnit &unit = *entry.converted;
  UnitInfo info;
  info.name = getLocationName(entry.anchor->getLoc());
  info.label = unit.label;
  info.kind = stringifyEnum(unit.kind);
  info.members = ArrayRef(entry.anchor);
  info.form = unit.form;
  info.decision =
      unit.form == UnitForm::float_ ? Decision::float_ : Decision::observed;
  info.reason = unit.reason;
  if (unit.folded)
    for (auto kind : unit.folded.getAsRange<StringAttr>())
      info.folded.push_back(kind.getValue());
  return info;
}

/// A unit of the reference form that was to be quantized reads or makes values
/// on a grid.
static UnitForm getReferenceForm(const Unit &unit, Decision decision) {
  if (decision != Decision::observed && decision != Decision::shared)
    return UnitForm::float_;
  auto isQuantized = [](Value value) {
    return isa_and_nonnull<DequantizeOp, DynamicFakeQuantizeOp>(
        value.getDefiningOp());
  };
  for (Operation *member : unit.members)
    if (llvm::any_of(member->getOperands(), isQuantized))
      return UnitForm::reference;
  return llvm::any_of(unit.anchor->getUsers(), llvm::IsaPred<QuantizeOp>)
             ? UnitForm::reference
             : UnitForm::float_;
}

UnitInfo FunctionModel::describe(const UnitEntry &entry) const {
  if (entry.converted)
    return describeConverted(entry);
  UnitInfo info;
  info.name = getLocationName(entry.anchor->getLoc());
  const Unit *unit = entry.unit;
  info.label = unit ? labels.get(*unit) : info.name.str();
  info.members =
      unit ? ArrayRef<Operation *>(unit->members) : ArrayRef(entry.anchor);
  info.macs = countMacs(info.members);
  if (!unit) {
    auto op = cast<QuantizableOpInterface>(entry.anchor);
    info.kind = op.getUnitKind() == UnitKind::opaque
                    ? entry.anchor->getName().getStringRef()
                    : stringifyEnum(op.getUnitKind());
    info.decision = Decision::skipped;
    std::tie(info.rule, info.reason) = getUntouchedReason(entry.anchor);
    return info;
  }
  info.kind = getKindName(*unit);
  info.parameter = readsParameter(*unit, info.macs);
  if (auto assigned = annotations::getAssigned(entry.anchor)) {
    if (SymbolRefAttr qconfig = assigned.getQconfig())
      info.qconfig = qconfig.getLeafReference().getValue();
    info.level = assigned.getLevel();
  }
  PlanAttr plan = annotations::getPlan(entry.anchor);
  info.decision = *plan.getDecision();
  if (plan.getRule())
    info.rule = plan.getRule().getValue();
  if (plan.getReason())
    info.reason = plan.getReason().getValue();
  if (isConverted)
    info.form = getReferenceForm(*unit, info.decision);
  describePattern(*unit, info);
  describeFolded(*unit, info);
  describeObservers(*unit, info);
  if (info.decision == Decision::shared)
    describeSharing(*unit, info);
  return info;
}
