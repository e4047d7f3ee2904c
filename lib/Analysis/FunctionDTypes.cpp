//===- FunctionDTypes.cpp - Target dtypes of one function's units ---------===//

#include "QuantPrep/Analysis/FunctionDTypes.h"
#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/Analysis/WorkingState.h"
#include "QuantPrep/Config/ListedDType.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

FunctionDTypes::FunctionDTypes(FunctionStep given, const Fusions &matches)
    : step(std::move(given)), graph(step.getGraph()), matches(matches),
      backend(step.getTables().backend), mapping(step.getTables().mapping),
      callees(step.getTables().callees),
      context(graph.getFunction()->getContext()),
      results(graph.getUnits().size()) {}

std::unique_ptr<FunctionDTypes>
FunctionDTypes::create(Operation *function, AnalysisManager analyses,
                       FunctionConfigTables::Shared tables) {
  FailureOr<FunctionStep> step =
      FunctionStep::create(function, analyses.getAnalysis<UnitGraph>(), tables);
  if (failed(step))
    return nullptr;
  const auto &matches = analyses.getAnalysis<Fusions>();
  if (failed(matches.verify()))
    return nullptr;
  std::unique_ptr<FunctionDTypes> dtypes(
      new FunctionDTypes(std::move(*step), matches));
  return succeeded(dtypes->checkAnnotations()) ? std::move(dtypes) : nullptr;
}

LogicalResult FunctionDTypes::checkAnnotations() {
  if (failed(checkAssigned(graph, matches, step.getTables())))
    return failure();
  qconfigs.reserve(graph.getUnits().size());
  for (const Unit &unit : graph.getUnits())
    qconfigs.push_back(mapping.getQConfig(unit));
  if (backend.hasFollowing()) {
    collectRequired();
    collectListedResults();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

const BoundaryDType *FunctionDTypes::getPassed(Value value) const {
  auto it = passed->find(value);
  return it == passed->end() || it->second.dtype.isUnset() ? nullptr
                                                           : &it->second;
}

bool FunctionDTypes::isQuantizedOutside(Value value) const {
  if (const BoundaryDType *known = getPassed(value))
    return known->outside;
  const Unit *maker = graph.getProducer(value);
  return step.isQuantizedArgument(value) || callees.isQuantizedResult(value) ||
         (maker && maker->kind == UnitKind::custom &&
          at(*maker).output.isQuantized() && !at(*maker).outputObserved);
}

TargetDType FunctionDTypes::getMade(Value value) const {
  return getMade(value, graph.getProducer(value));
}

TargetDType FunctionDTypes::getMade(Value value, const Unit *maker) const {
  if (!isFloatTensor(value.getType()))
    return TargetDType::none();
  if (const BoundaryDType *known = getPassed(value))
    return known->dtype;
  if (step.isQuantizedArgument(value) || callees.isQuantizedResult(value))
    return TargetDType::quantized(quantprep::getListedDType(step.getConfig()),
                                  false);
  return maker ? at(*maker).output : TargetDType::floating();
}

ObserverAttr FunctionDTypes::getOutputSpec(Value value) const {
  const Unit *maker = graph.getProducer(value);
  if (!maker || !at(*maker).outputObserved || isCall(*maker) ||
      !isFloatTensor(value.getType()))
    return {};
  return quantprep::getOutputSpec(
      backend.getPattern(matches.lookup(*maker)->pattern), getQConfig(*maker),
      step.getConfig().getQat());
}

void FunctionDTypes::forEachDemand(
    function_ref<void(Value, ObserverAttr, bool)> callback) const {
  for (const Unit &unit : graph.getUnits()) {
    QConfigAttr qconfig = getQConfig(unit);
    if (!at(unit).isQuantized() || !qconfig ||
        qconfig.getActivation().getKind() == ObserverKind::reuse_input)
      continue;
    const Fusion *match = matches.lookup(unit);
    bool follows = match && backend.getPattern(match->pattern).getFollow();
    SmallVector<const UnitOperand *> shared = getSharedOperands(unit);
    for (auto [operand, wanted] : llvm::zip(unit.operands, getWanted(unit))) {
      // B16: quantized for the sake of somebody else.
      if (follows && !shared.empty() && &operand == shared.front())
        continue;
      ObserverAttr spec = getOperandSpec(operand, qconfig);
      // What is observed at run time is so where it is read.
      if (wanted.isQuantized() && !spec.getDynamic())
        callback(operand.value, spec, operand.getRole() == OperandRole::weight);
    }
  }
}

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

void FunctionDTypes::solve(const BoundaryDTypeMap &known) {
  passed = &known;
  llvm::fill(results, Result());
  for (const Unit &unit : graph.getUnits()) {
    const Fusion *match = matches.lookup(unit);
    if (isCall(unit))
      visitCall(unit);
    else if (!match)
      visitUnmatched(unit, getQConfig(unit));
    else if (&match->getLast() == &unit)
      visitMatch(*match);
    setLeadsToObserver(unit);
  }
}

void FunctionDTypes::emitRemarks() const {
  if (!context->getRemarkEngine())
    return;
  UnitLabels labels(graph);
  for (const Unit &unit : graph.getUnits())
    emitDecision(unit, labels, annotations::getPlan(unit.anchor),
                 at(unit).decision == Decision::shared ? "F23" : "F13");
}

/// Of any element type: a cast of integers makes floats.
static bool hasTensorOperands(const Unit &unit) {
  return llvm::any_of(unit.members, [](Operation *op) {
    return llvm::any_of(op->getOperandTypes(), llvm::IsaPred<TensorType>);
  });
}

/// F14: what no pattern matches stays float.
void FunctionDTypes::visitUnmatched(const Unit &unit, QConfigAttr qconfig) {
  if (!qconfig)
    return setFloat(unit, Decision::skipped,
                    {"F1", "it is assigned no qconfig"});
  if (!hasTensorOperands(unit))
    return setFloat(unit, Decision::skipped,
                    {"F11", "it has no tensor operands"});
  if (unit.kind == UnitKind::opaque)
    return setFloat(unit, Decision::float_,
                    {"F14", "nothing is known of this op"});
  setFloat(unit, Decision::float_,
           {"F14", "the backend has no pattern for this kind"});
}

/// F28, F29. What standalone functions make is told by their configuration.
void FunctionDTypes::visitCall(const Unit &unit) {
  CallDTypes dtypes(unit, callees, getQConfig(unit));
  at(unit).output = dtypes.made;
  at(unit).outputObserved = dtypes.observesOutputs;
  setDecision(unit, dtypes.decision, {dtypes.rule, dtypes.reason.str()});
}

/// F1, F16: whether a unit of a match that has this qconfig is observed.
FunctionDTypes::Reason FunctionDTypes::checkUnit(const Fusion &match,
                                                 QConfigAttr qconfig) const {
  if (!qconfig)
    return {"F1", "it is assigned no qconfig"};
  PatternOp pattern = backend.getPattern(match.pattern);
  if (pattern.getUnobserved())
    return {"F6", "the backend does not observe this kind"};
  std::string text = checkSupport(match, pattern, getQConfig(*match.root),
                                  getQConfig(match.getLast()), qconfig);
  return text.empty() ? Reason() : Reason{"F16", text};
}

/// The dtype that a unit requires of each operand. What its match makes itself
/// has none.
SmallVector<TargetDType> FunctionDTypes::getWanted(const Unit &unit) const {
  SmallVector<TargetDType> wanted(unit.operands.size(),
                                  TargetDType::floating());
  if (isCall(unit))
    return CallDTypes(unit, callees, getQConfig(unit)).inputs;
  if (!at(unit).isQuantized())
    return wanted;
  const Fusion *match = matches.lookup(unit);
  UnitDTypes dtypes(unit.kind, getQConfig(unit));
  for (auto [operand, dtype] : llvm::zip(unit.operands, wanted))
    dtype = operand.producer && match && match->contains(operand.producer)
                ? TargetDType::none()
                : dtypes.getOperand(operand.getRole());
  return wanted;
}

/// F17: an operand is observed here if its producer makes another dtype than
/// the wanted one, and that is not float. Of dynamic activations the first is,
/// whatever its producer makes; F20: so are scales of norms.
bool FunctionDTypes::isObserved(const Unit &unit, const UnitOperand &operand,
                                TargetDType wanted, bool isFirst) const {
  TargetDType made = getMade(operand.value, operand.producer);
  bool isWeight = operand.getRole() == OperandRole::weight;
  bool always = isWeight && observesWeightAlways(unit.kind);
  QConfigAttr qconfig = getQConfig(unit);
  if (made.isNone() || wanted.isNone() || (wanted.isFloat() && !always) ||
      qconfig.getActivation().getKind() == ObserverKind::reuse_input)
    return false;
  bool isDynamic = qconfig.getActivation().getDynamic() && !isWeight &&
                   operand.getRole() != OperandRole::bias;
  bool isMade = made.isQuantized() && wanted.isQuantized() &&
                made.getType() == wanted.getType();
  return isDynamic ? isFirst : !isMade || always;
}

/// B9: whether an operand has an observer, or one is found from its producer.
bool FunctionDTypes::findsObserver(const Unit &unit,
                                   const UnitOperand &operand) const {
  unsigned index = &operand - unit.operands.data();
  const Result &result = at(unit);
  if (index < result.observed.size() && result.observed[index])
    return true;
  if (const BoundaryDType *known = getPassed(operand.value))
    return known->dtype.isQuantized() && !known->outside;
  const Unit *maker = operand.producer;
  return maker && at(*maker).leadsToObserver;
}

/// The same for the first operand that a unit shares with.
bool FunctionDTypes::findsSharedObserver(const Unit &unit) const {
  SmallVector<const UnitOperand *> operands = getSharedOperands(unit);
  return !operands.empty() && findsObserver(unit, *operands.front());
}

/// B9: the search goes up through units that share or move data, never through
/// one that computes in float. Each unit keeps the answer for those behind it,
/// so that long chains are not walked again and again.
void FunctionDTypes::setLeadsToObserver(const Unit &unit) {
  Result &result = at(unit);
  result.leadsToObserver =
      result.outputObserved ||
      ((result.shares || movesData(unit)) && findsSharedObserver(unit));
}

/// F23, F24: whether the output wants its input's observer. That of an argument
/// which is quantized outside is not here: the output has its own, except in a
/// list.
bool FunctionDTypes::wantsSharing(const Fusion &match) const {
  QConfigAttr qconfig = getQConfig(match.getLast());
  if (!UnitDTypes(match.getLast().kind, qconfig).getOutput().isQuantized())
    return false;
  if (qconfig.getActivation().getKind() == ObserverKind::reuse_input)
    return true;
  if (!sharesObserver(match, backend.getPattern(match.pattern)))
    return false;
  SmallVector<const UnitOperand *> operands = getSharedOperands(*match.root);
  return operands.size() != 1 ||
         operands.front()->getRole() == OperandRole::element ||
         !isQuantizedOutside(operands.front()->value);
}

/// B9: whether a match that shares finds an observer to share.
FunctionDTypes::Reason FunctionDTypes::checkSharing(const Fusion &match) const {
  const Unit &root = *match.root;
  for (const UnitOperand *operand : getSharedOperands(root))
    if (!findsObserver(root, *operand))
      return {"B9", "it would share its input's observer, and there is none"};
  return {};
}

void FunctionDTypes::visitMatch(const Fusion &match) {
  const Unit &root = *match.root, &last = match.getLast();
  SmallVector<Reason, 4> reasons;
  for (auto [index, unit] : llvm::enumerate(match.units)) {
    // Mostly all units of a match have the same qconfig.
    bool asBefore =
        index != 0 && getQConfig(*unit) == getQConfig(*match.units[index - 1]);
    reasons.push_back(asBefore ? Reason(reasons.back())
                               : checkUnit(match, getQConfig(*unit)));
  }
  bool rootSupported =
      reasons[llvm::find(match.units, &root) - match.units.begin()]
          .rule.empty();
  bool lastSupported = reasons.front().rule.empty();
  // What the root puts on its operands, before the search for an observer.
  Result &rootResult = at(root);
  UnitDTypes dtypes(root.kind, getQConfig(root));
  for (const UnitOperand &operand : root.operands) {
    TargetDType wanted = rootSupported ? dtypes.getOperand(operand.getRole())
                                       : TargetDType::floating();
    rootResult.observed.push_back(
        wanted.isQuantized() &&
        isObserved(root, operand, wanted, /*isFirst=*/true));
  }
  bool shares = lastSupported && wantsSharing(match);
  Reason missing;
  if (rootSupported && backend.getPattern(match.pattern).getFollow())
    missing = checkFollowing(match);
  if (shares && missing.rule.empty())
    missing = checkSharing(match);
  if (!missing.rule.empty()) {
    rootResult.observed.reset();
    for (const Unit *unit : match.units)
      setFloat(*unit, Decision::float_, missing);
    return;
  }
  for (auto [unit, reason] : llvm::zip(match.units, reasons)) {
    if (reason.rule.empty())
      setQuantized(match, *unit,
                   shares ? Decision::shared : Decision::observed);
    else
      setFloat(*unit,
               reason.rule == "F1" ? Decision::skipped : Decision::float_,
               reason);
  }
  at(last).shares = shares;
}

void FunctionDTypes::setFloat(const Unit &unit, Decision decision,
                              const Reason &reason) {
  bool isTensor = llvm::any_of(unit.anchor->getResultTypes(), isFloatTensor);
  at(unit).output = isTensor && hasTensorOperands(unit)
                        ? TargetDType::floating()
                        : TargetDType::none();
  setDecision(unit, decision, reason);
}

void FunctionDTypes::setQuantized(const Fusion &match, const Unit &unit,
                                  Decision decision) {
  bool isTensor = llvm::any_of(unit.anchor->getResultTypes(), isFloatTensor);
  at(unit).output = isTensor
                        ? UnitDTypes(unit.kind, getQConfig(unit)).getOutput()
                        : TargetDType::none();
  at(unit).outputObserved =
      at(unit).output.isQuantized() && &unit == &match.getLast();
  setDecision(unit, decision, {});
}

void FunctionDTypes::setDecision(const Unit &unit, Decision decision,
                                 const Reason &reason) {
  Result &result = at(unit);
  result.decision = decision;
  if (reason.rule.empty())
    return;
  result.rule = StringAttr::get(context, reason.rule);
  result.reason = StringAttr::get(context, reason.text);
}
