//===- UnitLabels.cpp - What units are called (B19) -----------------------===//

#include "QuantPrep/Matching/UnitLabels.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static std::string getLabel(UnitKind kind, unsigned ordinal, Location loc) {
  StringRef name = getLocationName(loc);
  return name.empty() ? (stringifyEnum(kind) + "_" + Twine(ordinal)).str()
                      : name.str();
}

std::string UnitLabeler::next(UnitKind kind, Location loc) {
  return getLabel(kind, seen[unsigned(kind)]++, loc);
}

UnitLabels::UnitLabels(const UnitGraph &graph) : graph(&graph) {
  std::array<unsigned, getMaxEnumValForUnitKind() + 1> seen = {};
  ordinals.reserve(graph.getUnits().size());
  for (const Unit &unit : graph.getUnits())
    ordinals.push_back(seen[unsigned(unit.kind)]++);
}

std::string UnitLabels::get(const Unit &unit) const {
  return getLabel(unit.kind, ordinals[graph->getIndex(unit)],
                  unit.anchor->getLoc());
}

LogicalResult quantprep::forEachLabelledUnit(
    ModuleOp module,
    function_ref<void(const UnitGraph &, const Unit &, std::string)> visit) {
  WalkResult result =
      module.walk<WalkOrder::PreOrder>([&](FunctionOpInterface function) {
        UnitGraph graph(function, Reading::prepared);
        if (failed(graph.verify()))
          return WalkResult::interrupt();
        UnitLabels labels(graph);
        for (const Unit &unit : graph.getUnits())
          visit(graph, unit, labels.get(unit));
        return WalkResult::skip();
      });
  return failure(result.wasInterrupted());
}
