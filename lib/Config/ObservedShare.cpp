//===- ObservedShare.cpp - Preparation that observes nothing --------------===//

#include "QuantPrep/Config/ObservedShare.h"
#include "Load.h"
#include "QuantPrep/Config/Presets.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static bool computesOnBuffers(Operation *op) {
  return isa<QuantizableOpInterface>(op) &&
         llvm::any_of(op->getOperandTypes(), [](Type type) {
           auto buffer = dyn_cast<BaseMemRefType>(type);
           return buffer && isa<FloatType>(buffer.getElementType());
         });
}

void ObservedShare::visit(Operation *op) {
  isObserved |= bool(getObservation(op));
  if (isObserved)
    return;
  if (!onBuffers && computesOnBuffers(op))
    onBuffers = op;
  ComputeUnitAttr unit = annotations::getUnit(op);
  AssignedAttr assigned = unit ? annotations::getAssigned(op) : AssignedAttr();
  PlanAttr plan = annotations::getPlan(op);
  if (!assigned || !assigned.getQconfig() || !plan)
    return;
  ++units;
  Reason &reason = reasons[{plan.getRule(), plan.getReason()}];
  reason.kinds.insert(unit.getKind());
  if (reason.count++ == 0)
    reason.qconfig = assigned.getQconfig();
}

/// Whether a dtype config agrees with the dtypes of a qconfig (F16).
static bool takes(DTypeConfigAttr dtypes, QConfigAttr qconfig) {
  auto agrees = [](DTypeAttr wanted, Type dtype) {
    return !wanted || wanted.getType() == dtype;
  };
  ObserverAttr activation = qconfig.getActivation();
  return agrees(dtypes.getInput(), activation.getDtype()) &&
         agrees(dtypes.getWeight(), qconfig.getWeight().getDtype()) &&
         dtypes.getDynamic() == activation.getDynamic();
}

/// The backend presets that take the dtypes of a qconfig for a kind.
static SmallVector<StringRef> findBackends(UnitKind kind, QConfigAttr qconfig) {
  SmallVector<StringRef> found;
  for (StringRef name : getPresetNames(PresetClass::Backend)) {
    OwningOpRef<ModuleOp> preset = loadPreset(
        PresetClass::Backend, name, UnknownLoc::get(qconfig.getContext()));
    WalkResult result = preset->walk([&](PatternOp pattern) {
      auto last = cast<NodeOp>(pattern.getBody().front().back());
      bool isTaken = last.getKind() == kind &&
                     llvm::any_of(pattern.getDtypes(), [&](Attribute dtypes) {
                       return takes(cast<DTypeConfigAttr>(dtypes), qconfig);
                     });
      return isTaken ? WalkResult::interrupt() : WalkResult::advance();
    });
    if (result.wasInterrupted())
      found.push_back(name);
  }
  return found;
}

LogicalResult ObservedShare::report() const {
  bool isStrict = ConfigOp(config).getStrict();
  if (units == 0 && onBuffers) {
    InFlightDiagnostic diag =
        isStrict ? onBuffers->emitError() : onBuffers->emitWarning();
    diag << "nothing is observed: this computes on buffers, and only tensors "
            "are observed; prepare before bufferization";
    return failure(isStrict);
  }
  if (isObserved || units == 0)
    return success();
  InFlightDiagnostic diag = isStrict ? mlir::emitError(config->getLoc())
                                     : mlir::emitWarning(config->getLoc());
  const auto &[why, reason] = *std::max_element(
      reasons.begin(), reasons.end(), [](const auto &a, const auto &b) {
        return a.second.count < b.second.count;
      });
  diag << "nothing is observed: none of the " << units
       << " units with a qconfig";
  if (why.first)
    diag << "; most often (" << reason.count << " times, first at "
         << stringifyEnum(reason.kinds.front()) << ") since "
         << (why.second ? why.second.getValue() : "of") << " ("
         << why.first.getValue() << ")";
  auto qconfig =
      dyn_cast_or_null<QConfigOp>(mlir::SymbolTable::lookupNearestSymbolFrom(
          config->getParentOp(), reason.qconfig));
  if (qconfig) {
    // The first kind for which there is one.
    for (UnitKind kind : reason.kinds)
      if (SmallVector<StringRef> backends =
              findBackends(kind, qconfig.getConfig());
          !backends.empty()) {
        diag << "; backend presets that take these dtypes for "
             << stringifyEnum(kind) << ": " << llvm::join(backends, ", ");
        return failure(isStrict);
      }
    diag << "; no backend preset takes these dtypes for any of these units";
  }
  return failure(isStrict);
}
