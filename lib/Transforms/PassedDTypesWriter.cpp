//===- PassedDTypesWriter.cpp - Dtypes that are handed on, as attributes --===//

#include "PassedDTypes.h"
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
void PassedDTypes::findObservedByCalls() {
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
      const Group *group = lookup(value);
      if (group && group->kind == Kind::CallResult &&
          group->sources.size() == 1)
        spec = observedByCalls.lookup(group->sources.front());
      if (spec)
        observedByCalls[&use] = spec;
    }
  }
}

static Attribute toAttribute(const TargetDType &dtype, MLIRContext *context) {
  return TypeAttr::get(toType(dtype, context));
}

Attribute PassedDTypes::describe(OpOperand &use) const {
  if (const PassedDType *wanted = getWanted(use))
    return wanted->spec;
  return toAttribute(flow.getTargets(use).empty() ? TargetDType::none()
                                                  : getDType(use).dtype,
                     use.get().getContext());
}

/// Of the result of a call its observer, unless it is handed on further.
Attribute PassedDTypes::describe(Value value) const {
  const Group *group = lookup(value);
  if (!group)
    return toAttribute(TargetDType::none(), value.getContext());
  if (group->kind == Kind::CallResult && group->sources.size() == 1)
    if (ObserverAttr spec = observedByCalls.lookup(group->sources.front());
        spec &&
        !(value.hasOneUse() && observedByCalls.contains(&*value.use_begin())))
      return spec;
  return toAttribute(group->state.dtype, value.getContext());
}

/// Whether an entry says anything.
static bool isNotable(Attribute entry) {
  auto type = dyn_cast<TypeAttr>(entry);
  return !type || !(type.getValue().isF32() || isa<NoneType>(type.getValue()));
}

void PassedDTypes::annotate(Operation *op, ArrayRef<Attribute> operands,
                            ArrayRef<Attribute> results,
                            ArrayRef<Attribute> arguments) {
  Attribute attr;
  if (llvm::any_of(operands, isNotable) || llvm::any_of(results, isNotable) ||
      llvm::any_of(arguments, isNotable))
    attr = PassedAttr::get(op->getContext(), operands, results, arguments);
  annotations::Writer(op->getContext()).set(op, annotations::passed, attr);
}

void PassedDTypes::annotateFunction(const CalledFunction &called) {
  FunctionOpInterface function = called.function;
  SmallVector<Attribute> results, arguments;
  for (Value argument : function.getArguments())
    arguments.push_back(describe(argument));
  if (Operation *exit = getOnlyReturn(function))
    for (OpOperand &use : exit->getOpOperands()) {
      ObserverAttr spec = observedByCalls.lookup(&use);
      results.push_back(
          spec ? Attribute(spec)
               : toAttribute(TargetDType::none(), function->getContext()));
    }
  annotate(function, {}, results, arguments);
}

void PassedDTypes::annotateOp(Operation *op) {
  SmallVector<Attribute> operands, results, arguments;
  for (OpOperand &use : op->getOpOperands())
    operands.push_back(describe(use));
  for (Value result : op->getResults())
    results.push_back(describe(result));
  for (Region &region : op->getRegions())
    for (Value argument : region.getArguments())
      arguments.push_back(describe(argument));
  annotate(op, operands, results, arguments);
}

void PassedDTypes::annotate() {
  for (const CalledFunction *called : flow.getFunctions())
    if (functions.contains(FunctionOpInterface(called->function)))
      annotateFunction(*called);
  llvm::SetVector<Operation *> ops;
  for (const Group &group : groups) {
    for (Value member : group.members)
      ops.insert(getOwner(member));
    for (OpOperand *source : group.sources)
      ops.insert(source->getOwner());
  }
  for (Operation *op : ops)
    if (!isa<FunctionOpInterface>(op) &&
        !(op->hasTrait<OpTrait::IsTerminator>() &&
          isa<FunctionOpInterface>(op->getParentOp())))
      annotateOp(op);
}
