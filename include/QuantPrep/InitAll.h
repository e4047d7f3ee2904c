//===- InitAll.h - Register everything --------------------------*- C++ -*-===//
//
// The driver and the plugin call these two functions, and so does any other
// host.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_INITALL_H
#define QUANTPREP_INITALL_H

#include "mlir/IR/DialectRegistry.h"

namespace quantprep {
/// The qprep dialect, and what foreign ops are taught about quantization.
void registerAllDialects(mlir::DialectRegistry &registry);

/// All passes, and the qprep-prepare pipeline.
void registerAllPasses();
} // namespace quantprep

#endif // QUANTPREP_INITALL_H
