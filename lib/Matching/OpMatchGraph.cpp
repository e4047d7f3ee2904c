//===- OpMatchGraph.cpp - Ops of a function, as clusters see them
//------------===//

#include "QuantPrep/Matching/OpMatchGraph.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

Operation *OpMatchGraph::getOwner(Operation *op) {
  Operation *parent = op->getParentOp();
  return isa_and_nonnull<QuantizableOpInterface>(parent) ? parent : op;
}

/// How values come into an op that are among its operands. One that is an
/// operand twice is two uses.
static void findUses(Operation *op, ArrayRef<Value> values,
                     SmallVectorImpl<OpOperand *> &uses) {
  for (Value value : values) {
    OpOperand *found = nullptr;
    for (OpOperand &operand : op->getOpOperands())
      if (!found && operand.get() == value &&
          !llvm::is_contained(uses, &operand))
        found = &operand;
    uses.push_back(found);
  }
}

/// What an op of a body, or one with a body, computes last; none for others.
static std::optional<BodyStep> getStep(QuantizableOpInterface op) {
  Operation *around = OpMatchGraph::getOwner(op);
  if (around == op && op->getNumRegions() == 0)
    return std::nullopt;
  auto owner = cast<QuantizableOpInterface>(around);
  std::optional<BodyStep> step = owner.getBodyStep();
  if (owner == op || (step && step->op == op))
    return step;
  return BodyStep{op, op.getUnitKind(), getDataValues(op)};
}

/// An op with its first result has one key, each other result its own.
static SmallVector<const void *, 1> getKeys(Operation *op) {
  SmallVector<const void *, 1> keys{op};
  for (unsigned result = 1; result < op->getNumResults(); ++result)
    keys.push_back(op->getResult(result).getAsOpaquePointer());
  return keys;
}

void OpMatchGraph::Known::clear() {
  hasRoles = false;
  roles.clear();
  hasMaker = isNormal = false;
  maker.reset();
  operands.clear();
  uses.clear();
  plain.reset();
  normalOperands.clear();
  normalUses.clear();
  absorbed.clear();
}

OpMatchGraph::Known &OpMatchGraph::get(const void *key) const {
  Known *&at = known[key];
  if (at)
    return *at;
  at = unused.empty() ? new (allocator.Allocate()) Known()
                      : unused.pop_back_val();
  return *at;
}

void OpMatchGraph::forget(Operation *op) {
  if (op->getNumRegions() != 0 && isa<QuantizableOpInterface>(op))
    for (Region &region : op->getRegions())
      for (Operation &inner : region.getOps())
        forget(&inner);
  for (const void *key : getKeys(op)) {
    auto it = known.find(key);
    if (it == known.end())
      continue;
    it->second->clear();
    unused.push_back(it->second);
    known.erase(it);
  }
}

void OpMatchGraph::take(Operation *op) {
  taken.insert(op);
  for (const void *key : getKeys(op)) {
    Known &at = get(key);
    at.hasMaker = at.isNormal = true;
    at.maker.reset();
  }
}

ArrayRef<OperandRoleInfo>
OpMatchGraph::getRoles(QuantizableOpInterface op) const {
  Known &at = get(op);
  if (!at.hasRoles)
    op.getOperandRoles(at.roles);
  at.hasRoles = true;
  return at.roles;
}

/// Results beside the first must have no readers but those of the first: the
/// index that some front ends compute with a maximum, the number of elements
/// that others compute with a sum.
static bool hasOneResult(Operation *op) {
  auto isOther = [&](Operation *user) {
    return readsElements(user) &&
           !llvm::is_contained(user->getOperands(), op->getResult(0));
  };
  return llvm::all_of(op->getResults().drop_front(), [&](Value result) {
    return llvm::none_of(result.getUsers(), isOther);
  });
}

/// An operand's element is the operand.
void OpMatchGraph::makeMaker(QuantizableOpInterface op, unsigned result,
                             Known &at) const {
  Operation *computing = op;
  UnitKind kind;
  if (!op.getCapturedInputs(result).empty()) {
    // Each result is one of what the regions read, as it is.
    kind = UnitKind::identity;
    at.operands = {op.getDataValues(getRoles(op))[result]};
    at.uses = {nullptr};
  } else if (std::optional<BodyStep> step = getStep(op)) {
    computing = step->op;
    kind = step->kind;
    for (Value value : step->operands) {
      Value source = skipScalarCasts(value);
      OpOperand *use = getBodyOperand(source);
      at.operands.push_back(use ? use->get() : source);
      at.uses.push_back(use);
    }
  } else {
    kind = op.getUnitKind();
    at.operands = op.getDataValues(getRoles(op));
    findUses(op, at.operands, at.uses);
  }
  at.maker = Maker{computing, kind, at.operands, at.uses};
}

/// What an op is as it is written, or in its normal form if that is known.
OpMatchGraph::Known *OpMatchGraph::getWritten(Value value) const {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return nullptr;
  unsigned number = result.getResultNumber();
  Known &at =
      get(number == 0 ? result.getOwner()
                      : static_cast<const void *>(value.getAsOpaquePointer()));
  if (!at.hasMaker) {
    at.hasMaker = true;
    auto op = dyn_cast<QuantizableOpInterface>(result.getOwner());
    if (op && !isTaken(op) && !facts.isConstant(value) &&
        (!op.getCapturedInputs(number).empty() ||
         (number == 0 && hasOneResult(op))))
      makeMaker(op, number, at);
  }
  return at.maker ? &at : nullptr;
}

const Maker *OpMatchGraph::getMaker(Value value) const {
  Known *at = getWritten(value);
  if (!at)
    return nullptr;
  if (!std::exchange(at->isNormal, true))
    normalize(value, *at);
  return &*at->maker;
}

/// Casts are a body's own business, and so is what only tells which of two
/// values to take.
bool OpMatchGraph::coversBody(Operation *owner,
                              ArrayRef<Operation *> ops) const {
  auto isIgnored = [&](OpOperand &use) {
    auto user = dyn_cast<QuantizableOpInterface>(use.getOwner());
    return user && llvm::is_contained(ops, user) &&
           !llvm::is_contained(getDataValues(user), use.get());
  };
  for (Operation &op : owner->getRegion(0).front().without_terminator())
    if (op.getNumResults() == 0 ||
        (!llvm::is_contained(ops, &op) && !passesScalar(&op) &&
         !facts.isConstant(op.getResult(0)) &&
         !llvm::all_of(op.getUses(), isIgnored)))
      return false;
  return true;
}

bool OpMatchGraph::accepts(ArrayRef<Operation *> ops) const {
  Operation *last = getOwner(ops.front());
  llvm::SmallSetVector<Operation *, 8> owners;
  for (Operation *op : ops)
    if (isTaken(getOwner(op)) ||
        (owners.insert(getOwner(op)) && getOwner(op) != op &&
         !coversBody(getOwner(op), ops)))
      return false;
  for (Operation *op : owners) {
    if (op != last && !isBefore(op, last))
      return false;
    for (Operation *user : op->getUsers())
      if (op != last && !owners.contains(getOwner(user)) && readsElements(user))
        return false;
  }
  return true;
}
