//===- CalibratedModule.cpp - Observers with parameters -------------------===//

#include "CalibratedModule.h"
#include "UnitParameters.h"

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Compare/UnitValues.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/ConvertedUnits.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Matching/UnitLabels.h"

#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;
using namespace quantprep::qprep;

static bool isCalibrated(ModuleOp module) {
  bool hasObservations =
      module
          ->walk([](ObservationOpInterface) { return WalkResult::interrupt(); })
          .wasInterrupted();
  return hasObservations &&
         llvm::any_of(module.getOps<ObserverOp>(), [](ObserverOp observer) {
           return observer.getQparams().has_value();
         });
}

/// What a float module is to be prepared by: what the user says, else what the
/// quantized module says.
static void chooseConfig(ModuleOp calibrated, ModuleOp quantized,
                         QuantizeOptions &options) {
  if (!options.config.empty())
    return;
  for (auto function : quantized.getOps<FunctionOpInterface>()) {
    if (ConfigOp config = findConfig(function)) {
      ConfigOp copy = config.clone();
      copy->removeAttr(annotations::generated);
      options.config = ("@" + SymbolTable(calibrated).insert(copy).str());
      return;
    }
    if (auto names =
            annotations::get<DictionaryAttr>(function, annotations::presets)) {
      options.backend = names.getAs<StringAttr>("backend").str();
      options.qconfig = names.getAs<StringAttr>("qconfig").str();
      return;
    }
  }
  emitWarning(quantized.getLoc())
      << "does not say by which presets it was prepared; its units are "
         "quantized as by backend and qconfig tosa: give another configuration "
         "with --config";
}

/// Where a unit's integers have a scale, its observer gets it.
static LogicalResult takeParameters(ModuleOp calibrated, ModuleOp quantized,
                                    StringRef entry) {
  auto labelled = LabelledModule::create(quantized, entry, /*fold=*/false);
  if (failed(labelled))
    return failure();
  llvm::StringMap<QParamsAttr> qparams;
  for (const UnitValue &value : labelled->getValues()) {
    const ConvertedUnit &unit = value.units.back();
    if (unit.scale && unit.scale.size() == 1)
      qparams[getKey(unit.kind, unit.label)] =
          QParamsAttr::get(calibrated.getContext(), unit.scale, unit.zeroPoint);
  }
  SymbolTableCollection symbols;
  return forEachLabelledUnit(
      calibrated, [&](const UnitGraph &, const Unit &unit, std::string label) {
        QParamsAttr found = qparams.lookup(getKey(unit.kind, label));
        if (!found || unit.anchor->getNumResults() != 1)
          return;
        for (ObservationOpInterface place :
             getOwnObservations(unit.anchor->getResult(0))) {
          auto observer = symbols.lookupNearestSymbolFrom<ObserverOp>(
              place, place.getObserverAttr());
          // Unsigned codes are shifted in integer modules.
          if (observer && observer.getSpec().hasQParams() &&
              !observer.getSpec().getDtype().isUnsignedInteger())
            observer.setQparamsAttr(found);
        }
      });
}

FailureOr<OwningOpRef<ModuleOp>>
compare::getCalibratedModule(ModuleOp reference, ModuleOp quantized,
                             QuantizeOptions options) {
  if (isCalibrated(quantized)) {
    if (!options.config.empty())
      emitWarning(quantized.getLoc())
          << "is calibrated already, so that --config is without effect; it is "
             "for modules without observers";
    OwningOpRef<ModuleOp> copy = quantized.clone();
    if (failed(fitAccumulators(*copy)))
      return failure();
    return copy;
  }
  OwningOpRef<ModuleOp> calibrated = reference.clone();
  chooseConfig(*calibrated, quantized, options);
  options.foldBatchNorm = hasFoldedUnits(quantized);
  PassManager pm(reference.getContext());
  buildCalibratePipeline(pm, options);
  if (failed(pm.run(*calibrated)) ||
      failed(takeParameters(*calibrated, quantized, options.entry)) ||
      failed(fitAccumulators(*calibrated)))
    return failure();
  return calibrated;
}
