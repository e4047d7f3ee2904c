//===- RunAll.h - All runs of a program -------------------------*- C++ -*-===//

#ifndef QUANTPREP_EXECUTION_RUNALL_H
#define QUANTPREP_EXECUTION_RUNALL_H

#include "QuantPrep/Execution/Program.h"

namespace quantprep::execution {

/// Which runs are done, and how.
struct RunOptions {
  /// How many go at once; 0: as many as there are cores.
  unsigned threads = 0;
  /// Every `shardCount`-th run from the `shard`-th on.
  int64_t shard = 0;
  int64_t shardCount = 1;
  /// An interruption (SIGINT) ends the runs, not the process.
  bool keepPartial = false;
};

/// How many runs these are of all.
int64_t getNumSelectedRuns(const RunOptions &options, int64_t numRuns);

/// What takes part in the runs. Called by many threads at once; a thread has
/// its runs in order.
class RunObserver {
public:
  virtual ~RunObserver() = default;
  /// Where observations of this run go; null: nowhere.
  virtual ObservationSink *begin(unsigned thread, int64_t run) = 0;
  /// Gets the results of a run.
  virtual void end(unsigned thread, int64_t run,
                   llvm::SmallVectorImpl<Array> &results) = 0;
};

/// Runs the program on all selected runs, with a bar on a terminal. Returns how
/// many were done: all, but for an interruption. Says what went wrong at the op
/// that did, or at the function.
mlir::FailureOr<int64_t> runAll(const Program &program, const Inputs &inputs,
                                const RunOptions &options,
                                RunObserver &observer);

/// Calls back for all selected runs, on several threads, with a bar on a
/// terminal. Says at `loc`, or at the op that failed, what went wrong.
mlir::FailureOr<int64_t> forEachRun(
    mlir::Location loc, const RunOptions &options, int64_t numRuns,
    llvm::function_ref<std::optional<RunFailure>(unsigned thread, int64_t run)>
        callback);

/// How many threads these options mean for so many runs.
unsigned getNumThreads(const RunOptions &options, int64_t numRuns);

} // namespace quantprep::execution

#endif // QUANTPREP_EXECUTION_RUNALL_H
