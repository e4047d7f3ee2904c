//===- QPrepObserverOps.cpp - Observers and observations ------------------===//

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// ObserverOp
//===----------------------------------------------------------------------===//

LogicalResult ObserverOp::verify() {
  // One set for the tensor, or one for each channel along the axis.
  if (getSpec().getAxis())
    return success();
  std::optional<StatisticsAttr> statistics = getStatistics();
  if (statistics && statistics->getMin().size() != 1)
    return emitOpError() << "has " << statistics->getMin().size()
                         << " minima, but its spec has one for the tensor";
  std::optional<QParamsAttr> qparams = getQparams();
  if (qparams && qparams->getScale().size() != 1)
    return emitOpError() << "has " << qparams->getScale().size()
                         << " scales, but its spec has one for the tensor";
  return success();
}

//===----------------------------------------------------------------------===//
// Observations
//===----------------------------------------------------------------------===//

/// A place names its observer, or carries its spec; the axis of the spec is one
/// of the value's dimensions.
static LogicalResult verifySpecFits(Operation *op, ObserverAttr spec,
                                    ShapedType type) {
  std::optional<int64_t> axis = spec.getAxis();
  if (!axis || !type.hasRank() || *axis < type.getRank())
    return success();
  return op->emitOpError() << "observes " << type << ", which has no axis "
                           << *axis << " (the axis of its observer)";
}

/// In an unreachable block, and in a graph, a value may be made of itself. Some
/// op of such a cycle does not come before the next, so that the others need
/// not look.
static bool observesItself(ObservationOpInterface op) {
  Operation *before = op.getInput().getDefiningOp();
  if (before && before->getBlock() == op->getBlock() &&
      before->isBeforeInBlock(op))
    return false;
  DenseSet<Operation *> seen;
  while (before != op.getOperation() && getObservation(before) &&
         seen.insert(before).second)
    before = getObservation(before).getInput().getDefiningOp();
  return before == op.getOperation();
}

static LogicalResult verifyObservation(ObservationOpInterface op) {
  if (observesItself(op))
    return op->emitOpError()
           << "observes its own result; let it read a value of the model";
  if (bool(op.getObserverAttr()) == bool(op.getSpecAttr()))
    return op->emitOpError()
           << "needs an observer ('by @symbol') or a spec ('as #spec'), "
           << (op.getSpecAttr() ? "not both" : "got neither");
  if (ObserverAttr spec = op.getSpecAttr())
    return verifySpecFits(op, spec, cast<ShapedType>(op.getInput().getType()));
  return success();
}

static LogicalResult verifyObserverSymbol(ObservationOpInterface op,
                                          SymbolTableCollection &symbolTable) {
  FlatSymbolRefAttr symbol = op.getObserverAttr();
  if (!symbol)
    return success();
  auto observer = symbolTable.lookupNearestSymbolFrom<ObserverOp>(op, symbol);
  if (!observer)
    return op->emitOpError() << "names " << symbol
                             << ", which is no qprep.observer of this module";
  return verifySpecFits(op, observer.getSpec(),
                        cast<ShapedType>(op.getInput().getType()));
}

/// Keyed by the observer, so that places of different observers are
/// independent.
static void getObservationEffects(
    ObservationOpInterface op, OpOperand *input,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  auto *state = ObserverStateResource::get();
  if (FlatSymbolRefAttr symbol = op.getObserverAttr()) {
    effects.emplace_back(MemoryEffects::Read::get(), symbol, state);
    effects.emplace_back(MemoryEffects::Write::get(), symbol, state);
  } else {
    effects.emplace_back(MemoryEffects::Read::get(), state);
    effects.emplace_back(MemoryEffects::Write::get(), state);
  }
  if (isa<BaseMemRefType>(input->get().getType()))
    effects.emplace_back(MemoryEffects::Read::get(), input);
}

LogicalResult ObserveOp::verify() {
  bool isTensor = isa<TensorType>(getInput().getType());
  if (isTensor != bool(getResult()))
    return emitOpError() << (isTensor ? "on a tensor needs a result"
                                      : "on a memref has no result");
  if (isTensor && getResult().getType() != getInput().getType())
    return emitOpError() << "returns its operand unchanged, but operand type "
                         << getInput().getType() << " and result type "
                         << getResult().getType() << " differ";
  return verifyObservation(*this);
}

LogicalResult FakeQuantizeOp::verify() { return verifyObservation(*this); }

LogicalResult ObserveOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  return verifyObserverSymbol(*this, symbolTable);
}

LogicalResult
FakeQuantizeOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  return verifyObserverSymbol(*this, symbolTable);
}

void ObserveOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  getObservationEffects(*this, &getInputMutable(), effects);
}

void FakeQuantizeOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  getObservationEffects(*this, &getInputMutable(), effects);
}

LogicalResult
ResetObserverOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  if (symbolTable.lookupNearestSymbolFrom<ObserverOp>(*this, getObserverAttr()))
    return success();
  return emitOpError() << "names " << getObserverAttr()
                       << ", which is no qprep.observer of this module";
}

void ResetObserverOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  effects.emplace_back(MemoryEffects::Write::get(), getObserverAttr(),
                       ObserverStateResource::get());
}
