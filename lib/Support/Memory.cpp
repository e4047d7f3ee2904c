//===- Memory.cpp - The heap of a process ---------------------------------===//

#include "QuantPrep/Support/Memory.h"

#include "llvm/Support/Compiler.h"
#include "llvm/Support/MathExtras.h"

#include <cstdlib>
// A sanitizer's allocator takes none of this.
#if defined(__GLIBC__) && !LLVM_ADDRESS_SANITIZER_BUILD &&                     \
    !LLVM_THREAD_SANITIZER_BUILD
#define QUANTPREP_GLIBC_HEAP
#include <malloc.h>
#include <sys/mman.h>
#endif

void quantprep::setUpHeap() {
#ifdef QUANTPREP_GLIBC_HEAP
  // Neither gives the end of the heap back, nor takes large blocks elsewhere.
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_MMAP_MAX, 0);
  // Makes the heap as large as it may become, of pages that nobody has touched
  // yet. Where there is a limit, it grows as usual.
  constexpr size_t hugePage = size_t(2) << 20, size = size_t(4) << 30;
  if (void *heap = std::malloc(size)) {
    uintptr_t start =
        llvm::alignTo(reinterpret_cast<uintptr_t>(heap), hugePage);
    madvise(reinterpret_cast<void *>(start), size - hugePage, MADV_HUGEPAGE);
    std::free(heap);
  }
#endif
}
