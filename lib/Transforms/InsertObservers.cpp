//===- InsertObservers.cpp - Observations with their specs ----------------===//
//
// Does what plans say, in program order: first the operands of an op, then its
// results. Plans have all specs: neither qconfigs nor the backend are asked.
// Observers are not shared yet, so every observation carries its spec.
// Runs after qprep-propagate-dtypes and qprep-propagate-values.
//
//===----------------------------------------------------------------------===//

#include "MarkCopies.h"
#include "ObservationInserter.h"
#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/ValueFlow.h"
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
  void insert(const Planned &planned);
  void visitUnitOperands(const Planned &planned);
  void visitOperands(const Planned &planned);
  void visitValues(const Planned &planned, ValueRange values,
                   ArrayRef<ValuePlanAttr> plans);
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
    insert(at);
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

void ObserverInserter::insert(const Planned &at) {
  at.unit ? visitUnitOperands(at) : visitOperands(at);
  visitValues(at, at.op->getResults(), at.plan.getResults());
  visitValues(at, getPlannedArguments(at.op), at.plan.getArguments());
  // F29: what is quantized at run time has no observed replacement.
  if (at.unit && at.unit->kind == UnitKind::custom &&
      at.plan.getDecision() == Decision::observed && !at.plan.getDynamic()) {
    CustomOp custom = step.getTables().callees.getCustom(at.op);
    redirectCall(at.op, custom.getFunctionAttr(), custom.getObservedAttr());
  }
}

/// F17, F19, F20, F27.
void ObserverInserter::visitUnitOperands(const Planned &at) {
  for (auto [operand, plan] :
       llvm::zip(at.unit->operands, at.plan.getOperands()))
    if (plan.isObserved())
      observe(operand.uses, plan.getSpec(), plan.getWeight() ? "F20" : "F17");
  // Behind the ordinary observers, and never shared with another use.
  for (auto [operand, plan] :
       llvm::zip(at.unit->operands, at.plan.getOperands()))
    if (ObserverAttr spec = plan.getEqualization())
      for (OpOperand *use : operand.uses)
        use->set(inserter.insert(use->get(), spec, "F27"));
}

/// T8, B1, F25.
void ObserverInserter::visitOperands(const Planned &at) {
  StringRef rule = "T8";
  if (leavesFunction(at.op))
    rule = "F25";
  else if (isLoop(at.op->hasTrait<OpTrait::IsTerminator>()
                      ? at.op->getParentOp()
                      : at.op))
    rule = "B1";
  for (auto [operand, plan] :
       llvm::zip(at.op->getOpOperands(), at.plan.getOperands()))
    if (plan.isObserved())
      observe(&operand, plan.getSpec(), rule);
}

/// Results and arguments: all that reads them reads them observed (F21, F22,
/// T5, T8).
void ObserverInserter::visitValues(const Planned &at, ValueRange values,
                                   ArrayRef<ValuePlanAttr> plans) {
  for (auto [value, plan] : llvm::zip(values, plans)) {
    if (!plan.isObserved())
      continue;
    bool isWeight = byValue && plan.getWeight();
    StringRef rule = isWeight ? "T6" : byValue ? "T5" : at.unit ? "F21" : "T8";
    ObservationOpInterface observation =
        inserter.observeAllUses(value, plan.getSpec(), rule);
    if (isWeight)
      observation->setDiscardableAttr(annotations::weight,
                                      mlir::UnitAttr::get(value.getContext()));
  }
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
