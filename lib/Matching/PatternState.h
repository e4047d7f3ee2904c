//===- PatternState.h - How far a match has come ----------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_MATCHING_PATTERNSTATE_H
#define QUANTPREP_LIB_MATCHING_PATTERNSTATE_H

#include "QuantPrep/Matching/KindPattern.h"

namespace quantprep {

/// A node of one of the patterns that take part.
struct Place {
  unsigned frame;
  unsigned node;
};

/// A pattern that takes part in a match: the one that is asked for, or one that
/// spells the kind of a node of another.
struct Frame {
  const KindPattern *pattern;
  /// The node that is spelled; the first frame has none.
  std::optional<Place> spelled;
  /// What each node is: the value that its op makes, whatever brings it into
  /// another shape behind.
  llvm::SmallVector<mlir::Value, 16> bound;
  /// The value as the first user of the node sees it.
  llvm::SmallVector<mlir::Value, 16> seen;
  llvm::SmallVector<bool, 16> inverted;
};

struct Goal {
  Place at;
  mlir::Value value;
  /// The value is the reciprocal of what the pattern means.
  bool inverted = false;
  /// An op that passes elements has been skipped: what is behind must match.
  bool strict = false;
  /// Ops that were skipped.
  unsigned passed = 0;
  /// Operand nodes of `at` that the value combines, if not all.
  llvm::SmallVector<unsigned, 4> terms = {};
};

struct MatchedPlace {
  Place at;
  const Maker *maker;
  llvm::SmallVector<Place, 3> operands;
  /// The op only passes the node's elements on.
  bool passes = false;
};

struct State {
  const KindPatternNode &getNode(Place at) const {
    return frames[at.frame].pattern->nodes[at.node];
  }
  /// The operand nodes that a goal's value combines.
  llvm::ArrayRef<unsigned> getTerms(const Goal &goal) const {
    return goal.terms.empty()
               ? llvm::ArrayRef<unsigned>(getNode(goal.at).operands)
               : llvm::ArrayRef<unsigned>(goal.terms);
  }
  /// The node of a goal is the goal's value.
  void bind(const Goal &goal);
  /// Whether the values fit that every node has: what concerns several of them.
  bool fits(const ValueFacts &facts) const;
  llvm::SmallVector<mlir::Operation *> getOps() const;
  Match getMatch() const;

  llvm::SmallVector<Frame, 2> frames;
  llvm::SmallVector<Goal, 8> goals;
  llvm::SmallVector<MatchedPlace, 8> matched;

private:
  mlir::Value getSource(unsigned frame, unsigned index) const;
  bool fitsNode(unsigned frame, unsigned index) const;
  bool spansReduction(unsigned frame, mlir::Value parameter) const;
  mlir::Operation *resolve(Place place) const;
};

} // namespace quantprep

#endif // QUANTPREP_LIB_MATCHING_PATTERNSTATE_H
