//===- Standalone.h - Configurations of standalone functions ----*- C++ -*-===//

#ifndef QUANTPREP_LIB_CONFIG_STANDALONE_H
#define QUANTPREP_LIB_CONFIG_STANDALONE_H

#include "Load.h"

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/DenseSet.h"

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

using FunctionNames = llvm::DenseSet<mlir::StringAttr>;

/// The functions of a module that a configuration (null: none), or one nested
/// in it, makes standalone: by name, or called and by regex.
FunctionNames findStandalone(mlir::ModuleOp module, qprep::ConfigOp written);

/// Puts into `result`, which holds the resolved `written`, what is said of
/// standalone (F28) and custom (F29) functions: one qprep.standalone by name
/// for each standalone function with a resolved config of its own, one
/// qprep.custom for each custom one.
mlir::LogicalResult resolveCallees(mlir::ModuleOp module,
                                   const ConfigRequest &request,
                                   qprep::ConfigOp written,
                                   qprep::ConfigOp result,
                                   const FunctionNames &standalone);

/// Marks these functions, once `result` is in the module.
void markCallees(mlir::ModuleOp module, qprep::ConfigOp result);
} // namespace quantprep

#endif // QUANTPREP_LIB_CONFIG_STANDALONE_H
