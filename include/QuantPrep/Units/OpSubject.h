//===- OpSubject.h - Ops of a function, as clusters see them ----*- C++ -*-===//

#ifndef QUANTPREP_UNITS_OPSUBJECT_H
#define QUANTPREP_UNITS_OPSUBJECT_H

#include "QuantPrep/Units/KindPattern.h"

#include "llvm/Support/Allocator.h"

namespace quantprep {

/// What clusters are matched against: ops that are in no unit yet, by what they
/// say through QuantizableOpInterface. An op that computes by a body is what
/// its body computes: its scalars are makers like ops are, so that a cluster is
/// found in one body, in many ops, or across both.
class OpSubject : public PatternSubject {
public:
  explicit OpSubject(const ValueFacts &facts) : facts(facts) {}

  const Maker *getMaker(mlir::Value value) const final;

  /// All uses of an op inside a cluster are in the cluster, and so is all that
  /// is computed in the bodies that it reaches into.
  bool accepts(llvm::ArrayRef<mlir::Operation *> ops) const final;

  /// Dimensions of size 1, broadcasts, and casts between floats.
  bool passes(const Maker &maker) const final;

  /// The op of the function that something matched belongs to: the op whose
  /// body it is in, or itself.
  static mlir::Operation *getOwner(mlir::Operation *op);

  /// Where the operands of a maker come into its owner; null for what is
  /// computed in the body.
  static llvm::SmallVector<mlir::OpOperand *, 3> getUses(mlir::Operation *op);

  void take(mlir::Operation *op) { taken.insert(op); }
  bool isTaken(mlir::Operation *op) const { return taken.contains(op); }

private:
  bool coversBody(mlir::Operation *owner,
                  llvm::ArrayRef<mlir::Operation *> ops) const;

  const ValueFacts &facts;
  llvm::DenseSet<mlir::Operation *> taken;
  /// Patterns ask for the same makers over and over.
  mutable llvm::DenseMap<mlir::Operation *, const Maker *> makers;
  mutable llvm::SpecificBumpPtrAllocator<Maker> allocator;
};

} // namespace quantprep

#endif // QUANTPREP_UNITS_OPSUBJECT_H
