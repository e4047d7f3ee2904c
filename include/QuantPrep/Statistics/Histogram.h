//===- Histogram.h - Counts in bins of a power of two -----------*- C++ -*-===//
//
// Bins of width 2^exponent that begin at multiples of it. The width follows
// from the smallest and the largest value alone, and a wider bin is exactly two
// narrower ones, so that any order and any split of the values ends in the same
// counts (B20).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_STATISTICS_HISTOGRAM_H
#define QUANTPREP_STATISTICS_HISTOGRAM_H

#include <cstdint>
#include <vector>

namespace quantprep::statistics {

/// The smallest and the largest value; without values min is greater than max.
struct Range {
  double min;
  double max;

  Range();
  Range(double min, double max) : min(min), max(max) {}

  bool isEmpty() const { return !(min <= max); }
  /// Makes the other's values part of this one. -0.0 is smaller than 0.0.
  void merge(const Range &other);
};

template <typename T> struct Extremes;

class Histogram {
public:
  static constexpr int64_t maxBins = 4096;
  /// No bin is narrower: the inverse of its width is a double.
  static constexpr int smallestExponent = -1000;

  Histogram() = default;
  /// As it was written. The first and the last count must not be 0.
  Histogram(int exponent, int64_t first, std::vector<int64_t> counts)
      : exponent(exponent), first(first), counts(std::move(counts)) {}

  bool isEmpty() const { return counts.empty(); }
  /// Bins are 2^exponent wide.
  int getExponent() const { return exponent; }
  /// Bin i begins at (first + i) * 2^exponent.
  int64_t getFirst() const { return first; }
  const std::vector<int64_t> &getCounts() const { return counts; }

  /// The width of a bin, and where bin `index` begins.
  double getWidth() const;
  double getLowerEdge(int64_t index) const;

  /// The smallest exponent with which values of this range take at most
  /// `maxBins` bins. Rises, never falls, as the range grows.
  static int chooseExponent(const Range &range);

  /// Makes room for values of `range`, the range of all values that are added;
  /// merges pairs of bins where it is too wide for bins as they are.
  void grow(const Range &range);
  /// Adds finite values, floats or doubles, inside of the range that it has
  /// grown to.
  template <typename T> void add(const T *values, int64_t size);
  /// Adds values until some are beyond `range`, that of all values before; at
  /// their head none may be added. Returns how many were added, whose range it
  /// merges into `found`.
  template <typename T>
  int64_t addWithin(const Range &range, const T *values, int64_t size,
                    Range &found);
  /// Adds the counts of `other`; `range` is that of all values of both.
  void merge(const Histogram &other, const Range &range);

private:
  template <typename T>
  int64_t addValues(const T *values, int64_t size, const Extremes<T> &limits,
                    Extremes<T> &found);
  void coarsen(int toExponent);

  int exponent = 0;
  int64_t first = 0;
  std::vector<int64_t> counts;
};

} // namespace quantprep::statistics

#endif // QUANTPREP_STATISTICS_HISTOGRAM_H
