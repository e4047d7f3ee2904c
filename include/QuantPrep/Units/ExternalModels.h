//===- ExternalModels.h - What foreign ops are taught -----------*- C++ -*-===//
//
// QuantizableOpInterface for ops of upstream dialects. It must be external: the
// ops are not ours, and the interface is not theirs.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_UNITS_EXTERNALMODELS_H
#define QUANTPREP_UNITS_EXTERNALMODELS_H

#include "mlir/IR/DialectRegistry.h"

namespace quantprep {
void registerTosaExternalModels(mlir::DialectRegistry &registry);
void registerTensorExternalModels(mlir::DialectRegistry &registry);
/// arith and math ops on tensors.
void registerArithExternalModels(mlir::DialectRegistry &registry);
/// All of them.
void registerExternalModels(mlir::DialectRegistry &registry);
} // namespace quantprep

#endif // QUANTPREP_UNITS_EXTERNALMODELS_H
