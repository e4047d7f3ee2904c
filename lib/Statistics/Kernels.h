//===- Kernels.h - Loops over all values ------------------------*- C++ -*-===//
//
// What calibration spends its time on, compiled for several instruction sets.
// Products and comparisons are exact, so that all give the same bits.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_STATISTICS_KERNELS_H
#define QUANTPREP_LIB_STATISTICS_KERNELS_H

#include "Extremes.h"

namespace quantprep::statistics {

Extremes<float> findExtremes(const float *values, int64_t size);
Extremes<double> findExtremes(const double *values, int64_t size);

/// The multiple of the width at or below `value`. The product may underflow;
/// the comparison does not.
template <typename T> int32_t toIndex(T value, T inverse, T width) {
  int32_t index = static_cast<int32_t>(value * inverse);
  return index - (value < static_cast<T>(index) * width);
}

/// Counts in four tables at once: an increment does not wait for the one before
/// it, which is often of the same bin. All of it stays in the nearest cache.
struct CountTables {
  static constexpr int64_t numTables = 4, maxBins = 4096, batchSize = 2048;
  /// Processors take addresses for equal whose last 12 bits are: those of one
  /// bin in all tables must not be.
  static constexpr int64_t padding = 160;
  /// No count overflows.
  static constexpr int64_t maxValues = 65536;

  explicit CountTables(int64_t numBins) : numBins(numBins) {}

  int64_t numBins;
  uint16_t tables[numTables][maxBins + padding];
  /// Those that values are in.
  uint16_t bins[batchSize];
};

/// The bins that values are in: of this width, the first of this index.
template <typename T> struct BinLayout {
  T inverse, width;
  int32_t first;
};

/// Adds the numbers of values in each bin to `counts`, batch after batch, until
/// one has a value beyond `limits`. At most `CountTables::maxValues` values.
/// Returns how many it counted, whose extremes it merges into `found`.
int64_t countBins(const float *values, int64_t size,
                  const BinLayout<float> &layout, const Extremes<float> &limits,
                  CountTables &tables, int64_t *counts, Extremes<float> &found);
int64_t countBins(const double *values, int64_t size,
                  const BinLayout<double> &layout,
                  const Extremes<double> &limits, CountTables &tables,
                  int64_t *counts, Extremes<double> &found);

} // namespace quantprep::statistics

#endif // QUANTPREP_LIB_STATISTICS_KERNELS_H
