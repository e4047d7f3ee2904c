//===- StatisticsText.cpp - Statistics that are written and read ----------===//

#include "QuantPrep/Statistics/Statistics.h"

#include <cmath>
#include <cstdio>

using namespace quantprep::statistics;

//===----------------------------------------------------------------------===//
// Consistency
//===----------------------------------------------------------------------===//

/// B18.
static bool isValid(const Range &range) {
  bool isNone = range.min == HUGE_VAL && range.max == -HUGE_VAL;
  return isNone || (std::isfinite(range.min) && std::isfinite(range.max) &&
                    range.min <= range.max);
}

static std::optional<std::string> checkHistogram(const Data &data) {
  const Histogram &histogram = data.histogram;
  const std::vector<int64_t> &counts = histogram.getCounts();
  const auto bins = static_cast<int64_t>(counts.size());
  const int64_t finite = data.count - data.infinite - data.nan;
  if (bins > Histogram::maxBins ||
      histogram.getExponent() < Histogram::smallestExponent ||
      histogram.getExponent() > 1023 || histogram.getFirst() < INT32_MIN ||
      histogram.getFirst() > INT32_MAX)
    return "the histogram has an impossible number, width or place of bins";
  int64_t sum = 0;
  for (int64_t count : counts) {
    if (count < 0 || count > finite - sum)
      return "the counts of the histogram do not add up to the " +
             std::to_string(finite) + " finite values";
    sum += count;
  }
  if (sum != finite)
    return "the counts of the histogram add up to " + std::to_string(sum) +
           ", but there are " + std::to_string(finite) + " finite values";
  const Range &range = data.ranges.front();
  auto isIn = [&](int64_t bin, double value) {
    return value >= histogram.getLowerEdge(bin) &&
           value < histogram.getLowerEdge(bin + 1);
  };
  if (Histogram::chooseExponent(range) != histogram.getExponent() ||
      !isIn(0, range.min) || !isIn(bins - 1, range.max))
    return "the bins of the histogram do not follow from min and max";
  return std::nullopt;
}

static std::optional<std::string> checkPasses(const Data &data) {
  const Pass *before = nullptr;
  for (const Pass &pass : data.passes) {
    if (before && before->run > pass.run)
      return "passes are not in the order of their runs";
    if (pass.ranges.size() != data.ranges.size())
      return "passes have another number of ranges";
    for (const Range &range : pass.ranges)
      if (!isValid(range))
        return "passes have a minimum and a maximum that are no range";
    before = &pass;
  }
  return std::nullopt;
}

std::optional<std::string>
quantprep::statistics::findInconsistency(const Spec &spec, const Data &data) {
  if (data.ranges.empty() || (!spec.axis && data.ranges.size() != 1))
    return "there are " + std::to_string(data.ranges.size()) +
           " ranges, not one for the tensor";
  if (data.count < 1 || data.infinite < 0 || data.nan < 0 || data.runs < 0 ||
      data.infinite > data.count || data.nan > data.count - data.infinite)
    return "count must be at least 1 and include infinite and nan";
  for (const Range &range : data.ranges)
    if (!isValid(range))
      return "min and max must be finite, min not the greater";
  bool isSeen = data.count > data.infinite + data.nan;
  if (!spec.axis && isSeen == data.ranges.front().isEmpty())
    return "there is a range exactly if there is a finite value";
  if (!data.histogram.isEmpty() && !spec.histogram)
    return "the observer collects no histogram";
  if (data.histogram.isEmpty() && spec.histogram && isSeen)
    return "the observer collects a histogram, which is missing";
  if (!data.passes.empty() && !spec.movingAverage)
    return "the observer collects no passes";
  if (data.passes.empty() && spec.movingAverage && isSeen)
    return "the observer collects passes, which are missing";
  if (!data.histogram.isEmpty())
    if (std::optional<std::string> problem = checkHistogram(data))
      return problem;
  return checkPasses(data);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

namespace {
/// Appends the fields of an object to a text.
class FieldWriter {
public:
  explicit FieldWriter(std::string &text) : text(text) { text += '{'; }
  ~FieldWriter() { text += '}'; }

  void key(const char *name) {
    text += text.back() == '{' ? "\"" : ", \"";
    text += name;
    text += "\": ";
  }
  void integer(const char *name, int64_t value) {
    key(name);
    text += std::to_string(value);
  }
  template <typename List, typename Append>
  void list(const char *name, const List &list, Append append) {
    key(name);
    text += '[';
    for (const auto &element : list) {
      if (text.back() != '[')
        text += ", ";
      append(element);
    }
    text += ']';
  }
  void ranges(const std::vector<Range> &ranges) {
    list("min", ranges, [&](const Range &range) { number(range, range.min); });
    list("max", ranges, [&](const Range &range) { number(range, range.max); });
  }

private:
  void number(const Range &range, double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof(buffer), "%.17g", value);
    text += range.isEmpty() ? "null" : buffer;
  }

  std::string &text;
};
} // namespace

void Statistics::appendJSON(std::string &text) const {
  FieldWriter writer(text);
  writer.ranges(data.ranges);
  writer.integer("count", data.count);
  writer.integer("infinite", data.infinite);
  writer.integer("nan", data.nan);
  writer.integer("runs", data.runs);
  if (!data.histogram.isEmpty()) {
    const Histogram &histogram = data.histogram;
    writer.key("histogram");
    FieldWriter fields(text);
    fields.integer("exponent", histogram.getExponent());
    fields.integer("first", histogram.getFirst());
    fields.list("counts", histogram.getCounts(),
                [&](int64_t count) { text += std::to_string(count); });
  }
  if (!data.passes.empty())
    writer.list("passes", data.passes, [&](const Pass &pass) {
      FieldWriter fields(text);
      fields.integer("run", pass.run);
      fields.ranges(pass.ranges);
    });
}
