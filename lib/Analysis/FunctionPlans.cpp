//===- FunctionPlans.cpp - Plans of one function's units ------------------===//
//
// What FunctionDTypes has solved, as attributes: the dtypes, and which operands
// and results are observed.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/Analysis/FunctionDTypes.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Config/ListedDType.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

Type quantprep::toType(const TargetDType &dtype, MLIRContext *context) {
  if (dtype.isQuantized())
    return dtype.getType();
  return dtype.isNone() ? Type(NoneType::get(context))
                        : Type(Float32Type::get(context));
}

LogicalResult
FunctionDTypes::annotate(function_ref<bool(Value)> isObservedByCalls) {
  annotations::Writer writer(context);
  Equalization equalization(graph, step.getTables());
  for (const Unit &unit : graph.getUnits())
    writer.set(unit.anchor, annotations::plan,
               makePlan(unit, equalization, isObservedByCalls));
  return planReturns(writer);
}

PlanAttr FunctionDTypes::makePlan(const Unit &unit,
                                  const Equalization &equalization,
                                  function_ref<bool(Value)> byCalls) const {
  const Result &result = at(unit);
  QConfigAttr qconfig = getQConfig(unit);
  bool isDynamic = result.isQuantized() && unit.kind != UnitKind::standalone &&
                   qconfig.getActivation().getDynamic();
  return PlanAttr::get(context, result.decision, result.rule, result.reason,
                       isDynamic, planOperands(unit, equalization),
                       planResults(unit, byCalls), {});
}

/// An operand that is not observed here has the dtype that it is made in, or
/// float for a unit that reads it so.
SmallVector<ValuePlanAttr>
FunctionDTypes::planOperands(const Unit &unit,
                             const Equalization &equalization) const {
  const Result &result = at(unit);
  const Fusion *match = matches.lookup(unit);
  bool isRoot = match && match->root == &unit;
  SmallVector<const UnitOperand *> shared;
  if (isRoot && at(match->getLast()).shares)
    shared = getSharedOperands(unit);
  SmallVector<ObserverAttr> equalized(unit.operands.size());
  if (isRoot && result.isQuantized())
    for (auto [operand, spec] : equalization.getOperands(unit))
      equalized[operand - unit.operands.data()] = spec;
  bool seenActivation = false;
  SmallVector<ValuePlanAttr> plans;
  for (auto [operand, wanted, equalizedBy] :
       llvm::zip(unit.operands, getWanted(unit), equalized)) {
    TargetDType made = getMade(operand.value, operand.producer);
    if (made.isNone() || wanted.isNone()) {
      plans.push_back(ValuePlanAttr::get(NoneType::get(context)));
      continue;
    }
    bool isWeight = operand.getRole() == OperandRole::weight;
    bool isActivation = operand.getRole() != OperandRole::bias && !isWeight;
    bool isFirst = isActivation && !seenActivation;
    seenActivation |= isActivation;
    ObserverAttr spec;
    if (result.isQuantized() && isObserved(unit, operand, wanted, isFirst))
      spec = getOperandSpec(operand, getQConfig(unit));
    Type dtype = spec ? spec.getDtype()
                      : toType(wanted.isQuantized() ? made : wanted, context);
    plans.push_back(ValuePlanAttr::get(
        context, dtype, spec, spec && isWeight,
        /*byCalls=*/false, llvm::is_contained(shared, &operand),
        spec && made.isQuantized(), equalizedBy));
  }
  return plans;
}

/// F21: the output observer belongs to the last unit of a match. F28: what a
/// standalone function makes is observed inside, if at all.
SmallVector<ValuePlanAttr>
FunctionDTypes::planResults(const Unit &unit,
                            function_ref<bool(Value)> byCalls) const {
  const Result &result = at(unit);
  SmallVector<TargetDType> outputs(unit.anchor->getNumResults(), result.output);
  if (isCall(unit))
    outputs = CallDTypes(unit, callees, getQConfig(unit)).outputs;
  SmallVector<ValuePlanAttr> plans;
  for (auto [value, output] : llvm::zip(unit.anchor->getResults(), outputs)) {
    bool isTensor = isFloatTensor(value.getType());
    bool isObserved = isTensor && result.outputObserved;
    bool isLeft = isObserved && byCalls(value);
    ObserverAttr spec;
    if (isObserved && !isLeft)
      spec = isCall(unit) ? getQConfig(unit).getActivation()
                          : getOutputSpec(value);
    plans.push_back(ValuePlanAttr::get(
        context, toType(isTensor ? output : TargetDType::none(), context), spec,
        /*weight=*/false, /*byCalls=*/isLeft, isTensor && result.shares,
        /*requantized=*/false, /*equalization=*/{}));
  }
  return plans;
}

//===----------------------------------------------------------------------===//
// Listed results
//===----------------------------------------------------------------------===//

/// F25: listed results that are not yet quantized are observed.
LogicalResult FunctionDTypes::planReturns(annotations::Writer &writer) const {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  ArrayRef<int64_t> listed =
      step.getConfig().getOutputsQuantized().value_or(ArrayRef<int64_t>());
  if (listed.empty() || !isEntry(step.getConfig(), function))
    return success();
  for (Block &block : function.getFunctionBody()) {
    Operation *terminator = block.getTerminator();
    if (terminator->getNumSuccessors() != 0)
      continue;
    SmallVector<ValuePlanAttr> plans;
    for (Value value : terminator->getOperands())
      plans.push_back(
          ValuePlanAttr::get(toType(getMade(getUnobserved(value)), context)));
    for (int64_t index : listed) {
      if (index >= terminator->getNumOperands())
        return terminator->emitError()
               << "outputs-quantized names result " << index
               << ", but there are " << terminator->getNumOperands();
      FailureOr<ValuePlanAttr> plan =
          planReturn(terminator->getOpOperand(index));
      if (failed(plan))
        return failure();
      plans[index] = *plan;
    }
    writer.set(
        terminator, annotations::plan,
        PlanAttr::get(context, std::nullopt, {}, {}, false, plans, {}, {}));
  }
  return success();
}

FailureOr<ValuePlanAttr> FunctionDTypes::planReturn(OpOperand &operand) const {
  Value value = getUnobserved(operand.get());
  TargetDType made = getMade(value);
  Operation *terminator = operand.getOwner();
  if (!isFloatTensor(value.getType()))
    return terminator->emitError()
           << "outputs-quantized names result " << operand.getOperandNumber()
           << ", which is no tensor of f16, bf16 or f32 but "
           << value.getType();
  if (made.isQuantized() && made.getType() == getListedDType(step.getConfig()))
    return ValuePlanAttr::get(made.getType());
  const Unit *producer = graph.getProducer(value);
  if (QConfigAttr qconfig = producer ? getQConfig(*producer) : QConfigAttr())
    return ValuePlanAttr::get(context, qconfig.getActivation().getDtype(),
                              qconfig.getActivation(), /*weight=*/false,
                              /*byCalls=*/false, /*shared=*/false,
                              made.isQuantized(), /*equalization=*/{});
  InFlightDiagnostic diag = terminator->emitError();
  diag << "outputs-quantized names result " << operand.getOperandNumber()
       << ", but there is no qconfig to observe it with";
  if (producer)
    diag.attachNote(producer->anchor->getLoc())
        << "made by this " << stringifyEnum(producer->kind)
        << ", which is assigned no qconfig; assign one or leave the result out";
  else
    diag.attachNote(value.getLoc())
        << "it is no unit that makes it; leave the result out";
  return failure();
}
