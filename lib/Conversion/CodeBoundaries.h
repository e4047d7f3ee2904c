//===- CodeBoundaries.h - Codes across calls and regions --------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_CODEBOUNDARIES_H
#define QUANTPREP_CONVERSION_CODEBOUNDARIES_H

#include "mlir/IR/BuiltinOps.h"

namespace quantprep {

/// Lets boundary values (arguments of private functions, results of their
/// calls, what goes into branches and loops, around, and out) be codes where
/// all that flows into them is dequantized. What has different parameters is
/// requantized to parameters whose range has all of theirs.
void passCodes(mlir::ModuleOp module);

} // namespace quantprep

#endif // QUANTPREP_CONVERSION_CODEBOUNDARIES_H
