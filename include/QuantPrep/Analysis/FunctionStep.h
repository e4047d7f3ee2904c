//===- FunctionStep.h - What the steps on a function start with -*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_FUNCTIONSTEP_H
#define QUANTPREP_ANALYSIS_FUNCTIONSTEP_H

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Matching/UnitGraph.h"

namespace quantprep {

/// The checked units of a function, and the configuration of its module.
class FunctionStep {
public:
  /// Fails after an error: the units do not fit, or there is no configuration.
  static mlir::FailureOr<FunctionStep>
  create(mlir::Operation *function, const UnitGraph &units,
         FunctionConfigTables::Shared shared);

  const UnitGraph &getGraph() const { return *graph; }
  const ConfigTables &getTables() const { return *tables.get(); }
  qprep::ConfigOp getConfig() const { return getTables().config; }

  /// Whether a value is an argument that is quantized outside (F10).
  bool isQuantizedArgument(mlir::Value value) const;

private:
  FunctionStep(const UnitGraph &units, FunctionConfigTables tables)
      : graph(&units), tables(std::move(tables)) {}

  const UnitGraph *graph;
  FunctionConfigTables tables;
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

inline mlir::FailureOr<FunctionStep>
FunctionStep::create(mlir::Operation *function, const UnitGraph &units,
                     FunctionConfigTables::Shared shared) {
  if (mlir::failed(units.verify()))
    return mlir::failure();
  FunctionConfigTables tables(function, shared);
  if (!tables.get())
    return function->emitError()
           << "there is no configuration in the module; run "
              "qprep-attach-config first";
  FunctionStep step(units, std::move(tables));
  qprep::ConfigOp config = step.getConfig();
  if (isEntry(config, function))
    step.quantizedArguments =
        config.getInputsQuantized().value_or(llvm::ArrayRef<int64_t>());
  return step;
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
