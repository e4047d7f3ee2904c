//===- Histogram.cpp - Counts in bins of a power of two -------------------===//

#include "QuantPrep/Statistics/Histogram.h"

#include "Kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

using namespace quantprep::statistics;

//===----------------------------------------------------------------------===//
// Range
//===----------------------------------------------------------------------===//

Range::Range()
    : min(std::numeric_limits<double>::infinity()),
      max(-std::numeric_limits<double>::infinity()) {}

static bool isBefore(double a, double b) {
  return a < b || (a == b && std::signbit(a) && !std::signbit(b));
}

void Range::merge(const Range &other) {
  if (isBefore(other.min, min))
    min = other.min;
  if (isBefore(max, other.max))
    max = other.max;
}

//===----------------------------------------------------------------------===//
// Bins
//===----------------------------------------------------------------------===//

static int64_t findBin(double value, int exponent) {
  return toIndex(value, std::ldexp(1.0, -exponent), std::ldexp(1.0, exponent));
}

int Histogram::chooseExponent(const Range &range) {
  double magnitude = std::max(std::fabs(range.min), std::fabs(range.max));
  if (magnitude == 0)
    return smallestExponent;
  // Indices of bins are integers of 32 bits.
  int exponent = std::max(std::ilogb(magnitude) - 29, smallestExponent);
  while (findBin(range.max, exponent) - findBin(range.min, exponent) >= maxBins)
    ++exponent;
  return exponent;
}

double Histogram::getWidth() const { return std::ldexp(1.0, exponent); }

double Histogram::getLowerEdge(int64_t index) const {
  return std::ldexp(static_cast<double>(first + index), exponent);
}

/// The sum of each group of bins that is one at `toExponent`.
void Histogram::coarsen(int toExponent) {
  // Indices are the same from 63 on.
  int shift = std::min(toExponent - exponent, 63);
  exponent = toExponent;
  if (shift == 0 || counts.empty())
    return;
  int64_t newFirst = first >> shift;
  int64_t newLast = (first + static_cast<int64_t>(counts.size()) - 1) >> shift;
  std::vector<int64_t> coarse(newLast - newFirst + 1, 0);
  for (size_t i = 0; i < counts.size(); ++i)
    coarse[((first + static_cast<int64_t>(i)) >> shift) - newFirst] +=
        counts[i];
  first = newFirst;
  counts = std::move(coarse);
}

void Histogram::grow(const Range &range) {
  if (range.isEmpty())
    return;
  int needed = chooseExponent(range);
  if (counts.empty())
    exponent = needed;
  else if (needed > exponent)
    coarsen(needed);
  int64_t low = findBin(range.min, exponent);
  int64_t high = findBin(range.max, exponent);
  if (counts.empty()) {
    first = low;
    counts.assign(high - low + 1, 0);
    return;
  }
  int64_t last = first + static_cast<int64_t>(counts.size()) - 1;
  if (low >= first && high <= last)
    return;
  int64_t newFirst = std::min(low, first);
  std::vector<int64_t> wider(std::max(high, last) - newFirst + 1, 0);
  std::copy(counts.begin(), counts.end(), wider.begin() + (first - newFirst));
  first = newFirst;
  counts = std::move(wider);
}

/// Whether both the width of bins and its inverse are floats.
static bool isOfFloats(int exponent) {
  return exponent > -127 && exponent < 127;
}

template <typename T>
int64_t Histogram::addValues(const T *values, int64_t size,
                             const Extremes<T> &limits, Extremes<T> &found) {
  const BinLayout<T> layout = {static_cast<T>(std::ldexp(1.0, -exponent)),
                               static_cast<T>(std::ldexp(1.0, exponent)),
                               static_cast<int32_t>(first)};
  static_assert(CountTables::maxBins >= maxBins);
  CountTables tables(static_cast<int64_t>(counts.size()));
  int64_t done = 0;
  while (done < size) {
    int64_t part = std::min(CountTables::maxValues, size - done);
    int64_t counted = countBins(values + done, part, layout, limits, tables,
                                counts.data(), found);
    done += counted;
    if (counted < part)
      break;
  }
  return done;
}

template <typename T>
int64_t Histogram::addWithin(const Range &range, const T *values, int64_t size,
                             Range &found) {
  // Zeroing tables and adding them up takes as long as some thousand values.
  if (size <= static_cast<int64_t>(counts.size()) || range.isEmpty() ||
      (std::is_same_v<T, float> && !isOfFloats(exponent)))
    return 0;
  T min = static_cast<T>(range.min), max = static_cast<T>(range.max);
  // Values of both types may have been added.
  if (min < range.min || max > range.max)
    return 0;
  Extremes<T> extremes;
  int64_t done =
      addValues(values, size, {toOrdered(min), toOrdered(max)}, extremes);
  found.merge(extremes.toRange());
  return done;
}

template int64_t Histogram::addWithin(const Range &, const float *, int64_t,
                                      Range &);
template int64_t Histogram::addWithin(const Range &, const double *, int64_t,
                                      Range &);

template <typename T> void Histogram::add(const T *values, int64_t size) {
  if constexpr (std::is_same_v<T, float>) {
    if (!isOfFloats(exponent)) {
      std::vector<double> doubles(values, values + size);
      return add(doubles.data(), size);
    }
  }
  if (size > static_cast<int64_t>(counts.size())) {
    using Int = typename Extremes<T>::Int;
    Extremes<T> found;
    addValues(
        values, size,
        {std::numeric_limits<Int>::min(), std::numeric_limits<Int>::max()},
        found);
    return;
  }
  const T inverse = static_cast<T>(std::ldexp(1.0, -exponent));
  const T width = static_cast<T>(std::ldexp(1.0, exponent));
  for (int64_t i = 0; i < size; ++i)
    ++counts[toIndex(values[i], inverse, width) - first];
}

template void Histogram::add(const float *, int64_t);
template void Histogram::add(const double *, int64_t);

void Histogram::merge(const Histogram &other, const Range &range) {
  if (other.counts.empty())
    return;
  if (counts.empty()) {
    *this = other;
    return;
  }
  Histogram added = other;
  int common = chooseExponent(range);
  coarsen(common);
  added.coarsen(common);
  int64_t last = first + static_cast<int64_t>(counts.size());
  int64_t addedLast = added.first + static_cast<int64_t>(added.counts.size());
  int64_t newFirst = std::min(first, added.first);
  std::vector<int64_t> sum(std::max(last, addedLast) - newFirst, 0);
  for (const Histogram *part : {this, &added})
    for (size_t i = 0; i < part->counts.size(); ++i)
      sum[part->first - newFirst + static_cast<int64_t>(i)] += part->counts[i];
  first = newFirst;
  counts = std::move(sum);
}
