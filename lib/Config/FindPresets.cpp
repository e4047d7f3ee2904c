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

/// None if more was said of the function than presets do.
static std::optional<PresetNames> getNames(ConfigOp config,
                                           FunctionOpInterface function) {
  if (!config || config.getInputsQuantizedAttr() ||
      config.getOutputsQuantizedAttr() || config.getOps<BackendOp>().empty())
    return std::nullopt;
  PresetNames names;
  names.qconfig = getCommonQConfig(function);
  names.backend = (*config.getOps<BackendOp>().begin()).getSymName();
  // Where a qconfig has the name, too, the copy of the backend has another.
  names.backend.consume_back("_backend");
  if (!getPresetText(PresetClass::Backend, names.backend) ||
      !getPresetText(PresetClass::QConfig, names.qconfig))
    return std::nullopt;
  return names;
}

void quantprep::forEachPresets(
    ModuleOp module,
    function_ref<void(FunctionOpInterface, PresetNames)> callback) {
  // Functions share their configuration.
  DenseMap<std::pair<Operation *, StringRef>, bool> known;
  for (auto function : module.getOps<FunctionOpInterface>()) {
    ConfigOp config = findConfig(function);
    std::optional<PresetNames> names = getNames(config, function);
    if (!names)
      continue;
    auto [it, isNew] = known.try_emplace({config, names->qconfig}, false);
    if (isNew)
      it->second = areOfPreset(config, names->qconfig);
    if (it->second)
      callback(function, *names);
  }
}
