//===- PropagateValues.cpp - What the value placement observes ------------===//
//
// The propagation step of placement=value, for the whole module: which values
// are observed is in the plans of the ops that make them, what it means for
// units is their decision. Runs after qprep-fuse-units and
// qprep-assign-qconfig.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/Analysis/ValueDTypes.h"
#include "QuantPrep/Analysis/WorkingState.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Transforms/Passes.h"

namespace quantprep {
#define GEN_PASS_DEF_PROPAGATEVALUES
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// Writes what has been found to one function.
class ValueWriter {
public:
  ValueWriter(const ConfigTables &tables, const ValueFlow &flow,
              ArrayRef<const UnitGraph *> functions, ValuePlacement &placement)
      : flow(flow), placement(placement), needs(placement.getNeeds()),
        dtypes(flow, functions, placement), mapping(tables.mapping),
        writer(ConfigOp(tables.config).getContext()) {}

  void write(const UnitGraph &graph);

private:
  bool isBoundary(Operation *op) const;
  ValuePlanAttr plan(Value value, bool isShared);
  PlanAttr plan(Operation *op);
  PlanAttr planFunction(FunctionOpInterface function);
  PlanAttr plan(const Unit &unit, bool isReached);
  bool isResultObserved(Value result);
  bool readsObserved(const Unit &unit);
  std::pair<StringRef, StringRef> getReason(const Unit &unit) const;

  const ValueFlow &flow;
  ValuePlacement &placement;
  ValueNeeds &needs;
  const ValueDTypes dtypes;
  const QConfigMapping &mapping;
  annotations::Writer writer;
};
} // namespace

/// A value that a loop carries shares if it is quantized (B1).
ValuePlanAttr ValueWriter::plan(Value value, bool isShared) {
  Type dtype = dtypes.get(value);
  bool isQuantized = !isa<NoneType>(dtype) && !dtype.isF32();
  ValueNeed need = placement.getPlaced(value);
  return ValuePlanAttr::get(value.getContext(), dtype, need.spec, need.isWeight,
                            /*byCalls=*/false,
                            isShared || (isQuantized && needs.isCarried(value)),
                            /*requantized=*/false, /*equalization=*/{});
}

/// Whether an op is at a boundary: a call, a branch, a loop, or what ends a
/// region of these.
bool ValueWriter::isBoundary(Operation *op) const {
  if (passesThroughRegions(op) || flow.getCallee(op))
    return true;
  return op->hasTrait<OpTrait::IsTerminator>() &&
         !isa<FunctionOpInterface>(op->getParentOp()) &&
         llvm::any_of(op->getOpOperands(), [&](OpOperand &use) {
           return !flow.getTargets(use).empty();
         });
}

/// Of an op that is no unit; null if nothing of it is observed.
PlanAttr ValueWriter::plan(Operation *op) {
  SmallVector<ValuePlanAttr> operands, results, arguments;
  for (Value result : op->getResults())
    results.push_back(plan(result, /*isShared=*/false));
  auto isObserved = [](ValuePlanAttr value) { return value.isObserved(); };
  if (isBoundary(op)) {
    for (OpOperand &use : op->getOpOperands())
      operands.push_back(ValuePlanAttr::get(
          flow.getTargets(use).empty() ? Type(NoneType::get(op->getContext()))
                                       : dtypes.get(getUnobserved(use.get()))));
    for (Value argument : getPlannedArguments(op))
      arguments.push_back(plan(argument, /*isShared=*/false));
  } else if (llvm::none_of(results, isObserved)) {
    return {};
  }
  auto isNotable = [](ValuePlanAttr value) { return value.isQuantized(); };
  if (llvm::none_of(operands, isNotable) && llvm::none_of(results, isNotable) &&
      llvm::none_of(arguments, isNotable))
    return {};
  return PlanAttr::get(op->getContext(), std::nullopt, {}, {}, false, operands,
                       results, arguments);
}

PlanAttr ValueWriter::planFunction(FunctionOpInterface function) {
  SmallVector<ValuePlanAttr> arguments;
  for (Value argument : getPlannedArguments(function))
    arguments.push_back(plan(argument, /*isShared=*/false));
  if (llvm::none_of(arguments, [](ValuePlanAttr argument) {
        return argument.isQuantized();
      }))
    return {};
  return PlanAttr::get(function->getContext(), std::nullopt, {}, {}, false, {},
                       {}, arguments);
}

/// Whether an observer is on the result, or on what is observed in its place
/// (T4), or at the calls (T8).
bool ValueWriter::isResultObserved(Value result) {
  if (placement.getPlaced(placement.getDelayed(result)) ||
      placement.isObserved(result))
    return true;
  bool isReturned = false;
  forEachUse(result, [&](OpOperand &use) {
    isReturned |= isa<FunctionOpInterface>(use.getOwner()->getParentOp()) &&
                  !flow.getTargets(use).empty() &&
                  use.getOwner()->hasTrait<OpTrait::IsTerminator>();
  });
  return isReturned && bool(needs.get(result));
}

bool ValueWriter::readsObserved(const Unit &unit) {
  return llvm::any_of(unit.operands, [&](const UnitOperand &operand) {
    return placement.getPlaced(operand.value) ||
           placement.isObserved(operand.value) || needs.get(operand.value);
  });
}

/// The rule that left a unit float, and the sentence that says so.
std::pair<StringRef, StringRef> ValueWriter::getReason(const Unit &unit) const {
  switch (needs.getRole(unit)) {
  case ValueRole::breaks:
    return {"T5", "the backend neither observes this kind nor lets it hand on "
                  "that its input is observed"};
  case ValueRole::quantizes:
    return needs.isOfMode(unit)
               ? std::pair<StringRef, StringRef>(
                     "T5", "its observers would be of f32, or of f16 at run "
                           "time")
               : std::pair<StringRef, StringRef>(
                     "T18", "this kind is not quantized in mode=dynamic");
  case ValueRole::propagates:
    return {"T11", "not all that it reads is observed"};
  case ValueRole::passes:
    return {"T10", "its input is not observed"};
  }
  llvm_unreachable("all roles are covered");
}

PlanAttr ValueWriter::plan(const Unit &unit, bool isReached) {
  MLIRContext *context = unit.anchor->getContext();
  ValueRole role = needs.getRole(unit);
  bool isQuantized = role == ValueRole::quantizes && needs.isOfMode(unit);
  Decision decision = Decision::observed;
  std::pair<StringRef, StringRef> reason;
  if (!mapping.getQConfig(unit)) {
    decision = Decision::skipped;
    reason = {"F1", "it is assigned no qconfig"};
    if (role == ValueRole::passes &&
        placement.isObserved(unit.anchor->getResult(0)))
      reason = {"T10", "it is assigned no qconfig; what reads its result goes "
                       "by its input, which is observed"};
  } else if (!isReached) {
    decision = Decision::skipped;
    reason = {"T8", "its function is not called from the entry function"};
  } else if (llvm::none_of(
                 unit.anchor->getResults(),
                 [&](Value result) { return isResultObserved(result); }) &&
             !(isQuantized && readsObserved(unit))) {
    decision = Decision::float_;
    reason = getReason(unit);
  } else if (role == ValueRole::passes &&
             !placement.getPlaced(unit.anchor->getResult(0))) {
    decision = Decision::shared;
  }
  SmallVector<const UnitOperand *> shared;
  if (decision == Decision::shared)
    shared = getSharedOperands(unit);
  SmallVector<ValuePlanAttr> operands, results;
  for (const UnitOperand &operand : unit.operands)
    operands.push_back(ValuePlanAttr::get(
        dtypes.get(operand.value), llvm::is_contained(shared, &operand)));
  for (Value result : unit.anchor->getResults())
    results.push_back(plan(result, !shared.empty()));
  return PlanAttr::get(context, decision, reason.first, reason.second,
                       /*dynamic=*/false, operands, results);
}

void ValueWriter::write(const UnitGraph &graph) {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  bool isReached = placement.isReached(function);
  UnitLabels labels(graph);
  for (const Unit &unit : graph.getUnits()) {
    PlanAttr attr = plan(unit, isReached);
    writer.set(unit.anchor, annotations::plan, attr);
    emitDecision(unit, labels, attr,
                 attr.getDecision() == Decision::shared ? "T10" : "T5");
  }
  function->walk([&](Operation *op) {
    const Unit *unit = graph.getUnit(op);
    if (!unit || unit->anchor != op)
      writer.set(op, annotations::plan,
                 op == function ? planFunction(function) : plan(op));
  });
}

namespace {
struct PropagateValuesPass
    : quantprep::impl::PropagateValuesBase<PropagateValuesPass> {
  using PropagateValuesBase::PropagateValuesBase;

  void runOnOperation() final {
    markAllAnalysesPreserved();
    ConfigOp config = findConfig(getOperation());
    if (!config || config.getPlacement() != Placement::value)
      return;
    const ConfigTables &tables =
        *getAnalysis<ModuleConfigTables>().lookup(config);
    const auto &flow = getAnalysis<ValueFlow>();
    ValuePlacement placement(tables, flow);
    std::vector<const UnitGraph *> graphs;
    for (const CalledFunction *called : flow.getFunctions()) {
      FunctionOpInterface function = called->function;
      graphs.push_back(&getChildAnalysis<UnitGraph>(function));
      if (failed(graphs.back()->verify()))
        return signalPassFailure();
      const auto &matches = getChildAnalysis<Fusions>(function);
      if (failed(matches.verify()) ||
          failed(checkAssigned(*graphs.back(), matches, tables)))
        return signalPassFailure();
      placement.addFunction(*graphs.back(), matches);
    }
    if (std::string entry = getPreparedEntry(config); !entry.empty()) {
      FailureOr<FunctionOpInterface> function = lookupEntry(config, entry);
      if (failed(function) || failed(placement.solve(*function)))
        return signalPassFailure();
    }
    ValueWriter writer(tables, flow, graphs, placement);
    for (const UnitGraph *graph : graphs)
      writer.write(*graph);
  }
};
} // namespace
