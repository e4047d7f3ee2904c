//===- CalibratedModule.cpp - Observers with parameters -------------------===//

#include "CalibratedModule.h"

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Compare/UnitValues.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Matching/UnitLabels.h"
#include "QuantPrep/Pipelines/Pipelines.h"
#include "QuantPrep/Support/WholeFile.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

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
      qparams[unit.label] =
          QParamsAttr::get(calibrated.getContext(), unit.scale, unit.zeroPoint);
  }
  SymbolTableCollection symbols;
  return forEachLabelledUnit(
      calibrated, [&](const UnitGraph &, const Unit &unit, std::string label) {
        QParamsAttr found = qparams.lookup(label);
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
                             const SensitivityRequest &request) {
  if (isCalibrated(quantized))
    return OwningOpRef<ModuleOp>(quantized.clone());
  OwningOpRef<ModuleOp> calibrated = reference.clone();
  QuantizeOptions options;
  options.config = request.config;
  options.entry = request.entry;
  options.threads = request.threads;
  options.foldBatchNorm = hasFoldedUnits(quantized);
  llvm::append_range(options.inputs, request.calibration.empty()
                                         ? request.inputs
                                         : request.calibration);
  PassManager pm(reference.getContext());
  buildCalibratePipeline(pm, options);
  if (failed(pm.run(*calibrated)) ||
      failed(takeParameters(*calibrated, quantized, request.entry)))
    return failure();
  return calibrated;
}

namespace {
/// The assignments that give the units of a module what they have, and some of
/// them none.
class AssignmentWriter {
public:
  explicit AssignmentWriter(ArrayRef<std::string> floatUnits) {
    for (const std::string &label : floatUnits)
      isFloat.insert(label);
  }

  LogicalResult collect(ModuleOp module);
  std::string str() const;

private:
  struct Assigned {
    std::string label;
    Attribute qconfig;
  };
  std::vector<Assigned> units;
  llvm::StringSet<> isFloat;
};
} // namespace

LogicalResult AssignmentWriter::collect(ModuleOp module) {
  return forEachLabelledUnit(
      module, [&](const UnitGraph &, const Unit &unit, std::string label) {
        AssignedAttr assigned = annotations::getAssigned(unit.anchor);
        Attribute qconfig;
        if (assigned && assigned.getQconfig())
          qconfig =
              FlatSymbolRefAttr::get(assigned.getQconfig().getLeafReference());
        units.push_back({std::move(label), qconfig});
      });
}

/// The most common one is the global one.
std::string AssignmentWriter::str() const {
  llvm::MapVector<Attribute, unsigned> counts;
  for (const Assigned &unit : units)
    ++counts[unit.qconfig];
  Attribute global;
  for (auto [qconfig, count] : counts)
    if (qconfig && (!global || count > counts.lookup(global)))
      global = qconfig;
  std::string text;
  llvm::raw_string_ostream os(text);
  auto print = [&](Attribute qconfig) {
    if (qconfig)
      os << qconfig << '\n';
    else
      os << "none\n";
  };
  os << "  qprep.assign global ";
  print(global);
  for (const Assigned &unit : units) {
    Attribute qconfig = isFloat.contains(unit.label) ? nullptr : unit.qconfig;
    if (qconfig == global)
      continue;
    os << "  qprep.assign name \"";
    llvm::printEscapedString(unit.label, os);
    os << "\" ";
    print(qconfig);
  }
  return text;
}

/// The configuration of a module by itself, with these assignments.
static std::string printConfig(ConfigOp config, StringRef assignments) {
  ConfigOp whole = config.clone();
  whole->removeAttr(annotations::generated);
  whole->removeAttr(SymbolTable::getVisibilityAttrName());
  whole.setSymName("mixed");
  for (auto assign :
       llvm::make_early_inc_range(whole.getBody().getOps<AssignOp>()))
    assign.erase();
  std::string printed;
  llvm::raw_string_ostream os(printed);
  whole->print(os, OpPrintingFlags().useLocalScope());
  whole->erase();
  size_t end = printed.rfind('}');
  return printed.substr(0, end) + assignments.str() + "}\n";
}

llvm::Error compare::writeMixedConfig(ModuleOp calibrated,
                                      const SensitivityRequest &request,
                                      ArrayRef<std::string> floatUnits) {
  AssignmentWriter assignments(floatUnits);
  auto functions = calibrated.getOps<FunctionOpInterface>();
  ConfigOp config =
      functions.empty() ? ConfigOp() : findConfig(*functions.begin());
  if (!config || failed(assignments.collect(calibrated)))
    return llvm::createStringError(
        "the calibrated module has no configuration to start from");
  std::string text = printConfig(config, assignments.str());
  return printWholeFile(request.configFile,
                        [&](llvm::raw_ostream &file) { file << text; });
}
