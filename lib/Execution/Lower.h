//===- Lower.h - From a module to LLVM --------------------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_EXECUTION_LOWER_H
#define QUANTPREP_LIB_EXECUTION_LOWER_H

#include "Kernels.h"
#include "QuantPrep/Execution/Program.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace quantprep::execution {

/// Symbols of the process that the code refers to.
using Symbols = llvm::StringMap<void *>;

/// The name of the function to run, in the module to compile.
inline constexpr llvm::StringLiteral entryName = "qprep_entry";

/// A module of nothing but the function, named `entryName`, and what it calls.
mlir::OwningOpRef<mlir::ModuleOp> isolate(mlir::func::FuncOp function);

/// Shows constants to the observers that see nothing else, and removes these
/// observations, and those that collect nothing. What remains are
/// qprep.observe.
mlir::LogicalResult prepareObservations(mlir::ModuleOp module,
                                        ObservationPlan *plan);

/// Observations of buffers become calls.
mlir::LogicalResult lowerObservations(mlir::ModuleOp module, Symbols &symbols);

/// Large constants become symbols that stand for their elements, where the
/// attributes have them, or for a buffer made here.
mlir::LogicalResult
externalizeConstants(mlir::ModuleOp module, Symbols &symbols,
                     std::vector<std::shared_ptr<char[]>> &buffers);

/// Structured ops on tensors become calls of kernels where there are any.
void selectKernels(mlir::ModuleOp module, Symbols &symbols,
                   std::vector<std::unique_ptr<Kernel>> &kernels);

/// Structured ops on buffers become calls of functions, one for those that are
/// equal but for sizes and numbers.
void outlineLoops(mlir::ModuleOp module);

/// What the code needs as long as it is run.
struct Surroundings {
  Symbols symbols;
  std::vector<std::shared_ptr<char[]>> constants;
  std::vector<std::unique_ptr<Kernel>> kernels;
  /// What can go wrong while it runs, and where.
  std::vector<std::unique_ptr<RunFailure>> failures;
};

/// Functions without a body get one that returns zeros, with a warning; those
/// that return more than numbers do not.
void defineDeclared(mlir::ModuleOp module);

/// What data can make go wrong lets the run fail, at the op's location:
/// elements and slices that are out of range, integer divisions, assertions.
void addGuards(mlir::ModuleOp module, Surroundings &surroundings);

/// All of it, to the LLVM dialect.
mlir::LogicalResult lowerToLLVM(mlir::ModuleOp module,
                                Surroundings &surroundings);

/// Lets the run of this thread fail when it is done; the first failure counts.
void noteFailure(std::string message,
                 std::optional<mlir::Location> loc = std::nullopt);
/// Ends the run of this thread. Called by compiled code alone, or by what has
/// nothing to destroy.
[[noreturn]] void endRun();
/// The failure of this thread's run; forgets it.
std::optional<RunFailure> takeFailure();

/// Where observations of this thread go until the end of the scope.
class CurrentSink {
public:
  explicit CurrentSink(ObservationSink *sink);
  ~CurrentSink();

private:
  ObservationSink *before;
};

} // namespace quantprep::execution

#endif // QUANTPREP_LIB_EXECUTION_LOWER_H
