//===- DelayedObservations.h - Observed behind a relu (T4) ------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_DELAYEDOBSERVATIONS_H
#define QUANTPREP_ANALYSIS_DELAYEDOBSERVATIONS_H

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/Backend.h"
#include "QuantPrep/Matching/Fusions.h"

namespace quantprep {

/// Which values are observed later, as the result of the unit that they are
/// fused with. Each of the two may be the call of a function that consists of
/// it.
class DelayedObservations {
public:
  DelayedObservations(const ValueFlow &flow, const Backend &backend)
      : flow(flow), backend(backend) {}

  /// To be called for every function of the module, callees first.
  void addFunction(const UnitGraph &graph, const Fusions &matches);

  /// The value that is observed instead: the value itself for most.
  mlir::Value get(mlir::Value value) const;

private:
  std::optional<qprep::UnitKind> findOnlyKind(const UnitGraph &graph) const;
  std::optional<qprep::UnitKind> getMadeKind(const UnitGraph &graph,
                                             mlir::Operation *op) const;
  bool fuses(qprep::UnitKind first, qprep::UnitKind second) const;

  const ValueFlow &flow;
  const Backend &backend;
  llvm::DenseMap<mlir::Value, mlir::Value> delays;
  /// Of functions that consist of one unit.
  llvm::DenseMap<mlir::Operation *, qprep::UnitKind> onlyKinds;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_DELAYEDOBSERVATIONS_H
