//===- Memory.cpp - How a process keeps its memory ------------------------===//

#include "QuantPrep/Support/Memory.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void quantprep::keepFreedMemory() {
#ifdef __GLIBC__
  // Neither gives the end of the heap back, nor takes large blocks elsewhere.
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_MMAP_MAX, 0);
#endif
}
