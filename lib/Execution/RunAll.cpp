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

llvm::Expected<int64_t> quantprep::execution::runAll(const Program &program,
                                                     const Inputs &inputs,
                                                     const RunOptions &options,
                                                     RunObserver &observer) {
  int64_t count = getNumSelectedRuns(options, inputs.getNumRuns());
  std::atomic<int64_t> next = 0, done = 0;
  InterruptionNoter noter(options.keepPartial);
  Progress progress(count);
  std::atomic<const char *> failure = nullptr;
  auto work = [&](unsigned thread) {
    useOneThread();
    llvm::SmallVector<Array> results;
    for (int64_t i = next++; i < count && !interrupted && !failure;
         i = next++) {
      int64_t run = options.shard + i * options.shardCount;
      if (const char *message = program.run(inputs.getRun(run), results,
                                            observer.begin(thread, run))) {
        failure = message;
        return;
      }
      observer.end(thread, run, results);
      progress.update(++done);
    }
  };
  std::vector<std::thread> threads;
  for (unsigned thread = 1; thread < getNumThreads(options, count); ++thread)
    threads.emplace_back(work, thread);
  work(0);
  for (std::thread &thread : threads)
    thread.join();
  if (failure)
    return llvm::createStringError(failure.load());
  return done.load();
}
