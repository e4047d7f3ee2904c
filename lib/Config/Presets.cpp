//===- Presets.cpp - Configurations that are part of the product ----------===//

#include "QuantPrep/Config/Presets.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace quantprep;

namespace {
struct Preset {
  StringLiteral folder;
  StringLiteral name;
  StringLiteral text;
};
} // namespace

static constexpr Preset presets[] = {
#include "Presets.cpp.inc"
};

static StringRef getFolder(PresetClass presetClass) {
  return presetClass == PresetClass::QConfig ? "qconfig" : "backend";
}

std::optional<StringRef> quantprep::getPresetText(PresetClass presetClass,
                                                  StringRef name) {
  for (const Preset &preset : presets)
    if (preset.folder == getFolder(presetClass) && preset.name == name)
      return preset.text;
  return std::nullopt;
}

SmallVector<StringRef> quantprep::getPresetNames(PresetClass presetClass) {
  SmallVector<StringRef> names;
  for (const Preset &preset : presets)
    if (preset.folder == getFolder(presetClass))
      names.push_back(preset.name);
  llvm::sort(names);
  return names;
}
