//===- Statistics.h - What an observer has seen -----------------*- C++ -*-===//
//
// Statistics of the values that one observer sees, of any kind of observer.
// They can be made in parts and merged: the result has the same bits whatever
// the order of runs and however they are split (B20); moving averages are
// computed from what is kept of each run, in the order of runs.
//
// Depends on nothing but the C++ library: calibration and the runtime library
// share it. No object is safe to change from several threads; let each thread
// have its own and merge them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_STATISTICS_STATISTICS_H
#define QUANTPREP_STATISTICS_STATISTICS_H

#include "QuantPrep/Statistics/Buffer.h"
#include "QuantPrep/Statistics/Histogram.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quantprep::statistics {

/// What to collect, beside the range, which always is.
struct Spec {
  bool histogram = false;
  /// Keep the range of each time that the observer is passed.
  bool movingAverage = false;
  /// The dimension of channels; none: one range for the tensor.
  std::optional<int64_t> axis;
  /// How many dimensions from `axis` on number the channels, the last fastest.
  int64_t axisCount = 1;
  /// Neighbours along the channels that share a range.
  int64_t blockSize = 1;
};

/// A value that is the same in every run, a weight: observe it once, with this
/// as the run, in one of the parts that are merged. Where a moving average sees
/// other values as well, observe it in each run instead.
inline constexpr int64_t constantRun = -1;

/// The ranges of the channels in one pass of the observer in one run.
struct Pass {
  int64_t run;
  std::vector<Range> ranges;
};

/// What passes of one run in two statistics are: a part that is merged twice,
/// or a run on several threads.
enum class SameRun { Refuse, Keep };

/// All that is kept of what was seen.
struct Data {
  /// One range for the tensor, or for each channel; none before anything was
  /// observed. Those of channels without a finite value are empty.
  std::vector<Range> ranges;
  /// Elements, with infinite ones and NaNs, which enter no range (B18).
  int64_t count = 0;
  int64_t infinite = 0;
  int64_t nan = 0;
  /// Runs that the observer saw an element in; constants belong to none.
  int64_t runs = 0;
  /// Empty if it is not collected.
  Histogram histogram;
  /// In the order of runs; empty if they are not collected.
  std::vector<Pass> passes;
};

/// What is wrong with statistics that were written by somebody, nothing if they
/// hang together: counts that do not add up, ranges that are none, histograms
/// or passes that such an observer does not collect.
[[nodiscard]] std::optional<std::string> findInconsistency(const Spec &spec,
                                                           const Data &data);

class Statistics {
public:
  explicit Statistics(Spec spec = {}) : spec(spec) {}
  /// As they were written.
  Statistics(Spec spec, Data data) : spec(spec), data(std::move(data)) {}

  /// Adds all elements of `buffer`. The runs of one object never fall: all
  /// passes of a run come in program order, then those of the next. Returns
  /// what is wrong, nothing if all is well: the axis is no dimension of the
  /// buffer, or other buffers had another number of channels.
  [[nodiscard]] std::optional<std::string> observe(const Buffer &buffer,
                                                   int64_t run);

  /// Adds what `other` has seen. Returns what is wrong, nothing if all is well:
  /// another number of channels, other things collected, or (for moving
  /// averages) a run that both have.
  [[nodiscard]] std::optional<std::string>
  merge(const Statistics &other, SameRun sameRun = SameRun::Refuse);

  const Spec &getSpec() const { return spec; }
  const Data &getData() const { return data; }

  /// The moving average of the ranges in float32, as PyTorch computes it: the
  /// first pass starts it, each later one moves it by `constant`.
  std::vector<Range> getAverages(double constant) const;

  /// Appends an object of JSON: "min", "max" (a null for an empty range),
  /// "count", "infinite", "nan", "runs", and where collected "histogram" and
  /// "passes". Numbers read back as the same doubles.
  void appendJSON(std::string &text) const;

private:
  void addPass(Pass pass);

  Spec spec;
  Data data;
  std::optional<int64_t> lastRun;
};

} // namespace quantprep::statistics

#endif // QUANTPREP_STATISTICS_STATISTICS_H
