//===- OpMatchGraph.h - Ops of a function, as clusters see them ----*- C++
//-*-===//

#ifndef QUANTPREP_MATCHING_OPMATCHGRAPH_H
#define QUANTPREP_MATCHING_OPMATCHGRAPH_H

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Matching/KindPattern.h"

#include "llvm/Support/Allocator.h"

namespace quantprep {

/// What clusters are matched against: ops that are in no unit yet, by what they
/// say through QuantizableOpInterface. An op that computes by a body is what
/// its body computes: its scalars are makers like ops are, so that a cluster is
/// found in one body, in many ops, or across both.
class OpMatchGraph : public MatchGraph {
public:
  OpMatchGraph(const ValueFacts &facts, const KindPatternSet &spellings)
      : MatchGraph(&spellings), facts(facts) {}

  const Maker *getMaker(mlir::Value value) const final;

  /// All uses of an op inside a cluster are in the cluster, and so is all that
  /// is computed in the bodies that it reaches into.
  bool accepts(llvm::ArrayRef<mlir::Operation *> ops) const final;

  /// The op of the function that something matched belongs to: the op whose
  /// body it is in, or itself.
  static mlir::Operation *getOwner(mlir::Operation *op);

  /// What an op says of its operands: for some that is much to find out, and
  /// asked more than once.
  llvm::ArrayRef<OperandRoleInfo> getRoles(QuantizableOpInterface op) const;

  void take(mlir::Operation *op);
  bool isTaken(mlir::Operation *op) const { return taken.contains(op); }

  /// To be told when nothing will be asked of an op and its body any more, so
  /// that what is known at a time is little, whatever the function.
  void forget(mlir::Operation *op);

private:
  /// What has been asked of an op, or of a result that is not its first.
  /// Patterns ask for the same over and over.
  struct Known {
    bool hasRoles = false;
    llvm::SmallVector<OperandRoleInfo, 4> roles;
    bool hasMaker = false;
    bool isNormal = false;
    /// Unset for what is none, or is taken.
    std::optional<Maker> maker;
    llvm::SmallVector<mlir::Value, 3> operands;
    llvm::SmallVector<mlir::OpOperand *, 3> uses;
    /// The op as it is written, where the normal form is another.
    std::optional<Maker> plain;
    llvm::SmallVector<mlir::Value, 2> normalOperands;
    llvm::SmallVector<mlir::OpOperand *, 2> normalUses;
    llvm::SmallVector<mlir::Operation *, 2> absorbed;

    /// Keeps the memory of its lists.
    void clear();
  };
  Known &get(const void *key) const;
  Known *getWritten(mlir::Value value) const;
  void makeMaker(QuantizableOpInterface op, unsigned result, Known &at) const;
  const Maker *getAbsorbable(mlir::Value value, mlir::Operation *by) const;
  void normalize(mlir::Value result, Known &at) const;
  bool normalizeMovement(mlir::Value result, Known &at) const;
  bool normalizeNeutral(mlir::Value result, Known &at) const;
  bool normalizeBounds(mlir::Value result, Known &at) const;
  bool normalizeMask(mlir::Value result, Known &at) const;
  bool normalizeFunction(mlir::Value result, Known &at) const;
  bool normalizeMean(mlir::Value result, Known &at) const;
  bool normalizeSum(Known &at) const;
  bool normalizePower(Known &at) const;
  /// By what an op bounds which operand, and the comparison that it takes it
  /// by, if any.
  struct OwnBounds {
    unsigned operand;
    Bounds bounds;
    mlir::Operation *comparison = nullptr;
  };
  /// Whether bounds are a unit by themselves: two of those are two units.
  static bool isNamed(Bounds bounds);
  std::optional<OwnBounds> findBounds(mlir::Value result,
                                      const Maker &maker) const;
  void joinBounds(mlir::Value result, Known &at, const Maker *&from,
                  OwnBounds &own) const;
  std::optional<OwnBounds> findSelectBounds(const Maker &maker) const;
  void setNormal(Known &at, qprep::UnitKind kind, const Maker &from,
                 unsigned operand) const;
  bool coversBody(mlir::Operation *owner,
                  llvm::ArrayRef<mlir::Operation *> ops) const;

  const ValueFacts &facts;
  llvm::DenseSet<mlir::Operation *> taken;
  mutable llvm::DenseMap<const void *, Known *> known;
  mutable llvm::SpecificBumpPtrAllocator<Known> allocator;
  mutable llvm::SmallVector<Known *> unused;
};

/// Whether an operand has the type of a result. In a body and at its end, one
/// of them may be a scalar and the other the tensor that it is an element of.
bool hasTypeOf(mlir::Value operand, mlir::Value result);

} // namespace quantprep

#endif // QUANTPREP_MATCHING_OPMATCHGRAPH_H
