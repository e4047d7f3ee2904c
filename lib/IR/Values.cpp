//===- Values.cpp - What is asked of values and locations -----------------===//

#include "QuantPrep/IR/Values.h"

#include "mlir/Dialect/Shape/IR/Shape.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

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

/// Nobody uses what the op makes, or only ops of which the same is true.
static bool isDead(Operation *op) {
  // Beyond these, ops are as good as used: this is asked of every use.
  constexpr unsigned maxOps = 4;
  SmallVector<Operation *, maxOps + 1> ops{op};
  for (size_t next = 0; next < ops.size(); ++next)
    for (Operation *user : ops[next]->getUsers()) {
      if (ops.size() == maxOps || user->getNumResults() == 0)
        return false;
      ops.push_back(user);
    }
  // Branches and loops are looked at as they are.
  return llvm::all_of(ops, [](Operation *op) {
    return isa_and_nonnull<FunctionOpInterface>(op->getParentOp()) &&
           (op->getNumRegions() == 0 || isa<DestinationStyleOpInterface>(op)) &&
           wouldOpBeTriviallyDead(op);
  });
}

bool quantprep::readsElements(Operation *user) {
  if (isa<ShapedDimOpInterface, tensor::RankOp, shape::ShapeOfOp>(user))
    return false;
  // Only values without readers of their own lead to dead code.
  return user->getNumResults() == 0 || !isDead(user);
}

/// What the regions of one op read is one use.
bool quantprep::hasOneReader(Value value) {
  if (value.hasOneUse())
    return true;
  Operation *reader = nullptr;
  for (Operation *user : value.getUsers()) {
    if (!readsElements(user))
      continue;
    Operation *outer = value.getParentBlock()->findAncestorOpInBlock(*user);
    if (reader && (outer == user || outer != reader))
      return false;
    reader = outer ? outer : user;
  }
  return reader;
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
        if (readsElements(use.getOwner()) && predicate(use))
          return true;
      } else if (use.getOwner()->getNumResults() != 0) {
        worklist.push_back(use.getOwner()->getResult(0));
      }
    }
  return false;
}

bool quantprep::haveOwnNames(Operation *op, Operation *other) {
  StringRef name = getLocationName(op->getLoc());
  StringRef otherName = getLocationName(other->getLoc());
  return !name.empty() && !otherName.empty() && name != otherName;
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
