//===- Values.cpp - What is asked of values and locations -----------------===//

#include "QuantPrep/IR/Values.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool quantprep::isFloatTensor(Type type) {
  auto tensor = dyn_cast<TensorType>(type);
  if (!tensor)
    return false;
  Type element = tensor.getElementType();
  return element.isF32() || element.isF16() || element.isBF16();
}

Operation *quantprep::getOwner(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    return argument.getOwner()->getParentOp();
  return value.getDefiningOp();
}

bool quantprep::isBefore(Operation *op, Operation *other) {
  return op->getBlock() == other->getBlock() && op->isBeforeInBlock(other);
}

SmallVector<Value> quantprep::getBlockArguments(Region &region) {
  SmallVector<Value> arguments;
  for (Block &block : region)
    llvm::append_range(arguments, block.getArguments());
  return arguments;
}

Value quantprep::getUnobserved(Value value) {
  while (auto place = getObservation(value.getDefiningOp()))
    value = place.getInput();
  return value;
}

void quantprep::forEachUse(Value value,
                           function_ref<void(OpOperand &)> callback) {
  anyUse(value, [&](OpOperand &use) {
    callback(use);
    return false;
  });
}

bool quantprep::anyUse(Value value, function_ref<bool(OpOperand &)> predicate) {
  SmallVector<Value> worklist{value};
  while (!worklist.empty())
    for (OpOperand &use : worklist.pop_back_val().getUses()) {
      if (!getObservation(use.getOwner())) {
        if (predicate(use))
          return true;
      } else if (use.getOwner()->getNumResults() != 0) {
        worklist.push_back(use.getOwner()->getResult(0));
      }
    }
  return false;
}

StringRef quantprep::getLocationName(Location loc) {
  for (;;) {
    if (auto name = dyn_cast<NameLoc>(loc))
      return name.getName();
    if (auto fused = dyn_cast<FusedLoc>(loc))
      loc = fused.getLocations().front();
    else if (auto call = dyn_cast<CallSiteLoc>(loc))
      loc = call.getCallee();
    else
      return {};
  }
}
