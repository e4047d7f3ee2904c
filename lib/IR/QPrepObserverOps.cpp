//===- QPrepObserverOps.cpp - Observers and observations ------------------===//

#include "QuantPrep/IR/QPrepOps.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// ObserverOp
//===----------------------------------------------------------------------===//

/// One set of parameters for the tensor, or one for each channel of the axis.
static LogicalResult verifyNumber(ObserverOp op, int64_t number,
                                  StringRef what) {
  if (op.getSpec().getAxis() || number == 1)
    return success();
  return op.emitOpError() << "has " << number << ' ' << what
                          << ", but its spec has one for the tensor";
}

/// Zero points are quantized values.
static LogicalResult verifyZeroPoints(ObserverOp op, QParamsAttr qparams) {
  auto dtype = dyn_cast<IntegerType>(op.getSpec().getDtype());
  if (!dtype)
    return success();
  auto [low, high] = dtypeRange(dtype);
  for (int64_t zeroPoint : qparams.getZeroPoint().asArrayRef())
    if (zeroPoint < low || zeroPoint > high)
      return op.emitOpError()
             << "has zero point " << zeroPoint << ", which does not fit dtype "
             << dtypeName(dtype) << ": " << low << " to " << high;
  return success();
}

LogicalResult ObserverOp::verify() {
  std::optional<StatisticsAttr> statistics = getStatistics();
  if (statistics &&
      failed(verifyNumber(*this, statistics->getMin().size(), "minima")))
    return failure();
  std::optional<QParamsAttr> qparams = getQparams();
  if (!qparams)
    return success();
  int64_t scales = qparams->getScale().size();
  if (failed(verifyNumber(*this, scales, "scales")) ||
      failed(verifyZeroPoints(*this, *qparams)))
    return failure();
  if (statistics && statistics->getMin().size() != scales)
    return emitOpError() << "has " << statistics->getMin().size()
                         << " minima and " << scales
                         << " scales; one of each per channel is required";
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

/// What an observer knows of channels is about as many as the value has.
static LogicalResult verifyChannels(Operation *op, ObserverOp observer,
                                    ShapedType type) {
  std::optional<int64_t> axis = observer.getSpec().getAxis();
  if (!axis || !type.hasRank() || type.isDynamicDim(*axis) ||
      observer.getSpec().getBlockSize())
    return success();
  int64_t known = type.getDimSize(*axis);
  if (std::optional<StatisticsAttr> statistics = observer.getStatistics())
    known = statistics->getMin().size();
  if (std::optional<QParamsAttr> qparams = observer.getQparams())
    known = qparams->getScale().size();
  if (known == type.getDimSize(*axis))
    return success();
  InFlightDiagnostic diag = op->emitOpError()
                            << "observes " << type << ", which has "
                            << type.getDimSize(*axis) << " channels on axis "
                            << *axis << "; its observer has " << known;
  diag.attachNote(observer.getLoc()) << "the observer is here";
  return diag;
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
  auto type = cast<ShapedType>(op.getInput().getType());
  if (failed(verifySpecFits(op, observer.getSpec(), type)))
    return failure();
  return verifyChannels(op, observer, type);
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
