//===- SelectKernels.cpp - Structured ops become calls of kernels ---------===//

#include "Lower.h"
#include "MatchKernels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace quantprep::execution;

namespace {
/// Replaces the ops of one module.
class Selector {
public:
  Selector(ModuleOp module, Symbols &symbols,
           std::vector<std::unique_ptr<Kernel>> &kernels)
      : module(module), symbols(symbols), kernels(kernels) {}

  void replace(linalg::LinalgOp op, KernelCall call);

private:
  func::FuncOp getCallee(ValueRange buffers);

  ModuleOp module;
  Symbols &symbols;
  std::vector<std::unique_ptr<Kernel>> &kernels;
};
} // namespace

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

namespace {
struct UnrankedDescriptor {
  int64_t rank;
  void *ranked;
};
template <typename T> struct DescriptorHeader {
  T *allocated;
  T *aligned;
  int64_t offset;
};
} // namespace

template <typename T>
static KernelBuffer readBuffer(const UnrankedDescriptor *buffer) {
  auto *header = static_cast<const DescriptorHeader<T> *>(buffer->ranked);
  auto *sizes = reinterpret_cast<const int64_t *>(header + 1);
  KernelBuffer read;
  read.data = header->aligned + header->offset;
  read.sizes.append(sizes, sizes + buffer->rank);
  read.strides.append(sizes + buffer->rank, sizes + 2 * buffer->rank);
  return read;
}

static void runKernel(Kernel *kernel, ArrayRef<KernelBuffer> operands) {
  if (!kernel->run(operands))
    noteFailure("there is no memory for a convolution or matrix product");
}

static void runKernel3(Kernel *kernel, const UnrankedDescriptor *a,
                       const UnrankedDescriptor *b,
                       const UnrankedDescriptor *c) {
  runKernel(kernel,
            {readBuffer<float>(a), readBuffer<float>(b), readBuffer<float>(c)});
}

static void runKernel4(Kernel *kernel, const UnrankedDescriptor *a,
                       const UnrankedDescriptor *b, const UnrankedDescriptor *c,
                       const UnrankedDescriptor *d) {
  runKernel(kernel, {readBuffer<float>(a), readBuffer<float>(b),
                     readBuffer<float>(c), readBuffer<float>(d)});
}

static void runIntegerKernel(Kernel *kernel, const UnrankedDescriptor *a,
                             const UnrankedDescriptor *b,
                             const UnrankedDescriptor *c) {
  runKernel(kernel, {readBuffer<int8_t>(a), readBuffer<int8_t>(b),
                     readBuffer<int32_t>(c)});
}

func::FuncOp Selector::getCallee(ValueRange buffers) {
  auto getElement = [](Value buffer) {
    return cast<MemRefType>(buffer.getType()).getElementType();
  };
  bool isFloat = getElement(buffers[0]).isF32();
  std::string name = isFloat ? "qprep_kernel_" + std::to_string(buffers.size())
                             : std::string("qprep_integer_kernel");
  if (auto callee = module.lookupSymbol<func::FuncOp>(name))
    return callee;
  symbols["_mlir_ciface_" + name] =
      !isFloat              ? reinterpret_cast<void *>(runIntegerKernel)
      : buffers.size() == 3 ? reinterpret_cast<void *>(runKernel3)
                            : reinterpret_cast<void *>(runKernel4);
  Builder builder(module.getContext());
  SmallVector<Type> types = {builder.getI64Type()};
  for (Value buffer : buffers)
    types.push_back(UnrankedMemRefType::get(getElement(buffer), {}));
  auto callee = func::FuncOp::create(module.getLoc(), name,
                                     builder.getFunctionType(types, {}));
  callee.setPrivate();
  callee->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                  builder.getUnitAttr());
  module.push_back(callee);
  return callee;
}

/// The buffer of a tensor, only to be read.
static Value getBuffer(OpBuilder &builder, Location loc, Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  return bufferization::ToBufferOp::create(
      builder, loc, bufferization::getMemRefTypeWithFullyDynamicLayout(type),
      tensor, /*read_only=*/true);
}

void Selector::replace(linalg::LinalgOp op, KernelCall call) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value init = op.getDpsInits()[0];
  auto type = cast<RankedTensorType>(init.getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(tensor::DimOp::create(builder, loc, init, dim));
  constexpr int64_t cacheLine = 64;
  Value dst = memref::AllocOp::create(
      builder, loc, MemRefType::get(type.getShape(), type.getElementType()),
      sizes, builder.getI64IntegerAttr(cacheLine));
  SmallVector<Value> buffers;
  for (Value input : call.inputs)
    buffers.push_back(getBuffer(builder, loc, input));
  buffers.push_back(dst);
  func::FuncOp callee = getCallee(buffers);
  SmallVector<Value> arguments = {arith::ConstantIntOp::create(
      builder, loc, reinterpret_cast<intptr_t>(call.kernel.get()), 64)};
  for (auto [buffer, unranked] :
       llvm::zip_equal(buffers, callee.getArgumentTypes().drop_front()))
    arguments.push_back(memref::CastOp::create(builder, loc, unranked, buffer));
  func::CallOp::create(builder, loc, callee, arguments);
  Value result = bufferization::ToTensorOp::create(
      builder, loc, type, dst, /*restrict=*/true, /*writable=*/true);
  if (call.addsInit && type.getElementType().isF32())
    result = arith::AddFOp::create(builder, loc, init, result);
  else if (call.addsInit)
    result = arith::AddIOp::create(builder, loc, init, result);
  kernels.push_back(std::move(call.kernel));
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}

void quantprep::execution::selectKernels(
    ModuleOp module, Symbols &symbols,
    std::vector<std::unique_ptr<Kernel>> &kernels) {
  if (!hasKernels())
    return;
  SmallVector<linalg::LinalgOp> ops;
  module.walk([&](linalg::LinalgOp op) { ops.push_back(op); });
  Selector selector(module, symbols, kernels);
  for (linalg::LinalgOp op : ops)
    if (std::optional<KernelCall> call = matchKernel(op))
      selector.replace(op, std::move(*call));
}
