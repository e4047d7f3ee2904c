//===- Moments.h - Sums of a histogram below any value ----------*- C++ -*-===//
//
// With the sums of counts, values and squares up to each bin, the error of
// rounding all values of an interval to one number costs two lookups, however
// many bins the interval has.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_STATISTICS_MOMENTS_H
#define QUANTPREP_LIB_STATISTICS_MOMENTS_H

#include "QuantPrep/Statistics/QParams.h"

#include <algorithm>
#include <cmath>

namespace quantprep::statistics {

/// How many values there are, their sum, and that of their squares.
struct Moments {
  double count = 0;
  double sum = 0;
  double squares = 0;

  Moments operator-(const Moments &other) const {
    return {count - other.count, sum - other.sum, squares - other.squares};
  }
  Moments operator+(const Moments &other) const {
    return {count + other.count, sum + other.sum, squares + other.squares};
  }
  /// The squared error of taking all values for `value`.
  double getError(double value) const {
    return std::max(0.0, squares - 2 * value * sum + value * value * count);
  }
};

/// Values are uniform within a bin, and within the range of all values. What
/// the bin of 0 has more than both its neighbours are zeros: half of all values
/// behind a relu, and quantized without error.
class CumulativeMoments {
public:
  explicit CumulativeMoments(const Distribution &values)
      : histogram(values.histogram), range(values.range),
        inverseWidth(1 / histogram.getWidth()) {
    const std::vector<int64_t> &counts = histogram.getCounts();
    findZeros();
    below.reserve(counts.size() + 1);
    below.emplace_back();
    for (size_t i = 0; i < counts.size(); ++i)
      below.push_back(below.back() + getPart(i, getUpperEdge(i)));
  }

  const Moments &getTotal() const { return below.back(); }

  /// Of the values below `value`.
  Moments getBelow(double value) const {
    if (value <= range.min)
      return {};
    if (value > range.max)
      return getTotal();
    auto index = static_cast<int64_t>(std::floor(value * inverseWidth)) -
                 histogram.getFirst();
    index = std::clamp<int64_t>(index, 0, histogram.getCounts().size() - 1);
    return below[index] + getPart(index, value);
  }

private:
  double getLowerEdge(int64_t index) const {
    return std::max(histogram.getLowerEdge(index), range.min);
  }
  double getUpperEdge(int64_t index) const {
    return std::min(histogram.getLowerEdge(index + 1), range.max);
  }

  void findZeros() {
    const std::vector<int64_t> &counts = histogram.getCounts();
    const auto size = static_cast<int64_t>(counts.size());
    zeroBin = -histogram.getFirst();
    if (zeroBin < 0 || zeroBin >= size)
      return;
    int64_t before = zeroBin > 0 ? counts[zeroBin - 1] : 0;
    int64_t after = zeroBin + 1 < size ? counts[zeroBin + 1] : 0;
    zeros = static_cast<double>(
        std::max<int64_t>(0, counts[zeroBin] - std::max(before, after)));
  }

  /// Of the values of a bin below `value`, which is in it.
  Moments getPart(int64_t index, double value) const {
    double low = getLowerEdge(index), high = getUpperEdge(index);
    double count = static_cast<double>(histogram.getCounts()[index]);
    count -= index == zeroBin ? zeros : 0;
    // A bin may have one value only.
    if (high > low)
      count *= (value - low) / (high - low);
    Moments part{count, count * (low + value) / 2,
                 count * (low * low + low * value + value * value) / 3};
    part.count += index == zeroBin && value > low ? zeros : 0;
    return part;
  }

  const Histogram &histogram;
  Range range;
  double inverseWidth;
  int64_t zeroBin;
  double zeros = 0;
  std::vector<Moments> below;
};

} // namespace quantprep::statistics

#endif // QUANTPREP_LIB_STATISTICS_MOMENTS_H
