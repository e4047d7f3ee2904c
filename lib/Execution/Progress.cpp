//===- Progress.cpp - How far long work is --------------------------------===//

#include "Progress.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace quantprep::execution;

Progress::Progress(int64_t total)
    : total(total), isShown(llvm::errs().is_displayed()), start(Clock::now()),
      last(start) {}

Progress::~Progress() {
  if (isShown && shown)
    llvm::errs() << '\n';
}

void Progress::update(int64_t done) {
  if (!isShown)
    return;
  std::lock_guard<std::mutex> lock(mutex);
  Clock::time_point now = Clock::now();
  // Ten times a second is all that an eye follows.
  if (done <= shown ||
      (done < total && now - last < std::chrono::milliseconds(100)))
    return;
  shown = done;
  last = now;
  double seconds = std::chrono::duration<double>(now - start).count();
  double rate = seconds > 0 ? done / seconds : 0;
  constexpr int width = 30;
  int filled = int(done * width / total);
  llvm::errs() << "\r[" << std::string(filled, '#')
               << std::string(width - filled, ' ') << "] " << done << '/'
               << total << " runs, " << llvm::format("%.1f", rate)
               << " runs/s, "
               << llvm::format("%.0f", rate > 0 ? (total - done) / rate : 0.0)
               << " s left ";
}
