//===- ChooseQParams.cpp - Chooses scales and zero points -----------------===//

#include "ObserverTable.h"
#include "QuantPrep/Transforms/Passes.h"

#include "QuantPrep/Support/InParallel.h"

namespace quantprep {
#define GEN_PASS_DEF_CHOOSEQPARAMS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
using Parameters = std::vector<statistics::QParams>;

struct ChooseQParamsPass
    : quantprep::impl::ChooseQParamsBase<ChooseQParamsPass> {
  using ChooseQParamsBase::ChooseQParamsBase;

  void runOnOperation() final {
    if (failed(run()))
      signalPassFailure();
  }

private:
  LogicalResult run() {
    if (!(percentile > 0 && percentile <= 100))
      return emitError(getOperation().getLoc())
             << "percentile must be above 0 and at most 100, got: "
             << percentile.getValue();
    if (percentile != ChooseQParamsOptions().percentile &&
        method != QParamsMethod::Percentile)
      return emitError(getOperation().getLoc())
             << "percentile= is for method=percentile; give both, or neither";
    if (getOperation().getOps<ObserverOp>().empty())
      emitWarning(getOperation().getLoc())
          << "no observers to choose parameters for; run qprep-prepare and "
             "qprep-calibrate before";
    SmallVector<ObserverOp> observers;
    getOperation().walk([&](ObserverOp observer) {
      if (observer.getSpec().hasQParams() && !observer.getQparams())
        observers.push_back(observer);
    });
    if (failed(checkMethod()))
      return failure();
    // Searches take their time; attributes are made one after the other.
    std::vector<Parameters> chosen(observers.size());
    if (failed(
            forEachInParallel(&getContext(), observers.size(), [&](size_t i) {
              return choose(observers[i], chosen[i]);
            })))
      return failure();
    for (auto [observer, parameters] : llvm::zip(observers, chosen))
      if (!parameters.empty())
        observer.setQparamsAttr(toAttribute(parameters));
    return success();
  }

  /// A search needs a histogram to look at.
  LogicalResult checkMethod() {
    bool needsHistogram =
        method != QParamsMethod::Configured && method != QParamsMethod::MinMax;
    if (!needsHistogram)
      return success();
    WalkResult found = getOperation().walk([](ObserverOp observer) {
      return WalkResult(
          failure(observer.getSpec().getKind() == ObserverKind::histogram));
    });
    if (!found.wasInterrupted())
      emitWarning(getOperation().getLoc())
          << "no observer has a histogram, which this method needs; ranges "
             "are chosen as configured";
    return success();
  }

  LogicalResult choose(ObserverOp observer, Parameters &chosen) {
    ObserverAttr spec = observer.getSpec();
    if (spec.getKind() == ObserverKind::fixed_qparams) {
      chosen.push_back(
          {spec.getScale().getValueAsDouble(), *spec.getZeroPoint()});
      return success();
    }
    FailureOr<statistics::Statistics> seen = readStatistics(observer);
    if (failed(seen))
      return failure();
    const statistics::Data &data = seen->getData();
    bool isSeen = llvm::any_of(data.ranges, [](const statistics::Range &range) {
      return !range.isEmpty();
    });
    warnOfNumbers(observer, data, isSeen);
    if (!isSeen)
      return success();
    statistics::Quantization quantization = getQuantization(spec);
    for (const statistics::Range &range : chooseRanges(spec, *seen))
      chosen.push_back(chooseFromRange(range, quantization));
    return success();
  }

  void warnOfNumbers(ObserverOp observer, const statistics::Data &data,
                     bool isSeen) {
    if (!isSeen) {
      observer.emitWarning()
          << "observer '" << observer.getSymName() << "' "
          << (data.count ? "saw no finite value" : "never saw a value")
          << "; what it observes stays float";
      return;
    }
    if (data.infinite || data.nan)
      observer.emitWarning()
          << "observer '" << observer.getSymName() << "' saw " << data.infinite
          << " infinite values and " << data.nan
          << " NaNs, which are not in its range (B18)";
  }

  std::vector<statistics::Range>
  chooseRanges(ObserverAttr spec, const statistics::Statistics &seen) {
    const statistics::Data &data = seen.getData();
    if (method == QParamsMethod::MinMax)
      return data.ranges;
    if (!seen.getSpec().histogram)
      return getConfiguredRanges(spec, seen);
    statistics::Distribution values{data.histogram, data.ranges.front()};
    switch (method) {
    case QParamsMethod::MinMax:
    case QParamsMethod::Configured:
    case QParamsMethod::MSE:
      return {searchLeastError(values, getQuantization(spec))};
    case QParamsMethod::Percentile:
      return {searchPercentile(values, percentile)};
    case QParamsMethod::Entropy:
      return {searchEntropy(values, getQuantization(spec))};
    }
    llvm_unreachable("all methods are above");
  }

  QParamsAttr toAttribute(const Parameters &parameters) {
    SmallVector<double> scales;
    SmallVector<int64_t> zeroPoints;
    for (const statistics::QParams &qparams : parameters) {
      scales.push_back(qparams.scale);
      zeroPoints.push_back(qparams.zeroPoint);
    }
    return QParamsAttr::get(&getContext(),
                            DenseF64ArrayAttr::get(&getContext(), scales),
                            DenseI64ArrayAttr::get(&getContext(), zeroPoints));
  }
};
} // namespace
