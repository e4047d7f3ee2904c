//===- MarkCopies.cpp - Equal ops of units stay apart ---------------------===//

#include "MarkCopies.h"
#include "QuantPrep/IR/Annotations.h"

#include "mlir/IR/OperationSupport.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantprep;

namespace {
/// Numbers values as CSE does, in one walk.
class CopyMarker {
public:
  explicit CopyMarker(MLIRContext *context)
      : context(context), writer(context) {}

  void visit(Operation *op);

private:
  /// An op, and how many that compute the same have been marked.
  struct Equals {
    Operation *first;
    int64_t copies = 0;
  };

  Value getFirst(Value value) const {
    auto it = firsts.find(value);
    return it == firsts.end() ? value : it->second;
  }
  bool isEqual(Operation *op, Operation *other);
  Equals *findEquals(Operation *op);

  MLIRContext *context;
  annotations::Writer writer;
  llvm::DenseMap<size_t, SmallVector<Equals, 1>> known;
  /// For what an op would be replaced by, of its results.
  llvm::DenseMap<Value, Value> firsts;
};
} // namespace

/// Marks the results as equal, too.
bool CopyMarker::isEqual(Operation *op, Operation *other) {
  bool isEqual = OperationEquivalence::isEquivalentTo(
      other, op,
      [&](Value a, Value b) { return success(getFirst(a) == getFirst(b)); },
      [&](Value a, Value b) { firsts[b] = getFirst(a); },
      OperationEquivalence::IgnoreLocations);
  if (!isEqual)
    for (Value result : op->getResults())
      firsts.erase(result);
  return isEqual;
}

/// Null if it is the first of its kind.
CopyMarker::Equals *CopyMarker::findEquals(Operation *op) {
  size_t hash = OperationEquivalence::computeHash(
      op, [&](Value value) { return hash_value(getFirst(value)); },
      OperationEquivalence::ignoreHashValue,
      OperationEquivalence::IgnoreLocations);
  // The largest keys are the map's own.
  SmallVector<Equals, 1> &candidates = known[hash >> 1];
  for (Equals &equals : candidates)
    if (isEqual(op, equals.first))
      return &equals;
  candidates.push_back({op, 0});
  return nullptr;
}

void CopyMarker::visit(Operation *op) {
  if (op->getNumResults() == 0 || !isMemoryEffectFree(op))
    return;
  Equals *equals = findEquals(op);
  if (!equals)
    return;
  auto [unit, member] = annotations::getMembership(op);
  if (!unit && !member)
    return;
  // What it makes is not merged, then.
  for (Value result : op->getResults())
    firsts.erase(result);
  writer.set(op, annotations::copy,
             IntegerAttr::get(IntegerType::get(context, 64), ++equals->copies));
}

void quantprep::markCopies(Operation *function) {
  CopyMarker marker(function->getContext());
  function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op != function)
      marker.visit(op);
  });
}
