//===- BoundaryGroups.h - Boundary values that are one ----------*- C++ -*-===//
//
// Values that a call, a branch or a loop forwards form groups, of which all is
// decided as one: what comes from one use, such as the arguments of both
// branches, and all that a loop carries in one place (B1), be it that two
// values change places, or that the condition of a `while` hands one on.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_BOUNDARYGROUPS_H
#define QUANTPREP_ANALYSIS_BOUNDARYGROUPS_H

#include "QuantPrep/Analysis/ValueFlow.h"

#include "llvm/ADT/SetVector.h"

namespace quantprep {

struct BoundaryGroup {
  enum class Kind { Argument, Entered, Carried, BranchResult, CallResult };

  Kind kind;
  /// In program order.
  llvm::SmallVector<mlir::Value, 1> members;
  /// The uses that the members come from.
  llvm::SmallSetVector<mlir::OpOperand *, 2> sources;
  /// Indexes of the groups that this one comes from, and of those that come
  /// from it.
  llvm::SmallSetVector<unsigned, 2> neighbors;
};

class BoundaryGroups {
public:
  using IsIncluded = llvm::function_ref<bool(mlir::Value, BoundaryGroup::Kind)>;

  /// Linear in the values that are forwarded. `isIncluded`: which of them.
  BoundaryGroups(const ValueFlow &flow, IsIncluded isIncluded);

  llvm::ArrayRef<BoundaryGroup> getGroups() const { return groups; }
  unsigned getIndex(const BoundaryGroup &group) const {
    return &group - groups.data();
  }
  /// The group of a value; null for one that is not included.
  const BoundaryGroup *lookup(mlir::Value value) const;

private:
  void addGroups(const ValueFlow &flow, IsIncluded isIncluded);
  void connectGroups(const ValueFlow &flow);
  void connect(unsigned group, mlir::Value value);

  std::vector<BoundaryGroup> groups;
  llvm::DenseMap<mlir::Value, unsigned> groupOf;
};

/// The operand of this call that an argument of its callee is.
mlir::OpOperand &getCallOperand(mlir::Operation *call,
                                mlir::BlockArgument argument);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_BOUNDARYGROUPS_H
