//===- Pipelines.h - The qprep-prepare pipeline -----------------*- C++ -*-===//

#ifndef QUANTPREP_PIPELINES_PIPELINES_H
#define QUANTPREP_PIPELINES_PIPELINES_H

#include "QuantPrep/Transforms/PlacementOptions.h"

#include "mlir/Pass/PassOptions.h"

namespace quantprep {
/// Options of qprep-prepare; those of qprep-attach-config and
/// qprep-match-units.
struct PrepareOptions : mlir::PassPipelineOptions<PrepareOptions> {
  Option<std::string> config{
      *this, "config",
      llvm::cl::desc(
          "File with a qprep.config, or @symbol of one in the module")};
  Option<std::string> qconfig{*this, "qconfig",
                              llvm::cl::desc("Preset of qconfigs")};
  Option<std::string> backend{*this, "backend",
                              llvm::cl::desc("Preset of a backend")};
  ListOption<int64_t> inputsQuantized{
      *this, "inputs-quantized",
      llvm::cl::desc("Arguments that are quantized already, by index (F10)")};
  ListOption<int64_t> outputsQuantized{
      *this, "outputs-quantized",
      llvm::cl::desc("Results to quantize, by index (F25)")};
  ListOption<std::string> patterns{
      *this, "patterns",
      llvm::cl::desc("Files of unit patterns: PDL as .mlir, .mlirbc or .pdll")};
  Option<std::string> entry{
      *this, "entry",
      llvm::cl::desc("Function whose arguments and results these mean")};
  Option<bool> qat{
      *this, "qat",
      llvm::cl::desc("Prepare for quantization-aware training (F30)"),
      llvm::cl::init(false)};
  Option<PlacementOption> placement{
      *this, "placement", llvm::cl::desc("How places are found"),
      llvm::cl::values(clEnumValN(PlacementOption::Configured, "configured",
                                  "as the configuration says, else graph"),
                       clEnumValN(PlacementOption::Graph, "graph",
                                  "by the dtypes of units (rules F)"),
                       clEnumValN(PlacementOption::Value, "value",
                                  "by value, across functions (rules T)")),
      llvm::cl::init(PlacementOption::Configured)};
  Option<ModeOption> mode{
      *this, "mode", llvm::cl::desc("Which places placement=value takes (T18)"),
      llvm::cl::values(
          clEnumValN(ModeOption::Configured, "configured",
                     "as the configuration says, else static"),
          clEnumValN(ModeOption::Static, "static", "activations and weights"),
          clEnumValN(ModeOption::Dynamic, "dynamic",
                     "what units read that quantize at run time")),
      llvm::cl::init(ModeOption::Configured)};
  Option<bool> onDevice{
      *this, "on-device",
      llvm::cl::desc(
          "Instrument a copy observe_<entry> with calls inlined (T16)"),
      llvm::cl::init(false)};
  Option<bool> resetFunctions{
      *this, "reset-functions",
      llvm::cl::desc(
          "Make a function that resets the observers of the entry (T15)"),
      llvm::cl::init(false)};
};

/// Adds the steps of preparation to a pass manager of a module.
void buildPreparePipeline(mlir::OpPassManager &pm,
                          const PrepareOptions &options);

void registerPipelines();
} // namespace quantprep

#endif // QUANTPREP_PIPELINES_PIPELINES_H
