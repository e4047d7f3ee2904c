//===- InitAll.h - Register everything --------------------------*- C++ -*-===//
//
// The driver and the plugin call these two functions, and so does any other
// host.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_INITALL_H
#define QUANTPREP_INITALL_H

#include "mlir/IR/DialectRegistry.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace quantprep {
/// The qprep dialect, and what foreign ops are taught about quantization.
void registerAllDialects(mlir::DialectRegistry &registry);

/// The version of QuantPrep, such as "0.1.0".
llvm::StringRef getVersion();

/// The versions of QuantPrep, of its dialect's bytecode, and of LLVM, as
/// --version shows them.
void printVersion(llvm::raw_ostream &os);

/// All passes.
void registerAllPasses();
} // namespace quantprep

#endif // QUANTPREP_INITALL_H
