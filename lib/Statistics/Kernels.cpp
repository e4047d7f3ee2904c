//===- Kernels.cpp - Loops over all values --------------------------------===//

#include "Kernels.h"

using namespace quantprep::statistics;

// The choice is made when the library is loaded, which sanitizers are not ready
// for.
#if defined(__x86_64__) && defined(__linux__) && !defined(QUANTPREP_SANITIZED)
#define QUANTPREP_CLONES                                                       \
  __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define QUANTPREP_CLONES
#endif

template <typename T, typename Int>
static inline __attribute__((always_inline)) void
extremesOf(const T *values, int64_t size, Int &min, Int &max) {
  Int low = min, high = max;
  for (int64_t i = 0; i < size; ++i) {
    Int ordered = toOrdered(values[i]);
    low = ordered < low ? ordered : low;
    high = ordered > high ? ordered : high;
  }
  min = low;
  max = high;
}

/// Counts a batch of bins. In a function of its own, as some compilers run out
/// of registers in that which it would be part of.
static __attribute__((noinline)) void
countBatch(const uint16_t *bins, int64_t size, CountTables &tables) {
  constexpr int64_t numTables = CountTables::numTables;
  int64_t i = 0;
  // Four numbers are one load, which no increment before it can delay.
  for (; i + numTables <= size; i += numTables) {
    uint64_t four;
    std::memcpy(&four, bins + i, sizeof(four));
    for (int64_t t = 0; t < numTables; ++t)
      ++tables.tables[t][(four >> (16 * t)) & 0xffff];
  }
  for (; i < size; ++i)
    ++tables.tables[0][bins[i]];
}

static inline __attribute__((always_inline)) void
addTables(const CountTables &tables, int64_t *__restrict counts) {
  const uint16_t *__restrict a = tables.tables[0];
  const uint16_t *__restrict b = tables.tables[1];
  const uint16_t *__restrict c = tables.tables[2];
  const uint16_t *__restrict d = tables.tables[3];
  static_assert(CountTables::numTables == 4);
  for (int64_t bin = 0, end = tables.numBins; bin < end; ++bin)
    counts[bin] += uint32_t(a[bin]) + b[bin] + c[bin] + d[bin];
}

template <typename T>
static inline __attribute__((always_inline)) int64_t
countBinsOf(const T *values, int64_t size, const BinLayout<T> &layout,
            const Extremes<T> &limits, CountTables &tables, int64_t *counts,
            Extremes<T> &found) {
  const T inverse = layout.inverse, width = layout.width;
  const int32_t first = layout.first;
  for (auto &table : tables.tables)
    std::memset(table, 0, tables.numBins * sizeof(table[0]));
  uint16_t *bins = tables.bins;
  auto low = found.min, high = found.max;
  int64_t begin = 0;
  // A batch is read from far away once: what follows finds it near.
  while (begin < size) {
    const T *batch = values + begin;
    int64_t rest = size - begin;
    int64_t part =
        rest < CountTables::batchSize ? rest : CountTables::batchSize;
    auto min = low, max = high;
    extremesOf(batch, part, min, max);
    if (min < limits.min || max > limits.max)
      break;
    low = min;
    high = max;
    for (int64_t i = 0; i < part; ++i)
      bins[i] =
          static_cast<uint16_t>(toIndex(batch[i], inverse, width) - first);
    countBatch(bins, part, tables);
    begin += part;
  }
  found.min = low;
  found.max = high;
  addTables(tables, counts);
  return begin;
}

// Overloads of clones are not told apart by all compilers.
QUANTPREP_CLONES static void extremesOfFloats(const float *values, int64_t size,
                                              int32_t *min, int32_t *max) {
  extremesOf(values, size, *min, *max);
}

QUANTPREP_CLONES static int64_t
countBinsOfFloats(const float *values, int64_t size,
                  const BinLayout<float> &layout, const Extremes<float> &limits,
                  CountTables &tables, int64_t *counts,
                  Extremes<float> &found) {
  return countBinsOf(values, size, layout, limits, tables, counts, found);
}

Extremes<float> quantprep::statistics::findExtremes(const float *values,
                                                    int64_t size) {
  Extremes<float> extremes;
  extremesOfFloats(values, size, &extremes.min, &extremes.max);
  return extremes;
}

Extremes<double> quantprep::statistics::findExtremes(const double *values,
                                                     int64_t size) {
  Extremes<double> extremes;
  extremesOf(values, size, extremes.min, extremes.max);
  return extremes;
}

int64_t quantprep::statistics::countBins(const float *values, int64_t size,
                                         const BinLayout<float> &layout,
                                         const Extremes<float> &limits,
                                         CountTables &tables, int64_t *counts,
                                         Extremes<float> &found) {
  return countBinsOfFloats(values, size, layout, limits, tables, counts, found);
}

int64_t quantprep::statistics::countBins(const double *values, int64_t size,
                                         const BinLayout<double> &layout,
                                         const Extremes<double> &limits,
                                         CountTables &tables, int64_t *counts,
                                         Extremes<double> &found) {
  return countBinsOf(values, size, layout, limits, tables, counts, found);
}
