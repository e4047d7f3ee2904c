//===- UnitLabels.h - What units are called (B19) ---------------*- C++ -*-===//
//
// Configurations, reports, remarks and pictures call a unit by its label.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MATCHING_UNITLABELS_H
#define QUANTPREP_MATCHING_UNITLABELS_H

#include "QuantPrep/Matching/UnitGraph.h"

#include "mlir/IR/BuiltinOps.h"

#include <array>

namespace quantprep {

/// Labels the units of a function one after the other, in program order of
/// their anchors: the name of a unit's location, else `<kind>_<n>`, the n-th
/// unit of that kind in the function from 0.
class UnitLabeler {
public:
  /// The label of the next unit.
  std::string next(qprep::UnitKind kind, mlir::Location loc);

private:
  std::array<unsigned, qprep::getMaxEnumValForUnitKind() + 1> seen = {};
};

/// The labels of all units of a function.
class UnitLabels {
public:
  explicit UnitLabels(const UnitGraph &graph);

  std::string get(const Unit &unit) const;

private:
  const UnitGraph *graph;
  /// For each unit of the graph, how many of its kind are before it.
  std::vector<unsigned> ordinals;
};

/// Visits the units of all functions of a module, with their labels. Fails,
/// after an error, where annotations are stale.
mlir::LogicalResult forEachLabelledUnit(
    mlir::ModuleOp module,
    llvm::function_ref<void(const UnitGraph &graph, const Unit &unit,
                            std::string label)>
        visit);

} // namespace quantprep

#endif // QUANTPREP_MATCHING_UNITLABELS_H
