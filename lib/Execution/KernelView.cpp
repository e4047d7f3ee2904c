//===- KernelView.cpp - Operands as kernels see them ----------------------===//

#include "KernelView.h"

using namespace quantprep::execution;
using llvm::ArrayRef;

/// Whether dimensions are one dimension of the buffer.
static bool areMergeable(const KernelBuffer &buffer, ArrayRef<int64_t> dims) {
  for (size_t i = 1; i < dims.size(); ++i)
    if (buffer.strides[dims[i - 1]] !=
        buffer.sizes[dims[i]] * buffer.strides[dims[i]])
      return false;
  return true;
}

View::View(const KernelBuffer &buffer, const OperandDims &dims)
    : data(static_cast<float *>(buffer.data)), buffer(&buffer) {
  int64_t count = 1;
  bool isCopied = false;
  for (ArrayRef<int64_t> group : dims) {
    int64_t size = 1;
    // Nobody goes along dimensions of size 1, so that their strides say
    // nothing.
    llvm::SmallVector<int64_t> passed;
    for (int64_t dim : group) {
      size *= buffer.sizes[dim];
      if (buffer.sizes[dim] != 1)
        passed.push_back(dim);
    }
    count *= size;
    sizes.push_back(size);
    strides.push_back(passed.empty() ? 1 : buffer.strides[passed.back()]);
    order.append(passed.begin(), passed.end());
    isCopied |= !areMergeable(buffer, passed);
  }
  if (!isCopied)
    return;
  copy.resize(count);
  data = copy.data();
  int64_t stride = 1;
  for (size_t i = sizes.size(); i-- > 0; stride *= sizes[i])
    strides[i] = stride;
}

/// With the elements of the copy and of the buffer.
template <typename Callback> void View::forEachElement(Callback callback) {
  llvm::SmallVector<int64_t> index(order.size(), 0);
  auto *element = static_cast<float *>(buffer->data);
  for (float &copied : copy) {
    callback(copied, *element);
    for (size_t d = order.size(); d-- > 0;) {
      int64_t size = buffer->sizes[order[d]];
      int64_t stride = buffer->strides[order[d]];
      element += stride;
      if (++index[d] < size)
        break;
      element -= stride * size;
      index[d] = 0;
    }
  }
}

View View::read(const KernelBuffer &buffer, const OperandDims &dims) {
  View view(buffer, dims);
  view.forEachElement([](float &copied, float element) { copied = element; });
  return view;
}

void View::write() {
  forEachElement([](float copied, float &element) { element = copied; });
}
