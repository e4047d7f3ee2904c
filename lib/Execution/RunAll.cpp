//===- RunAll.cpp - All runs of a program ---------------------------------===//

#include "QuantPrep/Execution/RunAll.h"

#include "Kernels.h"
#include "Progress.h"

#include <atomic>
#include <csignal>
#include <thread>

using namespace quantprep::execution;

int64_t quantprep::execution::getNumSelectedRuns(const RunOptions &options,
                                                 int64_t numRuns) {
  if (options.shard >= numRuns)
    return 0;
  return (numRuns - options.shard - 1) / options.shardCount + 1;
}

unsigned quantprep::execution::getNumThreads(const RunOptions &options,
                                             int64_t numRuns) {
  int64_t threads =
      options.threads ? options.threads : std::thread::hardware_concurrency();
  return std::max<int64_t>(1, std::min(threads, numRuns));
}

static volatile std::sig_atomic_t interrupted = 0;

namespace {
/// Notes interruptions, until the end of the scope, if it is wanted.
class InterruptionNoter {
public:
  explicit InterruptionNoter(bool wanted) : wanted(wanted) {
    interrupted = 0;
    if (!wanted)
      return;
    struct sigaction action = {};
    // A second one ends the process.
    action.sa_flags = SA_RESETHAND;
    action.sa_handler = +[](int) { interrupted = 1; };
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before);
  }
  ~InterruptionNoter() {
    if (wanted)
      sigaction(SIGINT, &before, nullptr);
  }

private:
  bool wanted;
  struct sigaction before = {};
};
} // namespace

mlir::FailureOr<int64_t> quantprep::execution::forEachRun(
    mlir::Location loc, const RunOptions &options, int64_t numRuns,
    llvm::function_ref<std::optional<RunFailure>(unsigned thread, int64_t run)>
        callback) {
  int64_t count = getNumSelectedRuns(options, numRuns);
  std::atomic<int64_t> next = 0, done = 0;
  InterruptionNoter noter(options.keepPartial);
  Progress progress(count);
  std::mutex mutex;
  std::atomic<int64_t> failedRun = count;
  RunFailure failure;
  auto work = [&](unsigned thread) {
    useOneThread();
    // Of several failures, that of the first run is reported.
    for (int64_t i = next++; i < failedRun && !interrupted; i = next++) {
      int64_t run = options.shard + i * options.shardCount;
      if (std::optional<RunFailure> found = callback(thread, run)) {
        std::lock_guard<std::mutex> lock(mutex);
        if (i < failedRun) {
          failedRun = i;
          failure = std::move(*found);
        }
        return;
      }
      progress.update(++done);
    }
  };
  std::vector<std::thread> threads;
  for (unsigned thread = 1; thread < getNumThreads(options, count); ++thread)
    threads.emplace_back(work, thread);
  work(0);
  for (std::thread &thread : threads)
    thread.join();
  if (failedRun == count)
    return done.load();
  return emitError(failure.loc.value_or(loc))
         << "run " << options.shard + failedRun * options.shardCount << ": "
         << failure.message;
}

mlir::FailureOr<int64_t> quantprep::execution::runAll(const Program &program,
                                                      const Inputs &inputs,
                                                      const RunOptions &options,
                                                      RunObserver &observer) {
  std::vector<llvm::SmallVector<Array>> results(
      getNumThreads(options, getNumSelectedRuns(options, inputs.getNumRuns())));
  auto run = [&](unsigned thread, int64_t run) -> std::optional<RunFailure> {
    std::optional<RunFailure> failure = program.run(
        inputs.getRun(run), results[thread], observer.begin(thread, run));
    if (!failure)
      observer.end(thread, run, results[thread]);
    return failure;
  };
  return forEachRun(program.getLoc(), options, inputs.getNumRuns(), run);
}
