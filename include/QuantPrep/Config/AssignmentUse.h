//===- AssignmentUse.h - Assignments that match nothing ---------*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_ASSIGNMENTUSE_H
#define QUANTPREP_CONFIG_ASSIGNMENTUSE_H

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Matching/UnitLabels.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Regex.h"

namespace quantprep {

/// Which of a user's assignments (F2) match a unit of the module, whether they
/// decide for it or a stronger level does. What matches nothing is probably
/// misspelt.
class AssignmentUse {
public:
  /// The configuration is one that qprep-attach-config made. Optional
  /// assignments are left out.
  explicit AssignmentUse(qprep::ConfigOp config);

  /// To be called on every op of the module, on a function before its ops.
  void visit(mlir::Operation *op);

  /// One warning for each assignment that matched no unit, in their order; in
  /// a strict configuration an error, and failure.
  mlir::LogicalResult report() const;

private:
  void visitNames(llvm::StringRef path);
  void visitMember(llvm::StringRef path);
  void visitUnit(llvm::StringRef label, llvm::StringRef path,
                 llvm::StringRef opName, llvm::StringRef kind);
  void markUsed(llvm::StringRef key);
  void explain(mlir::InFlightDiagnostic &diag, qprep::AssignOp op) const;

  qprep::ConfigOp config;
  /// Whether an assignment has matched.
  llvm::MapVector<mlir::Operation *, bool> used;
  llvm::StringMap<llvm::SmallVector<mlir::Operation *, 1>> byKey;
  std::vector<std::pair<llvm::Regex, mlir::Operation *>> byRegex;
  bool hasNames = false, hasOrders = false;
  /// Units of a kind directly in a module of the function, so far.
  llvm::StringMap<int64_t> seen;
  UnitLabeler labeler;
  /// Labels of units, what encloses them, and paths of functions, where an
  /// assignment names any.
  llvm::StringSet<> labels;
  /// Whether a unit has a name of its own.
  bool anyNamed = false;
};

} // namespace quantprep

#endif // QUANTPREP_CONFIG_ASSIGNMENTUSE_H
