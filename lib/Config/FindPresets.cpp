//===- FindPresets.cpp - The presets that a function was prepared by ------===//

#include "Load.h"
#include "QuantPrep/IR/Annotations.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// What is assigned to all units that presets do not except; empty if anything
/// else is said of any.
static StringRef getCommonQConfig(FunctionOpInterface function) {
  StringRef common;
  bool isCommon = true;
  function->walk([&](Operation *op) {
    AssignedAttr assigned = annotations::getAssigned(op);
    if (!assigned)
      return;
    bool isGlobal = assigned.getLevel() == AssignLevel::global;
    isCommon &= assigned.getQconfig() &&
                (isGlobal || assigned.getLevel() == AssignLevel::kind);
    if (isCommon && isGlobal)
      common = assigned.getQconfig().getLeafReference();
  });
  return isCommon ? common : StringRef();
}

/// Whether the qconfigs that are used are those of the preset.
static bool areOfPreset(ConfigOp config, StringRef name) {
  OwningOpRef<ModuleOp> file =
      loadPreset(PresetClass::QConfig, name, config.getLoc());
  ConfigOp preset = *file->getOps<ConfigOp>().begin();
  return llvm::all_of(config.getOps<QConfigOp>(), [&](QConfigOp qconfig) {
    auto other = dyn_cast_or_null<QConfigOp>(
        SymbolTable::lookupSymbolIn(preset, qconfig.getSymName()));
    return other && other.getConfig() == qconfig.getConfig();
  });
}

std::optional<PresetNames>
quantprep::findPresets(FunctionOpInterface function) {
  ConfigOp config = findConfig(function);
  if (!config || config.getInputsQuantizedAttr() ||
      config.getOutputsQuantizedAttr() || config.getOps<BackendOp>().empty())
    return std::nullopt;
  PresetNames names;
  names.qconfig = getCommonQConfig(function);
  names.backend = (*config.getOps<BackendOp>().begin()).getSymName();
  // Where a qconfig has the name, too, the copy of the backend has another.
  names.backend.consume_back("_backend");
  if (!getPresetText(PresetClass::Backend, names.backend) ||
      !getPresetText(PresetClass::QConfig, names.qconfig) ||
      !areOfPreset(config, names.qconfig))
    return std::nullopt;
  return names;
}
