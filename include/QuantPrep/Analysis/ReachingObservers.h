//===- ReachingObservers.h - What observes all of a value -------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_REACHINGOBSERVERS_H
#define QUANTPREP_ANALYSIS_REACHINGOBSERVERS_H

#include "QuantPrep/Analysis/FlowGraph.h"

namespace quantprep {

/// What holds of a use whichever way its value gets there: the facts that all
/// of its origins have in common. Linear for all uses together, where listing
/// the origins of each would be quadratic.
class ReachingObservers {
public:
  using Facts = llvm::SmallVector<mlir::Attribute, 4>;
  /// What is known of a use that a search ends at.
  using GetFacts = std::function<Facts(const mlir::OpOperand &)>;

  ReachingObservers(const FlowGraph &graph, GetFacts getFacts);

  const FlowGraph &getGraph() const { return graph; }
  Facts get(const mlir::OpOperand &use) const;
  /// Null: nothing is known.
  Facts get(const FlowNode *node) const;

private:
  const FlowGraph &graph;
  GetFacts getFacts;
  /// Of nodes with an origin; what only comes from itself has none.
  llvm::DenseMap<const FlowNode *, Facts> known;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_REACHINGOBSERVERS_H
