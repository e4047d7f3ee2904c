//===- KindPattern.h - Patterns over kinds ----------------------*- C++ -*-===//
//
// The one pattern language of clusters (matched against ops) and fusions
// (matched against units), compiled from qprep.cluster and qprep.pattern.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MATCHING_KINDPATTERN_H
#define QUANTPREP_MATCHING_KINDPATTERN_H

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Models/ValueFacts.h"

#include <array>
#include <bitset>

namespace quantprep {

using KindSet = std::bitset<qprep::getMaxEnumValForUnitKind() + 1>;

/// One op of a pattern's body; `operands` are indexes of others before it.
struct KindPatternNode {
  mlir::Operation *op;
  llvm::SmallVector<unsigned, 3> operands;
  /// The kinds that may be there, spelled as they are; all for what is no kind.
  KindSet kinds;
};

/// A compiled pattern. The last node is the last op of a match.
struct KindPattern {
  explicit KindPattern(mlir::Operation *source, mlir::Region &body);

  /// The kinds that the last op of a match may have: more than one if the last
  /// node is optional.
  llvm::SmallVector<qprep::UnitKind, 2> getLastKinds() const;
  /// Number of ops that a match has at least: longer patterns are tried first
  /// (F8).
  size_t length() const;

  /// Whether the pattern is one kind, whatever its operands are.
  bool isOneKind() const;

  mlir::Operation *source;
  std::vector<KindPatternNode> nodes;
  /// The operands in the order in which the body names them.
  llvm::SmallVector<unsigned, 3> operands;
};

/// Patterns by the kind of their last node, longest first, then in order.
class KindPatternSet {
public:
  void add(KindPattern pattern);
  bool empty() const { return isEmpty; }
  llvm::ArrayRef<KindPattern> getEndingWith(qprep::UnitKind kind) const {
    return byLastKind[unsigned(kind)].patterns;
  }
  /// The kinds that a pattern which ends with a kind spells, `inside` or not,
  /// directly or through others.
  const KindSet &getSpelledBy(qprep::UnitKind last) const {
    return byLastKind[unsigned(last)].spelled;
  }
  /// Whether an `inside` pattern that ends with a kind spells another.
  bool isSpelledInside(qprep::UnitKind kind, qprep::UnitKind last) const {
    return byLastKind[unsigned(last)].spelledInside.test(unsigned(kind));
  }
  /// The kinds of which one is behind ops that pass a value on where a node of
  /// this kind is: the kind, and what patterns for it come down to. All kinds
  /// if there need not be any.
  const KindSet &getCores(qprep::UnitKind kind) const {
    return cores[unsigned(kind)];
  }
  /// To be called when all patterns have been added.
  void finish();

  /// The kinds that are a node of this kind as they are.
  static KindSet getOwn(qprep::UnitKind kind);
  /// Whether ops of a kind may only pass a value on.
  static bool mayPass(qprep::UnitKind kind);

private:
  struct Ending {
    std::vector<KindPattern> patterns;
    KindSet spelled;
    KindSet spelledInside;
  };

  llvm::SmallVector<qprep::UnitKind, 2>
  getSpellings(const KindPattern &pattern) const;
  void addSpelling(qprep::UnitKind spelled, qprep::UnitKind last);

  KindSet findCores(const KindPattern &pattern) const;

  std::array<Ending, qprep::getMaxEnumValForUnitKind() + 1> byLastKind;
  std::array<KindSet, qprep::getMaxEnumValForUnitKind() + 1> cores;
  bool isEmpty = true;
};

/// Ops in a row that may stand between two nodes of a pattern. In unreachable
/// code they may go round.
constexpr unsigned maxPassed = 8;

/// x / c stands for x (1 / c), and the other way round: mul for div and div for
/// mul; others for themselves.
qprep::UnitKind getInverse(qprep::UnitKind kind);

/// What an op bounds its operand by; infinite where it does not.
struct Bounds {
  double low;
  double high;
};

/// Something of a kind that makes a value: an op in its normal form, or a unit.
/// Lists belong to the match graph.
struct Maker {
  /// The op, or the anchor of the unit.
  mlir::Operation *op;
  qprep::UnitKind kind;
  llvm::ArrayRef<mlir::Value> operands;
  /// Of an op, how each operand comes into it; null for what its body computes.
  llvm::ArrayRef<mlir::OpOperand *> uses = {};
  /// Ops before it that it is one op with in the normal form.
  llvm::ArrayRef<mlir::Operation *> absorbed = {};
  /// The value that it only brings into another shape or precision, so that it
  /// may stand between two nodes of a pattern; null if it does more.
  mlir::Value passed = {};
  /// It passes the value on as it is, so that nothing has to know of it.
  bool changesNothing = false;
  std::optional<Bounds> bounds = std::nullopt;
  /// The normal form is a unit by itself, and not only a node of others.
  bool isUnit = false;
  /// The op as it is written; null if that is its normal form.
  const Maker *plain = nullptr;
};

/// What patterns are matched against.
class MatchGraph {
public:
  /// Where a node's kind is not there, it may be spelled by one of `spellings`
  /// (clusters; may be null).
  explicit MatchGraph(const KindPatternSet *spellings = nullptr)
      : spellings(spellings) {}
  virtual ~MatchGraph();
  /// What makes a value, if it can be part of a match; null if not. It is the
  /// subject's.
  virtual const Maker *getMaker(mlir::Value value) const = 0;
  /// Whether these may be matched together; the last is first.
  virtual bool accepts(llvm::ArrayRef<mlir::Operation *> ops) const = 0;

  /// What computes a value, behind ops that change nothing.
  const Maker *getComputing(mlir::Value value) const;

  const KindPatternSet *getSpellings() const { return spellings; }

private:
  const KindPatternSet *spellings;
};

/// An op of a match.
struct MatchedOp {
  const Maker *maker;
  /// What each operand of its maker is in the pattern's body. Null beyond the
  /// pattern's operands.
  llvm::SmallVector<mlir::Operation *, 3> operandNodes;
};

/// The last op of the pattern is first; every op is there once.
using Match = llvm::SmallVector<MatchedOp, 4>;

/// An op behind the last one of a pattern that belongs to the match all the
/// same: what makes `after` of `before`.
struct Behind {
  mlir::Value after;
  mlir::Value before;
};

/// Matches a pattern at the result of its last op, or of one behind it.
std::optional<Match> match(const KindPattern &pattern, mlir::Value result,
                           const MatchGraph &subject, const ValueFacts &facts,
                           Behind behind = {});

} // namespace quantprep

#endif // QUANTPREP_MATCHING_KINDPATTERN_H
