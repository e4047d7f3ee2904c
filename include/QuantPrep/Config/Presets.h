//===- Presets.h - Configurations that are part of the product --*- C++ -*-===//
//
// Presets are files of the form that users write (lib/Config/presets), embedded
// in the library.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_CONFIG_PRESETS_H
#define QUANTPREP_CONFIG_PRESETS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace quantprep {
/// What a preset is: a `qprep.config` with qconfigs (F4), or a `qprep.backend`
/// (F6). A name may be used once in each class.
enum class PresetClass { QConfig, Backend };

/// The text of a preset; none if there is no such preset.
std::optional<llvm::StringRef> getPresetText(PresetClass presetClass,
                                             llvm::StringRef name);

/// The names of all presets of a class, sorted.
llvm::SmallVector<llvm::StringRef> getPresetNames(PresetClass presetClass);
} // namespace quantprep

#endif // QUANTPREP_CONFIG_PRESETS_H
