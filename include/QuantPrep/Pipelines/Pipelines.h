//===- Pipelines.h - The qprep-prepare pipeline -----------------*- C++ -*-===//

#ifndef QUANTPREP_PIPELINES_PIPELINES_H
#define QUANTPREP_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassOptions.h"

namespace quantprep {
/// Options of qprep-prepare; those of qprep-attach-config.
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
  Option<std::string> entry{
      *this, "entry",
      llvm::cl::desc("Function whose arguments and results these mean")};
};

/// Adds the steps of preparation to a pass manager of a module.
void buildPreparePipeline(mlir::OpPassManager &pm,
                          const PrepareOptions &options);

void registerPipelines();
} // namespace quantprep

#endif // QUANTPREP_PIPELINES_PIPELINES_H
