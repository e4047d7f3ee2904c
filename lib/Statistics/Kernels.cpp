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
binsOf(const T *values, int64_t size, T inverse, T width, int32_t first,
       uint16_t *bins) {
  for (int64_t i = 0; i < size; ++i)
    bins[i] = static_cast<uint16_t>(toIndex(values[i], inverse, width) - first);
}

// Overloads of clones are not told apart by all compilers.
QUANTPREP_CLONES static void extremesOfFloats(const float *values, int64_t size,
                                              int32_t *min, int32_t *max) {
  extremesOf(values, size, *min, *max);
}

QUANTPREP_CLONES static void binsOfFloats(const float *values, int64_t size,
                                          float inverse, float width,
                                          int32_t first, uint16_t *bins) {
  binsOf(values, size, inverse, width, first, bins);
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

void quantprep::statistics::findBins(const float *values, int64_t size,
                                     float inverse, float width, int32_t first,
                                     uint16_t *bins) {
  binsOfFloats(values, size, inverse, width, first, bins);
}

void quantprep::statistics::findBins(const double *values, int64_t size,
                                     double inverse, double width,
                                     int32_t first, uint16_t *bins) {
  binsOf(values, size, inverse, width, first, bins);
}
