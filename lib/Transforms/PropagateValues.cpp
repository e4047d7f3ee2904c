//===- PropagateValues.cpp - What the value placement observes ------------===//
//
// The propagation step of placement=value, for the whole module: which values
// are observed is written to the ops that make them, what it means for units is
// their decision. Runs after qprep-fuse-units and qprep-assign-qconfig.
//
//===----------------------------------------------------------------------===//

#include "FunctionStep.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/Analysis/ValuePlacement.h"
#include "QuantPrep/IR/Values.h"

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
              ValuePlacement &placement)
      : flow(flow), placement(placement), needs(placement.getNeeds()),
        mapping(tables.mapping), writer(ConfigOp(tables.config).getContext()) {}

  void write(const UnitGraph &graph);

private:
  void writeObserved(Operation *op, ValueRange values);
  void writeCarried(Operation *loop);
  void writeDecision(const Unit &unit, bool isReached);
  bool isResultObserved(Value result);
  bool readsObserved(const Unit &unit);
  std::pair<StringRef, StringRef> getReason(const Unit &unit) const;

  const ValueFlow &flow;
  ValuePlacement &placement;
  ValueNeeds &needs;
  const QConfigMapping &mapping;
  annotations::Writer writer;
};
} // namespace

void ValueWriter::writeObserved(Operation *op, ValueRange values) {
  MLIRContext *context = op->getContext();
  bool any = false;
  SmallVector<Attribute> observed;
  for (Value value : values) {
    ValueNeed need = placement.getPlaced(value);
    any |= bool(need);
    observed.push_back(
        need ? Attribute(ObservedAttr::get(context, need.spec, need.isWeight))
             : Attribute(mlir::UnitAttr::get(context)));
  }
  if (any)
    writer.set(op, annotations::observed, ArrayAttr::get(context, observed));
}

/// B1: what a loop carries observed, for the sharing group that it is.
void ValueWriter::writeCarried(Operation *loop) {
  MLIRContext *context = loop->getContext();
  auto getEntry = [&](Value value) -> Attribute {
    ValueNeed need =
        placement.isObserved(value) ? placement.getCarried(value) : ValueNeed();
    return TypeAttr::get(need ? need.spec.getDtype()
                              : Float32Type::get(context));
  };
  SmallVector<Attribute> results, arguments;
  for (Value result : loop->getResults())
    results.push_back(getEntry(result));
  for (Region &region : loop->getRegions())
    for (Value argument : region.getArguments())
      arguments.push_back(getEntry(argument));
  writer.set(loop, annotations::passed,
             PassedAttr::get(context, {}, results, arguments));
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

void ValueWriter::writeDecision(const Unit &unit, bool isReached) {
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
  auto attr = DecisionAttr::get(context, decision, reason.first, reason.second);
  writer.set(unit.anchor, annotations::decision, attr);
  emitDecision(unit, attr, decision == Decision::shared ? "T10" : "T5");
}

void ValueWriter::write(const UnitGraph &graph) {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  bool isReached = placement.isReached(function);
  for (const Unit &unit : graph.getUnits())
    writeDecision(unit, isReached);
  writeObserved(function, getBlockArguments(function.getFunctionBody()));
  function->walk([&](Operation *op) {
    if (op != function && op->getNumResults() != 0)
      writeObserved(op, op->getResults());
    if (passesThroughRegions(op) && isLoop(op))
      writeCarried(op);
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
      if (!graphs.back()->isValid())
        return signalPassFailure();
      const auto &matches = getChildAnalysis<Fusions>(function);
      if (!matches.isValid() || failed(checkAssigned(*graphs.back())))
        return signalPassFailure();
      placement.addFunction(*graphs.back(), matches);
    }
    if (std::string entry = getPreparedEntry(config); !entry.empty()) {
      auto function = getOperation().lookupSymbol<FunctionOpInterface>(entry);
      if (!function || failed(placement.run(function)))
        return signalPassFailure();
    }
    ValueWriter writer(tables, flow, placement);
    for (const UnitGraph *graph : graphs)
      writer.write(*graph);
  }

  static LogicalResult checkAssigned(const UnitGraph &graph) {
    for (const Unit &unit : graph.getUnits())
      if (!annotations::getAssigned(unit.anchor))
        return unit.anchor->emitError()
               << "unit without an assignment; run qprep-assign-qconfig first";
    return success();
  }
};
} // namespace
