//===- InsertObservers.cpp - Observations with their specs ----------------===//
//
// Does what plans say, in program order: first the operands of an op, then its
// results. Observers are not shared yet, so every observation carries its spec.
// Runs after qprep-propagate-dtypes and qprep-propagate-values.
//
//===----------------------------------------------------------------------===//

#include "MarkCopies.h"
#include "ObservationInserter.h"
#include "QuantPrep/Analysis/BackendSupport.h"
#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Transforms/Passes.h"

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
  explicit ObserverInserter(const FunctionStep &step)
      : step(step), graph(step.getGraph()),
        byValue(step.getConfig().getPlacement() == Placement::value) {}

  /// Reads all plans, then changes the function.
  LogicalResult run();

private:
  /// An op with a plan, and the unit that it is the anchor of; null for none.
  struct Planned {
    Operation *op;
    PlanAttr plan;
    const Unit *unit;
  };

  LogicalResult collect();
  LogicalResult check(const Planned &planned) const;
  LogicalResult insert(const Planned &planned);
  LogicalResult visitUnitOperands(const Planned &planned);
  LogicalResult visitOperands(const Planned &planned);
  LogicalResult visitValues(const Planned &planned, ValueRange values,
                            ArrayRef<ValuePlanAttr> plans);
  FailureOr<ObserverAttr> getSpec(const Planned &planned, ValuePlanAttr plan,
                                  const UnitOperand *operand = nullptr) const;
  void observe(ArrayRef<OpOperand *> uses, ObserverAttr spec, StringRef rule);

  const FunctionStep &step;
  const UnitGraph &graph;
  const bool byValue;
  ObservationInserter inserter;
  std::vector<Planned> planned;
};
} // namespace

static bool leavesFunction(Operation *op) {
  return op->hasTrait<OpTrait::IsTerminator>() &&
         isa<FunctionOpInterface>(op->getParentOp());
}

LogicalResult ObserverInserter::run() {
  if (failed(collect()))
    return failure();
  for (const Planned &at : planned)
    if (failed(insert(at)))
      return failure();
  return success();
}

/// In program order, but what leaves the function comes last.
LogicalResult ObserverInserter::collect() {
  bool valid = true;
  std::vector<Planned> last;
  graph.getFunction()->walk<WalkOrder::PreOrder>([&](Operation *op) {
    const Unit *unit = graph.getUnit(op);
    if (unit && unit->anchor != op)
      unit = nullptr;
    PlanAttr plan = annotations::getPlan(op);
    if (!plan && !unit)
      return;
    Planned at{op, plan, unit};
    valid &= succeeded(check(at));
    (leavesFunction(op) ? last : planned).push_back(at);
  });
  llvm::append_range(planned, last);
  return success(valid);
}

/// The steps before this one have run on every unit, and the lists of a plan
/// are whole.
LogicalResult ObserverInserter::check(const Planned &at) const {
  if (!at.plan)
    return at.op->emitError()
           << "unit without a plan; run qprep-propagate-dtypes and "
              "qprep-propagate-values first";
  return checkPlan(at.op, at.plan, at.unit, /*isComplete=*/true);
}

LogicalResult ObserverInserter::insert(const Planned &at) {
  if (failed(at.unit ? visitUnitOperands(at) : visitOperands(at)) ||
      failed(visitValues(at, at.op->getResults(), at.plan.getResults())) ||
      failed(
          visitValues(at, getPlannedArguments(at.op), at.plan.getArguments())))
    return failure();
  // F29: what is quantized at run time has no observed replacement.
  if (at.unit && at.unit->kind == UnitKind::custom &&
      at.plan.getDecision() == Decision::observed && !at.plan.getDynamic()) {
    CustomOp custom = step.getTables().callees.getCustom(at.op);
    redirectCall(at.op, custom.getFunctionAttr(), custom.getObservedAttr());
  }
  return success();
}

/// F17, F19, F20, F27.
LogicalResult ObserverInserter::visitUnitOperands(const Planned &at) {
  for (auto [operand, plan] :
       llvm::zip(at.unit->operands, at.plan.getOperands())) {
    if (!plan.isObserved())
      continue;
    FailureOr<ObserverAttr> spec = getSpec(at, plan, &operand);
    if (failed(spec))
      return failure();
    observe(operand.uses, *spec,
            plan.getSource() == SpecSource::weight ? "F20" : "F17");
  }
  // Behind the ordinary observers, and never shared with another use.
  for (auto [operand, plan] :
       llvm::zip(at.unit->operands, at.plan.getOperands())) {
    if (!plan.getEqualized())
      continue;
    QConfigAttr specs = step.getTables().equalization.getQConfig(*at.unit);
    if (!specs)
      return at.op->emitError()
             << "is planned to be equalized, but it is assigned no "
                "equalization; run qprep-assign-qconfig and the steps after it "
                "again";
    ObserverAttr spec = operand.getRole() == OperandRole::weight
                            ? specs.getWeight()
                            : specs.getActivation();
    for (OpOperand *use : operand.uses)
      use->set(inserter.insert(use->get(), spec.withAxis(*plan.getEqualized()),
                               "F27"));
  }
  return success();
}

/// T8, B1, F25.
LogicalResult ObserverInserter::visitOperands(const Planned &at) {
  StringRef rule = "T8";
  if (leavesFunction(at.op))
    rule = "F25";
  else if (isLoop(at.op->hasTrait<OpTrait::IsTerminator>()
                      ? at.op->getParentOp()
                      : at.op))
    rule = "B1";
  for (auto [operand, plan] :
       llvm::zip(at.op->getOpOperands(), at.plan.getOperands())) {
    if (!plan.isObserved())
      continue;
    FailureOr<ObserverAttr> spec = getSpec(at, plan);
    if (failed(spec))
      return failure();
    observe(&operand, *spec, rule);
  }
  return success();
}

/// Results and arguments: all that reads them reads them observed (F21, F22,
/// T5, T8).
LogicalResult ObserverInserter::visitValues(const Planned &at,
                                            ValueRange values,
                                            ArrayRef<ValuePlanAttr> plans) {
  for (auto [value, plan] : llvm::zip(values, plans)) {
    if (!plan.isObserved())
      continue;
    FailureOr<ObserverAttr> spec = getSpec(at, plan);
    if (failed(spec))
      return failure();
    bool isWeight = byValue && plan.getSource() == SpecSource::weight;
    StringRef rule = isWeight ? "T6" : byValue ? "T5" : at.unit ? "F21" : "T8";
    ObservationOpInterface observation =
        inserter.observeAllUses(value, *spec, rule);
    if (isWeight)
      observation->setDiscardableAttr(annotations::weight,
                                      mlir::UnitAttr::get(value.getContext()));
  }
  return success();
}

/// The spec that a plan refers to.
FailureOr<ObserverAttr>
ObserverInserter::getSpec(const Planned &at, ValuePlanAttr plan,
                          const UnitOperand *operand) const {
  if (plan.getSpec())
    return plan.getSpec();
  auto emit = [&](StringRef missing, StringRef remedy) {
    return at.op->emitError()
           << "is planned to be observed by "
           << stringifyEnum(*plan.getSource()) << ", but " << missing
           << "; run " << remedy << " and the steps after it again";
  };
  if (!at.unit)
    return emit("it is no unit, and there is no spec beside it",
                "qprep-propagate-dtypes");
  QConfigAttr qconfig = step.getTables().mapping.getQConfig(*at.unit);
  if (!qconfig)
    return emit("it is assigned no qconfig", "qprep-assign-qconfig");
  if (plan.getSource() == SpecSource::activation)
    return qconfig.getActivation();
  if (plan.getSource() == SpecSource::weight) {
    std::optional<int64_t> axis =
        operand ? operand->attr.getAxis() : std::nullopt;
    return axis ? qconfig.getWeight().withAxis(*axis) : qconfig.getWeight();
  }
  SymbolRefAttr name = annotations::getPattern(at.op);
  PatternOp pattern =
      name ? step.getTables().backend.getPattern(name) : PatternOp();
  if (!pattern)
    return emit("no pattern of the backend matched it", "qprep-fuse-units");
  return getOutputSpec(pattern, qconfig, step.getConfig().getQat());
}

/// Whether an observation that the user put here has this spec already.
static bool isObservedBy(Value value, ObserverAttr spec) {
  while (ObservationOpInterface observation =
             getObservation(value.getDefiningOp())) {
    if (FlatSymbolRefAttr symbol = observation.getObserverAttr()) {
      auto observer = mlir::SymbolTable::lookupNearestSymbolFrom<ObserverOp>(
          observation, symbol);
      if (observer && observer.getSpec() == spec)
        return true;
    }
    value = observation.getInput();
  }
  return false;
}

/// Lets uses read a value through an observation with this spec. One that is
/// there already is used if its whole spec agrees (F18, B11).
void ObserverInserter::observe(ArrayRef<OpOperand *> uses, ObserverAttr spec,
                               StringRef rule) {
  for (OpOperand *use : uses) {
    Value read = use->get();
    if (isObservedBy(read, spec))
      continue;
    ObservationOpInterface existing = inserter.find(read, spec);
    use->set(existing ? existing->getResult(0)
                      : inserter.insert(read, spec, rule));
  }
}

namespace {
struct InsertObserversPass
    : quantprep::impl::InsertObserversBase<InsertObserversPass> {
  using InsertObserversBase::InsertObserversBase;

  void runOnOperation() final {
    FailureOr<FunctionStep> step =
        FunctionStep::create(getOperation(), getAnalysis<UnitGraph>(),
                             getCachedParentAnalysis<ModuleConfigTables>());
    if (failed(step) || failed(ObserverInserter(*step).run()))
      return signalPassFailure();
    markCopies(getOperation());
  }
};
} // namespace
