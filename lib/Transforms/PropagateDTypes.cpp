//===- PropagateDTypes.cpp - Which values will be quantized to what -------===//
//
// One pass over the units in program order: a unit's answer needs only those of
// the producers of its operands. Calls and regions are opaque: what they make
// is float. Runs after qprep-fuse-units and qprep-assign-qconfig.
//
//===----------------------------------------------------------------------===//

#include "FunctionStep.h"
#include "QuantPrep/Analysis/BackendSupport.h"
#include "QuantPrep/Analysis/CallDTypes.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/Config/QConfigMapping.h"

namespace quantprep {
#define GEN_PASS_DEF_PROPAGATEDTYPES
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// Why a unit is not observed; an empty rule if it is.
struct Reason {
  StringRef rule;
  std::string text;
};

class DTypePropagation {
public:
  DTypePropagation(FunctionStep &step, const UnitMatches &matches)
      : step(step), graph(*step.graph), matches(matches),
        backend(step.tables().backend), mapping(step.tables().mapping),
        callees(step.tables().callees), writer(step.config.getContext()),
        results(graph.getUnits().size()) {}

  void run();

private:
  /// What is known of a unit that has been visited.
  struct Result {
    TargetDType output;
    /// Operands that the unit itself puts an observer on.
    SmallVector<bool, 2> observed;
    bool outputObserved = false;
    bool shares = false;
    /// Whether the search of B9 finds an observer from the output upwards.
    bool leadsToObserver = false;
  };

  void visitUnmatched(const Unit &unit, QConfigAttr qconfig);
  void visitCall(const Unit &unit);
  void visitMatch(const UnitMatch &match);
  Reason checkUnit(const UnitMatch &match, const Unit &unit) const;
  Reason checkSharing(const UnitMatch &match) const;
  bool wantsSharing(const UnitMatch &match) const;
  void setFloat(const Unit &unit, Decision decision, const Reason &reason);
  void setQuantized(const UnitMatch &match, const Unit &unit,
                    Decision decision);
  void annotate(const Unit &unit, ArrayRef<TargetDType> inputs,
                ArrayRef<TargetDType> outputs, bool dynamic, Decision decision,
                const Reason &reason);
  static void emitRemark(const Unit &unit, Decision decision,
                         const Reason &reason);

  TargetDType getDType(Value value) const;
  bool needsObserver(const UnitOperand &operand, TargetDType wanted,
                     QConfigAttr qconfig) const;
  bool findsObserver(const Unit &unit, const UnitOperand &operand) const;
  void setLeadsToObserver(const Unit &unit);
  bool isQuantizedOutside(Value value) const;
  QConfigAttr getQConfig(const Unit &unit) const {
    return mapping.getQConfig(unit);
  }
  Result &at(const Unit &unit) { return results[graph.getIndex(unit)]; }
  const Result &at(const Unit &unit) const {
    return results[graph.getIndex(unit)];
  }

  const FunctionStep &step;
  const UnitGraph &graph;
  const UnitMatches &matches;
  const Backend &backend;
  const QConfigMapping &mapping;
  const Callees &callees;
  annotations::Writer writer;
  std::vector<Result> results;
};
} // namespace

/// Whether a value is quantized, but by no observer of this function.
bool DTypePropagation::isQuantizedOutside(Value value) const {
  const Unit *maker = graph.getProducer(value);
  return step.isQuantizedArgument(value) || callees.isQuantizedResult(value) ||
         (maker && maker->kind == UnitKind::custom &&
          at(*maker).output.isQuantized() && !at(*maker).outputObserved);
}

/// The dtype that a value's maker gives it.
TargetDType DTypePropagation::getDType(Value value) const {
  if (!isFloatTensor(value.getType()))
    return TargetDType::none();
  if (step.isQuantizedArgument(value) || callees.isQuantizedResult(value))
    return TargetDType::quantized(
        IntegerType::get(value.getContext(), 8, IntegerType::Unsigned), false);
  if (const Unit *maker = graph.getProducer(value))
    return at(*maker).output;
  return TargetDType::floating();
}

void DTypePropagation::run() {
  for (const Unit &unit : graph.getUnits()) {
    const UnitMatch *match = matches.lookup(unit);
    if (isCall(unit))
      visitCall(unit);
    else if (!match)
      visitUnmatched(unit, getQConfig(unit));
    else if (&match->getLast() == &unit)
      visitMatch(*match);
    setLeadsToObserver(unit);
  }
}

/// Of any element type: a cast of integers makes floats.
static bool hasTensorOperands(const Unit &unit) {
  return llvm::any_of(unit.members, [](Operation *op) {
    return llvm::any_of(op->getOperandTypes(), llvm::IsaPred<TensorType>);
  });
}

/// F14: what no pattern matches stays float.
void DTypePropagation::visitUnmatched(const Unit &unit, QConfigAttr qconfig) {
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
void DTypePropagation::visitCall(const Unit &unit) {
  CallDTypes dtypes(unit, callees, getQConfig(unit));
  at(unit).output = dtypes.made;
  at(unit).outputObserved = dtypes.observesOutputs;
  annotate(unit, dtypes.inputs, dtypes.outputs, dtypes.dynamic, dtypes.decision,
           {dtypes.rule, dtypes.reason.str()});
}

/// F1, F16: whether a unit of a match is observed.
Reason DTypePropagation::checkUnit(const UnitMatch &match,
                                   const Unit &unit) const {
  QConfigAttr qconfig = getQConfig(unit);
  if (!qconfig)
    return {"F1", "it is assigned no qconfig"};
  PatternOp pattern = backend.getPattern(match.pattern);
  if (pattern.getUnobserved())
    return {"F6", "the backend does not observe this kind"};
  std::string text =
      checkSupport(match, pattern, backend, getQConfig(*match.root),
                   getQConfig(match.getLast()), qconfig);
  return text.empty() ? Reason() : Reason{"F16", text};
}

/// F17: an operand needs an observer if its producer makes another dtype than
/// the wanted one, and the wanted one is not float.
bool DTypePropagation::needsObserver(const UnitOperand &operand,
                                     TargetDType wanted,
                                     QConfigAttr qconfig) const {
  TargetDType made = getDType(operand.value);
  if (made.isNone() || !wanted.isQuantized())
    return false;
  if (wanted.isDynamic())
    return true;
  return made != wanted &&
         qconfig.getActivation().getKind() != ObserverKind::reuse_input;
}

/// B9: whether an operand has an observer, or one is found from its producer.
bool DTypePropagation::findsObserver(const Unit &unit,
                                     const UnitOperand &operand) const {
  unsigned index = &operand - unit.operands.data();
  const Result &result = at(unit);
  if (index < result.observed.size() && result.observed[index])
    return true;
  const Unit *maker = operand.producer;
  return maker && at(*maker).leadsToObserver;
}

/// B9: the search goes up through units that share or move data, never through
/// one that computes in float. Each unit keeps the answer for those behind it,
/// so that long chains are not walked again and again.
void DTypePropagation::setLeadsToObserver(const Unit &unit) {
  Result &result = at(unit);
  bool passes = (result.shares || movesData(unit)) && !unit.operands.empty();
  result.leadsToObserver =
      result.outputObserved ||
      (passes && findsObserver(unit, unit.operands.front()));
}

/// F23, F24: whether the output wants its input's observer. That of an argument
/// which is quantized outside is not here: the output has its own, except in a
/// list.
bool DTypePropagation::wantsSharing(const UnitMatch &match) const {
  QConfigAttr qconfig = getQConfig(match.getLast());
  if (!UnitDTypes(match.getLast().kind, qconfig).getOutput().isQuantized())
    return false;
  if (qconfig.getActivation().getKind() == ObserverKind::reuse_input)
    return true;
  if (!sharesObserver(match, backend.getPattern(match.pattern)))
    return false;
  ArrayRef<UnitOperand> operands = match.root->operands;
  return operands.empty() || operands.front().role == OperandRole::element ||
         !isQuantizedOutside(operands.front().value);
}

/// B9: whether a match that shares finds an observer to share.
Reason DTypePropagation::checkSharing(const UnitMatch &match) const {
  const Unit &root = *match.root;
  for (const UnitOperand &operand : root.operands) {
    bool isList = operand.role == OperandRole::element;
    if (!isList && &operand != &root.operands.front())
      break;
    if (!findsObserver(root, operand))
      return {"B9", "it would share its input's observer, and there is none"};
  }
  return {};
}

void DTypePropagation::visitMatch(const UnitMatch &match) {
  const Unit &root = *match.root, &last = match.getLast();
  SmallVector<Reason> reasons;
  for (const Unit *unit : match.units)
    reasons.push_back(checkUnit(match, *unit));
  bool rootSupported =
      reasons[llvm::find(match.units, &root) - match.units.begin()]
          .rule.empty();
  bool lastSupported = reasons.front().rule.empty();
  // What the root puts on its operands, before the search for an observer.
  Result &rootResult = at(root);
  UnitDTypes dtypes(root.kind, getQConfig(root));
  for (const UnitOperand &operand : root.operands)
    rootResult.observed.push_back(
        rootSupported &&
        needsObserver(operand,
                      dtypes.getOperand(getBackendRole(root, operand, backend)),
                      getQConfig(root)));
  bool shares = lastSupported && wantsSharing(match);
  Reason missing = shares ? checkSharing(match) : Reason();
  if (!missing.rule.empty()) {
    rootResult.observed.assign(root.operands.size(), false);
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

void DTypePropagation::setFloat(const Unit &unit, Decision decision,
                                const Reason &reason) {
  bool isTensor = llvm::any_of(unit.anchor->getResultTypes(), isFloatTensor);
  at(unit).output = isTensor && hasTensorOperands(unit)
                        ? TargetDType::floating()
                        : TargetDType::none();
  SmallVector<TargetDType> inputs(unit.operands.size(),
                                  TargetDType::floating());
  SmallVector<TargetDType, 1> outputs(unit.anchor->getNumResults(),
                                      at(unit).output);
  annotate(unit, inputs, outputs, false, decision, reason);
}

/// Operands that the match makes itself have no dtype to be wanted.
void DTypePropagation::setQuantized(const UnitMatch &match, const Unit &unit,
                                    Decision decision) {
  UnitDTypes dtypes(unit.kind, getQConfig(unit));
  SmallVector<TargetDType> inputs;
  for (const UnitOperand &operand : unit.operands) {
    const Unit *maker = operand.producer;
    inputs.push_back(
        maker && match.contains(maker)
            ? TargetDType::none()
            : dtypes.getOperand(getBackendRole(unit, operand, backend)));
  }
  bool isTensor = llvm::any_of(unit.anchor->getResultTypes(), isFloatTensor);
  TargetDType output = isTensor ? dtypes.getOutput() : TargetDType::none();
  at(unit).output = output;
  at(unit).outputObserved = output.isQuantized() && &unit == &match.getLast();
  SmallVector<TargetDType, 1> outputs(unit.anchor->getNumResults(), output);
  annotate(unit, inputs, outputs, dtypes.isDynamic(), decision, {});
}

static Type toType(const TargetDType &dtype, MLIRContext *context) {
  if (dtype.isQuantized())
    return dtype.getType();
  return dtype.isNone() ? Type(NoneType::get(context))
                        : Type(Float32Type::get(context));
}

void DTypePropagation::annotate(const Unit &unit, ArrayRef<TargetDType> inputs,
                                ArrayRef<TargetDType> outputs, bool dynamic,
                                Decision decision, const Reason &reason) {
  MLIRContext *context = unit.anchor->getContext();
  SmallVector<Type> inputTypes, outputTypes;
  for (const TargetDType &input : inputs)
    inputTypes.push_back(toType(input, context));
  for (auto [type, output] : llvm::zip(unit.anchor->getResultTypes(), outputs))
    outputTypes.push_back(isFloatTensor(type) ? toType(output, context)
                                              : NoneType::get(context));
  writer.set(unit.anchor, annotations::target,
             TargetAttr::get(context, inputTypes, outputTypes, dynamic));
  auto string = [&](StringRef text) {
    return text.empty() ? StringAttr() : StringAttr::get(context, text);
  };
  writer.set(unit.anchor, annotations::decision,
             DecisionAttr::get(context, decision, string(reason.rule),
                               string(reason.text)));
  emitRemark(unit, decision, reason);
}

/// Says what was decided, by the label of the rule that decided it.
void DTypePropagation::emitRemark(const Unit &unit, Decision decision,
                                  const Reason &reason) {
  Location loc = unit.anchor->getLoc();
  if (!loc.getContext()->getRemarkEngine())
    return;
  std::string text =
      (stringifyEnum(unit.kind) + " is " + stringifyEnum(decision)).str();
  if (reason.rule.empty())
    remark::passed(loc,
                   ruleRemark(decision == Decision::shared ? "F23" : "F13"))
        << text;
  else
    remark::missed(loc, ruleRemark(reason.rule))
        << text + ", since " + reason.text;
}

namespace {
struct PropagateDTypesPass
    : quantprep::impl::PropagateDTypesBase<PropagateDTypesPass> {
  using PropagateDTypesBase::PropagateDTypesBase;

  void runOnOperation() final {
    FunctionStep step(getOperation(), getAnalysis<UnitGraph>(),
                      getCachedParentAnalysis<ModuleConfigTables>());
    if (!step)
      return signalPassFailure();
    const auto &matches = getAnalysis<UnitMatches>();
    if (!matches.isValid())
      return signalPassFailure();
    if (failed(checkAnnotations(step, matches)))
      return signalPassFailure();
    DTypePropagation(step, matches).run();
    markAnalysesPreserved<UnitGraph, UnitMatches>();
  }

  /// The steps before this one have run on every unit, for this configuration.
  LogicalResult checkAnnotations(FunctionStep &step,
                                 const UnitMatches &matches) {
    const Backend &backend = step.tables().backend;
    for (const Unit &unit : step.graph->getUnits()) {
      if (!annotations::getAssigned(unit.anchor))
        return unit.anchor->emitError()
               << "unit without a qconfig assignment; run "
                  "qprep-assign-qconfig first";
      const UnitMatch *match = matches.lookup(unit);
      if (match && !backend.getPattern(match->pattern))
        return unit.anchor->emitError()
               << "matched by " << match->pattern
               << ", which is no pattern of the backend; run "
                  "qprep-fuse-units again";
    }
    return success();
  }
};
} // namespace
