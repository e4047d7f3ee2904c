//===- ClassLabels.h - The right class of each result -----------*- C++ -*-===//

#ifndef QUANTPREP_LIB_COMPARE_CLASSLABELS_H
#define QUANTPREP_LIB_COMPARE_CLASSLABELS_H

#include "QuantPrep/Execution/Inputs.h"

namespace quantprep::compare {

/// For each run, a list of classes.
using ClassLabels = std::vector<std::vector<int64_t>>;

/// Those of the array of this name, which the inputs of a function have kept
/// aside; empty without a name. Each is a class of some result.
mlir::FailureOr<ClassLabels> readLabels(mlir::func::FuncOp function,
                                        const execution::Inputs &inputs,
                                        llvm::StringRef name);

} // namespace quantprep::compare

#endif // QUANTPREP_LIB_COMPARE_CLASSLABELS_H
