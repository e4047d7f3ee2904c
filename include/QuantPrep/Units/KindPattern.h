//===- KindPattern.h - Patterns over kinds ----------------------*- C++ -*-===//
//
// The one pattern language of clusters (matched against ops) and fusions
// (matched against units), compiled from qprep.cluster and qprep.pattern.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_UNITS_KINDPATTERN_H
#define QUANTPREP_UNITS_KINDPATTERN_H

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Units/ValueFacts.h"

namespace quantprep {

/// One op of a pattern's body; `operands` are indexes of others before it.
struct KindPatternNode {
  mlir::Operation *op;
  llvm::SmallVector<unsigned, 3> operands;
};

/// A compiled pattern. The last node is the last op of a match.
struct KindPattern {
  explicit KindPattern(mlir::Operation *source, mlir::Region &body);

  qprep::UnitKind getLastKind() const;
  /// Number of ops that a match has at least: longer patterns are tried first
  /// (F8).
  size_t length() const;

  mlir::Operation *source;
  std::vector<KindPatternNode> nodes;
};

/// Patterns by the kind of their last node, longest first, then in order.
class KindPatternSet {
public:
  void add(KindPattern pattern);
  llvm::ArrayRef<KindPattern> getEndingWith(qprep::UnitKind kind) const;

private:
  llvm::DenseMap<unsigned, std::vector<KindPattern>> byLastKind;
};

/// Something of a kind that makes a value: an op, or a unit.
struct Maker {
  /// The op, or the anchor of the unit.
  mlir::Operation *op;
  qprep::UnitKind kind;
  llvm::SmallVector<mlir::Value, 3> operands;
};

/// What patterns are matched against.
class PatternSubject {
public:
  virtual ~PatternSubject();
  /// What makes a value, if it can be part of a match.
  virtual std::optional<Maker> getMaker(mlir::Value value) const = 0;
  /// Whether these may be matched together; the last is first.
  virtual bool accepts(llvm::ArrayRef<mlir::Operation *> ops) const = 0;
};

/// A node of the pattern, and what it matched.
struct MatchedNode {
  unsigned node;
  Maker maker;
  /// The node of each operand; those beyond the pattern's are left out.
  llvm::SmallVector<unsigned, 3> operandNodes;
};

/// The last op of the pattern is first.
using Match = llvm::SmallVector<MatchedNode, 4>;

/// Matches a pattern at the result of its last op.
std::optional<Match> match(const KindPattern &pattern, mlir::Value result,
                           const PatternSubject &subject,
                           const ValueFacts &facts);

} // namespace quantprep

#endif // QUANTPREP_UNITS_KINDPATTERN_H
