//===- StatisticsTest.cpp - Statistics are the same in any order and split ===//

#include "QuantPrep/Statistics/Statistics.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace quantprep::statistics;

static constexpr float inf = std::numeric_limits<float>::infinity();
static constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

static Buffer dense(const std::vector<float> &values) {
  return makeDenseBuffer(ElementType::F32, values.data(),
                         {static_cast<int64_t>(values.size())});
}

static void observe(Statistics &statistics, const Buffer &buffer,
                    int64_t run = 0) {
  EXPECT_EQ(statistics.observe(buffer, run), std::nullopt);
}

static std::string toJSON(const Statistics &statistics) {
  std::string text;
  statistics.appendJSON(text);
  return text;
}

/// Values of very different sizes, zeros of both signs, and what is no number.
static std::vector<float> makeValues(std::mt19937 &random, int64_t size) {
  std::uniform_int_distribution<int> kind(0, 40), exponent(-140, 120);
  std::uniform_real_distribution<float> unit(-1, 1);
  int scale = std::uniform_int_distribution<int>(-60, 60)(random);
  std::vector<float> values;
  for (int64_t i = 0; i < size; ++i) {
    int choice = kind(random);
    values.push_back(choice == 0   ? notANumber
                     : choice == 1 ? inf
                     : choice == 2 ? -0.0f
                     : choice == 3 ? 0.0f
                     : choice == 4 ? std::ldexp(unit(random), exponent(random))
                                   : std::ldexp(unit(random), scale));
  }
  return values;
}

/// Many values at once, and the same a few at a time.
static void expectSameInPieces(const std::vector<float> &values,
                               ElementType mixedType) {
  Spec spec;
  spec.histogram = true;
  Statistics atOnce(spec), inPieces(spec);
  // What comes later is mostly within this.
  std::vector<double> first = {-0.3, 0.7};
  for (Statistics *statistics : {&atOnce, &inPieces})
    observe(*statistics, mixedType == ElementType::F64
                             ? makeDenseBuffer(mixedType, first.data(), {2})
                             : dense({-0.3f, 0.7f}));
  observe(atOnce, dense(values));
  for (size_t begin = 0; begin < values.size(); begin += 100)
    observe(inPieces,
            dense({values.begin() + begin,
                   values.begin() + std::min(begin + 100, values.size())}));
  EXPECT_EQ(toJSON(atOnce), toJSON(inPieces));
}

TEST(StatisticsTest, B20_BatchesHaveTheSameBits) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> inner(-0.29f, 0.69f);
  std::vector<float> values(150000);
  for (float &value : values)
    value = inner(random);
  for (ElementType mixedType : {ElementType::F32, ElementType::F64}) {
    expectSameInPieces(values, mixedType);
    // Beyond what was before: in the middle, at the end, not finite, -0.0.
    for (float outer : {5.0f, -1e20f, inf, notANumber, -0.0f}) {
      std::vector<float> changed = values;
      changed[70001] = outer;
      expectSameInPieces(changed, mixedType);
      changed.back() = outer * 2;
      expectSameInPieces(changed, mixedType);
    }
  }
}

//===----------------------------------------------------------------------===//
// The algebra
//===----------------------------------------------------------------------===//

TEST(StatisticsTest, B20_AnyOrderAndSplitHasTheSameBits) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    Spec spec;
    spec.histogram = seed % 3 != 2;
    spec.movingAverage = seed % 2;
    std::vector<std::vector<float>> runs;
    for (int run = 0; run < 64; ++run)
      runs.push_back(makeValues(
          random, std::uniform_int_distribution<int>(0, 300)(random)));

    Statistics whole(spec);
    for (int run = 0; run < 64; ++run)
      observe(whole, dense(runs[run]), run);

    for (int shards : {1, 3, 7}) {
      std::vector<Statistics> parts(shards, Statistics(spec));
      for (int run = 0; run < 64; ++run)
        observe(parts[run % shards], dense(runs[run]), run);
      std::shuffle(parts.begin(), parts.end(), random);
      Statistics merged(spec);
      for (const Statistics &part : parts)
        EXPECT_EQ(merged.merge(part), std::nullopt);
      EXPECT_TRUE(toJSON(merged) == toJSON(whole)) << "seed " << seed;
    }
  }
}

TEST(StatisticsTest, B20_MergingIsAssociative) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    Spec spec;
    spec.histogram = true;
    std::vector<Statistics> parts;
    for (int i = 0; i < 8; ++i) {
      parts.emplace_back(spec);
      observe(parts.back(), dense(makeValues(random, 1 << i)), i);
    }
    std::vector<Statistics> tree = parts;
    while (tree.size() > 1) {
      std::vector<Statistics> next;
      for (size_t i = 0; i < tree.size(); i += 2) {
        next.push_back(tree[i + 1]);
        EXPECT_EQ(next.back().merge(tree[i]), std::nullopt);
      }
      tree = std::move(next);
    }
    Statistics chain(spec);
    for (const Statistics &part : parts)
      EXPECT_EQ(chain.merge(part), std::nullopt);
    EXPECT_TRUE(toJSON(tree.front()) == toJSON(chain));
  }
}

TEST(StatisticsTest, WhatIsWrittenIsReadBack) {
  std::mt19937 random(1);
  Spec spec;
  spec.histogram = spec.movingAverage = true;
  Statistics statistics(spec), empty(spec);
  observe(statistics, dense(makeValues(random, 500)), 4);
  EXPECT_TRUE(toJSON(Statistics(spec, statistics.getData())) ==
              toJSON(statistics));
  EXPECT_EQ(empty.merge(statistics), std::nullopt);
  EXPECT_TRUE(toJSON(empty) == toJSON(statistics));
}

//===----------------------------------------------------------------------===//
// Ranges and counts
//===----------------------------------------------------------------------===//

TEST(StatisticsTest, b18_InfinitiesAndNaNsAreCountedOnly) {
  for (bool histogram : {false, true}) {
    Spec spec;
    spec.histogram = histogram;
    Statistics statistics(spec);
    observe(statistics, dense({1, notANumber, -inf, -2, inf, notANumber}));
    EXPECT_EQ(statistics.getData().ranges[0].min, -2);
    EXPECT_EQ(statistics.getData().ranges[0].max, 1);
    EXPECT_EQ(statistics.getData().count, 6);
    EXPECT_EQ(statistics.getData().infinite, 2);
    EXPECT_EQ(statistics.getData().nan, 2);
  }
  Spec spec;
  spec.axis = 1;
  for (int rows : {1, 2}) {
    Statistics statistics(spec);
    std::vector<float> values = {notANumber, 3, notANumber,
                                 -inf,       4, notANumber};
    observe(statistics,
            makeDenseBuffer(ElementType::F32, values.data(), {rows, 6 / rows}));
    EXPECT_TRUE(statistics.getData().ranges[2].isEmpty());
    EXPECT_EQ(statistics.getData().nan, 3);
    EXPECT_EQ(statistics.getData().infinite, 1);
    EXPECT_EQ(statistics.getData().count, 6);
  }
}

TEST(StatisticsTest, NothingFiniteLeavesTheRangeEmpty) {
  Spec spec;
  spec.histogram = spec.movingAverage = true;
  Statistics statistics(spec);
  observe(statistics, dense({notANumber, notANumber}));
  EXPECT_EQ(toJSON(statistics),
            R"({"min": [null], "max": [null], "count": 2, "infinite": 0, )"
            R"("nan": 2, "runs": 1})");
  observe(statistics, dense({}), 1);
  EXPECT_EQ(statistics.getData().runs, 1);
}

TEST(StatisticsTest, RunsAreCountedOnceAndConstantsNot) {
  Statistics statistics;
  observe(statistics, dense({1}), constantRun);
  observe(statistics, dense({1}), 3);
  observe(statistics, dense({1}), 3);
  observe(statistics, dense({1}), 5);
  EXPECT_EQ(statistics.getData().runs, 2);
  EXPECT_EQ(statistics.getData().count, 4);
}

/// Every element type that can hold small integers, in many layouts.
TEST(StatisticsTest, LayoutsAndElementTypesSeeTheSame) {
  std::mt19937 random(3);
  auto check = [&](ElementType type, auto zero, auto convert) {
    using Stored = decltype(zero);
    std::vector<Stored> stored(4000);
    std::vector<int> values(4000);
    for (size_t i = 0; i < stored.size(); ++i) {
      values[i] = std::uniform_int_distribution<int>(0, 100)(random);
      stored[i] = convert(values[i]);
    }
    // Reversed, transposed, with gaps, and with a stride of 0.
    std::vector<Dim> layouts[] = {{{4000, 1}},
                                  {{10, 400}, {20, 20}, {20, 1}},
                                  {{20, 1}, {20, 20}, {10, 400}},
                                  {{7, 400}, {3, 0}, {9, 20}, {5, 3}},
                                  {{1, 0}, {300, 13}}};
    for (const std::vector<Dim> &dims : layouts) {
      Spec spec;
      spec.histogram = true;
      Statistics statistics(spec);
      observe(statistics, {type, stored.data(), dims});
      std::vector<int> seen = {0};
      for (const Dim &dim : dims) {
        std::vector<int> next;
        for (int at : seen)
          for (int64_t i = 0; i < dim.size; ++i)
            next.push_back(at + static_cast<int>(i * dim.stride));
        seen = next;
      }
      for (int &at : seen)
        at = values[at];
      const Data &data = statistics.getData();
      EXPECT_EQ(data.count, static_cast<int64_t>(seen.size()));
      EXPECT_EQ(data.ranges[0].min,
                *std::min_element(seen.begin(), seen.end()));
      EXPECT_EQ(data.ranges[0].max,
                *std::max_element(seen.begin(), seen.end()));
      const Histogram &histogram = data.histogram;
      int64_t ones = 0, total = 0;
      for (size_t i = 0; i < histogram.getCounts().size(); ++i) {
        total += histogram.getCounts()[i];
        if (histogram.getLowerEdge(i) == 1)
          ones = histogram.getCounts()[i];
      }
      EXPECT_EQ(total, data.count);
      EXPECT_EQ(ones, std::count(seen.begin(), seen.end(), 1));
    }
  };
  auto half = [](int value) {
    if (value == 0)
      return uint16_t(0);
    int exponent = std::ilogb(value);
    return uint16_t((exponent + 15) << 10 | (value << (10 - exponent) & 0x3ff));
  };
  auto brain = [](int value) {
    float f = static_cast<float>(value);
    uint32_t bits;
    std::memcpy(&bits, &f, 4);
    return uint16_t(bits >> 16);
  };
  auto same = [](int value) { return value; };
  check(ElementType::F16, uint16_t(), half);
  check(ElementType::BF16, uint16_t(), brain);
  check(ElementType::F32, float(), same);
  check(ElementType::F64, double(), same);
  check(ElementType::I8, int8_t(), same);
  check(ElementType::UI8, uint8_t(), same);
  check(ElementType::I16, int16_t(), same);
  check(ElementType::UI16, uint16_t(), same);
  check(ElementType::I32, int32_t(), same);
  check(ElementType::UI32, uint32_t(), same);
  check(ElementType::I64, int64_t(), same);
}

TEST(StatisticsTest, HalvesOfAllSizes) {
  // Largest, smallest subnormal, infinities and NaN.
  std::vector<uint16_t> values = {0x7bff, 0x8001, 0x7c00, 0xfc00, 0x7e00};
  Statistics statistics;
  observe(statistics, makeDenseBuffer(ElementType::F16, values.data(), {5}));
  EXPECT_EQ(statistics.getData().ranges[0].max, 65504);
  EXPECT_EQ(statistics.getData().ranges[0].min, -0x1p-24);
  EXPECT_EQ(statistics.getData().infinite, 2);
  EXPECT_EQ(statistics.getData().nan, 1);
}

TEST(StatisticsTest, ChannelsOfAnyAxisAndBlock) {
  std::mt19937 random(5);
  std::vector<float> values(6 * 5 * 8);
  for (float &value : values)
    value = std::uniform_real_distribution<float>(-9, 9)(random);
  Buffer buffer = makeDenseBuffer(ElementType::F32, values.data(), {6, 5, 8});
  for (int64_t axis = 0; axis < 3; ++axis)
    for (int64_t axisCount = 1; axis + axisCount <= 3; ++axisCount)
      for (int64_t blockSize : {1, 2, 3}) {
        Spec spec{false, false, axis, axisCount, blockSize};
        Statistics statistics(spec);
        observe(statistics, buffer);
        std::vector<Range> expected;
        for (int64_t i = 0; i < 6 * 5 * 8; ++i) {
          int64_t index[] = {i / 40, i / 8 % 5, i % 8}, sizes[] = {6, 5, 8};
          int64_t channel = 0;
          for (int64_t d = axis; d < axis + axisCount; ++d)
            channel = channel * sizes[d] + index[d];
          size_t group = channel / blockSize;
          if (group >= expected.size())
            expected.resize(group + 1);
          expected[group].merge({values[i], values[i]});
        }
        const std::vector<Range> &ranges = statistics.getData().ranges;
        ASSERT_EQ(ranges.size(), expected.size());
        for (size_t i = 0; i < ranges.size(); ++i) {
          EXPECT_EQ(ranges[i].min, expected[i].min);
          EXPECT_EQ(ranges[i].max, expected[i].max);
        }
      }
}

TEST(StatisticsTest, WhatDoesNotFitIsRefused) {
  Spec spec;
  spec.axis = 1;
  Statistics statistics(spec), other(spec);
  std::vector<float> values(12, 1);
  auto shaped = [&](std::vector<int64_t> shape) {
    return makeDenseBuffer(ElementType::F32, values.data(), shape);
  };
  EXPECT_EQ(*statistics.observe(shaped({12}), 0),
            "the value has 1 dimensions, but its channels are along dimension "
            "1");
  observe(statistics, shaped({3, 4}));
  EXPECT_EQ(*statistics.observe(shaped({4, 3}), 1),
            "the value has 3 ranges along its channels, but one before had 4");
  observe(other, shaped({4, 3}));
  EXPECT_EQ(*statistics.merge(other), "one part has 4 ranges, the other 3");
  EXPECT_EQ(statistics.getData().count, 12);
}

//===----------------------------------------------------------------------===//
// Moving averages
//===----------------------------------------------------------------------===//

TEST(StatisticsTest, B20_AveragesAreInTheOrderOfRuns) {
  Spec spec;
  spec.movingAverage = true;
  Statistics first(spec), second(spec);
  observe(first, dense({-1, 2}), 0);
  observe(first, dense({-4, 3}), 2);
  observe(second, dense({-2, 7}), 1);
  observe(second, dense({notANumber}), 1);
  observe(second, dense({-3, 5}), 1);
  EXPECT_EQ(second.merge(first), std::nullopt);
  float min = -1, max = 2;
  for (auto [low, high] : {std::pair(-2.f, 7.f), {-3.f, 5.f}, {-4.f, 3.f}}) {
    min = min + 0.01f * (low - min);
    max = max + 0.01f * (high - max);
  }
  Range average = second.getAverages(0.01)[0];
  EXPECT_EQ(average.min, min);
  EXPECT_EQ(average.max, max);
  EXPECT_EQ(*second.merge(first), "both parts have run 0");
}

//===----------------------------------------------------------------------===//
// Histograms
//===----------------------------------------------------------------------===//

TEST(HistogramTest, BinsAreAsNarrowAsTheRangeAllows) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::vector<float> values = makeValues(random, 200);
    Spec spec;
    spec.histogram = true;
    Statistics statistics(spec);
    observe(statistics, dense(values));
    const Histogram &histogram = statistics.getData().histogram;
    const std::vector<int64_t> &counts = histogram.getCounts();
    ASSERT_LE(counts.size(), size_t(Histogram::maxBins));
    EXPECT_EQ(Histogram::chooseExponent(statistics.getData().ranges[0]),
              histogram.getExponent());
    int64_t total = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
      double low = histogram.getLowerEdge(i),
             high = histogram.getLowerEdge(i + 1);
      EXPECT_EQ(counts[i],
                std::count_if(values.begin(), values.end(), [&](double value) {
                  return value >= low && value < high;
                }));
      total += counts[i];
    }
    EXPECT_EQ(total, std::count_if(values.begin(), values.end(),
                                   [](float v) { return std::isfinite(v); }));
  }
}

TEST(HistogramTest, OneValueAndZeros) {
  Spec spec;
  spec.histogram = true;
  Statistics statistics(spec);
  observe(statistics, dense({0, 0, -0.0f}));
  observe(statistics, dense({3.75f}));
  observe(statistics, dense({-std::numeric_limits<float>::denorm_min()}));
  const Histogram &histogram = statistics.getData().histogram;
  EXPECT_EQ(histogram.getWidth(), 0x1p-10);
  EXPECT_EQ(histogram.getFirst(), -1);
  EXPECT_EQ(histogram.getCounts().front(), 1);
  EXPECT_EQ(histogram.getCounts()[1], 3);
}

TEST(HistogramTest, DoublesOfAllSizes) {
  std::vector<double> values = {1e308, -1e308, 1e-320, -1e-320};
  Spec spec;
  spec.histogram = true;
  Statistics statistics(spec);
  observe(statistics, makeDenseBuffer(ElementType::F64, values.data(), {4}));
  Histogram histogram = statistics.getData().histogram;
  EXPECT_EQ(histogram.getCounts()[-histogram.getFirst()], 1);
  EXPECT_EQ(histogram.getCounts()[-histogram.getFirst() - 1], 1);
  Statistics small(spec);
  observe(small, makeDenseBuffer(ElementType::F64, values.data() + 2, {2}));
  EXPECT_EQ(small.getData().histogram.getCounts(),
            (std::vector<int64_t>{1, 1}));
}
