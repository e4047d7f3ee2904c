//===- OpSubject.cpp - Ops of a function, as clusters see them ------------===//

#include "QuantPrep/Units/OpSubject.h"
#include "QuantPrep/Analysis/UnitGraph.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Results beside the first must have no users: the index that some front ends
/// compute with a maximum.
std::optional<Maker> OpSubject::getMaker(Value value) const {
  auto op = value.getDefiningOp<QuantizableOpInterface>();
  if (!op || op->getResult(0) != value || taken.contains(op) ||
      facts.isConstant(value))
    return std::nullopt;
  for (Value other : op->getResults().drop_front())
    if (!other.use_empty())
      return std::nullopt;
  return Maker{op, op.getUnitKind(), op.getDataValues()};
}

bool OpSubject::accepts(ArrayRef<Operation *> ops) const {
  Operation *last = ops.front();
  for (Operation *op : ops) {
    if (op->getBlock() != last->getBlock())
      return false;
    for (Operation *user : op->getUsers())
      if (op != last && !llvm::is_contained(ops, user))
        return false;
  }
  return true;
}

/// Whether the larger shape is the smaller one with further dimensions, and
/// with dimensions of size 1 made larger.
static bool broadcasts(ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  for (int64_t size : from) {
    if (size == 1)
      continue;
    auto *found = llvm::find(to, size);
    if (found == to.end())
      return false;
    to = to.drop_front(found - to.begin() + 1);
  }
  return true;
}

bool OpSubject::passes(const Maker &maker) const {
  if (maker.operands.empty())
    return false;
  auto from = dyn_cast<RankedTensorType>(maker.operands.front().getType());
  auto to = dyn_cast<RankedTensorType>(maker.op->getResult(0).getType());
  if (!from || !to)
    return false;
  if (maker.kind == UnitKind::cast)
    return isFloatTensor(from) && isFloatTensor(to);
  if (!cast<QuantizableOpInterface>(maker.op).movesData())
    return false;
  auto isOne = [](int64_t size) { return size == 1; };
  if (maker.kind == UnitKind::reshape)
    return llvm::equal(
        llvm::make_filter_range(from.getShape(), std::not_fn(isOne)),
        llvm::make_filter_range(to.getShape(), std::not_fn(isOne)));
  return (maker.kind == UnitKind::repeat || maker.kind == UnitKind::identity) &&
         broadcasts(from.getShape(), to.getShape());
}
