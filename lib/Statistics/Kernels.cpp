//===- Kernels.cpp - Loops over all values --------------------------------===//

#include "Kernels.h"

using namespace quantprep::statistics;

// The choice is made when the library is loaded, which sanitizers are not ready
// for.
#if defined(__x86_64__) && defined(__linux__) && !defined(QUANTPREP_SANITIZED)
#define QUANTPREP_CLONES                                                       \
  __attribute__((target_clones("default", "avx2", "avx512f")))
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

template <typename T>
static inline __attribute__((always_inline)) void
countBinsOf(const T *values, int64_t size, T inverse, T width, int32_t first,
            CountTables &tables, int64_t *counts) {
  constexpr int64_t numTables = CountTables::numTables;
  uint16_t *table[numTables];
  for (int64_t t = 0; t < numTables; ++t) {
    table[t] = tables.tables[t];
    for (int64_t bin = 0; bin < tables.numBins; ++bin)
      table[t][bin] = 0;
  }
  uint16_t *bins = tables.bins;
  for (int64_t begin = 0; begin < size; begin += CountTables::batchSize) {
    int64_t part = size - begin < CountTables::batchSize
                       ? size - begin
                       : CountTables::batchSize;
    for (int64_t i = 0; i < part; ++i)
      bins[i] = static_cast<uint16_t>(
          toIndex(values[begin + i], inverse, width) - first);
    int64_t i = 0;
    // Four numbers are one load, which no increment before it can delay.
    for (; i + numTables <= part; i += numTables) {
      uint64_t four;
      std::memcpy(&four, bins + i, sizeof(four));
      for (int64_t t = 0; t < numTables; ++t)
        ++table[t][(four >> (16 * t)) & 0xffff];
    }
    for (; i < part; ++i)
      ++table[0][bins[i]];
  }
  for (int64_t bin = 0; bin < tables.numBins; ++bin)
    counts[bin] +=
        uint32_t(table[0][bin]) + table[1][bin] + table[2][bin] + table[3][bin];
}

// Overloads of clones are not told apart by all compilers.
QUANTPREP_CLONES static void extremesOfFloats(const float *values, int64_t size,
                                              int32_t *min, int32_t *max) {
  extremesOf(values, size, *min, *max);
}

QUANTPREP_CLONES static void
countBinsOfFloats(const float *values, int64_t size, float inverse, float width,
                  int32_t first, CountTables &tables, int64_t *counts) {
  countBinsOf(values, size, inverse, width, first, tables, counts);
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

void quantprep::statistics::countBins(const float *values, int64_t size,
                                      float inverse, float width, int32_t first,
                                      CountTables &tables, int64_t *counts) {
  countBinsOfFloats(values, size, inverse, width, first, tables, counts);
}

void quantprep::statistics::countBins(const double *values, int64_t size,
                                      double inverse, double width,
                                      int32_t first, CountTables &tables,
                                      int64_t *counts) {
  countBinsOf(values, size, inverse, width, first, tables, counts);
}
