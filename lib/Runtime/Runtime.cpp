//===- Runtime.cpp - What observers see at run time -----------------------===//
//
// libQuantPrepRuntime.so: one record per observer id. Depends on nothing but
// the C++ library, so that any host can load it.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Runtime/Runtime.h"

#include "Reduce.h"

#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>

using namespace quantprep::runtime;

namespace {
/// What one observer has seen. Doubles hold all of f16, bf16, f32 exactly.
struct Statistics {
  double min = std::numeric_limits<double>::infinity();
  double max = -std::numeric_limits<double>::infinity();
  int64_t count = 0;
  int64_t nanCount = 0;
};

/// All observers of the process. Prints them when the process ends, or the
/// library is unloaded, if QPREP_RUNTIME_PRINT is 1.
class Registry {
public:
  static Registry &get() {
    static Registry registry;
    return registry;
  }

  ~Registry() {
    const char *wanted = std::getenv("QPREP_RUNTIME_PRINT");
    if (wanted && std::strcmp(wanted, "1") == 0)
      print();
  }

  void add(int64_t id, const Statistics &seen) {
    std::lock_guard<std::mutex> lock(mutex);
    Statistics &all = observers[id];
    // Not std::min: zeros of either sign compare equal.
    if (isBefore(seen.min, all.min))
      all.min = seen.min;
    if (isBefore(all.max, seen.max))
      all.max = seen.max;
    all.count += seen.count;
    all.nanCount += seen.nanCount;
  }

  bool lookup(int64_t id, Statistics &seen) {
    std::lock_guard<std::mutex> lock(mutex);
    auto it = observers.find(id);
    if (it == observers.end())
      return false;
    seen = it->second;
    return true;
  }

  void print() {
    std::lock_guard<std::mutex> lock(mutex);
    for (const auto &[id, seen] : observers)
      std::printf("observer %" PRId64 ": min = %.17g, max = %.17g, count = "
                  "%" PRId64 ", nan = %" PRId64 "\n",
                  id, seen.min, seen.max, seen.count, seen.nanCount);
    std::fflush(stdout);
  }

  void reset(int64_t id) {
    std::lock_guard<std::mutex> lock(mutex);
    observers.erase(id);
  }

  void reset() {
    std::lock_guard<std::mutex> lock(mutex);
    observers.clear();
  }

private:
  static bool isBefore(double a, double b) {
    return a < b || (a == b && std::signbit(a) && !std::signbit(b));
  }

  std::mutex mutex;
  std::map<int64_t, Statistics> observers; // ordered, for printing
};
} // namespace

//===----------------------------------------------------------------------===//
// Bits to double, exactly
//===----------------------------------------------------------------------===//

static double toDouble(F64, int64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

static double toDouble(F32, int32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

static double toDouble(BF16, int16_t bits) {
  return toDouble(F32(), int32_t(uint32_t(uint16_t(bits)) << 16));
}

static double toDouble(F16, int16_t bits) {
  int exponent = (bits >> 10) & 0x1f;
  int mantissa = bits & 0x3ff;
  double magnitude;
  if (exponent == 0x1f) // a NaN never comes here
    magnitude = std::numeric_limits<double>::infinity();
  else if (exponent == 0)
    magnitude = std::ldexp(mantissa, -24);
  else
    magnitude = std::ldexp(mantissa + 0x400, exponent - 25);
  return bits < 0 ? -magnitude : magnitude;
}

//===----------------------------------------------------------------------===//
// The C interface
//===----------------------------------------------------------------------===//

/// The ranked descriptor, up to the sizes and strides that follow it.
struct DescriptorHeader {
  void *allocated;
  void *aligned;
  int64_t offset;
};

template <typename Format>
static void observe(int64_t id, const QPrepUnrankedMemRef *buffer) {
  auto *header = static_cast<const DescriptorHeader *>(buffer->descriptor);
  auto *sizes = reinterpret_cast<const int64_t *>(header + 1);
  const int64_t *strides = sizes + buffer->rank;
  std::vector<quantprep::statistics::Dim> dims;
  for (int64_t i = 0; i < buffer->rank; ++i)
    dims.push_back({sizes[i], strides[i]});
  auto *data = static_cast<const typename Format::Int *>(header->aligned) +
               header->offset;
  Range<Format> range = reduce<Format>(data, std::move(dims));
  Registry::get().add(id, {toDouble(Format(), toOrdered(range.min)),
                           toDouble(Format(), toOrdered(range.max)),
                           range.count, range.nanCount});
}

void _mlir_ciface_qprep_observe_f16(int64_t id,
                                    const QPrepUnrankedMemRef *buffer) {
  observe<F16>(id, buffer);
}

void _mlir_ciface_qprep_observe_bf16(int64_t id,
                                     const QPrepUnrankedMemRef *buffer) {
  observe<BF16>(id, buffer);
}

void _mlir_ciface_qprep_observe_f32(int64_t id,
                                    const QPrepUnrankedMemRef *buffer) {
  observe<F32>(id, buffer);
}

void _mlir_ciface_qprep_observe_f64(int64_t id,
                                    const QPrepUnrankedMemRef *buffer) {
  observe<F64>(id, buffer);
}

void _mlir_ciface_qprep_observe_reset(int64_t id) { Registry::get().reset(id); }

int qprep_runtime_get(int64_t id, double *min, double *max, int64_t *count) {
  Statistics seen;
  if (!Registry::get().lookup(id, seen))
    return 0;
  *min = seen.min;
  *max = seen.max;
  *count = seen.count;
  return 1;
}

int64_t qprep_runtime_get_nan_count(int64_t id) {
  Statistics seen;
  Registry::get().lookup(id, seen);
  return seen.nanCount;
}

void qprep_runtime_print() { Registry::get().print(); }
void qprep_runtime_reset() { Registry::get().reset(); }
void _mlir_ciface_qprep_runtime_print() { qprep_runtime_print(); }
void _mlir_ciface_qprep_runtime_reset() { qprep_runtime_reset(); }
