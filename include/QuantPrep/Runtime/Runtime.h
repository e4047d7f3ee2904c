//===- Runtime.h - What observers see at run time -----------------*- C -*-===//
//
// The C interface of libQuantPrepRuntime.so. A program that went through
// qprep-lower-observers calls the _mlir_ciface_qprep_observe_* functions; its
// host asks for the result. Depends on nothing but C99; see docs/runtime.md.
//
// Every function may be called from several threads at once.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_RUNTIME_RUNTIME_H
#define QUANTPREP_RUNTIME_RUNTIME_H

#include <stdint.h>

#define QPREP_RUNTIME_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/// A memref<*xT> as MLIR passes it. `descriptor` points to the ranked
/// descriptor: allocated pointer, aligned pointer, offset, `rank` sizes,
/// `rank` strides; offset and strides count elements.
typedef struct {
  int64_t rank;
  void *descriptor;
} QPrepUnrankedMemRef;

/// Shows every element of `buffer` to the observer `id`. Reads the buffer, and
/// does not keep it. Any rank, strides and sizes, no elements too.
QPREP_RUNTIME_EXPORT void
_mlir_ciface_qprep_observe_f16(int64_t id, const QPrepUnrankedMemRef *buffer);
QPREP_RUNTIME_EXPORT void
_mlir_ciface_qprep_observe_bf16(int64_t id, const QPrepUnrankedMemRef *buffer);
QPREP_RUNTIME_EXPORT void
_mlir_ciface_qprep_observe_f32(int64_t id, const QPrepUnrankedMemRef *buffer);
QPREP_RUNTIME_EXPORT void
_mlir_ciface_qprep_observe_f64(int64_t id, const QPrepUnrankedMemRef *buffer);

/// What the observer `id` collects beside the range and counts, before it is
/// shown anything: a sum of these, 0 for nothing.
enum {
  QPREP_COLLECT_HISTOGRAM = 1,
  /// The range of each pass, for a moving average.
  QPREP_COLLECT_PASSES = 2
};
/// Ranges are those of the channels along the `axis_count` dimensions from
/// `axis` on, `block_size` neighbours together; of the whole buffer if `axis`
/// is negative. Calls for an observer that has a spec change nothing.
QPREP_RUNTIME_EXPORT void
_mlir_ciface_qprep_observe_spec(int64_t id, int64_t collects, int64_t axis,
                                int64_t axis_count, int64_t block_size);

/// Forgets what the observer `id` has seen, which may be nothing.
QPREP_RUNTIME_EXPORT void _mlir_ciface_qprep_observe_reset(int64_t id);

/// What the calling thread shows from now on belongs to run `run`, 0 without
/// this call. Moving averages are computed in the order of these numbers.
QPREP_RUNTIME_EXPORT void qprep_runtime_begin_run(int64_t run);

/// What the observer `id` has seen since the start or the last reset: the
/// smallest and the largest finite element, exactly, and the number of
/// elements. -0.0 is smaller than 0.0. If there was no finite element, `min` is
/// infinity and `max` is -infinity. Returns 1; or 0, leaving the outputs alone,
/// if `id` was never shown a buffer.
QPREP_RUNTIME_EXPORT int qprep_runtime_get(int64_t id, double *min, double *max,
                                           int64_t *count);

/// How many of the elements that the observer `id` has seen were NaN.
QPREP_RUNTIME_EXPORT int64_t qprep_runtime_get_nan_count(int64_t id);

/// How many of them were infinite.
QPREP_RUNTIME_EXPORT int64_t qprep_runtime_get_infinite_count(int64_t id);

/// Writes what all observers have seen to a file for qprep-import-statistics,
/// whole or not at all. Returns 1; or 0, with a message on standard error.
QPREP_RUNTIME_EXPORT int qprep_runtime_write(const char *path);

/// Prints one line per observer, ordered by id, on standard output:
///   observer 0: min = -1.5, max = 2.25, count = 4096, nan = 0
/// and ", infinite = 1" where there were infinite ones. The numbers read back
/// as the doubles that qprep_runtime_get gives.
QPREP_RUNTIME_EXPORT void qprep_runtime_print(void);

/// Forgets everything seen so far.
QPREP_RUNTIME_EXPORT void qprep_runtime_reset(void);

/// The same for callers in MLIR that say llvm.emit_c_interface.
QPREP_RUNTIME_EXPORT void _mlir_ciface_qprep_runtime_begin_run(int64_t run);
QPREP_RUNTIME_EXPORT void _mlir_ciface_qprep_runtime_print(void);
QPREP_RUNTIME_EXPORT void _mlir_ciface_qprep_runtime_reset(void);

#ifdef __cplusplus
}
#endif

#endif // QUANTPREP_RUNTIME_RUNTIME_H
