//===- SharingConstraints.h - What must share an observer -------*- C++ -*-===//
//
// Reads the plans: units whose results are `shared`, and loop-carried values
// that are, share with the observations upstream of them (F23, B1). Sharing
// through the arguments of a function and a result that its calls observe is
// one constraint per call.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_SHARINGCONSTRAINTS_H
#define QUANTPREP_ANALYSIS_SHARINGCONSTRAINTS_H

#include "QuantPrep/Analysis/FlowGraph.h"
#include "QuantPrep/Analysis/SharingGroups.h"
#include "QuantPrep/Matching/Fusions.h"

namespace quantprep {

/// All observations of a module, in program order.
struct ObservationList {
  /// Adds an op if it is an observation.
  void add(mlir::Operation *op);

  std::optional<unsigned> getIndex(mlir::Operation *op) const;

  std::vector<qprep::ObservationOpInterface> all;
  /// Indexes of those that name an observer already.
  std::vector<unsigned> withObserver;

private:
  /// Filled when the first is asked for: where nothing shares, none is.
  mutable llvm::DenseMap<mlir::Operation *, unsigned> indexes;
};

class SharingConstraints {
public:
  SharingConstraints(const ValueFlow &flow, const FlowGraph &graph,
                     const ObservationList &observations, SharingGroups &groups)
      : flow(flow), graph(graph), observations(observations), groups(groups) {}

  /// Adds those of the units of a function, its loops and its calls.
  void collect(const UnitGraph &units, const Fusions &fusions);

  /// For each constraint, in the order they were added, the observation that a
  /// group has its spec from: that of the first operand.
  llvm::ArrayRef<unsigned> getFirsts() const { return firsts; }

private:
  void visitUnit(const Unit &unit, const Fusions &fusions);
  void visitLoop(mlir::Operation *loop);
  void visitCall(mlir::Operation *call);
  mlir::OpOperand *getReturn(mlir::Operation *call, unsigned result) const;
  bool returnsShared(mlir::OpOperand *returned);
  void share(llvm::ArrayRef<std::optional<unsigned>> operands,
             mlir::ValueRange results, mlir::Operation *reason);

  std::optional<unsigned> resolve(const mlir::OpOperand &top,
                                  const FlowNode *from);
  unsigned getIndex(const FlowNode *node);
  void expand();
  std::optional<unsigned> getFirstObservation(unsigned index) const;

  const ValueFlow &flow;
  const FlowGraph &graph;
  const ObservationList &observations;
  SharingGroups &groups;
  /// Nodes of the graph that share with all that they come from.
  llvm::DenseMap<const FlowNode *, unsigned> indexOf;
  llvm::DenseMap<unsigned, unsigned> firstOf;
  std::vector<const FlowNode *> unexpanded;
  llvm::DenseMap<mlir::OpOperand *, bool> sharedReturns;
  std::vector<unsigned> firsts;
};

/// The observation on a use that says how its value is quantized: the nearest
/// that preparation made, else the nearest of the user's. Null for none.
qprep::ObservationOpInterface getSharedObservation(const mlir::OpOperand &use);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_SHARINGCONSTRAINTS_H
