//===- PatternSearch.h - Matching patterns over kinds -----------*- C++ -*-===//
//
// A match is found by working off goals: a node of a pattern, and the value
// that it has to be. Where there is a choice (operands of a commutative kind,
// a kind spelled by another cluster, an optional node), the state is copied and
// the other ways are tried later. What the filter can tell cannot match is not
// tried; the rest is small, and bounded, whatever the model.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_MATCHING_PATTERNSEARCH_H
#define QUANTPREP_LIB_MATCHING_PATTERNSEARCH_H

#include "PatternFilter.h"
#include "PatternState.h"

namespace quantprep {

/// A way to reach a goal at a node.
struct Alternative {
  enum Way { own, inverse, spelled, passed, missing } way;
  /// Bits of the terms that go to the first operand of a commutative op.
  unsigned first = 0;
  const KindPattern *spelling = nullptr;
  /// The op in its normal form, or as it is written.
  const Maker *as = nullptr;
  /// The operands of the op come in the other order.
  bool swapped = false;
};

class Search {
public:
  Search(const MatchGraph &subject, const ValueFacts &facts, Behind behind)
      : subject(subject), facts(facts), spellings(subject.getSpellings()),
        filter(subject, facts), behind(behind) {}

  void open(State &state, const KindPattern &pattern,
            std::optional<Place> spelled, mlir::Value value) const;
  /// Works off the goals. On success the state holds the match.
  bool solve(State &state) const;

private:
  bool mayCombine(const State &state, const Goal &goal, const Maker &maker,
                  unsigned first) const;
  enum class Step { failed, advanced, solved };
  Step reach(State &state, const Goal &goal) const;
  Step reachNode(State &state, const Goal &goal) const;
  bool reachNeutral(State &state, const Goal &goal, const Maker &maker) const;
  bool reachAsWritten(State &state, const Goal &goal, const Maker *maker) const;
  Step reachInverse(State &state, const Goal &goal) const;
  bool reachLeaf(State &state, const Goal &goal) const;
  bool reachAgain(State &state, const Goal &goal) const;
  bool reachBehind(State &state, const Goal &goal) const;
  void addInverseWays(const State &state, const Goal &goal, const Maker &maker,
                      llvm::SmallVectorImpl<Alternative> &ways) const;
  void addOwnWays(const State &state, const Goal &goal, const Maker &maker,
                  llvm::SmallVectorImpl<Alternative> &ways) const;
  llvm::SmallVector<Alternative, 8> getAlternatives(const State &state,
                                                    const Goal &goal,
                                                    const Maker *maker) const;
  bool isOpen(const State &state, unsigned frame,
              const KindPattern &pattern) const;
  bool take(State &state, const Goal &goal, const Alternative &way,
            const Maker *maker) const;
  bool takeOwn(State &state, const Goal &goal, const Alternative &way,
               const Maker &maker) const;
  const Maker *takeRepeated(State &state, const Goal &goal,
                            const Maker *first) const;
  bool isSame(mlir::Value value, mlir::Value bound, unsigned depth,
              llvm::SmallVectorImpl<std::pair<const Maker *, mlir::Operation *>>
                  &again) const;
  bool takeAgain(State &state, const Goal &goal, mlir::Value value,
                 mlir::Value bound) const;
  void skip(State &state, const Goal &goal, const Maker &maker,
            mlir::Value next) const;

  const MatchGraph &subject;
  const ValueFacts &facts;
  const KindPatternSet *spellings;
  PatternFilter filter;
  Behind behind;
  /// What is left of the steps that a match may take: no pattern needs more
  /// than some dozens, but a model can be made to have very many ways.
  mutable unsigned steps = 4096;
};

} // namespace quantprep

#endif // QUANTPREP_LIB_MATCHING_PATTERNSEARCH_H
