//===- OptMain.h - mlir-opt with our diagnostics ----------------*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_OPTMAIN_H
#define QUANTPREP_TOOLS_OPTMAIN_H

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/LLVM.h"

namespace quantprep {

/// What MlirOptMain does after options are parsed. Diagnostics of passes are
/// shown as ToolDiagnostics says, except where they are verified.
mlir::LogicalResult runOptMain(int argc, char **argv, llvm::StringRef input,
                               llvm::StringRef output,
                               mlir::DialectRegistry &registry);

} // namespace quantprep

#endif // QUANTPREP_TOOLS_OPTMAIN_H
