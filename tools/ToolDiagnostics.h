//===- ToolDiagnostics.h - Diagnostics without a file -----------*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_TOOLDIAGNOSTICS_H
#define QUANTPREP_TOOLS_TOOLDIAGNOSTICS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Operation.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"

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

  /// Takes down the functions of ops whose locations are not in the text of the
  /// module: once for each module, before threads work on it.
  void addModule(mlir::Operation *module);

private:
  mlir::LogicalResult handle(mlir::Diagnostic &diag);
  void print(const mlir::Diagnostic &diag);
  /// What to add to a place: ` in @forward`, or nothing.
  std::string describeFunction(mlir::Location loc);
  mlir::MLIRContext &context;
  Verbosity verbosity;
  bool showNotes;
  bool passesOn = false;
  mlir::DiagnosticEngine::HandlerID id;
  llvm::SmallPtrSet<mlir::Operation *, 2> modules;
  /// Files that are the text of a module.
  llvm::DenseSet<mlir::StringAttr> texts;
  /// Of locations.
  llvm::DenseMap<mlir::Attribute, mlir::StringAttr> functions;
};

} // namespace quantprep

#endif // QUANTPREP_TOOLS_TOOLDIAGNOSTICS_H
