//===- ObservedUses.h - Up to the use that is observed ----------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_OBSERVEDUSES_H
#define QUANTPREP_ANALYSIS_OBSERVEDUSES_H

#include "QuantPrep/Matching/UnitGraph.h"

namespace quantprep {

/// The search for the observer that an operand has (F23, B9): on its own use,
/// else upwards along the first operands of units that hand an observer on.
/// Each unit keeps the answer for those behind it, so that long chains are
/// walked once.
class ObservedUses {
public:
  /// Which units hand the observer of their first operand on to their result.
  using PassesOn = llvm::function_ref<bool(const Unit &)>;
  /// Whether there is an observer on a use itself.
  using IsObserved = std::function<bool(const mlir::OpOperand &)>;

  ObservedUses(const UnitGraph &graph, PassesOn passesOn,
               IsObserved isObserved);

  /// The use that the search ends at: it is observed, or no unit that hands on
  /// makes its value.
  const mlir::OpOperand &find(const mlir::OpOperand &use) const;

private:
  const UnitGraph &graph;
  IsObserved isObserved;
  /// For each unit that hands on, where the search from its result ends.
  std::vector<const mlir::OpOperand *> behind;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_OBSERVEDUSES_H
