//===- Model.cpp - What a report says of a module -------------------------===//

#include "QuantPrep/Report/Model.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/ObserverStatistics.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

StringRef report::getArgumentName(BlockArgument argument) {
  return getLocationName(argument.getLoc());
}

std::string report::getFileLine(Operation *op) {
  auto loc = op->getLoc()->findInstanceOf<FileLineColLoc>();
  if (!loc)
    return {};
  return (llvm::sys::path::filename(loc.getFilename()) + ":" +
          Twine(loc.getLine()))
      .str();
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

static Type getTensorElement(Type type) {
  auto tensor = dyn_cast<TensorType>(type);
  return tensor ? tensor.getElementType() : Type();
}

/// Why a computation that we know is no unit: it is in a region that is
/// quantized already, on integers alone (B5), or on floats that preparation
/// does not look at (B10). Empty for other ops.
static std::pair<StringRef, StringRef> getUntouchedReason(Operation *op) {
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

static bool hasOp(Operation *root, function_ref<bool(Operation *)> isWanted) {
  return root
      ->walk([&](Operation *op) {
        return isWanted(op) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

LogicalResult FunctionModel::collect(SymbolTableCollection &symbols) {
  DenseMap<Attribute, ObserverOp> known;
  ValueFacts facts(function);
  // What is between units of an integer module belongs to them.
  bool isInteger = hasOp(
      function, [](Operation *op) { return !getConvertedUnits(op).empty(); });
  isConverted =
      isInteger || hasOp(function, [](Operation *op) {
        return isa<QuantizeOp, DequantizeOp, DynamicFakeQuantizeOp>(op);
      });
  WalkResult result = function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    const Unit *unit = graph.getUnit(op);
    if (unit && unit->anchor == op) {
      if (!getDecision(*unit))
        return op->emitOpError("has a qprep.unit but no decision in a "
                               "qprep.plan, so there is nothing to report; "
                               "run qprep-prepare first"),
               WalkResult::interrupt();
      units.push_back({op, unit, {}});
    } else if (auto converted = getConvertedUnits(op); !converted.empty()) {
      for (const ConvertedUnit &became : converted)
        units.push_back({op, nullptr, became});
    } else if (!unit && !isInteger && !getUntouchedReason(op).first.empty() &&
               !(op->getNumResults() != 0 &&
                 facts.isConstant(op->getResult(0)))) {
      units.push_back({op, nullptr, {}});
    }
    auto place = dyn_cast<ObservationOpInterface>(op);
    if (!place)
      return WalkResult::advance();
    FlatSymbolRefAttr name = place.getObserverAttr();
    if (!name)
      return op->emitOpError("has a spec but no observer yet; run "
                             "qprep-share-observers before qprep-report"),
             WalkResult::interrupt();
    places.push_back(place);
    ObserverOp &observer = known[name];
    if (!observer) {
      // The op's own verifier has made sure that there is one.
      observer = symbols.lookupNearestSymbolFrom<ObserverOp>(op, name);
      observers.push_back(observer);
      // Its formats have no errors.
      if (failed(readStatistics(observer)))
        return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

FunctionModel::FunctionModel(FunctionOpInterface function,
                             const ValueFlow &flow)
    : function(function), flow(flow), graph(function, Reading::prepared),
      labels(graph), transparent(&graph, handsOnObserver, isObserved),
      numbering(function) {}

std::unique_ptr<FunctionModel>
FunctionModel::build(FunctionOpInterface function, const ValueFlow &flow,
                     SymbolTableCollection &symbols) {
  std::unique_ptr<FunctionModel> model(new FunctionModel(function, flow));
  if (failed(model->graph.verify()) || failed(model->collect(symbols)))
    return nullptr;
  model->listed = model->units;
  return model;
}

/// The configuration that preparation left, else the only one.
static ConfigOp findReportedConfig(ModuleOp module) {
  ConfigOp only;
  unsigned count = 0;
  for (auto config : module.getOps<ConfigOp>()) {
    if (annotations::isGenerated(config))
      return config;
    only = config;
    ++count;
  }
  return count == 1 ? only : ConfigOp();
}

FailureOr<Model> report::buildModel(ModuleOp module) {
  Model model;
  model.config = findReportedConfig(module);
  model.flow = std::make_unique<ValueFlow>(module);
  SymbolTableCollection symbols;
  WalkResult result =
      module.walk<WalkOrder::PreOrder>([&](FunctionOpInterface function) {
        if (function.isExternal())
          return WalkResult::skip();
        std::unique_ptr<FunctionModel> built =
            FunctionModel::build(function, *model.flow, symbols);
        if (!built)
          return WalkResult::interrupt();
        model.functions.push_back(std::move(built));
        return WalkResult::skip();
      });
  if (result.wasInterrupted())
    return failure();
  return model;
}

std::string FunctionModel::getName() const {
  std::string name = FunctionOpInterface(function).getName().str();
  for (Operation *op = function->getParentOp(); op; op = op->getParentOp())
    if (auto symbol = dyn_cast<SymbolOpInterface>(op))
      if (StringAttr outer = symbol.getNameAttr(); outer && op->getParentOp())
        name = outer.str() + "::" + name;
  return name;
}

void FunctionModel::select(const Selection &selection) {
  // The empty regex is none.
  llvm::Regex regex(selection.labels.empty() ? "." : selection.labels);
  struct Listed {
    UnitEntry entry;
    std::string label;
    int64_t macs;
  };
  std::vector<Listed> found;
  for (const UnitEntry &entry : units) {
    UnitInfo info = describe(entry);
    if ((selection.decisions.empty() ||
         llvm::is_contained(selection.decisions, info.decision)) &&
        (selection.labels.empty() || regex.match(info.label)))
      found.push_back({entry, info.label, info.macs});
  }
  // What is alike stays in program order.
  auto getKey = [&](const Listed &unit) {
    return std::tuple(selection.order == ReportOrder::Macs ? -unit.macs : 0,
                      selection.order == ReportOrder::Label
                          ? StringRef(unit.label)
                          : StringRef(),
                      numbering.getOrder(unit.entry.anchor));
  };
  llvm::sort(found, [&](const Listed &a, const Listed &b) {
    return getKey(a) < getKey(b);
  });
  listed.clear();
  for (const Listed &unit : found)
    listed.push_back(unit.entry);
}

//===----------------------------------------------------------------------===//
// Observations
//===----------------------------------------------------------------------===//

SmallVector<OpOperand *>
FunctionModel::getUses(ObservationOpInterface place) const {
  SmallVector<OpOperand *> uses;
  for (Value result : place->getResults())
    forEachUse(result, [&](OpOperand &use) { uses.push_back(&use); });
  llvm::sort(uses, [&](OpOperand *a, OpOperand *b) {
    return std::pair(numbering.getOrder(a->getOwner()), a->getOperandNumber()) <
           std::pair(numbering.getOrder(b->getOwner()), b->getOperandNumber());
  });
  return uses;
}

OperandRole FunctionModel::getRole(ObservationOpInterface place,
                                   ArrayRef<OpOperand *> uses) const {
  if (place->hasAttr(annotations::weight))
    return OperandRole::weight;
  ConfigOp config = quantprep::findConfig(function);
  if (config && config.getPlacement() == Placement::value)
    return OperandRole::input;
  SmallVector<OpOperand *> worklist(llvm::reverse(uses));
  DenseSet<Value> seen;
  while (!worklist.empty()) {
    OpOperand *use = worklist.pop_back_val();
    Operation *op = use->getOwner();
    // The unit graph has checked that there is one role for each operand.
    if (auto roles = annotations::getMembership(op).getRoles(); !roles.empty())
      return roles[use->getOperandNumber()].getRole();
    for (Value target : flow.getTargets(*use))
      if (seen.insert(target).second)
        forEachUse(target,
                   [&](OpOperand &further) { worklist.push_back(&further); });
  }
  return OperandRole::input;
}

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

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
