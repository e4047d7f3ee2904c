//===- Distributions.cpp - Ranges by percentile and by entropy ------------===//

#include "Moments.h"

using namespace quantprep::statistics;

//===----------------------------------------------------------------------===//
// Percentile
//===----------------------------------------------------------------------===//

/// The value that `count` values are below of.
static double findQuantile(const Distribution &values, double count) {
  const std::vector<int64_t> &counts = values.histogram.getCounts();
  double below = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    double inBin = static_cast<double>(counts[i]);
    if (inBin > 0 && below + inBin >= count) {
      double part = std::max(0.0, count - below) / inBin;
      double edge =
          values.histogram.getLowerEdge(i) + part * values.histogram.getWidth();
      return std::clamp(edge, values.range.min, values.range.max);
    }
    below += inBin;
  }
  return values.range.max;
}

Range quantprep::statistics::searchPercentile(const Distribution &values,
                                              double percentile) {
  if (values.histogram.isEmpty() || values.range.isEmpty())
    return values.range;
  double total = 0;
  for (int64_t count : values.histogram.getCounts())
    total += static_cast<double>(count);
  double cut = total * (100 - percentile) / 200;
  if (cut <= 0)
    return values.range;
  return {findQuantile(values, cut), findQuantile(values, total - cut)};
}

//===----------------------------------------------------------------------===//
// Entropy
//===----------------------------------------------------------------------===//

namespace {
/// Kullback-Leibler divergence, sum of p log(p / q), of the values clipped to a
/// range from what is left of them when all bins with one code count the same.
class Divergence {
public:
  Divergence(const Distribution &values, const Quantization &quantization)
      : histogram(values.histogram), quantization(quantization) {}

  double compute(const Range &range) {
    qparams = chooseFromRange(range, quantization);
    const std::vector<int64_t> &counts = histogram.getCounts();
    const int64_t size = static_cast<int64_t>(counts.size());
    // Bins by their middles: those below the first code, those with codes,
    // those above the last.
    int64_t begin = 0, end = size;
    double below = 0, above = 0;
    while (begin < end && getCode(begin) < quantization.quantMin)
      below += static_cast<double>(counts[begin++]);
    while (end > begin && getCode(end - 1) > quantization.quantMax)
      above += static_cast<double>(counts[--end]);
    if (begin == end)
      return std::numeric_limits<double>::infinity();
    double inside = 0;
    for (int64_t i = begin; i < end; ++i)
      inside += static_cast<double>(counts[i]);
    if (inside == 0)
      return std::numeric_limits<double>::infinity();

    const double total = inside + below + above;
    double divergence = 0;
    for (int64_t i = begin; i < end;) {
      int64_t next = i;
      double group = 0, used = 0;
      double code = getCode(i);
      for (; next < end && getCode(next) == code; ++next) {
        group += static_cast<double>(counts[next]);
        used += counts[next] != 0;
      }
      for (; i < next; ++i) {
        double seen = static_cast<double>(counts[i]);
        seen += (i == begin ? below : 0) + (i == end - 1 ? above : 0);
        if (seen == 0)
          continue;
        double kept = counts[i] ? group / used / inside : smallest;
        divergence += seen / total * std::log(seen / total / kept);
      }
    }
    return divergence;
  }

private:
  // Instead of 0, whose logarithm is infinite.
  static constexpr double smallest = 1e-7;

  double getCode(int64_t index) const {
    double middle = histogram.getLowerEdge(index) + histogram.getWidth() / 2;
    return std::nearbyint(middle / qparams.scale) +
           static_cast<double>(qparams.zeroPoint);
  }

  const Histogram &histogram;
  const Quantization &quantization;
  QParams qparams;
};
} // namespace

Range quantprep::statistics::searchEntropy(const Distribution &values,
                                           const Quantization &quantization) {
  if (values.histogram.isEmpty() || values.range.isEmpty())
    return values.range;
  constexpr int candidates = 128;
  Divergence divergence(values, quantization);
  Range best = values.range;
  double least = divergence.compute(best);
  for (int i = candidates - 1; i > 0; --i) {
    double part = static_cast<double>(i) / candidates;
    Range range(std::min(values.range.min, 0.0) * part,
                std::max(values.range.max, 0.0) * part);
    double found = divergence.compute(range);
    if (found < least) {
      least = found;
      best = range;
    }
  }
  return best;
}
