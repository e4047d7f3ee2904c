//===- Standalone.h - Configurations of standalone functions ----*- C++ -*-===//

#ifndef QUANTPREP_LIB_CONFIG_STANDALONE_H
#define QUANTPREP_LIB_CONFIG_STANDALONE_H

#include "Load.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

namespace quantprep {
/// Resolves `source` into `result`, an empty config: qconfigs, assignments,
/// backend, options. `isPrepared` tells the functions whose `qprep.qconfig`
/// attributes mean this configuration.
mlir::LogicalResult
resolveConfig(mlir::ModuleOp module, const ConfigRequest &request,
              ConfigSource &source, qprep::ConfigOp result,
              llvm::function_ref<bool(mlir::FunctionOpInterface)> isPrepared);

/// A private config without contents.
mlir::OwningOpRef<qprep::ConfigOp> createConfig(mlir::Location loc,
                                                llvm::StringRef name);

/// Whether a qprep.standalone of a configuration, or of one nested in it, names
/// the function.
bool isNamedStandalone(qprep::ConfigOp written,
                       mlir::FunctionOpInterface function);

/// Puts into `result`, which holds the resolved `written`, what is said of
/// standalone (F28) and custom (F29) functions: one qprep.standalone by name
/// for each standalone function with a resolved config of its own, one
/// qprep.custom for each custom one.
mlir::LogicalResult resolveCallees(mlir::ModuleOp module,
                                   qprep::ConfigOp written,
                                   qprep::ConfigOp result);

/// Marks these functions, once `result` is in the module.
void markCallees(mlir::ModuleOp module, qprep::ConfigOp result);
} // namespace quantprep

#endif // QUANTPREP_LIB_CONFIG_STANDALONE_H
