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
  func::FuncOp getCallee(unsigned count);

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
struct DescriptorHeader {
  float *allocated;
  float *aligned;
  int64_t offset;
};
} // namespace

static KernelBuffer readBuffer(const UnrankedDescriptor *buffer) {
  auto *header = static_cast<const DescriptorHeader *>(buffer->ranked);
  auto *sizes = reinterpret_cast<const int64_t *>(header + 1);
  KernelBuffer read;
  read.data = header->aligned + header->offset;
  read.sizes.append(sizes, sizes + buffer->rank);
  read.strides.append(sizes + buffer->rank, sizes + 2 * buffer->rank);
  return read;
}

static void runKernel(Kernel *kernel,
                      std::initializer_list<const UnrankedDescriptor *> all) {
  SmallVector<KernelBuffer, 4> operands;
  for (const UnrankedDescriptor *operand : all)
    operands.push_back(readBuffer(operand));
  if (!kernel->run(operands))
    noteFailure("there is no memory for a convolution or matrix product");
}

static void runKernel3(Kernel *kernel, const UnrankedDescriptor *a,
                       const UnrankedDescriptor *b,
                       const UnrankedDescriptor *c) {
  runKernel(kernel, {a, b, c});
}

static void runKernel4(Kernel *kernel, const UnrankedDescriptor *a,
                       const UnrankedDescriptor *b, const UnrankedDescriptor *c,
                       const UnrankedDescriptor *d) {
  runKernel(kernel, {a, b, c, d});
}

func::FuncOp Selector::getCallee(unsigned count) {
  std::string name = "qprep_kernel_" + std::to_string(count);
  if (auto callee = module.lookupSymbol<func::FuncOp>(name))
    return callee;
  symbols["_mlir_ciface_" + name] = count == 3
                                        ? reinterpret_cast<void *>(runKernel3)
                                        : reinterpret_cast<void *>(runKernel4);
  Builder builder(module.getContext());
  SmallVector<Type> types(count,
                          UnrankedMemRefType::get(builder.getF32Type(), {}));
  types.insert(types.begin(), builder.getI64Type());
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
  auto unranked = UnrankedMemRefType::get(type.getElementType(), {});
  SmallVector<Value> arguments = {arith::ConstantIntOp::create(
      builder, loc, reinterpret_cast<intptr_t>(call.kernel.get()), 64)};
  for (Value buffer : buffers)
    arguments.push_back(memref::CastOp::create(builder, loc, unranked, buffer));
  func::CallOp::create(builder, loc, getCallee(buffers.size()), arguments);
  Value result = bufferization::ToTensorOp::create(
      builder, loc, type, dst, /*restrict=*/true, /*writable=*/true);
  if (call.addsInit)
    result = arith::AddFOp::create(builder, loc, init, result);
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
