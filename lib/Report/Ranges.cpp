//===- Ranges.cpp - What a report says of an observer's values ------------===//

#include "Ranges.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

bool report::hasRanges(ObserverOp observer) {
  return observer.getStatistics() || observer.getQparams();
}

statistics::Range ObserverRanges::getCodes(size_t channel,
                                           ObserverAttr spec) const {
  const statistics::QParams &qparams = chosen[channel];
  auto [low, high] = spec.getLimits();
  return {static_cast<double>(low - qparams.zeroPoint) * qparams.scale,
          static_cast<double>(high - qparams.zeroPoint) * qparams.scale};
}

/// Nothing is beyond the codes if the extremes are not; how much is, only a
/// histogram says.
static std::optional<double> getSaturation(const ObserverRanges &ranges,
                                           ObserverAttr spec) {
  const statistics::Data &data = ranges.seen.getData();
  if (ranges.chosen.empty() || data.count == 0 ||
      ranges.chosen.size() != data.ranges.size())
    return std::nullopt;
  if (!data.histogram.isEmpty())
    return computeSaturation({data.histogram, data.ranges.front()},
                             ranges.chosen.front(), getQuantization(spec));
  for (auto [i, range] : llvm::enumerate(data.ranges)) {
    statistics::Range codes = ranges.getCodes(i, spec);
    double half = ranges.chosen[i].scale / 2;
    if (range.min < codes.min - half || range.max > codes.max + half)
      return std::nullopt;
  }
  return 0.0;
}

ObserverRanges report::describeRanges(ObserverOp observer) {
  ObserverAttr spec = observer.getSpec();
  ObserverRanges ranges;
  FailureOr<statistics::Statistics> seen = readStatistics(observer);
  if (succeeded(seen))
    ranges.seen = std::move(*seen);
  ranges.ranges = getConfiguredRanges(spec, ranges.seen);
  if (std::optional<QParamsAttr> qparams = observer.getQparams())
    for (auto [scale, zeroPoint] :
         llvm::zip(qparams->getScale().asArrayRef(),
                   qparams->getZeroPoint().asArrayRef()))
      ranges.chosen.push_back({scale, zeroPoint});
  ranges.saturated = getSaturation(ranges, spec);
  return ranges;
}

std::string report::toShortText(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", number);
  return text;
}

/// One number, or the smallest and the largest of several.
template <typename Range>
static std::string getExtent(const Range &numbers, const char *format) {
  auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format(format, *least);
  if (*least != *most)
    os << " .. " << llvm::format(format, *most);
  return text;
}

RangeText report::describeInWords(const ObserverRanges &ranges) {
  statistics::Range all;
  for (const statistics::Range &range : ranges.ranges)
    all.merge(range);
  RangeText text;
  if (!all.isEmpty())
    text.seen = toShortText(all.min) + " .. " + toShortText(all.max);
  if (!ranges.chosen.empty()) {
    text.scale = getExtent(
        llvm::map_to_vector(ranges.chosen, [](auto &q) { return q.scale; }),
        "%.6g");
    text.zeroPoint = getExtent(
        llvm::map_to_vector(ranges.chosen,
                            [](auto &q) { return (long long)q.zeroPoint; }),
        "%lld");
  }
  if (ranges.saturated)
    text.saturated = llvm::formatv("{0:P3}", *ranges.saturated);
  return text;
}

SmallVector<ObserverOp> report::collectObservers(const Model &model) {
  llvm::SetVector<Operation *> observers;
  for (const std::unique_ptr<FunctionModel> &function : model.functions)
    for (ObserverOp observer : function->getObservers())
      observers.insert(observer);
  return llvm::map_to_vector(observers, [](Operation *observer) {
    return cast<ObserverOp>(observer);
  });
}
