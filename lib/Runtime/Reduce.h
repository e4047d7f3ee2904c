//===- Reduce.h - Minimum and maximum of a strided buffer -------*- C++ -*-===//
//
// Works on the bits of IEEE floats: sign and magnitude, mapped to integers of
// the same order. That vectorizes for every width without any fast-math flag,
// needs no arithmetic for f16 and bf16, and keeps NaNs out exactly.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_RUNTIME_REDUCE_H
#define QUANTPREP_LIB_RUNTIME_REDUCE_H

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

/// A dimension of a buffer: size and distance of elements.
struct Dim {
  int64_t size;
  int64_t stride;
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

/// The dimensions in an order, and so few, that the last is as long and as
/// dense as can be; the order of elements does not matter. False if there are
/// no elements.
inline bool normalize(std::vector<Dim> &dims) {
  for (const Dim &dim : dims)
    if (dim.size == 0)
      return false;
  auto isSingle = [](const Dim &dim) { return dim.size == 1; };
  dims.erase(std::remove_if(dims.begin(), dims.end(), isSingle), dims.end());
  std::sort(dims.begin(), dims.end(),
            [](const Dim &a, const Dim &b) { return a.stride > b.stride; });
  std::vector<Dim> merged;
  for (const Dim &dim : dims) {
    if (!merged.empty() && merged.back().stride == dim.stride * dim.size)
      merged.back() = {merged.back().size * dim.size, dim.stride};
    else
      merged.push_back(dim);
  }
  if (merged.empty())
    merged.push_back({1, 1});
  dims = std::move(merged);
  return true;
}

/// The range of the buffer at `data`.
template <typename Format>
Range<Format> reduce(const typename Format::Int *data, std::vector<Dim> dims) {
  Range<Format> range;
  if (!normalize(dims))
    return range;
  Dim inner = dims.back();
  dims.pop_back();
  std::vector<int64_t> index(dims.size(), 0);
  while (true) {
    reduceRun<Format>(data, inner.size, inner.stride, range);
    size_t dim = dims.size();
    for (; dim > 0; --dim) {
      const Dim &outer = dims[dim - 1];
      data += outer.stride;
      if (++index[dim - 1] < outer.size)
        break;
      data -= outer.stride * outer.size;
      index[dim - 1] = 0;
    }
    if (dim == 0)
      return range;
  }
}

} // namespace quantprep::runtime

#endif // QUANTPREP_LIB_RUNTIME_REDUCE_H
