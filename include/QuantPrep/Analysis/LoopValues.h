//===- LoopValues.h - What loops carry together (B1) ------------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_LOOPVALUES_H
#define QUANTPREP_ANALYSIS_LOOPVALUES_H

#include "QuantPrep/Analysis/ValueFlow.h"

namespace quantprep {

/// The groups of values that loops carry. Of one group are the arguments of
/// regions and the results that come from one operand, and those that a loop
/// hands straight on to another of its places: by the condition of a `while`,
/// or where two change places.
class LoopValues {
public:
  /// Linear in the values that are handed on.
  explicit LoopValues(const ValueFlow &flow);

  /// The group of a value, in program order; empty for what no loop carries.
  llvm::ArrayRef<mlir::Value> getGroup(mlir::Value value) const;

private:
  llvm::DenseMap<mlir::Value, unsigned> groupOf;
  std::vector<llvm::SmallVector<mlir::Value, 2>> groups;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_LOOPVALUES_H
