//===- Pipelines.h - The steps of qprep-prepare -----------------*- C++ -*-===//

#ifndef QUANTPREP_PIPELINES_PIPELINES_H
#define QUANTPREP_PIPELINES_PIPELINES_H

#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"

namespace quantprep {
/// Adds the steps of preparation to a pass manager of a module.
void buildPreparePipeline(mlir::OpPassManager &pm,
                          const PrepareOptions &options);
} // namespace quantprep

#endif // QUANTPREP_PIPELINES_PIPELINES_H
