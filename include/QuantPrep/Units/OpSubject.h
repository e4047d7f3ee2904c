//===- OpSubject.h - Ops of a function, as clusters see them ----*- C++ -*-===//

#ifndef QUANTPREP_UNITS_OPSUBJECT_H
#define QUANTPREP_UNITS_OPSUBJECT_H

#include "QuantPrep/Units/KindPattern.h"

namespace quantprep {

/// What clusters are matched against: ops that are in no unit yet, by what they
/// say through QuantizableOpInterface.
class OpSubject : public PatternSubject {
public:
  explicit OpSubject(const ValueFacts &facts) : facts(facts) {}

  std::optional<Maker> getMaker(mlir::Value value) const final;

  /// All uses of an op inside a cluster are in the cluster.
  bool accepts(llvm::ArrayRef<mlir::Operation *> ops) const final;

  /// Dimensions of size 1, broadcasts, and casts between floats.
  bool passes(const Maker &maker) const final;

  void take(mlir::Operation *op) { taken.insert(op); }
  bool isTaken(mlir::Operation *op) const { return taken.contains(op); }

private:
  const ValueFacts &facts;
  llvm::DenseSet<mlir::Operation *> taken;
};

} // namespace quantprep

#endif // QUANTPREP_UNITS_OPSUBJECT_H
