//===- AssignQConfig.cpp - Which qconfig each unit gets (F2) --------------===//
//
// Runs after qprep-match-units; the configuration is that of
// qprep-attach-config.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Config/Backend.h"
#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/Matching/UnitLabels.h"
#include "QuantPrep/Transforms/Passes.h"

namespace quantprep {
#define GEN_PASS_DEF_ASSIGNQCONFIG
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// Parameters that follow from what a kind computes, not from data.
struct FixedQParams {
  UnitKind kind;
  double scale;
  int64_t zeroPoint;
};
} // namespace

static constexpr FixedQParams fixedQParams[] = {
    {UnitKind::sigmoid, 1.0 / 256, 0},
    {UnitKind::hardsigmoid, 1.0 / 256, 0},
    {UnitKind::softmax, 1.0 / 256, 0},
    {UnitKind::tanh, 2.0 / 256, 128},
};

/// Whether the backend takes activations of a dtype for a kind.
static bool supportsActivation(PatternOp entry, Type dtype) {
  return entry && llvm::any_of(entry.getDtypes().getAsRange<DTypeConfigAttr>(),
                               [&](DTypeConfigAttr config) {
                                 return config.getOutput() &&
                                        config.getOutput().getType() == dtype;
                               });
}

/// F5: kinds with fixed parameters want the observer that has them, or f16.
/// The parameters are those of u8: a backend that takes another dtype says
/// itself what is fixed there. Of softmax only a backend that knows it asks
/// this.
static LogicalResult checkFixedQParams(const Unit &unit, QConfigAttr qconfig,
                                       const Backend &backend) {
  const auto *fixed = llvm::find_if(fixedQParams, [&](const FixedQParams &it) {
    return it.kind == unit.kind;
  });
  if (!qconfig || fixed == std::end(fixedQParams) ||
      (unit.kind == UnitKind::softmax && !backend.getEntry(unit.kind)))
    return success();
  ObserverAttr spec = qconfig.getActivation();
  if (spec.getDtype().isF16() ||
      (!spec.getDtype().isUnsignedInteger(8) &&
       supportsActivation(backend.getEntry(unit.kind), spec.getDtype())))
    return success();
  if (spec.getKind() == ObserverKind::fixed_qparams &&
      spec.getScale().getValueAsDouble() == fixed->scale &&
      spec.getZeroPoint() == fixed->zeroPoint)
    return success();
  InFlightDiagnostic diag = unit.anchor->emitError();
  diag << stringifyEnum(unit.kind)
       << " has fixed quantization parameters (scale " << fixed->scale
       << ", zero point " << fixed->zeroPoint
       << "), but its qconfig observes activations by "
       << stringifyEnum(spec.getKind());
  diag.attachNote() << "assign kind \"" << stringifyEnum(unit.kind)
                    << "\" a qconfig with a fixed_qparams observer of these "
                       "parameters, or none (F5)";
  return failure();
}

/// F27: kinds that PyTorch equalizes.
static bool supportsEqualization(UnitKind kind) {
  return kind == UnitKind::conv1d || kind == UnitKind::conv2d ||
         kind == UnitKind::conv3d || kind == UnitKind::linear;
}

namespace {
struct AssignQConfigPass
    : quantprep::impl::AssignQConfigBase<AssignQConfigPass> {
  using AssignQConfigBase::AssignQConfigBase;

  void runOnOperation() final {
    FailureOr<FunctionStep> step =
        FunctionStep::create(getOperation(), getAnalysis<UnitGraph>(),
                             getCachedParentAnalysis<ModuleConfigTables>());
    if (failed(step))
      return signalPassFailure();
    const QConfigMapping &mapping = step->getTables().mapping;
    const QConfigMapping &equalization = step->getTables().equalization;
    const Backend &backend = step->getTables().backend;
    annotations::Writer writer(&getContext());
    bool counts = mapping.countsUnits() || equalization.countsUnits();
    bool names = mapping.namesUnits() || equalization.namesUnits();
    UnitCounter counter;
    UnitLabeler labeler;
    for (const Unit &unit : step->getGraph().getUnits()) {
      UnitOrder order = counts ? counter.next(unit) : UnitOrder();
      std::string label =
          names ? labeler.next(unit.kind, unit.anchor->getLoc()) : "";
      AssignedAttr assigned =
          mapping.getAssigned(unit, label, order, getOperation());
      // T18: specs are taken as they are.
      if (step->getConfig().getPlacement() == Placement::graph &&
          failed(
              checkFixedQParams(unit, mapping.getQConfig(assigned), backend)))
        return signalPassFailure();
      writer.set(unit.anchor, annotations::assigned, assigned);
      if (!supportsEqualization(unit.kind))
        continue;
      AssignedAttr equalized =
          equalization.getAssigned(unit, label, order, getOperation());
      if (equalized.getQconfig())
        writer.set(unit.anchor, annotations::equalization, equalized);
    }
    // No analysis looks at assignments.
    markAllAnalysesPreserved();
  }
};
} // namespace
