//===- DumpMemRefs.cpp - Print buffers bit by bit, for tests --------------===//
//
// Callable from MLIR as @dump_f32(memref<*xf32>) with
// llvm.emit_c_interface. Prints one line: "dump 1x2x3: 3f800000 ...".
// @dump_observed_f32(i64, memref<*xf32>) is an observer that only prints:
// "observer 4: 3f800000 ...".
//
//===----------------------------------------------------------------------===//

#include "mlir/ExecutionEngine/CRunnerUtils.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>

/// Prints the elements of `buffer` below the indices fixed so far, in order.
static void dumpElements(DynamicMemRefType<float> buffer) {
  if (buffer.rank > 0) {
    for (int64_t i = 0; i < buffer.sizes[0]; ++i)
      dumpElements(buffer[i]);
    return;
  }
  uint32_t bits;
  std::memcpy(&bits, &*buffer, sizeof(bits));
  std::printf(" %08" PRIx32, bits);
}

extern "C" __attribute__((visibility("default"))) void
_mlir_ciface_dump_f32(::UnrankedMemRefType<float> *memref) {
  DynamicMemRefType<float> buffer(*memref);
  std::printf("dump ");
  for (int64_t i = 0; i < buffer.rank; ++i)
    std::printf("%s%" PRId64, i ? "x" : "", buffer.sizes[i]);
  std::printf(":");
  dumpElements(buffer);
  std::printf("\n");
  std::fflush(stdout);
}

extern "C" __attribute__((visibility("default"))) void
_mlir_ciface_dump_observed_f32(int64_t id,
                               ::UnrankedMemRefType<float> *memref) {
  std::printf("observer %" PRId64 ":", id);
  dumpElements(DynamicMemRefType<float>(*memref));
  std::printf("\n");
  std::fflush(stdout);
}
