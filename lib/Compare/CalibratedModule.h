//===- CalibratedModule.h - Observers with parameters -----------*- C++ -*-===//

#ifndef QUANTPREP_LIB_COMPARE_CALIBRATEDMODULE_H
#define QUANTPREP_LIB_COMPARE_CALIBRATEDMODULE_H

#include "QuantPrep/Pipelines/Pipelines.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace quantprep::compare {

/// A module with the observers that the quantized module was made with: itself,
/// or the float module calibrated again, with the parameters that can be read
/// back. Without a configuration in the options, by what the quantized module
/// says.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
getCalibratedModule(mlir::ModuleOp reference, mlir::ModuleOp quantized,
                    QuantizeOptions options);

} // namespace quantprep::compare

#endif // QUANTPREP_LIB_COMPARE_CALIBRATEDMODULE_H
