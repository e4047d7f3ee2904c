//===- SharingGroups.h - Union-find with provenance -------------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_SHARINGGROUPS_H
#define QUANTPREP_ANALYSIS_SHARINGGROUPS_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/IntEqClasses.h"

namespace quantprep {

/// Groups of observations that must share one observer: the closure of
/// constraints, each of which comes from an op (B2). The order of constraints
/// does not matter.
class SharingGroups {
public:
  explicit SharingGroups(unsigned numObservations)
      : classes(numObservations), numNodes(numObservations) {}

  /// Something that is no observation, but that observations share with.
  unsigned addNode() {
    classes.grow(++numNodes);
    return numNodes - 1;
  }

  /// Two observations share, because of an op.
  void share(unsigned a, unsigned b, mlir::Operation *reason);

  /// Observations and other nodes.
  unsigned size() const { return numNodes; }

  /// The observation that stands for a group.
  unsigned getLeader(unsigned observation) const {
    return classes.findLeader(observation);
  }

  /// The ops whose constraints connect two observations of a group, along a
  /// shortest path from the first to the second; each once where it stands for
  /// several.
  llvm::SmallVector<mlir::Operation *> getPath(unsigned from,
                                               unsigned to) const;

private:
  struct Edge {
    unsigned a, b;
    mlir::Operation *reason;
  };
  llvm::IntEqClasses classes;
  unsigned numNodes;
  std::vector<Edge> edges;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_SHARINGGROUPS_H
