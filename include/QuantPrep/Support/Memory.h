//===- Memory.h - How a process keeps its memory ----------------*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_MEMORY_H
#define QUANTPREP_SUPPORT_MEMORY_H

namespace quantprep {

/// Lets the process keep the memory that it frees, for what it allocates next.
/// For the start of a program that does its work and ends: passes free by
/// megabytes what the next one wants again, and if it has been given back, a
/// third of their time on large models goes into clearing new pages.
void keepFreedMemory();

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_MEMORY_H
