//===- KernelView.h - Operands as kernels see them --------------*- C++ -*-===//

#ifndef QUANTPREP_LIB_EXECUTION_KERNELVIEW_H
#define QUANTPREP_LIB_EXECUTION_KERNELVIEW_H

#include "Kernels.h"

#include <vector>

namespace quantprep::execution {

/// An operand of f32 with the dimensions of the kernel.
class View {
public:
  View(const KernelBuffer &buffer, const OperandDims &dims);

  /// Of an operand that is read: copies it where it has to be.
  static View read(const KernelBuffer &buffer, const OperandDims &dims);
  /// Of a result, when it has been computed: copies it where it belongs.
  void write();

  std::vector<int64_t> sizes, strides;
  float *data;

private:
  template <typename Callback> void forEachElement(Callback callback);

  const KernelBuffer *buffer;
  /// The dimensions of the buffer, the outermost first.
  llvm::SmallVector<int64_t> order;
  /// In place of the buffer, since its dimensions cannot be merged.
  std::vector<float> copy;
};

} // namespace quantprep::execution

#endif // QUANTPREP_LIB_EXECUTION_KERNELVIEW_H
