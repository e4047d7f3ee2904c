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
  return qconfig.getActivation().getDynamic();
}

TargetDType UnitDTypes::getOperand(OperandRole role) const {
  assert(role != OperandRole::ignored && role != OperandRole::internal &&
         "no operand of a unit graph");
  ObserverAttr activation = qconfig.getActivation();
  ObserverAttr weight = qconfig.getWeight();
  if (role == OperandRole::weight)
    return getDType(weight);
  if (role != OperandRole::bias)
    return getDType(activation);
  // f16 only if everything is (F13).
  if (!activation.getDynamic() && activation.getDtype().isF16() &&
      weight.getDtype().isF16() && !observesWeightAlways(kind))
    return TargetDType::quantized(activation.getDtype(), false);
  return TargetDType::floating();
}

TargetDType UnitDTypes::getOutput() const {
  return isDynamic() ? TargetDType::floating()
                     : getDType(qconfig.getActivation());
}

ObserverAttr quantprep::getOperandSpec(const UnitOperand &operand,
                                       QConfigAttr qconfig) {
  if (operand.getRole() != OperandRole::weight)
    return qconfig.getActivation();
  ObserverAttr weight = qconfig.getWeight();
  std::optional<int64_t> axis = operand.attr.getAxis();
  return axis ? weight.withAxis(*axis) : weight;
}

ObserverAttr quantprep::getOutputSpec(PatternOp pattern, QConfigAttr qconfig,
                                      bool qat) {
  std::optional<ObserverAttr> fixed = pattern.getOutput();
  return fixed && fixed->getDtype() == qconfig.getActivation().getDtype()
             ? fixed->withFakeQuant(qat)
             : qconfig.getActivation();
}

bool quantprep::sharesObserver(const Fusion &match, PatternOp pattern) {
  return pattern.getObservationOf(match.root->operands.size()) ==
         ObservationType::shared;
}

//===----------------------------------------------------------------------===//
// F16
//===----------------------------------------------------------------------===//

namespace {
/// Says why a match is not supported, to whom it may concern: matches are asked
/// about many dtype configs, and mostly one of them agrees, so that no text is
/// made unless it will be read.
class Objection {
public:
  explicit Objection(std::string *text = nullptr) : text(text) {}

  /// Always false.
  template <typename... Parts> bool operator()(const Parts &...parts) const {
    if (text) {
      llvm::raw_string_ostream os(*text);
      (os << ... << parts);
    }
    return false;
  }

private:
  std::string *text;
};

/// Printed only if asked for.
struct Range {
  std::optional<int64_t> low, high;
};
struct DTypeName {
  Type type;
};

raw_ostream &operator<<(raw_ostream &os, DTypeName name) {
  return os << dtypeName(name.type);
}

raw_ostream &operator<<(raw_ostream &os, const Range &range) {
  auto print = [&](std::optional<int64_t> value) -> raw_ostream & {
    return value ? os << *value : os << "none";
  };
  print(range.low) << " to ";
  return print(range.high);
}
} // namespace

/// The constraints of a dtype take a spec of that dtype; one of another passes.
static bool fitsConstraints(DTypeAttr wanted, ObserverAttr spec, StringRef what,
                            Objection object) {
  if (spec.getDtype() != wanted.getType())
    return true;
  Range limits{spec.getQuantMin(), spec.getQuantMax()};
  if (limits.low)
    std::tie(limits.low, limits.high) = spec.getLimits();
  if (wanted.getQuantMin() && wanted.getQuantMax() &&
      (!limits.low || *limits.low < *wanted.getQuantMin() ||
       *limits.high > *wanted.getQuantMax()))
    return object("the backend takes ", what, " values ",
                  Range{wanted.getQuantMin(), wanted.getQuantMax()},
                  ", the qconfig has ", limits);
  if (wanted.getScaleMin() &&
      (!spec.getEps() || spec.getEps().getValueAsDouble() <
                             wanted.getScaleMin().getValueAsDouble()))
    return object("the backend wants an eps of the ", what,
                  " observer that is not under its smallest scale");
  if ((wanted.getScale() && spec.getScale() != wanted.getScale()) ||
      (wanted.getZeroPoint() && spec.getZeroPoint() != wanted.getZeroPoint()))
    return object("the backend wants a fixed scale and zero point of the ",
                  what, ", and the qconfig has others");
  return true;
}

static bool fitsType(DTypeAttr wanted, const TargetDType &found, StringRef what,
                     Objection object) {
  Type type = found.isQuantized() ? found.getType()
                                  : Float32Type::get(wanted.getContext());
  if (type == wanted.getType())
    return true;
  return object("the backend takes ", what, " dtype ",
                DTypeName{wanted.getType()}, ", the qconfig has ",
                DTypeName{type});
}

/// One dtype config against one match; what it leaves out agrees.
static bool fits(const Fusion &match, DTypeConfigAttr config,
                 QConfigAttr rootQConfig, const TargetDType &output,
                 QConfigAttr qconfig, Objection object = Objection()) {
  UnitDTypes root(match.root->kind, rootQConfig);
  for (const UnitOperand &operand : match.root->operands) {
    OperandRole role = operand.getRole();
    bool isWeight = role == OperandRole::weight;
    bool isBias = role == OperandRole::bias;
    DTypeAttr wanted = isWeight ? config.getWeight()
                       : isBias ? config.getBias()
                                : config.getInput();
    if (!wanted)
      continue;
    StringRef what = isWeight ? "weight" : isBias ? "bias" : "input";
    if (!fitsType(wanted, root.getOperand(role), what, object))
      return false;
    if (!isWeight && !isBias && config.getDynamic() != root.isDynamic())
      return config.getDynamic()
                 ? object("the backend takes dynamic inputs only, the qconfig "
                          "is static")
                 : object("the backend takes static inputs only, the qconfig "
                          "is dynamic");
    if (!isBias && !fitsConstraints(wanted,
                                    isWeight ? qconfig.getWeight()
                                             : qconfig.getActivation(),
                                    what, object))
      return false;
  }
  return !config.getOutput() ||
         (fitsType(config.getOutput(), output, "output", object) &&
          fitsConstraints(config.getOutput(), qconfig.getActivation(), "output",
                          object));
}

std::string quantprep::checkSupport(const Fusion &match, PatternOp pattern,
                                    QConfigAttr root, QConfigAttr last,
                                    QConfigAttr qconfig) {
  if (!root || !last)
    return "a unit that it is fused with has no qconfig";
  if (pattern.getDtypes().empty())
    return "the backend lists no dtypes for it";
  TargetDType output = UnitDTypes(match.getLast().kind, last).getOutput();
  auto configs = pattern.getDtypes().getAsRange<DTypeConfigAttr>();
  for (DTypeConfigAttr config : configs)
    if (fits(match, config, root, output, qconfig))
      return {};
  std::string reason;
  fits(match, *configs.begin(), root, output, qconfig, Objection(&reason));
  return reason;
}
