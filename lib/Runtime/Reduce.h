//===- Reduce.h - Minimum and maximum of a strided buffer -------*- C++ -*-===//
//
// Works on the bits of IEEE floats: sign and magnitude, mapped to integers of
// the same order. That vectorizes for every width without any fast-math flag,
// needs no arithmetic for f16 and bf16, and keeps NaNs out exactly.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_RUNTIME_REDUCE_H
#define QUANTPREP_LIB_RUNTIME_REDUCE_H

#include "../Statistics/Chunks.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace quantprep::runtime {

/// A float format: the signed integer that holds its bits, and its infinity,
/// which is the largest magnitude that is no NaN.
template <typename IntT, IntT infinityBits> struct FloatFormat {
  using Int = IntT;
  static constexpr Int infinity = infinityBits;
};
using F16 = FloatFormat<int16_t, 0x7c00>;
using BF16 = FloatFormat<int16_t, 0x7f80>;
using F32 = FloatFormat<int32_t, 0x7f800000>;
using F64 = FloatFormat<int64_t, 0x7ff0000000000000>;

/// Bits to an integer that compares as the float does, -0.0 before 0.0; its own
/// inverse.
template <typename Int> Int toOrdered(Int bits) {
  return bits ^
         ((bits >> (sizeof(Int) * 8 - 1)) & std::numeric_limits<Int>::max());
}

/// The smallest and largest ordered integer so far, NaNs left out.
template <typename Format> struct Range {
  using Int = typename Format::Int;
  Int min = Format::infinity;
  Int max = toOrdered<Int>(Format::infinity | std::numeric_limits<Int>::min());
  int64_t count = 0;
  int64_t nanCount = 0;
};

/// Adds `size` elements, `stride` apart (a constant where it is inlined as
/// one). NaNs order outside of the infinities, so that they are seen
/// afterwards, and the loop that every buffer goes through is nothing but
/// minimum and maximum.
template <typename Format>
void reduceChunk(const typename Format::Int *data, int64_t size, int64_t stride,
                 Range<Format> &range) {
  using Int = typename Format::Int;
  const Range<Format> nothing;
  Int min = range.min, max = range.max;
  for (int64_t i = 0; i < size; ++i) {
    Int ordered = toOrdered(data[i * stride]);
    min = ordered < min ? ordered : min;
    max = ordered > max ? ordered : max;
  }
  if (min >= nothing.max && max <= nothing.min) {
    range.min = min;
    range.max = max;
    return;
  }
  for (int64_t i = 0; i < size; ++i) {
    Int ordered = toOrdered(data[i * stride]);
    if (ordered < nothing.max || ordered > nothing.min) {
      ++range.nanCount;
      continue;
    }
    range.min = std::min(range.min, ordered);
    range.max = std::max(range.max, ordered);
  }
}

/// Adds `size` elements, `stride` apart.
template <typename Format>
void reduceRun(const typename Format::Int *data, int64_t size, int64_t stride,
               Range<Format> &range) {
  // Few enough that the second look at a chunk with NaNs finds it in the cache.
  constexpr int64_t chunk = 4096;
  for (int64_t begin = 0; begin < size; begin += chunk) {
    int64_t count = std::min(chunk, size - begin);
    if (stride == 1)
      reduceChunk<Format>(data + begin, count, 1, range);
    else
      reduceChunk<Format>(data + begin * stride, count, stride, range);
  }
  range.count += size;
}

/// The range of the buffer at `data`.
template <typename Format>
Range<Format> reduce(const typename Format::Int *data,
                     std::vector<statistics::Dim> dims) {
  Range<Format> range;
  statistics::forEachRun(
      data, std::move(dims),
      [&](const typename Format::Int *run, int64_t size, int64_t stride) {
        reduceRun<Format>(run, size, stride, range);
      });
  return range;
}

} // namespace quantprep::runtime

#endif // QUANTPREP_LIB_RUNTIME_REDUCE_H
