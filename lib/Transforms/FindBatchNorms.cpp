//===- FindBatchNorms.cpp - Batch norms before and after layers -----------===//

#include "BatchNormFolder.h"
#include "QuantPrep/IR/Values.h"

#include "mlir/Interfaces/ShapedOpInterfaces.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool quantprep::mayBePart(const Unit &unit) {
  switch (unit.kind) {
  case UnitKind::batch_norm:
  case UnitKind::add:
  case UnitKind::sub:
  case UnitKind::mul:
  case UnitKind::div:
    return true;
  default:
    return false;
  }
}

bool quantprep::scalesChannels(const Unit &unit) {
  return unit.kind != UnitKind::add && unit.kind != UnitKind::sub;
}

/// Without a scale it is a bias, which is left where it is.
bool quantprep::isBatchNorm(const BatchNormChain &chain) {
  return llvm::any_of(chain.parts, [](const BatchNormPart &part) {
    return scalesChannels(*part.unit);
  });
}

/// One op that moves a value which nobody else uses.
static bool isMovement(const Unit &unit) {
  bool moves = unit.kind == UnitKind::transpose ||
               unit.kind == UnitKind::reshape ||
               unit.kind == UnitKind::identity;
  return moves && unit.members.size() == 1;
}

/// The unit that alone uses a value; null if there is none, or more. What only
/// asks for sizes is no user (B23).
const Unit *BatchNormFolder::getOnlyUser(Value value) const {
  const Unit *found = nullptr;
  for (Operation *user : value.getUsers()) {
    if (isa<ShapedDimOpInterface>(user))
      continue;
    const Unit *unit = graph.getUnit(user);
    if (!unit || (found && unit != found))
      return nullptr;
    found = unit;
  }
  return found;
}

static SmallVector<int64_t> getSizes(Value value, ArrayRef<int64_t> axes) {
  SmallVector<int64_t> sizes;
  for (int64_t axis : axes)
    sizes.push_back(cast<ShapedType>(value.getType()).getDimSize(axis));
  return sizes;
}

/// Adds a unit that is affine per channel.
bool BatchNormFolder::addAfter(BatchNormChain &chain, const Unit &unit,
                               Value from, ArrayRef<int64_t> axes) {
  Value to = unit.anchor->getResult(0);
  if (!mayBePart(unit) || folded.contains(unit.anchor))
    return false;
  if (from.getType() != to.getType()) {
    explain(unit, "its result has another type than its input");
    return false;
  }
  ChannelEvaluator evaluator(from, axes, getSizes(from, axes));
  std::optional<ChannelAffine> affine = evaluator.evaluate(to, axes);
  if (!affine) {
    explain(unit, evaluator.getReason());
    return false;
  }
  chain.parts.push_back({&unit, from});
  chain.affine = compose(*affine, chain.affine);
  return true;
}

BatchNormChain BatchNormFolder::findAfter(const FoldableLayer &layer) {
  BatchNormChain chain;
  Value value = layer.getResult();
  ChannelAxes axes(layer.getResultAxes());
  while (const Unit *unit = getOnlyUser(value)) {
    if (isMovement(*unit)) {
      std::optional<ChannelAxes> moved =
          getResultAxes(unit->anchor->getOpOperand(0), axes);
      if (!moved)
        return chain;
      axes = *moved;
    } else if (!addAfter(chain, *unit, value, axes)) {
      return chain;
    }
    value = unit->anchor->getResult(0);
  }
  for (Operation *user : value.getUsers())
    if (const Unit *other = graph.getUnit(user))
      explain(*other, "its input has other users");
  return chain;
}

/// The same for a unit that makes a value. What it reads is the operand that is
/// no parameter.
bool BatchNormFolder::addBefore(BatchNormChain &chain, const Unit &unit,
                                Value to, int64_t axis) {
  if (!mayBePart(unit) || folded.contains(unit.anchor))
    return false;
  if (!getOnlyUser(to)) {
    explain(unit, "its result has other users");
    return false;
  }
  for (const UnitOperand &operand : unit.operands) {
    Value from = operand.uses.front()->get();
    if (operand.getRole() != OperandRole::input ||
        from.getType() != to.getType())
      continue;
    ChannelEvaluator evaluator(from, {axis}, getSizes(from, {axis}));
    std::optional<ChannelAffine> affine = evaluator.evaluate(to, {axis});
    if (!affine || affine->isConstant())
      continue;
    chain.parts.insert(chain.parts.begin(), {&unit, from});
    chain.affine = compose(chain.affine, *affine);
    return true;
  }
  return false;
}

BatchNormChain BatchNormFolder::findBefore(const FoldableLayer &layer) {
  BatchNormChain chain;
  OpOperand *input = layer.getInput();
  std::optional<int64_t> axis = layer.getInputAxis();
  if (!input || !axis ||
      cast<ShapedType>(input->get().getType()).isDynamicDim(*axis))
    return chain;
  Value value = input->get();
  for (;;) {
    const Unit *unit = graph.getProducer(value);
    if (!unit || unit->anchor->getResult(0) != value)
      return chain;
    if (isMovement(*unit)) {
      OpOperand &operand = unit->anchor->getOpOperand(0);
      std::optional<ChannelAxes> moved = getOperandAxes(operand, {*axis});
      if (!moved || moved->size() != 1 || moved->front() < 0 ||
          !getOnlyUser(value))
        return chain;
      axis = moved->front();
      value = operand.get();
    } else if (addBefore(chain, *unit, value, *axis)) {
      value = chain.parts.front().from;
    } else {
      return chain;
    }
  }
}
