//===- Progress.h - How far long work is ------------------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_EXECUTION_PROGRESS_H
#define QUANTPREP_LIB_EXECUTION_PROGRESS_H

#include <chrono>
#include <cstdint>
#include <mutex>

namespace quantprep::execution {

/// A line on a terminal with runs done, runs per second, and the time left.
/// Nothing where stderr is no terminal.
class Progress {
public:
  explicit Progress(int64_t total);
  ~Progress();

  /// Safe to call from many threads.
  void update(int64_t done);

private:
  using Clock = std::chrono::steady_clock;

  int64_t total;
  bool isShown;
  std::mutex mutex;
  int64_t shown = 0;
  Clock::time_point start, last;
};

} // namespace quantprep::execution

#endif // QUANTPREP_LIB_EXECUTION_PROGRESS_H
