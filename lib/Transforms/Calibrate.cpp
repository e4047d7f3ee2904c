//===- Calibrate.cpp - A prepared module runs on the user's data ----------===//
//
// The pass around lib/Execution: checks the options, runs the module, and
// writes what its observers have seen.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/WeightChannels.h"
#include "QuantPrep/Execution/Calibration.h"
#include "QuantPrep/IR/ObserverStatistics.h"
#include "QuantPrep/Transforms/Passes.h"

namespace quantprep {
#define GEN_PASS_DEF_CALIBRATE
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::execution;
using namespace quantprep::qprep;

/// How many dimensions number the channels, where that is not 1.
static DenseMap<ObserverOp, int64_t> findAxisCounts(ModuleOp module) {
  DenseMap<ObserverOp, int64_t> counts;
  SymbolTableCollection symbols;
  module.walk([&](ObservationOpInterface place) {
    if (!place.getObserverAttr())
      return;
    auto observer = symbols.lookupNearestSymbolFrom<ObserverOp>(
        place, place.getObserverAttr());
    if (!observer || !observer.getSpec().isPerChannel())
      return;
    int64_t count = getChannelAxes(place, observer.getSpec()).size();
    if (count > 1)
      counts[observer] = count;
  });
  return counts;
}

namespace {
struct CalibratePass : public quantprep::impl::CalibrateBase<CalibratePass> {
  using CalibrateBase::CalibrateBase;

  void getDependentDialects(DialectRegistry &registry) const final {
    registerExecutionDialects(registry);
  }

  void runOnOperation() final {
    if (failed(calibrate()))
      signalPassFailure();
  }

private:
  LogicalResult calibrate();
  LogicalResult parseShard(RunOptions &options);
  LogicalResult set(ObserverOp observer, const statistics::Statistics &seen);
};
} // namespace

LogicalResult CalibratePass::parseShard(RunOptions &options) {
  if (shard.empty())
    return success();
  auto [part, count] = StringRef(shard).split('/');
  if (part.getAsInteger(10, options.shard) ||
      count.getAsInteger(10, options.shardCount) || options.shard < 0 ||
      options.shard >= options.shardCount)
    return emitError(getOperation().getLoc())
           << "shard '" << shard
           << "' is no part; give I/N with 0 <= I < N, as in shard=0/4";
  return success();
}

/// Sets `statistics`, if there is anything to set.
LogicalResult CalibratePass::set(ObserverOp observer,
                                 const statistics::Statistics &seen) {
  const statistics::Data &data = seen.getData();
  if (data.count == 0) {
    observer.removeStatisticsAttr();
    if (shard.empty())
      emitWarning(observer.getLoc())
          << "@" << observer.getSymName()
          << " saw no value; its units stay float: run the model on data that "
             "reaches it";
    return success();
  }
  auto isEmpty = [](const statistics::Range &range) { return range.isEmpty(); };
  if (llvm::all_of(data.ranges, isEmpty))
    return emitError(observer.getLoc())
           << "@" << observer.getSymName() << " saw " << data.count
           << " values, of which " << data.nan << " are NaN and "
           << data.infinite
           << " infinite; calibrate on data that gives it finite ones";
  if (data.nan || data.infinite) // B18
    emitWarning(observer.getLoc())
        << "@" << observer.getSymName() << " saw " << data.count
        << " values, of which " << data.nan << " NaNs and " << data.infinite
        << " infinite ones enter no range";
  observer.setStatisticsAttr(toAttribute(&getContext(), seen));
  return success();
}

LogicalResult CalibratePass::calibrate() {
  ModuleOp module = getOperation();
  RunOptions options;
  options.threads = threads;
  options.keepPartial = keepPartial;
  if (failed(parseShard(options)))
    return failure();
  auto observers = llvm::to_vector(module.getOps<ObserverOp>());
  if (observers.empty()) {
    emitWarning(module.getLoc())
        << "no observers to calibrate; run qprep-prepare before, or see in "
           "qprep-report why it observes nothing";
    return success();
  }
  auto entryFunction = findEntry(module, entry, "entry=");
  if (failed(entryFunction))
    return failure();
  auto data = Inputs::load(*entryFunction, inputs, "inputs=");
  if (failed(data))
    return failure();
  Calibration calibration(observers, findAxisCounts(module),
                          /*seesConstants=*/options.shard == 0);
  auto program = Program::compile(*entryFunction, &calibration);
  if (failed(program))
    return failure();
  int64_t numRuns = getNumSelectedRuns(options, data->getNumRuns());
  calibration.setNumThreads(getNumThreads(options, numRuns));
  FailureOr<int64_t> done = runAll(**program, *data, options, calibration);
  if (failed(done))
    return failure();
  if (*done < numRuns)
    emitWarning(module.getLoc()) << "interrupted: " << *done << " of "
                                 << numRuns << " runs are in the statistics";
  SmallVector<std::pair<ObserverOp, statistics::Statistics>> results;
  if (failed(calibration.take(
          [&](ObserverOp observer, const statistics::Statistics &seen) {
            results.emplace_back(observer, seen);
          })))
    return failure();
  for (auto &[observer, seen] : results)
    if (failed(set(observer, seen)))
      return failure();
  return success();
}
