//===- Fusions.h - Matches of backend patterns --------------*- C++ -*-===//

#ifndef QUANTPREP_MATCHING_FUSIONS_H
#define QUANTPREP_MATCHING_FUSIONS_H

#include "QuantPrep/Matching/UnitGraph.h"

#include "mlir/Pass/AnalysisManager.h"

namespace quantprep {

/// The units that a pattern of the backend matched together (F8).
struct Fusion {
  /// `@config::@backend::@pattern`.
  mlir::SymbolRefAttr pattern;
  /// The last unit first.
  llvm::SmallVector<const Unit *, 2> units;
  /// The unit that input observers belong to (F17).
  const Unit *root;

  const Unit &getLast() const { return *units.front(); }
  bool contains(const Unit *unit) const {
    return llvm::is_contained(units, unit);
  }
};

/// The matches of one function, read from qprep.pattern and qprep.fused. An
/// analysis of functions whose UnitGraph has no errors.
class Fusions {
public:
  explicit Fusions(const UnitGraph &graph);
  Fusions(mlir::Operation *, mlir::AnalysisManager &analyses)
      : Fusions(analyses.getAnalysis<UnitGraph>()) {}

  /// It points into the graph.
  bool isInvalidated(
      const mlir::AnalysisManager::PreservedAnalyses &preserved) const {
    return !preserved.isPreserved<Fusions>() ||
           !preserved.isPreserved<UnitGraph>();
  }

  /// Emits an error for each mark that does not fit the graph.
  mlir::LogicalResult verify() const;
  /// The match that a unit is in; null for none.
  const Fusion *lookup(const Unit &unit) const;

private:
  /// A unit that is marked wrongly, and how.
  struct Problem {
    const Unit *unit;
    llvm::StringRef what;
  };

  void addMatch(const Unit &last, mlir::SymbolRefAttr pattern);
  const Unit *findRoot(const Unit &last);

  const UnitGraph &graph;
  std::vector<Fusion> matches;
  /// For each unit of the graph, its match plus one; 0 for none.
  std::vector<unsigned> matchOf;
  std::vector<Problem> problems;
};

} // namespace quantprep

#endif // QUANTPREP_MATCHING_FUSIONS_H
