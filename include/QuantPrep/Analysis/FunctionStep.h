//===- FunctionStep.h - What the steps on a function start with -*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_FUNCTIONSTEP_H
#define QUANTPREP_ANALYSIS_FUNCTIONSTEP_H

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Matching/UnitGraph.h"

namespace quantprep {

/// The checked units of a function, and the configuration of its module. False
/// if one of them is missing; an error has been emitted then.
struct FunctionStep {
  FunctionStep(mlir::Operation *function, const UnitGraph &units,
               FunctionConfigTables::Shared shared);

  explicit operator bool() const {
    return configTables.get() && graph->isValid();
  }

  const ConfigTables &tables() const { return *configTables.get(); }

  /// Whether a value is an argument that is quantized outside (F10).
  bool isQuantizedArgument(mlir::Value value) const;

  const UnitGraph *graph;
  qprep::ConfigOp config;

private:
  FunctionConfigTables configTables;
  /// The arguments that are quantized outside.
  llvm::ArrayRef<int64_t> quantizedArguments;
};

/// Whether the options about arguments and results speak of a function: the one
/// they name, or every public one. Custom functions have none (F29).
inline bool isEntry(qprep::ConfigOp config, mlir::Operation *function) {
  auto symbol = llvm::cast<mlir::SymbolOpInterface>(function);
  if (annotations::isCustom(function))
    return false;
  if (std::optional<llvm::StringRef> entry = config.getEntry())
    return symbol.getName() == *entry;
  return symbol.isPublic();
}

inline FunctionStep::FunctionStep(mlir::Operation *function,
                                  const UnitGraph &units,
                                  FunctionConfigTables::Shared shared)
    : graph(&units), configTables(function, shared) {
  if (!configTables.get()) {
    function->emitError() << "there is no configuration in the module; run "
                             "qprep-attach-config first";
    return;
  }
  config = tables().config;
  if (isEntry(config, function))
    quantizedArguments =
        config.getInputsQuantized().value_or(llvm::ArrayRef<int64_t>());
}

inline bool FunctionStep::isQuantizedArgument(mlir::Value value) const {
  auto argument = llvm::dyn_cast<mlir::BlockArgument>(value);
  return argument && !quantizedArguments.empty() &&
         argument.getOwner()->isEntryBlock() &&
         argument.getOwner()->getParentOp() == graph->getFunction() &&
         llvm::is_contained(quantizedArguments,
                            int64_t(argument.getArgNumber()));
}

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_FUNCTIONSTEP_H
