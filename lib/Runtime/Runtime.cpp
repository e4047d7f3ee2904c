//===- Runtime.cpp - What observers see at run time -----------------------===//
//
// libQuantPrepRuntime.so: the C interface to the observers of the process.
// Depends on nothing but the C++ library, so that any host can load it.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Runtime/Runtime.h"

#include "Registry.h"

using namespace quantprep;
using namespace quantprep::runtime;
using statistics::ElementType;

/// The ranked descriptor, up to the sizes and strides that follow it.
struct DescriptorHeader {
  void *allocated;
  void *aligned;
  int64_t offset;
};

static void observe(int64_t id, const QPrepUnrankedMemRef *buffer,
                    ElementType type, int64_t elementSize) {
  auto *header = static_cast<const DescriptorHeader *>(buffer->descriptor);
  auto *sizes = reinterpret_cast<const int64_t *>(header + 1);
  const int64_t *strides = sizes + buffer->rank;
  statistics::Buffer view;
  view.type = type;
  view.data =
      static_cast<const char *>(header->aligned) + header->offset * elementSize;
  for (int64_t i = 0; i < buffer->rank; ++i)
    view.dims.push_back({sizes[i], strides[i]});
  Registry::get().observe(id, view);
}

void _mlir_ciface_qprep_observe_f16(int64_t id,
                                    const QPrepUnrankedMemRef *buffer) {
  observe(id, buffer, ElementType::F16, 2);
}

void _mlir_ciface_qprep_observe_bf16(int64_t id,
                                     const QPrepUnrankedMemRef *buffer) {
  observe(id, buffer, ElementType::BF16, 2);
}

void _mlir_ciface_qprep_observe_f32(int64_t id,
                                    const QPrepUnrankedMemRef *buffer) {
  observe(id, buffer, ElementType::F32, 4);
}

void _mlir_ciface_qprep_observe_f64(int64_t id,
                                    const QPrepUnrankedMemRef *buffer) {
  observe(id, buffer, ElementType::F64, 8);
}

void _mlir_ciface_qprep_observe_spec(int64_t id, int64_t collects, int64_t axis,
                                     int64_t axis_count, int64_t block_size) {
  statistics::Spec spec;
  spec.histogram = collects & QPREP_COLLECT_HISTOGRAM;
  spec.movingAverage = collects & QPREP_COLLECT_PASSES;
  if (axis >= 0)
    spec.axis = axis;
  spec.axisCount = axis_count > 0 ? axis_count : 1;
  spec.blockSize = block_size > 0 ? block_size : 1;
  Registry::get().setSpec(id, spec);
}

void _mlir_ciface_qprep_observe_reset(int64_t id) { Registry::get().reset(id); }

int qprep_runtime_get(int64_t id, double *min, double *max, int64_t *count) {
  std::optional<statistics::Statistics> seen = Registry::get().find(id);
  if (!seen)
    return 0;
  statistics::Range range;
  for (const statistics::Range &channel : seen->getData().ranges)
    range.merge(channel);
  *min = range.min;
  *max = range.max;
  *count = seen->getData().count;
  return 1;
}

int64_t qprep_runtime_get_nan_count(int64_t id) {
  std::optional<statistics::Statistics> seen = Registry::get().find(id);
  return seen ? seen->getData().nan : 0;
}

int64_t qprep_runtime_get_infinite_count(int64_t id) {
  std::optional<statistics::Statistics> seen = Registry::get().find(id);
  return seen ? seen->getData().infinite : 0;
}

void qprep_runtime_begin_run(int64_t run) { Registry::get().beginRun(run); }
int qprep_runtime_write(const char *path) {
  return Registry::get().write(path);
}
void qprep_runtime_print() { Registry::get().print(); }
void qprep_runtime_reset() { Registry::get().reset(); }
void _mlir_ciface_qprep_runtime_begin_run(int64_t run) {
  qprep_runtime_begin_run(run);
}
void _mlir_ciface_qprep_runtime_print() { qprep_runtime_print(); }
void _mlir_ciface_qprep_runtime_reset() { qprep_runtime_reset(); }
