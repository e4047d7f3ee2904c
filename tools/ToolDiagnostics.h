//===- ToolDiagnostics.h - Diagnostics without a file -----------*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_TOOLDIAGNOSTICS_H
#define QUANTPREP_TOOLS_TOOLDIAGNOSTICS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Operation.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/ADT/DenseMap.h"

#include <atomic>
#include <string>

namespace quantprep {

/// Says of diagnostics what the handler of a SourceMgr leaves out. One on an op
/// whose location is a name begins with the name and the function, one without
/// any location has no `<unknown>:0`, and one on an op of another source than
/// the text of the module says the function. Notes do not print whole regions.
class ToolDiagnostics {
public:
  using Verbosity = mlir::VerbosityLevel;

  /// Made after the handler that prints what has a place in a file.
  explicit ToolDiagnostics(
      mlir::MLIRContext &context,
      Verbosity verbosity = Verbosity::ErrorsWarningsAndRemarks,
      bool showNotes = true);
  ~ToolDiagnostics();

  /// Ops are looked up in the modules that are known, as they are from now on.
  /// Any op of a module will do; threads may tell at once, and no more than two
  /// modules count.
  void addModuleOf(mlir::Operation *op);

private:
  mlir::LogicalResult handle(mlir::Diagnostic &diag);
  void print(const mlir::Diagnostic &diag);
  /// What to add to a place: ` in @forward`, or nothing.
  std::string describeFunction(mlir::Location loc);
  /// The functions of locations, looked up once for all diagnostics of a pass.
  const llvm::DenseMap<mlir::Attribute, mlir::StringAttr> &getFunctions();

  mlir::MLIRContext &context;
  Verbosity verbosity;
  bool showNotes;
  bool passesOn = false;
  mlir::DiagnosticEngine::HandlerID id;
  std::atomic<mlir::Operation *> modules[2] = {nullptr, nullptr};
  std::atomic<bool> isStale = false;
  llvm::DenseMap<mlir::Attribute, mlir::StringAttr> functions;
};

} // namespace quantprep

#endif // QUANTPREP_TOOLS_TOOLDIAGNOSTICS_H
