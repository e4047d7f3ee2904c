//===- ObservedShare.cpp - Preparation that observes nothing --------------===//

#include "QuantPrep/Config/ObservedShare.h"
#include "Load.h"
#include "QuantPrep/Config/Presets.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
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

static bool computesOnFloats(Operation *op) {
  return !isa_and_nonnull<QPrepDialect>(op->getDialect()) &&
         llvm::any_of(op->getOperandTypes(), isFloatTensor) &&
         op->getNumResults() > 0;
}

void ObservedShare::visit(Operation *op) {
  isObserved |= bool(getObservation(op));
  if (isObserved)
    return;
  if (!onBuffers && computesOnBuffers(op))
    onBuffers = op;
  onFloats |= computesOnFloats(op);
  hasNestedModule |= isa<ModuleOp>(op) && op->getParentOp();
  ComputeUnitAttr unit = annotations::getUnit(op);
  units += bool(unit);
  AssignedAttr assigned = unit ? annotations::getAssigned(op) : AssignedAttr();
  PlanAttr plan = annotations::getPlan(op);
  if (!assigned || !assigned.getQconfig() || !plan)
    return;
  ++withQConfig;
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

/// Adds the backend presets that would do, for the first kind for which there
/// is one.
void ObservedShare::explain(const Reason &reason, Diagnostic &diag) const {
  auto qconfig =
      dyn_cast_or_null<QConfigOp>(mlir::SymbolTable::lookupNearestSymbolFrom(
          config->getParentOp(), reason.qconfig));
  if (!qconfig)
    return;
  for (UnitKind kind : reason.kinds)
    if (SmallVector<StringRef> backends =
            findBackends(kind, qconfig.getConfig());
        !backends.empty()) {
      diag << "; backend presets that take these dtypes for "
           << stringifyEnum(kind) << ": " << llvm::join(backends, ", ");
      return;
    }
  diag << "; no backend preset takes these dtypes for any of these units";
}

/// Whether the configuration says which qconfig all units have; it may be none.
static bool assignsAll(ConfigOp config) {
  return llvm::any_of(config.getOps<AssignOp>(), [](AssignOp assign) {
    return assign.getLevel() == AssignLevel::global &&
           !assign.getEqualization();
  });
}

LogicalResult ObservedShare::report() const {
  // Of nested modules there has been a warning.
  bool isSaid =
      units == 0 ? hasNestedModule : withQConfig == 0 && assignsAll(config);
  if (isObserved || isSaid)
    return success();
  bool isStrict = ConfigOp(config).getStrict();
  Location loc =
      units == 0 && onBuffers ? onBuffers->getLoc() : config->getLoc();
  InFlightDiagnostic diag =
      isStrict ? mlir::emitError(loc) : mlir::emitWarning(loc);
  diag << "nothing is observed: ";
  if (units == 0 && onBuffers) {
    diag << "this computes on buffers, and only tensors are observed; prepare "
            "before bufferization";
  } else if (units == 0 && !onFloats) {
    diag << "no op computes on float tensors; what is quantized already stays "
            "as it is";
  } else if (units == 0) {
    diag << "no op on float tensors is a unit, that is of a known kind "
            "(docs/kinds.md) and not computed from constants alone";
  } else if (withQConfig == 0) {
    diag << "none of the " << units
         << " units has a qconfig; an assignment of level global gives one";
  } else {
    const auto &[why, reason] = *std::max_element(
        reasons.begin(), reasons.end(), [](const auto &a, const auto &b) {
          return a.second.count < b.second.count;
        });
    diag << "none of the " << withQConfig << " units with a qconfig";
    if (why.first)
      diag << "; most often (" << reason.count << " times, first at "
           << stringifyEnum(reason.kinds.front()) << ") since "
           << (why.second ? why.second.getValue() : "of") << " ("
           << why.first.getValue() << ")";
    explain(reason, *diag.getUnderlyingDiagnostic());
  }
  return failure(isStrict);
}
