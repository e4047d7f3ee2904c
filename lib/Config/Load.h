//===- Load.h - Where configurations come from ------------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_CONFIG_LOAD_H
#define QUANTPREP_LIB_CONFIG_LOAD_H

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/Presets.h"

namespace quantprep {
/// A configuration as it was written.
struct ConfigSource {
  /// What to read; null in a file that has a backend only.
  qprep::ConfigOp config;
  /// The op whose symbols a reference out of the configuration means.
  mlir::ModuleOp scope;
  /// Keeps the IR of a file alive.
  mlir::OwningOpRef<mlir::ModuleOp> file;
};

/// The configuration that `option` (a file or @symbol) names; if empty, the one
/// of the module; if there is none, one without a config. Emits an error if it
/// is missing or ambiguous.
mlir::FailureOr<ConfigSource> loadConfig(mlir::ModuleOp module,
                                         llvm::StringRef option);

/// What the value of an option refers to: the symbol of `@symbol`, or a string,
/// the name of a preset.
mlir::Attribute parseReference(mlir::MLIRContext *context,
                               llvm::StringRef option);

/// The IR of a preset. Emits an error at `loc` that lists the known names if
/// there is none.
mlir::OwningOpRef<mlir::ModuleOp>
loadPreset(PresetClass presetClass, llvm::StringRef name, mlir::Location loc);
} // namespace quantprep

#endif // QUANTPREP_LIB_CONFIG_LOAD_H
