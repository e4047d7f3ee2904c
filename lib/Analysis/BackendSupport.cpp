//===- BackendSupport.cpp - Does the backend take a match (F16) -----------===//

#include "QuantPrep/Analysis/BackendSupport.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool quantprep::observesWeightAlways(UnitKind kind) {
  return kind == UnitKind::layer_norm || kind == UnitKind::group_norm ||
         kind == UnitKind::instance_norm;
}

static TargetDType getDType(ObserverAttr spec) {
  if (spec.getDtype().isF32())
    return TargetDType::floating();
  return TargetDType::quantized(spec.getDtype(), spec.getDynamic());
}

UnitDTypes::UnitDTypes(UnitKind kind, QConfigAttr qconfig)
    : kind(kind), qconfig(qconfig) {}

bool UnitDTypes::isDynamic() const {
  return qconfig && qconfig.getActivation().getDynamic();
}

TargetDType UnitDTypes::getOperand(OperandRole role) const {
  if (!qconfig)
    return TargetDType::floating();
  ObserverAttr activation = qconfig.getActivation();
  ObserverAttr weight = qconfig.getWeight();
  switch (role) {
  case OperandRole::weight:
    return getDType(weight);
  case OperandRole::bias:
    // f16 only if everything is (F13).
    if (!activation.getDynamic() && activation.getDtype().isF16() &&
        weight.getDtype().isF16() && !observesWeightAlways(kind))
      return TargetDType::quantized(activation.getDtype(), false);
    return TargetDType::floating();
  case OperandRole::input:
  case OperandRole::element:
    return getDType(activation);
  case OperandRole::ignored:
  case OperandRole::inner:
    return TargetDType::none();
  }
  llvm_unreachable("all roles are covered");
}

TargetDType UnitDTypes::getOutput() const {
  return !qconfig || isDynamic() ? TargetDType::floating()
                                 : getDType(qconfig.getActivation());
}

OperandRole quantprep::getBackendRole(const Unit &unit,
                                      const UnitOperand &operand,
                                      const Backend &backend) {
  OperandRole role = operand.role;
  if (role != OperandRole::weight && role != OperandRole::bias)
    return role;
  PatternOp entry = backend.getEntry(unit.kind);
  bool counts = entry && (role == OperandRole::weight ? entry.getWeight()
                                                      : entry.getBias());
  return counts ? role : OperandRole::input;
}

bool quantprep::sharesObserver(const UnitMatch &match, PatternOp pattern) {
  if (pattern.getObservation() != ObservationType::by_operands)
    return pattern.getObservation() == ObservationType::shared;
  return match.root->operands.size() == 1;
}

//===----------------------------------------------------------------------===//
// F16
//===----------------------------------------------------------------------===//

static std::string rangeText(std::optional<int64_t> low,
                             std::optional<int64_t> high) {
  auto text = [](std::optional<int64_t> value) {
    return value ? std::to_string(*value) : std::string("none");
  };
  return text(low) + " to " + text(high);
}

/// The constraints of a dtype take a spec of that dtype; one of another passes.
static std::string checkConstraints(DTypeAttr wanted, ObserverAttr spec,
                                    StringRef what) {
  if (spec.getDtype() != wanted.getType())
    return {};
  if (wanted.getQuantMin() && wanted.getQuantMax()) {
    if (!spec.getQuantMin() || *spec.getQuantMin() < *wanted.getQuantMin() ||
        *spec.getQuantMax() > *wanted.getQuantMax())
      return ("the backend takes " + what + " values " +
              rangeText(wanted.getQuantMin(), wanted.getQuantMax()) +
              ", the qconfig has " +
              rangeText(spec.getQuantMin(), spec.getQuantMax()))
          .str();
  }
  if (wanted.getScaleMin() &&
      (!spec.getEps() || spec.getEps().getValueAsDouble() <
                             wanted.getScaleMin().getValueAsDouble()))
    return ("the backend wants an eps of the " + what +
            " observer that is not under its smallest scale")
        .str();
  if ((wanted.getScale() && spec.getScale() != wanted.getScale()) ||
      (wanted.getZeroPoint() && spec.getZeroPoint() != wanted.getZeroPoint()))
    return ("the backend wants a fixed scale and zero point of the " + what +
            ", and the qconfig has others")
        .str();
  return {};
}

static Type asType(const TargetDType &dtype, MLIRContext *context) {
  return dtype.isQuantized() ? dtype.getType() : Float32Type::get(context);
}

static std::string checkType(DTypeAttr wanted, const TargetDType &found,
                             StringRef what) {
  Type type = asType(found, wanted.getContext());
  if (type == wanted.getType())
    return {};
  return ("the backend takes " + what + " dtype " +
          dtypeName(wanted.getType()) + ", the qconfig has " + dtypeName(type))
      .str();
}

/// One dtype config against one match; what it leaves out agrees.
static std::string checkConfig(const UnitMatch &match, DTypeConfigAttr config,
                               const Backend &backend, QConfigAttr rootQConfig,
                               const TargetDType &output, QConfigAttr qconfig) {
  UnitDTypes root(match.root->kind, rootQConfig);
  for (const UnitOperand &operand : match.root->operands) {
    OperandRole role = getBackendRole(*match.root, operand, backend);
    bool isWeight = role == OperandRole::weight;
    bool isBias = role == OperandRole::bias;
    DTypeAttr wanted = isWeight ? config.getWeight()
                       : isBias ? config.getBias()
                                : config.getInput();
    if (!wanted)
      continue;
    StringRef what = isWeight ? "weight" : isBias ? "bias" : "input";
    TargetDType found = root.getOperand(role);
    if (std::string reason = checkType(wanted, found, what); !reason.empty())
      return reason;
    if (!isWeight && !isBias && config.getDynamic() != root.isDynamic())
      return config.getDynamic() ? "the backend takes dynamic inputs only, the "
                                   "qconfig is static"
                                 : "the backend takes static inputs only, the "
                                   "qconfig is dynamic";
    if (isBias)
      continue;
    if (std::string reason = checkConstraints(
            wanted, isWeight ? qconfig.getWeight() : qconfig.getActivation(),
            what);
        !reason.empty())
      return reason;
  }
  if (!config.getOutput())
    return {};
  if (std::string reason = checkType(config.getOutput(), output, "output");
      !reason.empty())
    return reason;
  return checkConstraints(config.getOutput(), qconfig.getActivation(),
                          "output");
}

std::string quantprep::checkSupport(const UnitMatch &match, PatternOp pattern,
                                    const Backend &backend, QConfigAttr root,
                                    QConfigAttr last, QConfigAttr qconfig) {
  if (!root || !last)
    return "a unit that it is fused with has no qconfig";
  TargetDType output = UnitDTypes(match.getLast().kind, last).getOutput();
  std::string first;
  for (auto config : pattern.getDtypes().getAsRange<DTypeConfigAttr>()) {
    std::string reason =
        checkConfig(match, config, backend, root, output, qconfig);
    if (reason.empty())
      return {};
    if (first.empty())
      first = reason;
  }
  return first.empty() ? "the backend lists no dtypes for it" : first;
}
