//===- Chunks.h - A strided buffer as dense runs of floats ------*- C++ -*-===//
//
// Every element type becomes float or double, whichever holds its values, and
// every layout a sequence of dense chunks that stay in a near cache. The
// order of elements is no matter.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_STATISTICS_CHUNKS_H
#define QUANTPREP_LIB_STATISTICS_CHUNKS_H

#include "QuantPrep/Statistics/Buffer.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace quantprep::statistics {

/// Of values that were converted or gathered.
inline constexpr int64_t chunkSize = 4096;
/// Of values that are where they were; they are read twice.
inline constexpr int64_t directSize = 65536;

/// How an element is stored, and what it becomes.
template <typename StoredT, typename ValueT> struct Format {
  using Stored = StoredT;
  using Value = ValueT;
  static Value toValue(Stored stored) { return static_cast<Value>(stored); }
};
struct F16Format : Format<uint16_t, float> {
  static float toValue(uint16_t bits);
};
struct BF16Format : Format<uint16_t, float> {
  static float toValue(uint16_t bits);
};

inline float bitsToFloat(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

inline float BF16Format::toValue(uint16_t bits) {
  return bitsToFloat(uint32_t(bits) << 16);
}

inline float F16Format::toValue(uint16_t bits) {
  // As an exponent of 8 bits the magnitude is 2^112 times too small, exactly;
  // infinity and NaN would become numbers.
  uint32_t magnitude = uint32_t(bits & 0x7fff) << 13;
  float value = bitsToFloat(magnitude) * 0x1p112f;
  uint32_t result;
  std::memcpy(&result, &value, sizeof(result));
  result = magnitude >= (0x7c00u << 13) ? magnitude | 0x7f800000u : result;
  return bitsToFloat(result | uint32_t(bits & 0x8000) << 16);
}

/// Calls `function` with the Format of an element type.
template <typename Function>
auto dispatch(ElementType type, Function function) {
  switch (type) {
  case ElementType::F16:
    return function(F16Format());
  case ElementType::BF16:
    return function(BF16Format());
  case ElementType::F32:
    return function(Format<float, float>());
  case ElementType::F64:
    return function(Format<double, double>());
  case ElementType::I8:
    return function(Format<int8_t, float>());
  case ElementType::UI8:
    return function(Format<uint8_t, float>());
  case ElementType::I16:
    return function(Format<int16_t, float>());
  case ElementType::UI16:
    return function(Format<uint16_t, float>());
  case ElementType::I32:
    return function(Format<int32_t, double>());
  case ElementType::UI32:
    return function(Format<uint32_t, double>());
  case ElementType::I64:
    return function(Format<int64_t, double>());
  }
  return function(Format<float, float>());
}

/// Calls `function(values, size)` for dense chunks of at most `directSize`
/// values, floats or doubles.
template <typename Format, typename Function>
void forEachChunk(const typename Format::Stored *data, std::vector<Dim> dims,
                  Function function) {
  using Value = typename Format::Value;
  constexpr bool isDirect = std::is_same_v<typename Format::Stored, Value>;
  // A run that is shorter is not worth a chunk of its own.
  constexpr int64_t longRun = chunkSize / 8;
  Value staged[chunkSize];
  int64_t size = 0;
  auto stage = [&](const auto *run, int64_t runSize, int64_t stride) {
    while (runSize > 0) {
      int64_t part = std::min(runSize, chunkSize - size);
      if (stride == 1)
        for (int64_t i = 0; i < part; ++i)
          staged[size + i] = Format::toValue(run[i]);
      else
        for (int64_t i = 0; i < part; ++i)
          staged[size + i] = Format::toValue(run[i * stride]);
      run += part * stride;
      runSize -= part;
      size += part;
      if (size < chunkSize)
        continue;
      function(static_cast<const Value *>(staged), size);
      size = 0;
    }
  };
  forEachRun(data, std::move(dims),
             [&](const auto *run, int64_t runSize, int64_t stride) {
               if constexpr (isDirect) {
                 if (stride == 1 && runSize >= longRun) {
                   for (int64_t i = 0; i < runSize; i += directSize)
                     function(run + i, std::min(directSize, runSize - i));
                   return;
                 }
               }
               stage(run, runSize, stride);
             });
  if (size > 0)
    function(static_cast<const Value *>(staged), size);
}

} // namespace quantprep::statistics

#endif // QUANTPREP_LIB_STATISTICS_CHUNKS_H
