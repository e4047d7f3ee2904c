//===- Memory.h - The heap of a process -------------------------*- C++ -*-===//

#ifndef QUANTPREP_SUPPORT_MEMORY_H
#define QUANTPREP_SUPPORT_MEMORY_H

namespace quantprep {

/// Sets up the heap of a program that does its work and ends: what is freed is
/// kept for what comes next, and huge pages are asked for. Passes free by
/// megabytes what the next one wants again; if it is given back in between, a
/// third of their time on large models goes into getting and clearing pages.
/// To be called first. Does nothing where the C library is not glibc.
void setUpHeap();

} // namespace quantprep

#endif // QUANTPREP_SUPPORT_MEMORY_H
