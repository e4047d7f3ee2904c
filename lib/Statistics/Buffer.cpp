//===- Buffer.cpp - Strided buffers of numbers ----------------------------===//

#include "QuantPrep/Statistics/Buffer.h"

#include <algorithm>

using namespace quantprep::statistics;

Buffer
quantprep::statistics::makeDenseBuffer(ElementType type, const void *data,
                                       const std::vector<int64_t> &shape) {
  Buffer buffer{type, data, std::vector<Dim>(shape.size())};
  int64_t stride = 1;
  for (size_t i = shape.size(); i > 0; --i) {
    buffer.dims[i - 1] = {shape[i - 1], stride};
    stride *= shape[i - 1];
  }
  return buffer;
}

bool quantprep::statistics::normalize(std::vector<Dim> &dims) {
  for (const Dim &dim : dims)
    if (dim.size == 0)
      return false;
  auto isSingle = [](const Dim &dim) { return dim.size == 1; };
  dims.erase(std::remove_if(dims.begin(), dims.end(), isSingle), dims.end());
  std::sort(dims.begin(), dims.end(),
            [](const Dim &a, const Dim &b) { return a.stride > b.stride; });
  std::vector<Dim> merged;
  for (const Dim &dim : dims) {
    if (!merged.empty() && merged.back().stride == dim.stride * dim.size)
      merged.back() = {merged.back().size * dim.size, dim.stride};
    else
      merged.push_back(dim);
  }
  if (merged.empty())
    merged.push_back({1, 1});
  dims = std::move(merged);
  return true;
}
