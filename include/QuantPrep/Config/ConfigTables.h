//===- ConfigTables.h - A configuration made ready for look-ups -*- C++ -*-===//
//
// Steps on functions run in parallel and look up the same configuration, which
// is therefore read once, by qprep-clone-functions.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_CONFIG_CONFIGTABLES_H
#define QUANTPREP_CONFIG_CONFIGTABLES_H

#include "QuantPrep/Config/Backend.h"
#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/Config/QConfigMapping.h"

namespace quantprep {

/// A resolved configuration, and all that is looked up in it.
struct ConfigTables {
  explicit ConfigTables(qprep::ConfigOp config);

  qprep::ConfigOp config;
  Backend backend;
  QConfigMapping mapping, equalization;
  Callees callees;
  /// The user's own clusters.
  KindPatternSet clusters;
};

/// The tables of the generated configuration of a module, and of those in it
/// for standalone functions. An analysis of modules.
class ModuleConfigTables {
public:
  explicit ModuleConfigTables(mlir::Operation *module);

  /// Null for a configuration of another module.
  const ConfigTables *lookup(qprep::ConfigOp config) const;

private:
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<ConfigTables>> tables;
};

/// The tables of the configuration for a function: shared ones if the module's
/// have been made, else its own.
class FunctionConfigTables {
public:
  using Shared = std::optional<std::reference_wrapper<ModuleConfigTables>>;
  FunctionConfigTables(mlir::Operation *function, Shared shared);

  /// Null if the module has no generated configuration.
  const ConfigTables *get() const { return tables; }

private:
  std::unique_ptr<ConfigTables> own;
  const ConfigTables *tables = nullptr;
};

} // namespace quantprep

#endif // QUANTPREP_CONFIG_CONFIGTABLES_H
