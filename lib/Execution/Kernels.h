//===- Kernels.h - Compiled code calls a library for what it is best at ---===//
//
// Convolutions and matrix products, of f32 or of i8 into i32, described in
// terms of the buffers they work on, whatever the order of their dimensions.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_EXECUTION_KERNELS_H
#define QUANTPREP_LIB_EXECUTION_KERNELS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <memory>

namespace quantprep::execution {

/// For each dimension that a kernel knows, in its order, the dimensions of the
/// buffer that it is made of, the outermost first. None: it has size 1.
using OperandDims = llvm::SmallVector<llvm::SmallVector<int64_t, 2>, 5>;

/// dst = convolution of src with weights, plus a bias if there is one.
/// Operands: src, weights, bias if there is one, dst.
struct ConvolutionSpec {
  OperandDims src;     ///< batch, channel, spatial...
  OperandDims weights; ///< group if grouped, output, input, spatial...
  OperandDims dst;     ///< batch, channel, spatial...
  bool isGrouped = false;
  bool hasBias = false;
  bool hasConstantWeights = false;
  llvm::SmallVector<int64_t> strides, dilations, padLow, padHigh;
};

/// dst = lhs rhs. Operands: lhs, rhs, dst.
struct MatmulSpec {
  OperandDims lhs; ///< batch, row, inner
  OperandDims rhs; ///< batch, inner, column
  OperandDims dst; ///< batch, row, column
  bool hasConstantRhs = false;
};

/// What is subtracted from integers before they are multiplied.
struct ZeroPoints {
  int32_t lhs = 0, rhs = 0;
};

/// A buffer of what the kernel works on.
struct KernelBuffer {
  void *data;
  llvm::SmallVector<int64_t, 6> sizes, strides;
};

class Kernel {
public:
  virtual ~Kernel() = default;
  /// Safe to call from many threads. Shapes may be others in each call. False
  /// if it cannot be done for want of memory.
  virtual bool run(llvm::ArrayRef<KernelBuffer> operands) = 0;
};

/// Whether this build has kernels; all else is null.
bool hasKernels();
std::unique_ptr<Kernel> createKernel(ConvolutionSpec spec);
std::unique_ptr<Kernel> createKernel(MatmulSpec spec);

/// The same of i8 into i32, modulo 2^32 as the ops have it; null also for
/// groups, and where the library would saturate on this machine. A convolution
/// has no padding or bias.
std::unique_ptr<Kernel> createIntegerKernel(const ConvolutionSpec &spec,
                                            ZeroPoints zeroPoints);
std::unique_ptr<Kernel> createIntegerKernel(const MatmulSpec &spec,
                                            ZeroPoints zeroPoints);

/// dst = lhs rhs + offsets[column], of dense rows; `stride` is that of rows of
/// lhs. False if the library cannot.
struct IntegerGemm {
  int64_t rows, columns, inner;
  const int8_t *lhs;
  int64_t stride;
  const int8_t *rhs;
  const int32_t *offsets;
  int32_t *dst;
};
bool multiply(const IntegerGemm &gemm);

/// Kernels that this thread runs use no other threads.
void useOneThread();

} // namespace quantprep::execution

#endif // QUANTPREP_LIB_EXECUTION_KERNELS_H
