//===- Blocks.cpp - Units drawn together ----------------------------------===//

#include "Blocks.h"

#include "QuantPrep/IR/Values.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::report;

using Units = SmallVector<const UnitEntry *>;

/// The first components of a name; the whole of one that has no more.
static StringRef getPrefix(StringRef name, unsigned depth) {
  size_t end = 0;
  for (; depth > 0 && end != StringRef::npos; --depth)
    end = name.find('.', end + (end != 0));
  return name.substr(0, end);
}

static llvm::MapVector<StringRef, Units>
groupByPrefix(ArrayRef<const UnitEntry *> units, unsigned depth) {
  llvm::MapVector<StringRef, Units> groups;
  StringRef prefix;
  for (const UnitEntry *unit : units) {
    StringRef name = getLocationName(unit->anchor->getLoc());
    if (!name.empty())
      prefix = getPrefix(name, depth);
    groups[prefix].push_back(unit);
  }
  return groups;
}

std::vector<UnitBlock> report::makeBlocks(ArrayRef<const UnitEntry *> units,
                                          size_t most) {
  std::vector<UnitBlock> blocks;
  if (most == 0 || units.size() <= most) {
    for (const UnitEntry *unit : units)
      blocks.push_back({"", {unit}});
    return blocks;
  }

  // Deeper prefixes are more groups.
  llvm::MapVector<StringRef, Units> groups;
  for (unsigned depth = 1;; ++depth) {
    auto deeper = groupByPrefix(units, depth);
    if (deeper.size() > most || deeper.size() == groups.size())
      break;
    groups = std::move(deeper);
  }
  if (groups.size() > 1) {
    for (auto &[name, members] : groups)
      blocks.push_back({name.str(), std::move(members)});
    return blocks;
  }
  size_t size = llvm::divideCeil(units.size(), most);
  for (; !units.empty(); units = units.drop_front(std::min(size, units.size())))
    blocks.push_back({"", Units(units.take_front(size))});
  return blocks;
}
