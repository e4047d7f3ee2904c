//===- AssignmentUse.h - Assignments that match nothing ---------*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_ASSIGNMENTUSE_H
#define QUANTPREP_CONFIG_ASSIGNMENTUSE_H

#include "QuantPrep/IR/QPrepOps.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
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

  /// To be called on every op of the module, on those of a function before the
  /// function itself.
  void visit(mlir::Operation *op);

  /// One warning for each assignment that matched no unit, in their order.
  void warn() const;

private:
  void visitNames(llvm::StringRef path);
  void visitUnit(llvm::StringRef written, llvm::StringRef path,
                 llvm::StringRef opName, llvm::StringRef kind);
  void markUsed(llvm::StringRef key);

  /// Whether an assignment has matched.
  llvm::MapVector<mlir::Operation *, bool> used;
  llvm::StringMap<llvm::SmallVector<mlir::Operation *, 1>> byKey;
  std::vector<std::pair<llvm::Regex, mlir::Operation *>> byRegex;
  bool hasNames = false, hasOrders = false;
  /// Units of a kind directly in a module of the function, so far.
  llvm::StringMap<int64_t> seen;
};

} // namespace quantprep

#endif // QUANTPREP_CONFIG_ASSIGNMENTUSE_H
