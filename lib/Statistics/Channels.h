//===- Channels.h - Ranges along channels -----------------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_STATISTICS_CHANNELS_H
#define QUANTPREP_LIB_STATISTICS_CHANNELS_H

#include "Chunks.h"
#include "Kernels.h"
#include "QuantPrep/Statistics/Statistics.h"

#include <cmath>

namespace quantprep::statistics {

/// Finite values of a chunk; counts the others (B18).
template <typename T>
std::vector<T> keepFinite(const T *values, int64_t size, Data &seen) {
  std::vector<T> finite;
  for (int64_t i = 0; i < size; ++i) {
    if (std::isnan(values[i]))
      ++seen.nan;
    else if (std::isinf(values[i]))
      ++seen.infinite;
    else
      finite.push_back(values[i]);
  }
  return finite;
}

/// The dimensions of a buffer, apart: those that number channels, and others.
struct ChannelDims {
  std::vector<Dim> channels;
  std::vector<Dim> others;

  ChannelDims(const Buffer &buffer, const Spec &spec) {
    for (size_t i = 0; i < buffer.dims.size(); ++i) {
      int64_t offset = static_cast<int64_t>(i) - *spec.axis;
      bool isChannel = offset >= 0 && offset < spec.axisCount;
      (isChannel ? channels : others).push_back(buffer.dims[i]);
    }
  }

  int64_t count() const {
    int64_t count = 1;
    for (const Dim &dim : channels)
      count *= dim.size;
    return count;
  }

  /// Where channel `index` begins, the last dimension fastest.
  int64_t getOffset(int64_t index) const {
    int64_t offset = 0;
    for (size_t i = channels.size(); i > 0; --i) {
      offset += index % channels[i - 1].size * channels[i - 1].stride;
      index /= channels[i - 1].size;
    }
    return offset;
  }

  /// Whether the elements of all channels at one place are neighbours.
  bool areNeighbours() const {
    int64_t stride = 1;
    for (size_t i = channels.size(); i > 0; --i) {
      if (channels[i - 1].stride != stride)
        return false;
      stride *= channels[i - 1].size;
    }
    return true;
  }
};

/// Ranges of channels that are neighbours, in one pass along memory. False,
/// and nothing done, if an element is not finite.
template <typename Format>
bool addNeighbours(const typename Format::Stored *data, const ChannelDims &dims,
                   int64_t blockSize, std::vector<Range> &ranges) {
  using Value = typename Format::Value;
  using Int = typename Ordered<Value>::Int;
  const int64_t count = dims.count();
  const Extremes<Value> none;
  std::vector<Int> low(count, none.min), high(count, none.max);
  auto addRow = [&, low = low.data(), high = high.data()](const auto *row) {
    for (int64_t i = 0; i < count; ++i) {
      Int ordered = toOrdered(Format::toValue(row[i]));
      low[i] = ordered < low[i] ? ordered : low[i];
      high[i] = ordered > high[i] ? ordered : high[i];
    }
  };
  forEachRun(data, dims.others,
             [&](const auto *run, int64_t size, int64_t stride) {
               for (int64_t i = 0; i < size; ++i)
                 addRow(run + i * stride);
             });
  for (int64_t i = 0; i < count; ++i)
    if (!Extremes<Value>{low[i], high[i]}.isFinite())
      return false;
  for (int64_t i = 0; i < count; ++i)
    ranges[i / blockSize].merge(Extremes<Value>{low[i], high[i]}.toRange());
  return true;
}

/// Adds the elements of a buffer to the ranges of their channels.
template <typename Format>
void addChannels(const Buffer &buffer, const Spec &spec,
                 std::vector<Range> &ranges, Data &seen) {
  using Value = typename Format::Value;
  auto *data = static_cast<const typename Format::Stored *>(buffer.data);
  ChannelDims dims(buffer, spec);
  int64_t perChannel = 1;
  for (const Dim &dim : dims.others)
    perChannel *= dim.size;
  seen.count += perChannel * dims.count();
  if (dims.areNeighbours() &&
      addNeighbours<Format>(data, dims, spec.blockSize, ranges))
    return;
  for (int64_t i = 0; i < dims.count(); ++i) {
    Extremes<Value> extremes;
    forEachChunk<Format>(data + dims.getOffset(i), dims.others,
                         [&](const Value *values, int64_t size) {
                           Extremes<Value> found = findExtremes(values, size);
                           if (!found.isFinite()) {
                             std::vector<Value> finite =
                                 keepFinite(values, size, seen);
                             found = findExtremes(finite.data(), finite.size());
                           }
                           extremes.merge(found);
                         });
    ranges[i / spec.blockSize].merge(extremes.toRange());
  }
}

} // namespace quantprep::statistics

#endif // QUANTPREP_LIB_STATISTICS_CHANNELS_H
