//===- Buffer.h - Strided buffers of numbers --------------------*- C++ -*-===//
//
// What statistics are made of: any element type and any strides, in the form
// in which memref descriptors and arrays of numpy have them.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_STATISTICS_BUFFER_H
#define QUANTPREP_STATISTICS_BUFFER_H

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

} // namespace quantprep::statistics

#endif // QUANTPREP_STATISTICS_BUFFER_H
