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
      addMatch(unit, pattern);
  if (!problems.empty())
    return;
  for (const Unit &unit : graph.getUnits())
    if (!lookup(unit) && isInternal(unit)) {
      problems.push_back(
          {&unit, "is marked qprep.fused, but no matched unit uses it"});
      return;
    }
}

LogicalResult Fusions::verify() const {
  for (const Problem &problem : problems)
    problem.unit->anchor->emitOpError()
        << problem.what << "; run qprep-fuse-units again";
  return success(problems.empty());
}

/// The fused unit that makes an operand, the last of those there are; null for
/// none.
static const Unit *getLastInternal(const Unit &unit) {
  for (const UnitOperand &operand : llvm::reverse(unit.operands))
    if (operand.producer && isInternal(*operand.producer))
      return operand.producer;
  return nullptr;
}

/// Found by following the last operand that a fused unit makes (F8, B12); null
/// if that leads round.
const Unit *Fusions::findRoot(const Unit &last) {
  llvm::SmallPtrSet<const Unit *, 4> seen{&last};
  const Unit *root = &last;
  while (const Unit *producer = getLastInternal(*root)) {
    if (!seen.insert(producer).second) {
      problems.push_back({producer, "is fused with units that it is made of"});
      return nullptr;
    }
    root = producer;
  }
  return root;
}

/// Fused units are those that lead to the last one.
void Fusions::addMatch(const Unit &last, SymbolRefAttr pattern) {
  Fusion match{pattern, {&last}, findRoot(last)};
  if (!match.root)
    return;
  llvm::SmallPtrSet<const Unit *, 4> seen{&last};
  for (size_t i = 0; i < match.units.size(); ++i)
    for (const UnitOperand &operand : match.units[i]->operands) {
      const Unit *producer = operand.producer;
      if (producer && isInternal(*producer) && seen.insert(producer).second)
        match.units.push_back(producer);
    }
  matches.push_back(std::move(match));
  for (const Unit *unit : matches.back().units) {
    unsigned &index = matchOf[graph.getIndex(*unit)];
    if (index) {
      problems.push_back({unit, "is in two matches"});
      return;
    }
    index = matches.size();
  }
}

const Fusion *Fusions::lookup(const Unit &unit) const {
  unsigned index = matchOf[graph.getIndex(unit)];
  return index ? &matches[index - 1] : nullptr;
}
