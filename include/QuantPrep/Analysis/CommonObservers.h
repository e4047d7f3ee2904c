//===- CommonObservers.h - What observes all of a value ---------*- C++ -*-===//
//
// Whether all places that a value may come from have something in common. Where
// values go through many branches, loops and calls, listing these places for
// each value (ObservedSources::find) is quadratic; this is linear for all.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_COMMONOBSERVERS_H
#define QUANTPREP_ANALYSIS_COMMONOBSERVERS_H

#include "QuantPrep/Analysis/ObservedSources.h"

namespace quantprep {

/// A value that is handed on.
struct PassedNode {
  /// Values that it comes from.
  llvm::SmallVector<PassedNode *, 2> from;
  /// What its sources have in common; unset as long as there are none.
  std::optional<llvm::SmallVector<mlir::Attribute, 4>> facts;
};

class CommonObservers {
public:
  /// What is said of the places that observe one source.
  using Facts = llvm::SmallVector<mlir::Attribute, 4>;
  using GetFacts = std::function<Facts(const Places &)>;

  /// Functions have been added to `sources`.
  CommonObservers(const ValueFlow &flow, const ObservedSources &sources,
                  bool throughMovement, GetFacts getFacts);

  /// What holds for all sources of a use, whichever calls they come through. So
  /// it holds for those that ObservedSources::find lists, which may have more
  /// in common: not all calls concern all of them.
  Facts find(const mlir::OpOperand &use) const;
  /// The same for all that a value is handed on from; empty if it is not.
  Facts find(mlir::Value value) const;

private:
  void add(PassedNode &node, mlir::Value value);
  void solve();

  const ValueFlow &flow;
  const ObservedSources &sources;
  bool throughMovement;
  GetFacts getFacts;
  /// Nodes stay where they are.
  llvm::DenseMap<mlir::Value, std::unique_ptr<PassedNode>> nodes;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_COMMONOBSERVERS_H
