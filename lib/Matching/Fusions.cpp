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

/// The fused unit that makes an operand, the last of those there are; null for
/// none.
static const Unit *getLastInternal(const Unit &unit) {
  for (const UnitOperand &operand : llvm::reverse(unit.operands))
    if (operand.producer && isInternal(*operand.producer))
      return operand.producer;
  return nullptr;
}

/// Fused units are those that lead to the last one. The root is found by
/// following the last operand that a fused unit makes (F8, B12).
LogicalResult Fusions::addMatch(const Unit &last, SymbolRefAttr pattern) {
  Fusion match{pattern, {&last}, &last};
  llvm::SmallPtrSet<const Unit *, 4> seen{&last};
  for (size_t i = 0; i < match.units.size(); ++i)
    for (const UnitOperand &operand : match.units[i]->operands) {
      const Unit *producer = operand.producer;
      if (producer && isInternal(*producer) && seen.insert(producer).second)
        match.units.push_back(producer);
    }
  seen = {&last};
  while (const Unit *producer = getLastInternal(*match.root)) {
    if (!seen.insert(producer).second)
      return producer->anchor->emitOpError()
             << "is fused with units that it is made of; run qprep-fuse-units "
                "again";
    match.root = producer;
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
