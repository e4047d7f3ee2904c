//===- OpSubject.h - Ops of a function, as clusters see them ----*- C++ -*-===//

#ifndef QUANTPREP_UNITS_OPSUBJECT_H
#define QUANTPREP_UNITS_OPSUBJECT_H

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Units/KindPattern.h"

#include "llvm/Support/Allocator.h"

namespace quantprep {

/// What clusters are matched against: ops that are in no unit yet, by what they
/// say through QuantizableOpInterface. An op that computes by a body is what
/// its body computes: its scalars are makers like ops are, so that a cluster is
/// found in one body, in many ops, or across both.
class OpSubject : public PatternSubject {
public:
  OpSubject(const ValueFacts &facts, const KindPatternSet &spellings)
      : PatternSubject(&spellings), facts(facts) {}

  const Maker *getMaker(mlir::Value value) const final;

  /// All uses of an op inside a cluster are in the cluster, and so is all that
  /// is computed in the bodies that it reaches into.
  bool accepts(llvm::ArrayRef<mlir::Operation *> ops) const final;

  /// Dimensions of size 1, broadcasts, and casts between floats.
  bool passes(const Maker &maker) const final;

  /// The op of the function that something matched belongs to: the op whose
  /// body it is in, or itself.
  static mlir::Operation *getOwner(mlir::Operation *op);

  /// What an op says of its operands: for some that is much to find out, and
  /// asked more than once.
  llvm::ArrayRef<OperandRoleInfo> getRoles(QuantizableOpInterface op) const;

  void take(mlir::Operation *op) {
    taken.insert(op);
    makers[op] = nullptr;
  }
  bool isTaken(mlir::Operation *op) const { return taken.contains(op); }

private:
  const Maker *makeMaker(QuantizableOpInterface op) const;
  bool coversBody(mlir::Operation *owner,
                  llvm::ArrayRef<mlir::Operation *> ops) const;

  const ValueFacts &facts;
  llvm::DenseSet<mlir::Operation *> taken;
  /// Patterns ask for the same makers over and over. Null for what is none, or
  /// is taken.
  mutable llvm::DenseMap<mlir::Operation *, const Maker *> makers;
  mutable llvm::DenseMap<mlir::Operation *, llvm::ArrayRef<OperandRoleInfo>>
      roles;
  mutable llvm::BumpPtrAllocator allocator;
};

} // namespace quantprep

#endif // QUANTPREP_UNITS_OPSUBJECT_H
