//===- InsertObservers.cpp - Observations with their specs ----------------===//
//
// In program order. Units: first the operands that are wanted in another dtype
// than their producers make (F17), then the output (F21). Calls, branches and
// loops: operands that are wanted quantized where they are handed on to, and
// what callees leave to be observed (T8). Observers are not shared yet, so
// every place carries its spec. Runs after qprep-propagate-dtypes.
//
//===----------------------------------------------------------------------===//

#include "EqualizationObservers.h"
#include "FunctionStep.h"
#include "PlaceInserter.h"
#include "QuantPrep/Analysis/BackendSupport.h"
#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/IR/Values.h"

namespace quantprep {
#define GEN_PASS_DEF_INSERTOBSERVERS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

class ObserverInserter {
public:
  ObserverInserter(FunctionStep &step, const Fusions &matches)
      : step(step), graph(*step.graph), matches(matches),
        backend(step.tables().backend), mapping(step.tables().mapping),
        callees(step.tables().callees), equalization(graph, step.tables()) {}

  /// Decides where to look, then changes the function. `handsOn`: whether an op
  /// may have a `qprep.passed`.
  LogicalResult run(bool handsOn);

private:
  void visitUnit(const Unit &unit);
  void visitPassed(Operation *op, PassedAttr passed);
  void visitOperands(const Unit &unit);
  void visitEqualization(const Unit &unit);
  void visitOutput(const Unit &unit);
  void visitCall(const Unit &unit);
  LogicalResult visitReturns();
  LogicalResult visitReturn(OpOperand &operand);

  Type getMadeDType(Value value) const {
    return getMadeDType(value, graph.getProducer(value));
  }
  Type getMadeDType(Value value, const Unit *maker) const;
  void observe(Value value, ObserverAttr spec, ArrayRef<OpOperand *> uses,
               StringRef rule);

  FunctionStep &step;
  const UnitGraph &graph;
  const Fusions &matches;
  const Backend &backend;
  const QConfigMapping &mapping;
  const Callees &callees;
  Equalization equalization;
  PlaceInserter inserter;
};
} // namespace

using annotations::getPassed;

static TargetAttr getTarget(const Unit &unit) {
  return annotations::getTarget(unit.anchor);
}

LogicalResult ObserverInserter::run(bool handsOn) {
  if (!handsOn) {
    for (const Unit &unit : graph.getUnits())
      visitUnit(unit);
    return visitReturns();
  }
  // Places are added on the way.
  std::vector<std::pair<Operation *, const Unit *>> ops;
  Operation *function = graph.getFunction();
  auto unit = graph.getUnits().begin(), end = graph.getUnits().end();
  function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    bool isAnchor = unit != end && unit->anchor == op;
    if (isAnchor || (op != function && getPassed(op)))
      ops.push_back({op, isAnchor ? &*unit : nullptr});
    if (isAnchor)
      ++unit;
  });
  for (auto [op, anchored] : ops) {
    if (anchored)
      visitUnit(*anchored);
    if (PassedAttr passed = getPassed(op))
      visitPassed(op, passed);
  }
  return visitReturns();
}

void ObserverInserter::visitUnit(const Unit &unit) {
  if (!isDecided(unit, Decision::observed) &&
      !isDecided(unit, Decision::shared))
    return;
  visitOperands(unit);
  visitEqualization(unit);
  isCall(unit) ? visitCall(unit) : visitOutput(unit);
}

/// T8, B1, B15. An operand is observed if it is not yet of the dtype that is
/// wanted where it is handed on to.
void ObserverInserter::visitPassed(Operation *op, PassedAttr passed) {
  bool isInside = op->hasTrait<OpTrait::IsTerminator>();
  StringRef rule = isLoop(isInside ? op->getParentOp() : op) ? "B1" : "T8";
  for (auto [operand, entry] :
       llvm::zip(op->getOpOperands(), passed.getOperands())) {
    auto spec = dyn_cast<ObserverAttr>(entry);
    if (spec && getMadeDType(getUnobserved(operand.get())) != spec.getDtype())
      observe(getUnobserved(operand.get()), spec, {&operand}, rule);
  }
  for (auto [result, entry] : llvm::zip(op->getResults(), passed.getResults()))
    if (auto spec = dyn_cast<ObserverAttr>(entry))
      inserter.observeAllUses(result, spec, rule);
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

/// The dtype a value is made in: f32 for float of any width, none for no dtype.
Type ObserverInserter::getMadeDType(Value value, const Unit *maker) const {
  MLIRContext *context = value.getContext();
  if (!isFloatTensor(value.getType()))
    return NoneType::get(context);
  if (step.isQuantizedArgument(value))
    return IntegerType::get(context, 8, IntegerType::Unsigned);
  if (!maker)
    return getPassedDType(value);
  return getTarget(*maker)
      .getOutputs()[cast<OpResult>(value).getResultNumber()];
}

/// F17, F19, F20.
void ObserverInserter::visitOperands(const Unit &unit) {
  QConfigAttr qconfig = mapping.getQConfig(unit);
  TargetAttr target = getTarget(unit);
  const Fusion *match = matches.lookup(unit);
  bool seenActivation = false;
  for (auto [operand, wanted] : llvm::zip(unit.operands, target.getInputs())) {
    const Unit *maker = operand.producer;
    if (maker && match && match->contains(maker))
      continue;
    Type made = getMadeDType(operand.value, maker);
    bool isWeight =
        getBackendRole(unit, operand, backend) == OperandRole::weight;
    bool always = isWeight && observesWeightAlways(unit.kind);
    bool isBias = operand.getRole() == OperandRole::bias;
    bool first = !isWeight && !isBias && !seenActivation;
    seenActivation |= first;
    if (isa<NoneType>(made) || isa<NoneType>(wanted) ||
        (wanted.isF32() && !always))
      continue;
    ObserverAttr activation = qconfig.getActivation();
    if (activation.getKind() == ObserverKind::reuse_input)
      continue;
    // Of dynamic activations the first is observed, whatever its producer
    // makes.
    bool dynamic = target.getDynamic() && !isWeight && !isBias;
    if (dynamic ? !first : made == wanted && !always)
      continue;
    observe(operand.value, getOperandSpec(unit, operand, backend, qconfig),
            operand.uses, isWeight ? "F20" : "F17");
  }
}

/// F27: behind the ordinary observers, and never shared with another use.
void ObserverInserter::visitEqualization(const Unit &unit) {
  const Fusion *match = matches.lookup(unit);
  if (!match || match->root != &unit)
    return;
  for (auto [operand, spec] : equalization.getObservers(unit))
    for (OpOperand *use : operand->uses)
      use->set(inserter.insert(use->get(), spec, "F27"));
}

/// Whether a place that the user put here has this spec already.
static bool isObservedBy(Value value, ObserverAttr spec) {
  while (ObservationOpInterface place = getObservation(value.getDefiningOp())) {
    if (FlatSymbolRefAttr symbol = place.getObserverAttr()) {
      auto observer =
          mlir::SymbolTable::lookupNearestSymbolFrom<ObserverOp>(place, symbol);
      if (observer && observer.getSpec() == spec)
        return true;
    }
    value = place.getInput();
  }
  return false;
}

/// Lets uses read a value through a place with this spec. One that is there
/// already is used if its whole spec agrees (F18, B11).
void ObserverInserter::observe(Value value, ObserverAttr spec,
                               ArrayRef<OpOperand *> uses, StringRef rule) {
  for (OpOperand *use : uses) {
    Value read = use->get();
    if (isObservedBy(read, spec))
      continue;
    ObservationOpInterface existing = inserter.find(read, spec);
    use->set(existing ? existing->getResult(0)
                      : inserter.insert(read, spec, rule));
  }
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// F21, F22: the output observer belongs to the last unit of a match, one for
/// each float result.
void ObserverInserter::visitOutput(const Unit &unit) {
  const Fusion *match = matches.lookup(unit);
  if (!match || &match->getLast() != &unit || getTarget(unit).getDynamic())
    return;
  for (auto [result, dtype] :
       llvm::zip(unit.anchor->getResults(), getTarget(unit).getOutputs()))
    if (!isa<NoneType>(dtype) && !dtype.isF32() && !isObservedByCalls(result))
      inserter.observeAllUses(result,
                              getOutputSpec(backend.getPattern(match->pattern),
                                            mapping.getQConfig(unit),
                                            step.config.getQat()),
                              "F21");
}

/// F29; what a standalone function makes is observed inside, if at all (F28).
void ObserverInserter::visitCall(const Unit &unit) {
  QConfigAttr qconfig = mapping.getQConfig(unit);
  CallDTypes dtypes(unit, callees, qconfig);
  if (dtypes.observesOutputs)
    for (Value result : unit.anchor->getResults())
      if (isFloatTensor(result.getType()))
        inserter.observeAllUses(result, qconfig.getActivation(), "F21");
  if (dtypes.redirects) {
    CustomOp custom = callees.getCustom(unit.anchor);
    redirectCall(unit.anchor, custom.getFunctionAttr(),
                 custom.getObservedAttr());
  }
}

/// F25: listed results that are not yet quantized are observed.
LogicalResult ObserverInserter::visitReturns() {
  ArrayRef<int64_t> listed =
      step.config.getOutputsQuantized().value_or(ArrayRef<int64_t>());
  if (listed.empty() || !isEntry(step.config, graph.getFunction()))
    return success();
  for (Block &block :
       cast<FunctionOpInterface>(graph.getFunction()).getFunctionBody()) {
    Operation *terminator = block.getTerminator();
    if (terminator->getNumSuccessors() != 0)
      continue;
    for (int64_t index : listed) {
      if (index >= terminator->getNumOperands())
        return terminator->emitError()
               << "outputs-quantized names result " << index
               << ", but there are " << terminator->getNumOperands();
      if (failed(visitReturn(terminator->getOpOperand(index))))
        return failure();
    }
  }
  return success();
}

LogicalResult ObserverInserter::visitReturn(OpOperand &operand) {
  Value value = getUnobserved(operand.get());
  Type made = getMadeDType(value);
  Operation *terminator = operand.getOwner();
  if (isa<NoneType>(made) && !isFloatTensor(value.getType()))
    return terminator->emitError()
           << "outputs-quantized names result " << operand.getOperandNumber()
           << ", which is no tensor of f16, bf16 or f32 but "
           << value.getType();
  if (made.isUnsignedInteger(8))
    return success();
  const Unit *maker = graph.getProducer(value);
  QConfigAttr qconfig = maker ? mapping.getQConfig(*maker) : QConfigAttr();
  if (qconfig) {
    observe(value, qconfig.getActivation(), {&operand}, "F25");
    return success();
  }
  InFlightDiagnostic diag = terminator->emitError();
  diag << "outputs-quantized names result " << operand.getOperandNumber()
       << ", but there is no qconfig to observe it with";
  if (maker)
    diag.attachNote(maker->anchor->getLoc())
        << "made by this " << stringifyEnum(maker->kind)
        << ", which is assigned no qconfig; assign one or leave the result out";
  else
    diag.attachNote(value.getLoc())
        << "it is no unit that makes it; leave the result out";
  return diag;
}

//===----------------------------------------------------------------------===//
// placement=value
//===----------------------------------------------------------------------===//

/// T5: what qprep-propagate-values found, where values are made.
static void insertByValue(Operation *function) {
  PlaceInserter places;
  auto observe = [&](Operation *op, ValueRange values) {
    auto observed = annotations::get<ArrayAttr>(op, annotations::observed);
    if (!observed || observed.size() != values.size())
      return;
    for (auto [value, attr] : llvm::zip(values, observed)) {
      auto found = dyn_cast<ObservedAttr>(attr);
      if (!found || isObservedBy(value, found.getSpec()))
        continue;
      ObservationOpInterface place = places.observeAllUses(
          value, found.getSpec(), found.getWeight() ? "T6" : "T5");
      if (found.getWeight())
        place->setDiscardableAttr(annotations::weight,
                                  mlir::UnitAttr::get(op->getContext()));
    }
  };
  observe(function, getBlockArguments(
                        cast<FunctionOpInterface>(function).getFunctionBody()));
  function->walk([&](Operation *op) {
    if (op != function)
      observe(op, op->getResults());
  });
}

namespace {
struct InsertObserversPass
    : quantprep::impl::InsertObserversBase<InsertObserversPass> {
  using InsertObserversBase::InsertObserversBase;

  void runOnOperation() final {
    FunctionStep step(getOperation(), getAnalysis<UnitGraph>(),
                      getCachedParentAnalysis<ModuleConfigTables>());
    if (!step)
      return signalPassFailure();
    if (step.config.getPlacement() == Placement::value)
      return insertByValue(getOperation());
    const auto &matches = getAnalysis<Fusions>();
    auto flow = getCachedParentAnalysis<ValueFlow>();
    bool handsOn = !flow || !flow->get().getPassedValues().empty();
    if (!matches.isValid() || failed(checkAnnotations(*step.graph)) ||
        failed(ObserverInserter(step, matches).run(handsOn)))
      return signalPassFailure();
  }

  /// The step before this one has run on every unit.
  LogicalResult checkAnnotations(const UnitGraph &graph) {
    for (const Unit &unit : graph.getUnits()) {
      TargetAttr target = annotations::getTarget(unit.anchor);
      if (!target)
        return unit.anchor->emitError()
               << "unit without target dtypes; run qprep-propagate-dtypes "
                  "first";
      if (target.getInputs().size() != unit.operands.size() ||
          target.getOutputs().size() != unit.anchor->getNumResults())
        return unit.anchor->emitError()
               << "unit has " << unit.operands.size() << " operands and "
               << unit.anchor->getNumResults()
               << " results, but target dtypes for "
               << target.getInputs().size() << " and "
               << target.getOutputs().size();
    }
    return success();
  }
};
} // namespace
