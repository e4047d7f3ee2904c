//===- MatchKernels.h - Which structured ops kernels can do -----*- C++ -*-===//

#ifndef QUANTPREP_LIB_EXECUTION_MATCHKERNELS_H
#define QUANTPREP_LIB_EXECUTION_MATCHKERNELS_H

#include "Kernels.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace quantprep::execution {

/// What does an op in its place.
struct KernelCall {
  std::unique_ptr<Kernel> kernel;
  llvm::SmallVector<mlir::Value> inputs;
  /// The result of the kernel is to be added to the init of the op.
  bool addsInit;
};

/// None if no kernel can do the op.
std::optional<KernelCall> matchKernel(mlir::linalg::LinalgOp op);

} // namespace quantprep::execution

#endif // QUANTPREP_LIB_EXECUTION_MATCHKERNELS_H
