//===- MixedConfig.h - Some units float, all else as it was -----*- C++ -*-===//

#ifndef QUANTPREP_LIB_COMPARE_MIXEDCONFIG_H
#define QUANTPREP_LIB_COMPARE_MIXEDCONFIG_H

#include "QuantPrep/Compare/Compare.h"
#include "QuantPrep/Pipelines/Pipelines.h"

namespace quantprep::compare {

/// The text of a configuration by which units stay float, and all else is as in
/// a calibrated module.
mlir::FailureOr<std::string>
printMixedConfig(mlir::ModuleOp calibrated,
                 llvm::ArrayRef<std::string> floatUnits);

/// What results are if the float module is quantized by that configuration.
mlir::FailureOr<Distance> measureMixed(mlir::ModuleOp reference,
                                       llvm::StringRef config,
                                       QuantizeOptions options,
                                       const Request &request);

} // namespace quantprep::compare

#endif // QUANTPREP_LIB_COMPARE_MIXEDCONFIG_H
