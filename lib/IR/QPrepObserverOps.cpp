//===- QPrepObserverOps.cpp - Observers and observations ------------------===//

#include "QuantPrep/IR/ObserverStatistics.h"

#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// ObserverOp
//===----------------------------------------------------------------------===//

/// One range for the tensor, or one for each channel along the axis.
static LogicalResult verifyCount(ObserverOp observer, size_t count,
                                 StringRef what) {
  if (count == 1 || observer.getSpec().getAxis())
    return success();
  return observer.emitOpError() << "has " << count << ' ' << what
                                << ", but its spec has one for the tensor";
}

static LogicalResult verifyStatistics(ObserverOp observer,
                                      StatisticsAttr statistics) {
  ObserverAttr spec = observer.getSpec();
  std::optional<statistics::Spec> collected = getStatisticsSpec(spec);
  StringRef kind = stringifyEnum(spec.getKind());
  if (!collected)
    return observer.emitOpError()
           << "has statistics, but its spec (" << kind
           << (spec.getDynamic() ? ", dynamic" : "") << ") collects none";
  if (statistics.getHistogram() && !collected->histogram)
    return observer.emitOpError()
           << "has a histogram, but kind " << kind << " collects none";
  if (statistics.getPasses() && !collected->movingAverage)
    return observer.emitOpError()
           << "has passes, but kind " << kind << " collects none";
  return verifyCount(observer, statistics.getMin().size(), "minima");
}

static LogicalResult verifyQParams(ObserverOp observer, QParamsAttr qparams) {
  ObserverAttr spec = observer.getSpec();
  if (!spec.hasQParams())
    return observer.emitOpError()
           << "has qparams, but its spec (" << stringifyEnum(spec.getKind())
           << (spec.getDynamic() ? ", dynamic" : "") << ") has none";
  auto [low, high] = spec.getLimits();
  for (int64_t zeroPoint : qparams.getZeroPoint().asArrayRef())
    if (zeroPoint < low || zeroPoint > high)
      return observer.emitOpError()
             << "has zero point " << zeroPoint << ", but codes of its spec are "
             << low << " to " << high;
  if (failed(verifyCount(observer, qparams.getScale().size(), "scales")))
    return failure();
  std::optional<StatisticsAttr> statistics = observer.getStatistics();
  if (statistics && statistics->getMin().size() != qparams.getScale().size())
    return observer.emitOpError()
           << "has " << qparams.getScale().size() << " scales, but saw "
           << statistics->getMin().size() << " channels";
  return success();
}

LogicalResult ObserverOp::verify() {
  if (std::optional<StatisticsAttr> statistics = getStatistics())
    if (failed(verifyStatistics(*this, *statistics)))
      return failure();
  if (std::optional<QParamsAttr> qparams = getQparams())
    return verifyQParams(*this, *qparams);
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

/// What calibration found is of as many channels as the value has. A depthwise
/// convolution numbers its channels by two dimensions of the weight.
static LogicalResult verifyChannels(Operation *op, ObserverOp observer,
                                    ShapedType type, int64_t count,
                                    StringRef what) {
  std::optional<statistics::Spec> spec = getStatisticsSpec(observer.getSpec());
  if (!spec || !spec->axis || !type.hasStaticShape())
    return success();
  ArrayRef<int64_t> sizes = type.getShape().drop_front(*spec->axis);
  int64_t channels = 1;
  for (int64_t size : sizes) {
    channels *= size;
    if (count == int64_t(llvm::divideCeil(channels, spec->blockSize)))
      return success();
  }
  auto diag = op->emitOpError()
              << "observes " << llvm::divideCeil(sizes.front(), spec->blockSize)
              << " channels, but its observer has " << count << ' ' << what;
  diag.attachNote(observer.getLoc()) << "the observer is here";
  return diag;
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
  if (std::optional<StatisticsAttr> statistics = observer.getStatistics())
    if (failed(verifyChannels(op, observer, type, statistics->getMin().size(),
                              "minima")))
      return failure();
  if (std::optional<QParamsAttr> qparams = observer.getQparams())
    return verifyChannels(op, observer, type, qparams->getScale().size(),
                          "scales");
  return success();
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
