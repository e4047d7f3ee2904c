//===- Statistics.cpp - What an observer has seen -------------------------===//

#include "QuantPrep/Statistics/Statistics.h"

#include "Channels.h"

#include <iterator>

using namespace quantprep::statistics;

/// Makes `range` that of the elements of a buffer, and adds them to the
/// histogram of `seen`, whose own range is that of all before.
template <typename Format>
static void addTensor(const Buffer &buffer, bool withHistogram, Range &range,
                      Data &seen) {
  using Value = typename Format::Value;
  Range binned = seen.ranges.front();
  auto addFinite = [&](const Value *values, int64_t size,
                       const Extremes<Value> &found) {
    if (found.isEmpty())
      return;
    range.merge(found.toRange());
    if (!withHistogram)
      return;
    if (!(range.min >= binned.min && range.max <= binned.max)) {
      binned.merge(range);
      seen.histogram.grow(binned);
    }
    seen.histogram.add(values, size);
  };
  auto addChunk = [&](const Value *values, int64_t size) {
    seen.count += size;
    // After some runs no value is beyond those before.
    if (withHistogram) {
      int64_t added = seen.histogram.addWithin(binned, values, size, range);
      values += added;
      size -= added;
    }
    Extremes<Value> found = findExtremes(values, size);
    if (found.isFinite())
      return addFinite(values, size, found);
    std::vector<Value> finite = keepFinite(values, size, seen);
    size = static_cast<int64_t>(finite.size());
    addFinite(finite.data(), size, findExtremes(finite.data(), size));
  };
  forEachChunk<Format>(
      static_cast<const typename Format::Stored *>(buffer.data), buffer.dims,
      addChunk);
}

std::optional<std::string> Statistics::observe(const Buffer &buffer,
                                               int64_t run) {
  int64_t groups = 1;
  if (spec.axis) {
    int64_t last = *spec.axis + spec.axisCount - 1;
    if (last >= static_cast<int64_t>(buffer.dims.size()))
      return "the value has " + std::to_string(buffer.dims.size()) +
             " dimensions, but its channels are along dimension " +
             std::to_string(last);
    int64_t channels = ChannelDims(buffer, spec).count();
    groups = (channels + spec.blockSize - 1) / spec.blockSize;
  }
  if (!data.ranges.empty() &&
      static_cast<int64_t>(data.ranges.size()) != groups)
    return "the value has " + std::to_string(groups) +
           " ranges along its channels, but one before had " +
           std::to_string(data.ranges.size());
  data.ranges.resize(groups);

  int64_t before = data.count;
  std::vector<Range> ranges(groups);
  dispatch(buffer.type, [&](auto format) {
    using Format = decltype(format);
    if (spec.axis)
      addChannels<Format>(buffer, spec, ranges, data);
    else
      addTensor<Format>(buffer, spec.histogram, ranges.front(), data);
  });
  if (data.count != before)
    addPass({run, std::move(ranges)});
  return std::nullopt;
}

static bool isEmpty(const std::vector<Range> &ranges) {
  return std::all_of(ranges.begin(), ranges.end(),
                     [](const Range &range) { return range.isEmpty(); });
}

void Statistics::addPass(Pass pass) {
  for (size_t i = 0; i < pass.ranges.size(); ++i)
    data.ranges[i].merge(pass.ranges[i]);
  if (pass.run != constantRun && pass.run != lastRun)
    ++data.runs;
  lastRun = pass.run;
  if (spec.movingAverage && !isEmpty(pass.ranges))
    data.passes.push_back(std::move(pass));
}

/// A run that has passes in both, which are in the order of runs.
static std::optional<int64_t> findCommonRun(const std::vector<Pass> &a,
                                            const std::vector<Pass> &b) {
  auto left = a.begin(), right = b.begin();
  while (left != a.end() && right != b.end()) {
    if (left->run == right->run)
      return left->run;
    ++(left->run < right->run ? left : right);
  }
  return std::nullopt;
}

static std::vector<Pass> mergePasses(const std::vector<Pass> &a,
                                     const std::vector<Pass> &b) {
  std::vector<Pass> merged;
  merged.reserve(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(merged),
             [](const Pass &a, const Pass &b) { return a.run < b.run; });
  return merged;
}

std::optional<std::string> Statistics::merge(const Statistics &other,
                                             SameRun sameRun) {
  const Data &added = other.data;
  if (added.ranges.empty())
    return std::nullopt;
  if (data.ranges.empty()) {
    data = added;
    return std::nullopt;
  }
  if (added.ranges.size() != data.ranges.size())
    return "one part has " + std::to_string(data.ranges.size()) +
           " ranges, the other " + std::to_string(added.ranges.size());
  if (added.histogram.isEmpty() != data.histogram.isEmpty() &&
      !isEmpty(added.ranges) && !isEmpty(data.ranges))
    return "only one part has a histogram";
  if (sameRun == SameRun::Refuse)
    if (auto common = findCommonRun(data.passes, added.passes))
      return "both parts have run " + std::to_string(*common);
  data.passes = mergePasses(data.passes, added.passes);
  for (size_t i = 0; i < data.ranges.size(); ++i)
    data.ranges[i].merge(added.ranges[i]);
  data.count += added.count;
  data.infinite += added.infinite;
  data.nan += added.nan;
  data.runs += added.runs;
  data.histogram.merge(added.histogram, data.ranges.front());
  return std::nullopt;
}

std::vector<Range> Statistics::getAverages(double constant) const {
  const float weight = static_cast<float>(constant);
  auto move = [&](double &average, double value) {
    float from = static_cast<float>(average);
    average = from + weight * (static_cast<float>(value) - from);
  };
  std::vector<Range> averages(data.ranges.size());
  for (const Pass &pass : data.passes) {
    for (size_t i = 0; i < averages.size(); ++i) {
      const Range &range = pass.ranges[i];
      if (averages[i].isEmpty()) {
        averages[i] = range;
      } else if (!range.isEmpty()) {
        move(averages[i].min, range.min);
        move(averages[i].max, range.max);
      }
    }
  }
  return averages;
}
