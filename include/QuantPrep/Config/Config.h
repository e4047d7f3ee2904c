//===- Config.h - What preparation is told ----------------------*- C++ -*-===//
//
// From options, files, presets and the module's own configuration to the one
// generated qprep.config that the passes read.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_CONFIG_CONFIG_H
#define QUANTPREP_CONFIG_CONFIG_H

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace quantprep {
/// The options of qprep-attach-config; empty is "not given".
struct ConfigRequest {
  /// A file, or @symbol of a qprep.config in the module.
  llvm::StringRef config;
  /// A preset, `none`, or @symbol of a qprep.qconfig of the configuration.
  /// Replaces the global assignment.
  llvm::StringRef qconfig;
  /// A preset, or @symbol of a qprep.backend. Replaces the backend.
  llvm::StringRef backend;
  llvm::ArrayRef<int64_t> inputsQuantized;
  llvm::ArrayRef<int64_t> outputsQuantized;
  llvm::StringRef entry;
  /// The form of overrides, and of the default qconfig (F30).
  bool qat = false;
  std::optional<qprep::Placement> placement;
  std::optional<qprep::Mode> mode;
  /// T16, T15.
  bool onDevice = false;
  bool resetFunctions = false;
  /// What is without effect is an error.
  bool strict = false;
  /// The ops of the module that have a `qprep.qconfig`, in program order.
  llvm::ArrayRef<mlir::Operation *> opsWithQConfig = {};
  /// Qconfigs and backend for placement=graph where nothing else names any;
  /// empty: those of PyTorch.
  llvm::StringRef defaultPreset = {};
};

/// Resolves the request into one private `qprep.config` at the end of the
/// module, marked `qprep.generated`. In it:
///   * every `qprep.assign` has a symbol or none, one assignment per key,
///   weakest
///     level first;
///   * the backend to prepare for is the only `qprep.backend`;
///   * a preset that a `qprep.qconfig` attribute of an op names is a
///     `qprep.qconfig` of that name.
/// The module holds no other generated configuration before.
mlir::LogicalResult attachConfig(mlir::ModuleOp module,
                                 const ConfigRequest &request);

/// A configuration that is two presets.
struct PresetNames {
  llvm::StringRef backend, qconfig;
};

/// The functions that presets alone prepared, and the presets.
void forEachPresets(
    mlir::ModuleOp module,
    llvm::function_ref<void(mlir::FunctionOpInterface, PresetNames)> callback);

/// The generated configuration of the nearest module that encloses `op` and has
/// one; in a standalone function the one for its body, which is nested in it
/// (F28). Null if there is none. Only reads, so that function passes may call
/// it in parallel.
qprep::ConfigOp findConfig(mlir::Operation *op);

/// The function that placement=value prepares: the entry, or its copy on device
/// (T16). Empty if there is none.
std::string getPreparedEntry(qprep::ConfigOp config);

/// The function of this name; `config` says that it is the entry, or its copy.
/// A configuration edited by hand, or a pass that removed the function, is an
/// error.
mlir::FailureOr<mlir::FunctionOpInterface> lookupEntry(qprep::ConfigOp config,
                                                       llvm::StringRef name);

/// The reference to a configuration, or to a symbol inside one, from the module
/// around the outermost.
mlir::SymbolRefAttr getReference(mlir::Operation *symbol);
} // namespace quantprep

#endif // QUANTPREP_CONFIG_CONFIG_H
