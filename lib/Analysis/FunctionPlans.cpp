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
  SmallVector<std::optional<int64_t>> equalized(unit.operands.size());
  if (isRoot && result.isQuantized())
    for (auto [operand, axis] : equalization.getChannels(unit))
      equalized[operand - unit.operands.data()] = axis;
  bool seenActivation = false;
  SmallVector<ValuePlanAttr> plans;
  for (auto [operand, wanted, axis] :
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
    std::optional<SpecSource> source;
    if (result.isQuantized())
      source = getObservation(unit, operand, wanted, isFirst);
    Type dtype = toType(wanted.isQuantized() ? made : wanted, context);
    if (source)
      dtype = (isWeight ? getQConfig(unit).getWeight()
                        : getQConfig(unit).getActivation())
                  .getDtype();
    plans.push_back(ValuePlanAttr::get(context, dtype, source, {},
                                       llvm::is_contained(shared, &operand),
                                       source && made.isQuantized(), axis));
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
  SpecSource source = SpecSource::activation;
  if (isCall(unit))
    outputs = CallDTypes(unit, callees, getQConfig(unit)).outputs;
  else if (result.outputObserved &&
           overridesOutput(backend.getPattern(matches.lookup(unit)->pattern),
                           getQConfig(unit)))
    source = SpecSource::output;
  SmallVector<ValuePlanAttr> plans;
  for (auto [value, output] : llvm::zip(unit.anchor->getResults(), outputs)) {
    bool isTensor = isFloatTensor(value.getType());
    std::optional<SpecSource> observed;
    if (isTensor && result.outputObserved)
      observed = byCalls(value) ? SpecSource::calls : source;
    plans.push_back(ValuePlanAttr::get(
        context, toType(isTensor ? output : TargetDType::none(), context),
        observed, {}, isTensor && result.shares, false, std::nullopt));
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
                              SpecSource::activation, qconfig.getActivation(),
                              false, made.isQuantized(), std::nullopt);
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
