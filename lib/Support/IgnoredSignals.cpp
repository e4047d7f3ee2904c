//===- IgnoredSignals.cpp - Signals that whoever starts us ignores --------===//

#include "QuantPrep/Support/IgnoredSignals.h"

#include "llvm/Support/Signals.h"

#include <csignal>

void quantprep::keepIgnoredSignals() {
  constexpr int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGUSR2};
  constexpr int count = sizeof(signals) / sizeof(signals[0]);
  struct sigaction before[count];
  for (int i = 0; i < count; ++i)
    sigaction(signals[i], nullptr, &before[i]);
  // Installs the handlers, once for the process.
  llvm::sys::SetInterruptFunction(nullptr);
  for (int i = 0; i < count; ++i)
    if (before[i].sa_handler == SIG_IGN)
      sigaction(signals[i], &before[i], nullptr);
}
