//===- MixedConfig.cpp - Some units float, all else as it was -------------===//

#include "MixedConfig.h"

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Matching/UnitLabels.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;
using namespace quantprep::qprep;

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

FailureOr<std::string>
compare::printMixedConfig(ModuleOp calibrated,
                          ArrayRef<std::string> floatUnits) {
  AssignmentWriter assignments(floatUnits);
  auto functions = calibrated.getOps<FunctionOpInterface>();
  ConfigOp config =
      functions.empty() ? ConfigOp() : findConfig(*functions.begin());
  if (!config)
    return emitError(calibrated.getLoc())
           << "has no configuration that another one could start from; give a "
              "module as qprep-calibrate leaves it";
  if (failed(assignments.collect(calibrated)))
    return failure();
  return printConfig(config, assignments.str());
}

FailureOr<Distance> compare::measureMixed(ModuleOp reference, StringRef config,
                                          QuantizeOptions options,
                                          const Request &request) {
  // They are those of the runs before.
  ScopedDiagnosticHandler quiet(reference.getContext(), [](Diagnostic &found) {
    return success(found.getSeverity() == DiagnosticSeverity::Warning);
  });
  OwningOpRef<ModuleOp> module = reference.clone();
  auto parsed =
      parseSourceString<ModuleOp>(config, reference.getContext(), "mixed");
  if (!parsed)
    return failure();
  ConfigOp copy = (*parsed->getOps<ConfigOp>().begin()).clone();
  options.config = "@" + SymbolTable(*module).insert(copy).str();
  PassManager pm(reference.getContext());
  buildQuantizePipeline(pm, options);
  if (failed(pm.run(*module)))
    return failure();
  auto comparison = compareModules(reference, *module, request);
  if (failed(comparison))
    return failure();
  Distance distance;
  for (const Sums &sums : comparison->results)
    distance.sums.merge(sums);
  if (!comparison->choices.empty())
    distance.choices = comparison->choices.front();
  return distance;
}
