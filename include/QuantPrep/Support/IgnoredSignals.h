//===- IgnoredSignals.h - Signals that whoever starts us ignores *- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_IGNOREDSIGNALS_H
#define QUANTPREP_SUPPORT_IGNOREDSIGNALS_H

namespace quantprep {

/// Lets signals that end a process be ignored if they were when it began, as
/// nohup and shells do it for what runs in the background. LLVM would remove
/// the output at such a signal, and the process go on as if nothing had been.
/// To be called first in `main`.
void keepIgnoredSignals();

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_IGNOREDSIGNALS_H
