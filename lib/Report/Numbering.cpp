//===- Numbering.cpp - Positions of ops in reports ------------------------===//

#include "QuantPrep/Report/Numbering.h"
#include "QuantPrep/IR/QPrepDialect.h"

#include "mlir/IR/Block.h"
#include "mlir/IR/Region.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::report;

Numbering::Numbering(Operation *function) : function(function) {
  DenseMap<Block *, unsigned> nested;
  unsigned order = 0, index = 0;
  function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op == function)
      return;
    unsigned &next =
        op->getParentOp() == function ? index : nested[op->getBlock()];
    entries[op] = {order++, next};
    if (!isa_and_nonnull<qprep::QPrepDialect>(op->getDialect()))
      ++next;
  });
}

unsigned Numbering::getOrder(Operation *op) const {
  return entries.lookup(op).order;
}

unsigned Numbering::getPosition(Operation *op) const {
  return entries.lookup(op).position;
}

unsigned Numbering::getIndex(Operation *op) const {
  while (isNested(op))
    op = op->getParentOp();
  return getPosition(op);
}

bool Numbering::isNested(Operation *op) const {
  return op->getParentOp() != function;
}

SmallVector<unsigned> Numbering::getPath(Operation *op) const {
  if (!isNested(op))
    return {getPosition(op)};
  SmallVector<unsigned> path = getPath(op->getBlock());
  path.push_back(getPosition(op));
  return path;
}

SmallVector<unsigned> Numbering::getPath(Block *block) const {
  // Built from the inside, without recursion: regions may be deeply nested.
  SmallVector<unsigned> path;
  for (;;) {
    Region *region = block->getParent();
    path.push_back(std::distance(region->begin(), block->getIterator()));
    path.push_back(region->getRegionNumber());
    Operation *owner = region->getParentOp();
    if (owner == function)
      break;
    path.push_back(getPosition(owner));
    if (!isNested(owner))
      break;
    block = owner->getBlock();
  }
  std::reverse(path.begin(), path.end());
  return path;
}
