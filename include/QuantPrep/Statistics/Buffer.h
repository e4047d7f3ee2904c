//===- Buffer.h - Strided buffers of numbers --------------------*- C++ -*-===//
//
// What statistics are made of: any element type and any strides, in the form
// in which memref descriptors and arrays of numpy have them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_STATISTICS_BUFFER_H
#define QUANTPREP_STATISTICS_BUFFER_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quantprep::statistics {

enum class ElementType : uint8_t {
  F16,
  BF16,
  F32,
  F64,
  I8,
  UI8,
  I16,
  UI16,
  I32,
  UI32,
  I64,
};

/// A dimension of a buffer: its size, and the distance of neighbours, counted
/// in elements (0 and negative ones too).
struct Dim {
  int64_t size;
  int64_t stride;
};

/// Elements that somebody else owns. `data` is the element whose indices are
/// all 0.
struct Buffer {
  ElementType type = ElementType::F32;
  const void *data = nullptr;
  std::vector<Dim> dims;
};

/// A dense buffer in row-major order.
Buffer makeDenseBuffer(ElementType type, const void *data,
                       const std::vector<int64_t> &shape);

/// The same elements with as few and as long dimensions as can be, the densest
/// last. False if there are no elements.
bool normalize(std::vector<Dim> &dims);

/// Calls `function(data, size, stride)` for the runs along the densest
/// dimension.
template <typename Stored, typename Function>
void forEachRun(const Stored *data, std::vector<Dim> dims, Function function) {
  if (!normalize(dims))
    return;
  Dim inner = dims.back();
  dims.pop_back();
  std::vector<int64_t> index(dims.size(), 0);
  while (true) {
    function(data, inner.size, inner.stride);
    std::size_t dim = dims.size();
    for (; dim > 0; --dim) {
      const Dim &outer = dims[dim - 1];
      data += outer.stride;
      if (++index[dim - 1] < outer.size)
        break;
      data -= outer.stride * outer.size;
      index[dim - 1] = 0;
    }
    if (dim == 0)
      return;
  }
}

} // namespace quantprep::statistics

#endif // QUANTPREP_STATISTICS_BUFFER_H
