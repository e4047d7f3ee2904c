//===- BoundaryPlans.cpp - Plans of boundary ops --------------------------===//

#include "QuantPrep/Analysis/BoundaryDTypes.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The only terminator that leaves the function; null if there are several.
static Operation *getOnlyReturn(FunctionOpInterface function) {
  Operation *found = nullptr;
  for (Block &block : function.getFunctionBody()) {
    Operation *terminator = block.getTerminator();
    if (terminator->getNumSuccessors() != 0)
      continue;
    if (found)
      return nullptr;
    found = terminator;
  }
  return found;
}

/// T8: what a function makes only to return it is observed by its calls, each
/// with an observer of its own. What is read inside as well is observed where
/// it is made, once (T17).
void BoundaryDTypes::findObservedByCalls() {
  for (const CalledFunction *called : flow.getFunctions()) {
    FunctionOpInterface function = called->function;
    Operation *exit = isClosed(*called) ? getOnlyReturn(function) : nullptr;
    // What a task returns is not what its calls have.
    if (!exit || TypeRange(exit->getOperandTypes()) !=
                     TypeRange(function.getResultTypes()))
      continue;
    for (OpOperand &use : exit->getOpOperands()) {
      Value value = use.get();
      if (!value.hasOneUse())
        continue;
      ObserverAttr spec = getFunction(exit)->getOutputSpec(value);
      const Group *group = groups.lookup(value);
      if (group && group->kind == Kind::CallResult &&
          group->sources.size() == 1)
        spec = observedByCalls.lookup(group->sources.front());
      if (spec)
        observedByCalls[&use] = spec;
    }
  }
}

/// Observed where it is handed on from, if it is not of the wanted dtype yet.
ValuePlanAttr BoundaryDTypes::plan(OpOperand &use) const {
  MLIRContext *context = use.get().getContext();
  if (flow.getTargets(use).empty())
    return ValuePlanAttr::get(NoneType::get(context));
  const BoundaryDType *wanted = getWanted(use);
  if (!wanted)
    return ValuePlanAttr::get(toType(getDType(use).dtype, context));
  TargetDType made = getMade(use).dtype;
  Type dtype = wanted->spec.getDtype();
  if (toType(made, context) == dtype)
    return ValuePlanAttr::get(dtype);
  return ValuePlanAttr::get(context, dtype, wanted->spec, wanted->isWeight,
                            /*byCalls=*/false, /*shared=*/false,
                            made.isQuantized(), /*equalization=*/{});
}

/// The result of a call is observed by the call, unless it is returned further.
/// All that a loop carries in one place shares (B1).
ValuePlanAttr BoundaryDTypes::plan(Value value) const {
  MLIRContext *context = value.getContext();
  const Group *group = groups.lookup(value);
  if (!group)
    return ValuePlanAttr::get(NoneType::get(context));
  if (group->kind == Kind::CallResult && group->sources.size() == 1)
    if (ObserverAttr spec = observedByCalls.lookup(group->sources.front())) {
      bool isLeft = isObservedByCalls(value);
      return ValuePlanAttr::get(context, spec.getDtype(),
                                isLeft ? ObserverAttr() : spec,
                                /*weight=*/false, /*byCalls=*/isLeft,
                                /*shared=*/false, /*requantized=*/false,
                                /*equalization=*/{});
    }
  const TargetDType &dtype = getState(*group).dtype.dtype;
  bool isShared = group->kind == Kind::Carried && dtype.isQuantized();
  return ValuePlanAttr::get(toType(dtype, context), isShared);
}

/// Null if nothing is quantized.
PlanAttr BoundaryDTypes::plan(Operation *op) const {
  SmallVector<ValuePlanAttr> operands, results, arguments;
  for (OpOperand &use : op->getOpOperands())
    operands.push_back(plan(use));
  for (Value result : op->getResults())
    results.push_back(plan(result));
  for (Value argument : getPlannedArguments(op))
    arguments.push_back(plan(argument));
  auto isNotable = [](ValuePlanAttr value) {
    return value.isQuantized() || value.isObserved();
  };
  if (llvm::none_of(operands, isNotable) && llvm::none_of(results, isNotable) &&
      llvm::none_of(arguments, isNotable))
    return {};
  return PlanAttr::get(op->getContext(), std::nullopt, {}, {}, false, operands,
                       results, arguments);
}

void BoundaryDTypes::annotate() {
  llvm::SetVector<Operation *> ops;
  for (const CalledFunction *called : flow.getFunctions())
    if (functions.contains(FunctionOpInterface(called->function)))
      ops.insert(FunctionOpInterface(called->function));
  for (const Group &group : groups.getGroups()) {
    for (Value member : group.members)
      ops.insert(getOwner(member));
    for (OpOperand *source : group.sources)
      ops.insert(source->getOwner());
  }
  if (ops.empty())
    return;
  annotations::Writer writer(ops.front()->getContext());
  for (Operation *op : ops)
    if (!(op->hasTrait<OpTrait::IsTerminator>() &&
          isa<FunctionOpInterface>(op->getParentOp())))
      writer.set(op, annotations::plan, plan(op));
}
