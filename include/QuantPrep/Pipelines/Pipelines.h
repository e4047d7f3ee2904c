//===- Pipelines.h - The steps of pipelines ---------------------*- C++ -*-===//

#ifndef QUANTPREP_PIPELINES_PIPELINES_H
#define QUANTPREP_PIPELINES_PIPELINES_H

#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"

namespace quantprep {
/// The form that qprep-quantize ends with.
enum class QuantizedForm { Reference, Integer };

#define GEN_PASS_DECL
#include "QuantPrep/Pipelines/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "QuantPrep/Pipelines/Passes.h.inc"

/// Adds the steps of preparation to a pass manager of a module.
void buildPreparePipeline(mlir::OpPassManager &pm,
                          const PrepareOptions &options);

/// Adds the steps from a float module to a quantized one.
void buildQuantizePipeline(mlir::OpPassManager &pm,
                           const QuantizeOptions &options);
} // namespace quantprep

#endif // QUANTPREP_PIPELINES_PIPELINES_H
