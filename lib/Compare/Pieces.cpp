//===- Pieces.cpp - A function as several, one after the other ------------===//

#include "Pieces.h"

#include "QuantPrep/Execution/Array.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;

/// Constants are copied into the pieces that read them.
static bool isConstant(Value value) {
  Operation *op = value.getDefiningOp();
  return op && op->getNumOperands() == 0 && op->getNumRegions() == 0;
}

/// What the ops of a range read, in their regions too.
static void forEachRead(ArrayRef<Operation *> ops,
                        function_ref<void(Value)> callback) {
  for (Operation *op : ops) {
    for (Value operand : op->getOperands())
      callback(operand);
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(op->getRegions(), captured);
    for (Value value : captured)
      callback(value);
  }
}

/// What the ops from `cut` on read of those before it. None if a value could
/// not be handed on.
static std::optional<SetVector<Value>> getCrossing(ArrayRef<Operation *> ops,
                                                   size_t cut, Value shared) {
  DenseSet<Operation *> before(ops.begin(), ops.begin() + cut);
  SetVector<Value> crossing;
  bool valid = true;
  forEachRead(ops.drop_front(cut), [&](Value value) {
    if (value == shared || isConstant(value) ||
        (value.getDefiningOp() && !before.contains(value.getDefiningOp())))
      return;
    auto tensor = dyn_cast<RankedTensorType>(value.getType());
    valid &= tensor && execution::ElementType::of(tensor.getElementType());
    crossing.insert(value);
  });
  if (!valid)
    return std::nullopt;
  return crossing;
}

/// One piece: the ops, and what goes in and out.
static func::FuncOp createPiece(func::FuncOp function,
                                ArrayRef<Operation *> ops,
                                ArrayRef<Value> arguments,
                                ArrayRef<Value> results, StringRef name) {
  SmallVector<Type> argumentTypes(ValueRange(arguments).getTypes());
  OpBuilder builder(function);
  auto piece = func::FuncOp::create(
      builder, function.getLoc(), name,
      builder.getFunctionType(
          argumentTypes, SmallVector<Type>(ValueRange(results).getTypes())));
  builder.setInsertionPointToStart(piece.addEntryBlock());
  IRMapping mapping;
  mapping.map(arguments, piece.getArguments());
  auto copyConstant = [&](Value value) {
    if (isConstant(value) && !mapping.contains(value))
      builder.clone(*value.getDefiningOp(), mapping);
  };
  forEachRead(ops, copyConstant);
  for (Operation *op : ops)
    if (op->getNumResults() == 0 || !mapping.contains(op->getResult(0)))
      builder.clone(*op, mapping);
  SmallVector<Value> mapped;
  for (Value value : results) {
    copyConstant(value);
    mapped.push_back(mapping.lookup(value));
  }
  func::ReturnOp::create(builder, function.getLoc(), mapped);
  return piece;
}

SmallVector<func::FuncOp> compare::cutIntoPieces(func::FuncOp function,
                                                 unsigned count) {
  SmallVector<Operation *> ops;
  for (Operation &op : function.front().without_terminator())
    if (!(op.getNumResults() == 1 && isConstant(op.getResult(0))))
      ops.push_back(&op);
  Value shared = function.getArguments().back();
  Operation *terminator = function.front().getTerminator();
  SmallVector<Operation *> all = ops;
  all.push_back(terminator);
  SmallVector<func::FuncOp> pieces;
  SmallVector<Value> arguments(function.getArguments());
  size_t begin = 0;
  auto finish = [&](size_t end, ArrayRef<Value> results) {
    pieces.push_back(createPiece(
        function, ArrayRef(ops).slice(begin, end - begin), arguments, results,
        (function.getName() + "_piece" + Twine(pieces.size())).str()));
    begin = end;
    arguments.assign(results.begin(), results.end());
    arguments.push_back(shared);
  };
  for (unsigned i = 1; i < count; ++i) {
    size_t cut = ops.size() * i / count;
    if (cut <= begin)
      continue;
    if (auto crossing = getCrossing(all, cut, shared);
        crossing && !crossing->empty())
      finish(cut, crossing->getArrayRef());
  }
  finish(ops.size(), SmallVector<Value>(terminator->getOperands()));
  return pieces;
}
