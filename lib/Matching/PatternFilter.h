//===- PatternFilter.h - What cannot match --------------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_UNITS_PATTERNFILTER_H
#define QUANTPREP_LIB_UNITS_PATTERNFILTER_H

#include "QuantPrep/Matching/KindPattern.h"

namespace quantprep {

/// What can be told of a pattern by one op and its operands. Most searches end
/// here, before there is any state; what passes need not match.
class PatternFilter {
public:
  /// As for match.
  PatternFilter(const MatchGraph &subject, const ValueFacts &facts)
      : subject(subject), facts(facts), spellings(subject.getSpellings()) {}

  /// Whether a pattern can have this result.
  bool mayEndWith(const KindPattern &pattern, mlir::Value result) const;

  /// Whether a node of a pattern can be this value, which is no reciprocal.
  bool mayBe(const KindPattern &pattern, unsigned index,
             mlir::Value value) const;

private:
  bool mayBeBehind(const KindPattern &pattern, unsigned index,
                   const Maker &maker) const;
  bool mayEnd(const KindPattern &pattern, unsigned index, const Maker &last,
              unsigned depth) const;
  bool maySpell(qprep::UnitKind kind, const Maker &last, unsigned depth) const;
  bool mayCombine(qprep::UnitKind kind, mlir::Value value) const;

  const MatchGraph &subject;
  const ValueFacts &facts;
  const KindPatternSet *spellings;
};

} // namespace quantprep

#endif // QUANTPREP_LIB_UNITS_PATTERNFILTER_H
