//===- ExternalModels.h - What foreign ops are taught -----------*- C++ -*-===//
//
// Interfaces of ours for ops of upstream dialects. They must be external: the
// ops are not ours, and the interfaces are not theirs.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MODELS_EXTERNALMODELS_H
#define QUANTPREP_MODELS_EXTERNALMODELS_H

#include "mlir/IR/DialectRegistry.h"

namespace quantprep {
void registerTosaExternalModels(mlir::DialectRegistry &registry);
/// Branches and loops, which ValuePassingOpInterface speaks of.
void registerTosaControlFlowModels(mlir::DialectRegistry &registry);
void registerTensorExternalModels(mlir::DialectRegistry &registry);
/// arith and math ops on tensors.
void registerArithExternalModels(mlir::DialectRegistry &registry);
void registerLinalgExternalModels(mlir::DialectRegistry &registry);
/// Assertions, and branches that only broadcast.
void registerControlFlowModels(mlir::DialectRegistry &registry);
/// All of them.
void registerExternalModels(mlir::DialectRegistry &registry);
} // namespace quantprep

#endif // QUANTPREP_MODELS_EXTERNALMODELS_H
