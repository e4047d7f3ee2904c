//===- LeastError.cpp - The range with the least squared error ------------===//
//
// Two steps. All pairs of a lower and an upper end on a geometric grid are
// judged by a formula: step^2 / 12 for each value inside, the distance to the
// end for each outside. The best ones are then judged by the error that their
// codes really make, and moved as long as that makes it less.
//
//===----------------------------------------------------------------------===//

#include "Moments.h"

using namespace quantprep::statistics;

/// The sum of squared errors of quantizing all values.
static double computeTotalError(const CumulativeMoments &moments,
                                const Range &range, const QParams &qparams,
                                const Quantization &quantization) {
  const double scale = qparams.scale;
  auto toCode = [&](double value) {
    double code = std::nearbyint(value / scale) + qparams.zeroPoint;
    return static_cast<int64_t>(
        std::clamp(code, static_cast<double>(quantization.quantMin),
                   static_cast<double>(quantization.quantMax)));
  };
  // Codes that no value has make no error.
  const int64_t first = toCode(range.min), last = toCode(range.max);
  double error = 0;
  Moments below;
  for (int64_t code = first; code <= last; ++code) {
    double step = static_cast<double>(code - qparams.zeroPoint);
    Moments upTo = code == last ? moments.getTotal()
                                : moments.getBelow((step + 0.5) * scale);
    error += (upTo - below).getError(step * scale);
    below = upTo;
  }
  return error;
}

double quantprep::statistics::computeError(const Distribution &values,
                                           const QParams &qparams,
                                           const Quantization &quantization) {
  if (values.histogram.isEmpty())
    return 0;
  CumulativeMoments moments(values);
  return computeTotalError(moments, values.range, qparams, quantization) /
         moments.getTotal().count;
}

double
quantprep::statistics::computeSaturation(const Distribution &values,
                                         const QParams &qparams,
                                         const Quantization &quantization) {
  if (values.histogram.isEmpty())
    return 0;
  CumulativeMoments moments(values);
  auto getEdge = [&](int64_t code, double half) {
    return (static_cast<double>(code - qparams.zeroPoint) + half) *
           qparams.scale;
  };
  double total = moments.getTotal().count;
  double low = moments.getBelow(getEdge(quantization.quantMin, -0.5)).count;
  double high =
      total - moments.getBelow(getEdge(quantization.quantMax, 0.5)).count;
  return (low + high) / total;
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

namespace {
struct Candidate {
  double error;
  Range range;
};

class LeastErrorSearch {
public:
  LeastErrorSearch(const Distribution &values, const Quantization &quantization)
      : moments(values), seen(values.range), quantization(quantization),
        whole(std::min(seen.min, 0.0), std::max(seen.max, 0.0)) {
    // Values about 0 have the error of 0, whatever the step.
    double width = values.histogram.getWidth();
    exact = moments.getBelow(width).count - moments.getBelow(-width).count;
  }

  Range run() {
    std::vector<Candidate> candidates = makeCandidates();
    Candidate best = judge(whole);
    for (const Candidate &candidate : candidates)
      keepBetter(best, candidate.range);
    return refine(scan(refine(best))).range;
  }

private:
  static constexpr int stepsPerOctave = 16;
  static constexpr int octaves = 12; // down to about one bin
  static constexpr size_t kept = 48;
  /// With more values than this, errors have no luck in them.
  static constexpr double fewValues = 65536;

  std::vector<double> makeEnds(double end) const {
    std::vector<double> ends = {end};
    for (int i = 1; end != 0 && i <= octaves * stepsPerOctave; ++i)
      ends.push_back(end * std::exp2(-static_cast<double>(i) / stepsPerOctave));
    if (end != 0)
      ends.push_back(0);
    return ends;
  }

  /// The error if the values within each step were uniform.
  double estimate(const Moments &below, const Moments &notAbove, double low,
                  double high) const {
    double step = (high - low) / static_cast<double>(quantization.quantMax -
                                                     quantization.quantMin);
    double inside = std::max(0.0, notAbove.count - below.count - exact);
    return below.getError(low) +
           (moments.getTotal() - notAbove).getError(high) +
           inside * step * step / 12;
  }

  /// The best pairs of ends by their estimates.
  std::vector<Candidate> makeCandidates() const {
    std::vector<Candidate> candidates;
    auto add = [&](double low, const Moments &below, double high,
                   const Moments &notAbove) {
      if (low < high)
        candidates.push_back(
            {estimate(below, notAbove, low, high), {low, high}});
    };
    if (quantization.isSymmetric) {
      for (double high : makeEnds(std::max(-whole.min, whole.max)))
        add(-high, moments.getBelow(-high), high, moments.getBelow(high));
    } else {
      std::vector<double> highs = makeEnds(whole.max);
      std::vector<Moments> notAbove;
      for (double high : highs)
        notAbove.push_back(moments.getBelow(high));
      for (double low : makeEnds(whole.min)) {
        Moments below = moments.getBelow(low);
        for (size_t i = 0; i < highs.size(); ++i)
          add(low, below, highs[i], notAbove[i]);
      }
    }
    auto isBetter = [](const Candidate &a, const Candidate &b) {
      return a.error < b.error;
    };
    size_t count = std::min(kept, candidates.size());
    std::partial_sort(candidates.begin(), candidates.begin() + count,
                      candidates.end(), isBetter);
    candidates.resize(count);
    return candidates;
  }

  Candidate judge(const Range &range) const {
    return {computeTotalError(moments, seen,
                              chooseFromRange(range, quantization),
                              quantization),
            range};
  }

  bool keepBetter(Candidate &best, const Range &range) const {
    Candidate candidate = judge(range);
    if (!(candidate.error < best.error))
      return false;
    best = candidate;
    return true;
  }

  /// Moves the ends by smaller and smaller distances.
  Candidate refine(Candidate best) const {
    double distance = (best.range.max - best.range.min) / 32;
    for (int i = 0; i < 8; ++i, distance /= 2)
      while (move(best, distance))
        continue;
    return best;
  }

  /// Few values lie near codes or between them by luck: that differs from one
  /// half of a step to the next, and moving downhill finds the nearest dip.
  Candidate scan(Candidate best) const {
    if (moments.getTotal().count > fewValues)
      return best;
    constexpr int around = 12;
    const Range from = best.range;
    const double half =
        (from.max - from.min) /
        static_cast<double>(quantization.quantMax - quantization.quantMin) / 2;
    if (quantization.isSymmetric) {
      for (int i = -around * around; i <= around * around; ++i)
        if (double end = from.max + i * half / around; end > 0)
          keepBetter(best, {-end, end});
      return best;
    }
    for (int low = -around; low <= around; ++low)
      for (int high = -around; high <= around; ++high) {
        Range to(std::clamp(from.min + low * half, whole.min, 0.0),
                 std::clamp(from.max + high * half, 0.0, whole.max));
        if (to.min < to.max)
          keepBetter(best, to);
      }
    return best;
  }

  bool move(Candidate &best, double distance) const {
    const Range from = best.range;
    bool isMoved = false;
    if (quantization.isSymmetric) {
      for (double by : {-distance, distance})
        if (from.max + by > 0)
          isMoved |= keepBetter(best, {-from.max - by, from.max + by});
      return isMoved;
    }
    for (double low : {-distance, 0.0, distance})
      for (double high : {-distance, 0.0, distance}) {
        Range to(std::clamp(from.min + low, whole.min, 0.0),
                 std::clamp(from.max + high, 0.0, whole.max));
        if (to.min < to.max)
          isMoved |= keepBetter(best, to);
      }
    return isMoved;
  }

  CumulativeMoments moments;
  Range seen;
  const Quantization &quantization;
  Range whole; // with 0
  double exact;
};
} // namespace

Range quantprep::statistics::searchLeastError(
    const Distribution &values, const Quantization &quantization) {
  if (values.histogram.isEmpty() || values.range.isEmpty())
    return values.range;
  return LeastErrorSearch(values, quantization).run();
}
