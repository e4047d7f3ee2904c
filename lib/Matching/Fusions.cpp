//===- Fusions.cpp - Matches of backend patterns ----------------------===//

#include "QuantPrep/Matching/Fusions.h"
#include "QuantPrep/IR/Annotations.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static bool isInternal(const Unit &unit) {
  return annotations::isFused(unit.anchor);
}

Fusions::Fusions(const UnitGraph &graph) : graph(graph) {
  matchOf.resize(graph.getUnits().size());
  matches.reserve(graph.getUnits().size());
  for (const Unit &unit : graph.getUnits())
    if (SymbolRefAttr pattern = annotations::getPattern(unit.anchor))
      valid &= succeeded(addMatch(unit, pattern));
  for (const Unit &unit : graph.getUnits()) {
    if (valid && !lookup(unit) && isInternal(unit)) {
      unit.anchor->emitOpError()
          << "is marked qprep.fused, but no matched unit uses it; run "
             "qprep-fuse-units again";
      valid = false;
    }
  }
}

/// Inner units are those that lead to the last one. The root is found by
/// following the last operand that a fused unit makes (F8, B12).
LogicalResult Fusions::addMatch(const Unit &last, SymbolRefAttr pattern) {
  Fusion match{pattern, {&last}, &last};
  for (size_t i = 0; i < match.units.size(); ++i)
    for (const UnitOperand &operand : match.units[i]->operands) {
      const Unit *maker = operand.producer;
      if (maker && isInternal(*maker) && !match.contains(maker))
        match.units.push_back(maker);
    }
  for (bool found = true; found;) {
    found = false;
    for (const UnitOperand &operand : llvm::reverse(match.root->operands)) {
      const Unit *maker = operand.producer;
      if (maker && isInternal(*maker)) {
        match.root = maker;
        found = true;
        break;
      }
    }
  }
  matches.push_back(std::move(match));
  for (const Unit *unit : matches.back().units) {
    if (matchOf[graph.getIndex(*unit)])
      return unit->anchor->emitOpError()
             << "is in two matches; run qprep-fuse-units again";
    matchOf[graph.getIndex(*unit)] = matches.size();
  }
  return success();
}

const Fusion *Fusions::lookup(const Unit &unit) const {
  unsigned index = matchOf[graph.getIndex(unit)];
  return index ? &matches[index - 1] : nullptr;
}
