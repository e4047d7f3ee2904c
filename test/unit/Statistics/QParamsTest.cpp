//===- QParamsTest.cpp - Scales and zero points, and searches for ranges --===//

#include "QuantPrep/Statistics/QParams.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

using namespace quantprep::statistics;

static Quantization makeQuantization(int64_t quantMin, int64_t quantMax,
                                     bool isSymmetric = false,
                                     int64_t symmetricZeroPoint = 0) {
  Quantization quantization;
  quantization.quantMin = quantMin;
  quantization.quantMax = quantMax;
  quantization.isSymmetric = isSymmetric;
  quantization.symmetricZeroPoint = symmetricZeroPoint;
  return quantization;
}

static void expectQParams(const Range &range, const Quantization &quantization,
                          float scale, int64_t zeroPoint) {
  QParams qparams = chooseFromRange(range, quantization);
  EXPECT_EQ(qparams.scale, scale);
  EXPECT_EQ(qparams.zeroPoint, zeroPoint);
}

//===----------------------------------------------------------------------===//
// Formulas; the numbers are those of PyTorch 1.13
//===----------------------------------------------------------------------===//

TEST(QParamsTest, AffineIsThatOfPyTorch) {
  Quantization reduced = makeQuantization(0, 127);
  expectQParams({-0.712267995, 0.751148939}, reduced, 0.0115229683f, 62);
  expectQParams({-1.28862762, 2.08626127}, reduced, 0.0265739281f, 48);
  // 0 is always in the range.
  expectQParams({1, 127}, reduced, 1, 0);
  expectQParams({-127, -1}, reduced, 1, 127);
  expectQParams({-64, 63}, makeQuantization(-64, 63), 1, 0);
}

TEST(QParamsTest, SymmetricIsThatOfPyTorch) {
  expectQParams({-0.42686078, 0.650479853}, makeQuantization(-128, 127, true),
                0.00510180276f, 0);
  expectQParams({-0.642345667, 0.50515151}, makeQuantization(-128, 127, true),
                0.0050380053f, 0);
  expectQParams({-127, 3}, makeQuantization(-127, 127, true), 1, 0);
  expectQParams({-3, 127.5}, makeQuantization(0, 255, true, 128), 1, 128);
}

TEST(QParamsTest, EpsAndNothingSeen) {
  Quantization quantization = makeQuantization(0, 255);
  expectQParams({0, 0}, quantization, 1.1920928955078125e-7f, 0);
  quantization.eps = 0.000244140625f;
  expectQParams({0, 0.01}, quantization, 0.000244140625f, 0);
  expectQParams(Range(), quantization, 1, 0);
  expectQParams(Range(), makeQuantization(3, 10), 1, 3);
}

//===----------------------------------------------------------------------===//
// Searches
//===----------------------------------------------------------------------===//

namespace {
struct Sample {
  std::vector<float> values;
  Statistics statistics;

  Sample(unsigned seed, int64_t size,
         const std::function<double(std::mt19937 &)> &draw) {
    std::mt19937 random(seed);
    for (int64_t i = 0; i < size; ++i)
      values.push_back(static_cast<float>(draw(random)));
    Spec spec;
    spec.histogram = true;
    statistics = Statistics(spec);
    EXPECT_EQ(statistics.observe(
                  makeDenseBuffer(ElementType::F32, values.data(), {size}), 0),
              std::nullopt);
  }

  Range getRange() const { return statistics.getData().ranges.front(); }
  Distribution getDistribution() const {
    return {statistics.getData().histogram, getRange()};
  }

  /// The error that quantizing these values makes.
  double getError(const Range &range, const Quantization &quantization) const {
    QParams qparams = chooseFromRange(range, quantization);
    double error = 0;
    for (double value : values) {
      double code = std::nearbyint(value / qparams.scale) + qparams.zeroPoint;
      code = std::clamp<double>(code, quantization.quantMin,
                                quantization.quantMax);
      double back = (code - qparams.zeroPoint) * qparams.scale;
      error += (value - back) * (value - back);
    }
    return error / values.size();
  }
};
} // namespace

static double normal(std::mt19937 &random) {
  return std::normal_distribution<double>()(random);
}
static double heavy(std::mt19937 &random) {
  return std::student_t_distribution<double>(3)(random);
}
static double lognormal(std::mt19937 &random) {
  return std::exp(1.2 * normal(random));
}
static double twoHumps(std::mt19937 &random) {
  return normal(random) / 4 + (random() % 2 ? 3 : -5);
}
static double relu(std::mt19937 &random) {
  return std::max(0.0, normal(random));
}
static double spike(std::mt19937 &random) {
  return random() % 50 ? normal(random) / 100 : 8 * normal(random);
}
static double negative(std::mt19937 &random) { return -lognormal(random); }
static double far(std::mt19937 &random) { return 1000 + normal(random); }

static const std::function<double(std::mt19937 &)> draws[] = {
    normal, heavy, lognormal, twoHumps, relu, spike, negative, far};

static std::vector<Quantization> getQuantizations() {
  return {makeQuantization(0, 127), makeQuantization(0, 255),
          makeQuantization(-128, 127, true), makeQuantization(-8, 7)};
}

/// HistogramObserver._non_linear_param_search: 2048 bins, 256 steps always.
static Range searchLikePyTorch(const Sample &sample) {
  constexpr int bins = 2048;
  const Range range = sample.getRange();
  const double width = (range.max - range.min) / bins;
  std::vector<double> counts(bins, 0);
  for (double value : sample.values)
    ++counts[std::min(bins - 1, static_cast<int>((value - range.min) / width))];
  auto getError = [&](int start, int end) {
    double step = width * (end - start + 1) / 255;
    if (step == 0)
      return 0.0;
    auto norm = [](double from, double to, double density) {
      return density * (to * to * to - from * from * from) / 3;
    };
    double error = 0;
    for (int i = 0; i < bins; ++i) {
      double density = counts[i] / width;
      double from = (i - start) * width, to = from + width;
      double first = std::clamp(std::floor(from / step), 0.0, 255.0);
      double last = std::clamp(std::floor(to / step), 0.0, 255.0);
      double middle = (first + 0.5) * step, half = step / 2;
      error += norm(from - middle, half, density) +
               (last - first - 1) * norm(-half, half, density) +
               norm(-half, to - (last * step + half), density);
    }
    return error;
  };
  double total = static_cast<double>(sample.values.size());
  double alpha = 0, beta = 1;
  int start = 0, end = bins - 1;
  double least = std::numeric_limits<double>::infinity();
  std::vector<double> sums;
  for (double count : counts)
    sums.push_back((sums.empty() ? 0 : sums.back()) + count);
  while (alpha < beta) {
    double nextAlpha = alpha + 1e-5, nextBeta = beta - 1e-5;
    int low = start, high = end;
    while (low < end && sums[low] < nextAlpha * total)
      ++low;
    while (high > start && sums[high] > nextBeta * total)
      --high;
    int nextStart = start, nextEnd = end;
    if (low - start > end - high) {
      nextStart = low;
      alpha = nextAlpha;
    } else {
      nextEnd = high;
      beta = nextBeta;
    }
    if (nextStart == start && nextEnd == end)
      continue;
    double error = getError(nextStart, nextEnd);
    if (error > least)
      break;
    least = error;
    start = nextStart;
    end = nextEnd;
  }
  return {range.min + width * start, range.min + width * (end + 1)};
}

TEST(SearchTest, LeastErrorIsNoWorseThanPyTorchAndThanAllValues) {
  for (const auto &draw : draws)
    for (unsigned seed = 0; seed < 2; ++seed) {
      Sample sample(seed, 200000, draw);
      for (const Quantization &quantization : getQuantizations()) {
        Range range = searchLeastError(sample.getDistribution(), quantization);
        double error = sample.getError(range, quantization);
        EXPECT_LE(error,
                  1.001 * sample.getError(sample.getRange(), quantization));
        EXPECT_LE(error, 1.02 * sample.getError(searchLikePyTorch(sample),
                                                quantization));
      }
    }
}

/// As few values as a classifier's logits lie near codes or between by luck.
TEST(SearchTest, LeastErrorOfFewValuesIsNoWorseThanPyTorch) {
  for (const auto &draw : draws)
    for (unsigned seed = 0; seed < 8; ++seed) {
      Sample sample(seed, 1000, draw);
      for (const Quantization &quantization : getQuantizations()) {
        Range range = searchLeastError(sample.getDistribution(), quantization);
        EXPECT_LE(sample.getError(range, quantization),
                  1.02 *
                      sample.getError(searchLikePyTorch(sample), quantization));
      }
    }
}

/// Over all pairs of 80 ends.
TEST(SearchTest, LeastErrorIsTheLeastOfAGrid) {
  for (const auto &draw : draws) {
    Sample sample(7, 3000, draw);
    for (const Quantization &quantization : getQuantizations()) {
      Range whole(std::min(0.0, sample.getRange().min),
                  std::max(0.0, sample.getRange().max));
      double least = std::numeric_limits<double>::infinity();
      for (int i = 0; i <= (whole.min < 0 ? 79 : 0); ++i)
        for (int j = 0; j <= (whole.max > 0 ? 79 : 0); ++j)
          least = std::min(least, sample.getError({whole.min * (80 - i) / 80,
                                                   whole.max * (80 - j) / 80},
                                                  quantization));
      Range found = searchLeastError(sample.getDistribution(), quantization);
      // Few values: the luck of rounding is not in the histogram.
      EXPECT_LE(sample.getError(found, quantization), 1.03 * least);
    }
  }
}

TEST(SearchTest, ErrorOfTheHistogramIsThatOfTheValues) {
  for (const auto &draw : draws) {
    Sample sample(3, 100000, draw);
    double width = sample.statistics.getData().histogram.getWidth();
    for (const Quantization &quantization : getQuantizations()) {
      Range range = searchLeastError(sample.getDistribution(), quantization);
      QParams qparams = chooseFromRange(range, quantization);
      double error =
          computeError(sample.getDistribution(), qparams, quantization);
      double exact = sample.getError(range, quantization);
      // Where in its bin a value is, is unknown.
      EXPECT_NEAR(error, exact, 0.02 * exact + width * width / 3);
    }
  }
}

TEST(SearchTest, SaturationIsTheShareBeyondTheLimits) {
  Sample sample(1, 100000, normal);
  Quantization quantization = makeQuantization(0, 255);
  auto getSaturation = [&](const Range &range) {
    return computeSaturation(sample.getDistribution(),
                             chooseFromRange(range, quantization),
                             quantization);
  };
  EXPECT_EQ(getSaturation(sample.getRange()), 0);
  EXPECT_NEAR(getSaturation({-1, 1}), 0.315, 0.005);
  EXPECT_NEAR(getSaturation({0, 100}), 0.42, 0.01);
}

TEST(SearchTest, PercentileCutsBothEnds) {
  Sample sample(1, 100000, normal);
  std::vector<float> sorted = sample.values;
  std::sort(sorted.begin(), sorted.end());
  Range range = searchPercentile(sample.getDistribution(), 99);
  double width = sample.statistics.getData().histogram.getWidth();
  EXPECT_NEAR(range.min, sorted[500], width);
  EXPECT_NEAR(range.max, sorted[99499], width);
  Range all = searchPercentile(sample.getDistribution(), 100);
  EXPECT_EQ(all.min, sorted.front());
  EXPECT_EQ(all.max, sorted.back());
  // Half of these are 0, the smallest.
  Sample positive(1, 100000, relu);
  EXPECT_NEAR(searchPercentile(positive.getDistribution(), 90).min, 0, width);
}

TEST(SearchTest, EntropyCutsTailsAndNotBodies) {
  Quantization quantization = makeQuantization(-128, 127, true);
  auto getPart = [&](double (*draw)(std::mt19937 &)) {
    Sample sample(2, 200000, draw);
    Range all = sample.getRange();
    Range found = searchEntropy(sample.getDistribution(), quantization);
    return std::max(-found.min, found.max) / std::max(-all.min, all.max);
  };
  EXPECT_LT(getPart(heavy), 0.5);
  EXPECT_GT(getPart(twoHumps), 0.8);
  EXPECT_GT(getPart(normal), 0.5);
}

TEST(SearchTest, OneValueAndNothing) {
  Quantization quantization = makeQuantization(0, 255);
  for (double value : {3.5, -3.5, 0.0}) {
    Sample sample(0, 10, [&](std::mt19937 &) { return value; });
    Distribution distribution = sample.getDistribution();
    for (const Range &range : {searchLeastError(distribution, quantization),
                               searchPercentile(distribution, 99),
                               searchEntropy(distribution, quantization)})
      EXPECT_LE(sample.getError(range, quantization), 1e-10);
  }
  Histogram nothing;
  Distribution empty{nothing, Range()};
  EXPECT_TRUE(searchLeastError(empty, quantization).isEmpty());
  EXPECT_TRUE(searchPercentile(empty, 99).isEmpty());
  EXPECT_TRUE(searchEntropy(empty, quantization).isEmpty());
  EXPECT_EQ(computeError(empty, {}, quantization), 0);
  EXPECT_EQ(computeSaturation(empty, {}, quantization), 0);
}
