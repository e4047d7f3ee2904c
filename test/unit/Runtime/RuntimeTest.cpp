//===- RuntimeTest.cpp - What observers see at run time -------------------===//

#include "QuantPrep/Runtime/Runtime.h"

#include "mlir/ExecutionEngine/CRunnerUtils.h"
#include "gtest/gtest.h"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <thread>
#include <vector>

// The interface is C, without MLIR's header; the layouts have to be the same.
static_assert(sizeof(QPrepUnrankedMemRef) ==
              sizeof(::UnrankedMemRefType<float>));
static_assert(offsetof(QPrepUnrankedMemRef, descriptor) ==
              offsetof(::UnrankedMemRefType<float>, descriptor));

namespace {
constexpr float quietNaN = std::numeric_limits<float>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

struct Seen {
  double min = 0, max = 0;
  int64_t count = -1;
};

bool operator==(const Seen &a, const Seen &b) {
  return a.min == b.min && a.max == b.max && a.count == b.count;
}

std::ostream &operator<<(std::ostream &os, const Seen &seen) {
  return os << "{" << seen.min << ", " << seen.max << ", " << seen.count << "}";
}

class RuntimeTest : public testing::Test {
protected:
  void SetUp() override { qprep_runtime_reset(); }

  template <typename T, int Rank>
  QPrepUnrankedMemRef erase(StridedMemRefType<T, Rank> &memref) {
    return {Rank, &memref};
  }

  void observe(int64_t id, std::vector<float> values) {
    StridedMemRefType<float, 1> memref = {
        values.data(), values.data(), 0, {int64_t(values.size())}, {1}};
    QPrepUnrankedMemRef any = erase(memref);
    _mlir_ciface_qprep_observe_f32(id, &any);
  }

  Seen get(int64_t id) {
    Seen seen;
    EXPECT_EQ(qprep_runtime_get(id, &seen.min, &seen.max, &seen.count), 1);
    return seen;
  }
};
} // namespace

TEST_F(RuntimeTest, AccumulatesOverCallsAndResets) {
  observe(4, {1.5f, -2.0f});
  observe(4, {0.1f, 3.0f, 2.0f});
  observe(9, {7.0f});
  EXPECT_EQ(get(4), (Seen{-2.0, 3.0, 5}));
  EXPECT_EQ(get(9), (Seen{7.0, 7.0, 1}));
  qprep_runtime_reset();
  Seen seen{1, 2, 3};
  EXPECT_EQ(qprep_runtime_get(4, &seen.min, &seen.max, &seen.count), 0);
  EXPECT_EQ(seen, (Seen{1, 2, 3}));
}

TEST_F(RuntimeTest, ValuesAreExact) {
  float denormal = std::numeric_limits<float>::denorm_min();
  float largest = std::numeric_limits<float>::max();
  observe(0, {denormal, 0.1f});
  EXPECT_EQ(get(0), (Seen{denormal, 0.1f, 2}));
  observe(0, {-largest, largest});
  EXPECT_EQ(get(0), (Seen{-largest, largest, 4}));
}

TEST_F(RuntimeTest, b18_InfinitiesAreCountedApart) {
  observe(0, {float(inf), 2.0f, float(-inf)});
  EXPECT_EQ(get(0), (Seen{2.0, 2.0, 3}));
  EXPECT_EQ(qprep_runtime_get_infinite_count(0), 2);
  EXPECT_EQ(qprep_runtime_get_infinite_count(7), 0);
}

TEST_F(RuntimeTest, NegativeZeroIsSmaller) {
  observe(0, {0.0f, -0.0f});
  EXPECT_TRUE(std::signbit(get(0).min));
  EXPECT_FALSE(std::signbit(get(0).max));
  observe(1, {0.0f});
  observe(1, {-0.0f});
  EXPECT_TRUE(std::signbit(get(1).min));
  EXPECT_FALSE(std::signbit(get(1).max));
}

TEST_F(RuntimeTest, NaNsAreCountedApart) {
  observe(0, {quietNaN, 1.0f, -quietNaN, 2.0f});
  EXPECT_EQ(get(0), (Seen{1.0, 2.0, 4}));
  EXPECT_EQ(qprep_runtime_get_nan_count(0), 2);
  observe(1, {quietNaN});
  EXPECT_EQ(get(1), (Seen{inf, -inf, 1}));
  EXPECT_EQ(qprep_runtime_get_nan_count(7), 0);
}

TEST_F(RuntimeTest, ManyNaNsDoNotOverflowTheirCounter) {
  // More than one chunk, and more than an int16_t holds.
  std::vector<int16_t> values(100'000, 0x7e00);
  values.push_back(0x3c00);
  StridedMemRefType<int16_t, 1> memref = {
      values.data(), values.data(), 0, {int64_t(values.size())}, {1}};
  QPrepUnrankedMemRef any = erase(memref);
  _mlir_ciface_qprep_observe_f16(0, &any);
  EXPECT_EQ(get(0), (Seen{1.0, 1.0, 100'001}));
  EXPECT_EQ(qprep_runtime_get_nan_count(0), 100'000);
}

TEST_F(RuntimeTest, HalfFormats) {
  // -65504, smallest denormal, 1, 0.333251953125, NaN
  int16_t f16[] = {int16_t(0xfbff), 0x0001, 0x3c00, 0x3555, 0x7c01};
  StridedMemRefType<int16_t, 1> memref = {f16, f16, 0, {5}, {1}};
  QPrepUnrankedMemRef any = erase(memref);
  _mlir_ciface_qprep_observe_f16(0, &any);
  EXPECT_EQ(get(0), (Seen{-65504.0, 1.0, 5}));
  EXPECT_EQ(qprep_runtime_get_nan_count(0), 1);

  StridedMemRefType<int16_t, 1> denormal = {f16, f16, 1, {1}, {1}};
  any = erase(denormal);
  _mlir_ciface_qprep_observe_f16(1, &any);
  EXPECT_EQ(get(1), (Seen{std::ldexp(1.0, -24), std::ldexp(1.0, -24), 1}));

  int16_t infinities[] = {0x7c00, int16_t(0xfc00)};
  StridedMemRefType<int16_t, 1> both = {infinities, infinities, 0, {2}, {1}};
  any = erase(both);
  _mlir_ciface_qprep_observe_f16(2, &any);
  EXPECT_EQ(get(2), (Seen{inf, -inf, 2}));
  EXPECT_EQ(qprep_runtime_get_infinite_count(2), 2);

  // 1.0, -3.140625, NaN
  int16_t bf16[] = {0x3f80, int16_t(0xc049), int16_t(0xffc0)};
  StridedMemRefType<int16_t, 1> brain = {bf16, bf16, 0, {3}, {1}};
  any = erase(brain);
  _mlir_ciface_qprep_observe_bf16(3, &any);
  EXPECT_EQ(get(3), (Seen{-3.140625, 1.0, 3}));
}

TEST_F(RuntimeTest, Doubles) {
  double values[] = {0.1, -1e300, 1e-310};
  StridedMemRefType<double, 1> memref = {values, values, 0, {3}, {1}};
  QPrepUnrankedMemRef any = erase(memref);
  _mlir_ciface_qprep_observe_f64(0, &any);
  EXPECT_EQ(get(0), (Seen{-1e300, 0.1, 3}));
}

TEST_F(RuntimeTest, RankZeroAndOffset) {
  float values[] = {100.0f, 5.0f, -100.0f};
  StridedMemRefType<float, 0> memref = {values, values, 1};
  QPrepUnrankedMemRef any = erase(memref);
  _mlir_ciface_qprep_observe_f32(0, &any);
  EXPECT_EQ(get(0), (Seen{5.0, 5.0, 1}));
}

TEST_F(RuntimeTest, EmptyBuffer) {
  StridedMemRefType<float, 3> memref = {
      nullptr, nullptr, 0, {4, 0, 3}, {0, 3, 1}};
  QPrepUnrankedMemRef any = erase(memref);
  _mlir_ciface_qprep_observe_f32(0, &any);
  EXPECT_EQ(get(0), (Seen{inf, -inf, 0}));
}

TEST_F(RuntimeTest, StridedBuffersSeeTheirElementsOnly) {
  // A 2 x 3 window in rows of 5; everything else is out of range.
  std::vector<float> values(10, 99.0f);
  for (int row = 0; row < 2; ++row)
    for (int column = 0; column < 3; ++column)
      values[1 + row * 5 + column] = float(row * 3 + column);
  StridedMemRefType<float, 2> window = {
      values.data(), values.data(), 1, {2, 3}, {5, 1}};
  QPrepUnrankedMemRef any = erase(window);
  _mlir_ciface_qprep_observe_f32(0, &any);
  EXPECT_EQ(get(0), (Seen{0.0, 5.0, 6}));

  // The same, transposed; with a dimension of one; every other column.
  StridedMemRefType<float, 2> transposed = {
      values.data(), values.data(), 1, {3, 2}, {1, 5}};
  any = erase(transposed);
  _mlir_ciface_qprep_observe_f32(1, &any);
  EXPECT_EQ(get(1), (Seen{0.0, 5.0, 6}));

  StridedMemRefType<float, 3> everyOther = {
      values.data(), values.data(), 1, {1, 2, 2}, {77, 5, 2}};
  any = erase(everyOther);
  _mlir_ciface_qprep_observe_f32(2, &any);
  EXPECT_EQ(get(2), (Seen{0.0, 5.0, 4}));
}

TEST_F(RuntimeTest, NegativeAndZeroStrides) {
  float values[] = {1.0f, 2.0f, 3.0f, 99.0f};
  StridedMemRefType<float, 1> reversed = {values, values, 2, {3}, {-1}};
  QPrepUnrankedMemRef any = erase(reversed);
  _mlir_ciface_qprep_observe_f32(0, &any);
  EXPECT_EQ(get(0), (Seen{1.0, 3.0, 3}));

  StridedMemRefType<float, 2> broadcast = {values, values, 0, {4, 3}, {0, 1}};
  any = erase(broadcast);
  _mlir_ciface_qprep_observe_f32(1, &any);
  EXPECT_EQ(get(1), (Seen{1.0, 3.0, 12}));
}

TEST_F(RuntimeTest, ManyThreads) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread)
    threads.emplace_back([this, thread] {
      for (int i = 0; i < 500; ++i)
        observe(i % 3, {float(thread), float(-i)});
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(get(0), (Seen{-498.0, 7.0, 8 * 167 * 2}));
  EXPECT_EQ(get(1), (Seen{-499.0, 7.0, 8 * 167 * 2}));
  EXPECT_EQ(get(2), (Seen{-497.0, 7.0, 8 * 166 * 2}));
}

TEST_F(RuntimeTest, PrintsOrderedAndExact) {
  observe(10, {0.1f});
  observe(2, {-1.5f, 2.25f, quietNaN});
  observe(11, {float(inf)});
  testing::internal::CaptureStdout();
  qprep_runtime_print();
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "observer 2: min = -1.5, max = 2.25, count = 3, nan = 1\n"
            "observer 10: min = 0.10000000149011612, max = "
            "0.10000000149011612, count = 1, nan = 0\n"
            "observer 11: min = inf, max = -inf, count = 1, nan = 0, "
            "infinite = 1\n");
}

TEST_F(RuntimeTest, OneObserverIsReset) {
  observe(1, {1, 2});
  observe(2, {3, 4});
  _mlir_ciface_qprep_observe_reset(1);
  Seen seen;
  EXPECT_EQ(qprep_runtime_get(1, &seen.min, &seen.max, &seen.count), 0);
  EXPECT_EQ(get(2), (Seen{3, 4, 2}));
  // It begins anew.
  observe(1, {5});
  EXPECT_EQ(get(1), (Seen{5, 5, 1}));
}

//===----------------------------------------------------------------------===//
// Specs and files
//===----------------------------------------------------------------------===//

static std::string readWholeFile(const std::string &path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST_F(RuntimeTest, CollectsWhatTheSpecSays) {
  _mlir_ciface_qprep_observe_spec(20, QPREP_COLLECT_HISTOGRAM, -1, 1, 1);
  observe(20, {1.0f, 0.0f, 1.0f});
  _mlir_ciface_qprep_observe_spec(21, QPREP_COLLECT_PASSES, -1, 1, 1);
  for (int run : {4, 4, 6}) {
    qprep_runtime_begin_run(run);
    observe(21, {float(run), -1.0f});
  }
  qprep_runtime_begin_run(0);
  _mlir_ciface_qprep_observe_spec(22, 0, 1, 1, 2);
  // A later spec changes nothing.
  _mlir_ciface_qprep_observe_spec(22, QPREP_COLLECT_HISTOGRAM, -1, 1, 1);
  float values[] = {1, 2, 3, 4, 5, 6};
  StridedMemRefType<float, 2> memref = {values, values, 0, {2, 3}, {3, 1}};
  QPrepUnrankedMemRef any = erase(memref);
  _mlir_ciface_qprep_observe_f32(22, &any);
  observe(23, {});

  std::string path = testing::TempDir() + "/qprep-runtime-test.json";
  ASSERT_EQ(qprep_runtime_write(path.c_str()), 1);
  std::string text = readWholeFile(path);
  std::string zeros;
  for (int i = 1; i < 2048; ++i)
    zeros += "0, ";
  EXPECT_EQ(
      text,
      R"({"version": 1, "observers": [)"
      "\n"
      R"(  {"id": 20, "statistics": {"min": [0], "max": [1], "count": 3, )"
      R"("infinite": 0, "nan": 0, "runs": 1, "histogram": {"exponent": -11, )"
      R"("first": 0, "counts": [1, )" +
          zeros +
          R"(2]}}},)"
          "\n"
          R"(  {"id": 21, "statistics": {"min": [-1], "max": [6], "count": 6, )"
          R"("infinite": 0, "nan": 0, "runs": 2, "passes": )"
          R"([{"run": 4, "min": [-1], "max": [4]}, )"
          R"({"run": 4, "min": [-1], "max": [4]}, )"
          R"({"run": 6, "min": [-1], "max": [6]}]}},)"
          "\n"
          R"(  {"id": 22, "statistics": {"min": [1, 3], "max": [5, 6], )"
          R"("count": 6, "infinite": 0, "nan": 0, "runs": 1}},)"
          "\n"
          R"(  {"id": 23, "statistics": {"min": [null], "max": [null], )"
          R"("count": 0, "infinite": 0, "nan": 0, "runs": 0}})"
          "\n]}\n");
  std::remove(path.c_str());
}

TEST_F(RuntimeTest, B20_ThreadsMergeInTheOrderOfRuns) {
  _mlir_ciface_qprep_observe_spec(30, QPREP_COLLECT_PASSES, -1, 1, 1);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([this, thread] {
      for (int run = thread; run < 16; run += 4) {
        qprep_runtime_begin_run(run);
        observe(30, {float(run)});
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  std::string path = testing::TempDir() + "/qprep-runtime-threads.json";
  ASSERT_EQ(qprep_runtime_write(path.c_str()), 1);
  std::string text = readWholeFile(path), passes;
  for (int run = 0; run < 16; ++run)
    passes += (run ? ", " : "") + std::string("{\"run\": ") +
              std::to_string(run) + ", \"min\": [" + std::to_string(run) +
              "], \"max\": [" + std::to_string(run) + "]}";
  EXPECT_NE(text.find("\"runs\": 16, \"passes\": [" + passes + "]"),
            std::string::npos)
      << text;
  std::remove(path.c_str());
}

TEST_F(RuntimeTest, WhatCannotBeWrittenOrObservedIsSaid) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(qprep_runtime_write("/no/such/folder/file.json"), 0);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "QuantPrep: cannot write statistics to "
            "'/no/such/folder/file.json': No such file or directory\n");
  _mlir_ciface_qprep_observe_spec(40, 0, 1, 1, 1);
  testing::internal::CaptureStderr();
  observe(40, {1.0f});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "QuantPrep: observer 40: the value has 1 dimensions, but its "
            "channels are along dimension 1\n");
}
