//===- SelectKernels.cpp - Structured ops become calls of kernels ---------===//
//
// Convolutions and matrix products of f32 on tensors, whatever their layout,
// named or not. What a kernel can do as well goes with it: padding with zeros
// before a convolution, the bias that it starts from.
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"
#include "Lower.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/IR/LinalgInterfaces.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace quantprep::execution;

/// The dimension of an operand that a loop goes over by itself.
static std::optional<int64_t> findDim(AffineMap map, unsigned loop) {
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    if (auto plain = dyn_cast<AffineDimExpr>(expr);
        plain && plain.getPosition() == loop)
      return dim;
  return std::nullopt;
}

/// The dimension of an operand whose index has a loop among its terms.
static std::optional<int64_t> findTerm(AffineMap map, unsigned loop) {
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    if (expr.isFunctionOfDim(loop))
      return dim;
  return std::nullopt;
}

/// The dimensions for loops that are one dimension to the kernel; none if the
/// operand lacks any.
static bool append(AffineMap map, ArrayRef<unsigned> loops, OperandDims &dims) {
  dims.emplace_back();
  for (unsigned loop : loops) {
    std::optional<int64_t> dim = findDim(map, loop);
    if (!dim)
      return false;
    dims.back().push_back(*dim);
  }
  return true;
}

/// Whether a value is made of constants by moving them.
static bool isConstant(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (matchPattern(op, m_Constant()))
      return true;
    if (!isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp, tensor::CastOp>(
            op))
      return false;
    value = op->getOperand(0);
  }
  return false;
}

static bool isF32(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getElementType().isF32();
}

/// Whether the body is one product added to what was there.
static bool isProductSum(linalg::LinalgOp op) {
  if (op->getNumRegions() != 1 || op.getNumDpsInputs() != 2 ||
      op.getNumDpsInits() != 1)
    return false;
  Block *body = op.getBlock();
  auto add =
      body->getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  if (!add)
    return false;
  for (unsigned i : {0, 1}) {
    auto product = add->getOperand(i).getDefiningOp<arith::MulFOp>();
    if (product && add->getOperand(1 - i) == body->getArgument(2))
      return (product.getLhs() == body->getArgument(0) &&
              product.getRhs() == body->getArgument(1)) ||
             (product.getLhs() == body->getArgument(1) &&
              product.getRhs() == body->getArgument(0));
  }
  return false;
}

/// The vector that is broadcast along `dim` to make `init`.
static Value getBroadcastVector(Value init, std::optional<int64_t> dim) {
  auto op = init.getDefiningOp<linalg::LinalgOp>();
  if (!op || !dim || op.getNumDpsInputs() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops())
    return {};
  Value vector = op.getDpsInputs()[0];
  AffineMap to = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  AffineMap from = op.getMatchingIndexingMap(op.getDpsInputOperand(0));
  Block *body = op.getBlock();
  if (!isF32(vector) || from.getNumResults() != 1 ||
      body->getTerminator()->getOperand(0) != body->getArgument(0))
    return {};
  auto loop = dyn_cast<AffineDimExpr>(from.getResult(0));
  return loop && findDim(to, loop.getPosition()) == dim ? vector : Value();
}

static bool isZero(Value init) {
  if (auto fill = init.getDefiningOp<linalg::FillOp>())
    return matchPattern(fill.getInputs()[0], m_AnyZeroFloat());
  return matchPattern(init, m_AnyZeroFloat());
}

namespace {
/// Replaces the ops of one module.
class Selector {
public:
  Selector(ModuleOp module, Symbols &symbols,
           std::vector<std::unique_ptr<Kernel>> &kernels)
      : module(module), symbols(symbols), kernels(kernels) {}

  void select(linalg::LinalgOp op);

private:
  bool selectConvolution(linalg::LinalgOp op);
  bool selectMatmul(linalg::LinalgOp op);
  void replace(linalg::LinalgOp op, std::unique_ptr<Kernel> kernel,
               ArrayRef<Value> inputs, bool addsInit);
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

void Selector::replace(linalg::LinalgOp op, std::unique_ptr<Kernel> kernel,
                       ArrayRef<Value> inputs, bool addsInit) {
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
  for (Value input : inputs)
    buffers.push_back(getBuffer(builder, loc, input));
  buffers.push_back(dst);
  auto unranked = UnrankedMemRefType::get(type.getElementType(), {});
  SmallVector<Value> arguments = {arith::ConstantIntOp::create(
      builder, loc, reinterpret_cast<intptr_t>(kernel.get()), 64)};
  for (Value buffer : buffers)
    arguments.push_back(memref::CastOp::create(builder, loc, unranked, buffer));
  func::CallOp::create(builder, loc, getCallee(buffers.size()), arguments);
  Value result = bufferization::ToTensorOp::create(
      builder, loc, type, dst, /*restrict=*/true, /*writable=*/true);
  if (addsInit)
    result = arith::AddFOp::create(builder, loc, init, result);
  kernels.push_back(std::move(kernel));
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}

//===----------------------------------------------------------------------===//
// Which ops
//===----------------------------------------------------------------------===//

/// Takes constant padding with zeros into the convolution.
static Value foldPadding(Value src, ConvolutionSpec &spec) {
  size_t spatial = spec.src.size() - 2;
  spec.padLow.assign(spatial, 0);
  spec.padHigh.assign(spatial, 0);
  auto pad = src.getDefiningOp<tensor::PadOp>();
  if (!pad || !pad.getConstantPaddingValue() ||
      !matchPattern(pad.getConstantPaddingValue(), m_AnyZeroFloat()) ||
      !pad.getLow().empty() || !pad.getHigh().empty())
    return src;
  ArrayRef<int64_t> low = pad.getStaticLow(), high = pad.getStaticHigh();
  SmallVector<int64_t> padLow(spatial), padHigh(spatial);
  llvm::SmallBitVector isPadded(low.size());
  for (size_t dim = 0; dim < low.size(); ++dim)
    isPadded[dim] = low[dim] || high[dim];
  for (size_t i = 0; i < spatial; ++i) {
    int64_t dim = spec.src[i + 2].front();
    padLow[i] = low[dim];
    padHigh[i] = high[dim];
    isPadded[dim] = false;
  }
  if (isPadded.any())
    return src;
  spec.padLow = padLow;
  spec.padHigh = padHigh;
  return pad.getSource();
}

/// A slice that only cuts off what no window of the convolution reaches is left
/// out: tosa wants it where a stride does not come out even.
static Value foldCrop(Value src, RankedTensorType weights,
                      const ConvolutionSpec &spec) {
  auto slice = src.getDefiningOp<tensor::ExtractSliceOp>();
  if (!slice || !slice.hasUnitStride() || !slice.hasZeroOffset() ||
      slice.getSourceType().getRank() != slice.getType().getRank() ||
      !slice.getSourceType().hasStaticShape() ||
      !slice.getType().hasStaticShape() || !weights.hasStaticShape())
    return src;
  SmallVector<int64_t> reached(slice.getType().getShape());
  ArrayRef<int64_t> sizes = slice.getSourceType().getShape();
  for (size_t i = 0; i < spec.strides.size(); ++i) {
    int64_t dim = spec.src[i + 2].front();
    const auto &filter =
        spec.weights[spec.weights.size() - spec.strides.size() + i];
    int64_t window =
        (weights.getDimSize(filter.front()) - 1) * spec.dilations[i] + 1;
    int64_t before = spec.padLow[i] - window;
    if (spec.padHigh[i] == 0 && (sizes[dim] + before) / spec.strides[i] ==
                                    (reached[dim] + before) / spec.strides[i])
      reached[dim] = sizes[dim];
  }
  return ArrayRef(reached) == sizes ? slice.getSource() : src;
}

/// What the dimensions of the operands are to a convolution.
static bool describe(linalg::LinalgOp op,
                     const linalg::ConvolutionDimensions &dims,
                     ConvolutionSpec &spec) {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  spec.isGrouped = !dims.depth.empty();
  SmallVector<unsigned, 2> channelsIn = dims.depth, channelsOut = dims.depth;
  llvm::append_range(channelsIn, dims.inputChannel);
  llvm::append_range(channelsOut, dims.outputChannel);
  if (spec.isGrouped && !append(maps[1], dims.depth, spec.weights))
    return false;
  if (!append(maps[0], dims.batch, spec.src) ||
      !append(maps[0], channelsIn, spec.src) ||
      !append(maps[1], dims.outputChannel, spec.weights) ||
      !append(maps[1], dims.inputChannel, spec.weights) ||
      !append(maps[2], dims.batch, spec.dst) ||
      !append(maps[2], channelsOut, spec.dst))
    return false;
  for (auto [i, image] : llvm::enumerate(dims.outputImage)) {
    std::optional<int64_t> dim = findTerm(maps[0], image);
    const auto *filter = llvm::find_if(dims.filterLoop, [&](unsigned loop) {
      return dim && findTerm(maps[0], loop) == dim;
    });
    if (filter == dims.filterLoop.end() ||
        !append(maps[1], {*filter}, spec.weights) ||
        !append(maps[2], {image}, spec.dst))
      return false;
    spec.src.push_back({*dim});
    spec.strides.push_back(dims.strides[i]);
    spec.dilations.push_back(dims.dilations[filter - dims.filterLoop.begin()]);
  }
  return true;
}

bool Selector::selectConvolution(linalg::LinalgOp op) {
  FailureOr<linalg::ConvolutionDimensions> dims =
      linalg::inferConvolutionDims(op);
  constexpr size_t maxSpatial = 3;
  if (failed(dims) || dims->outputImage.empty() ||
      dims->outputImage.size() > maxSpatial ||
      dims->outputImage.size() != dims->filterLoop.size())
    return false;
  ConvolutionSpec spec;
  if (!describe(op, *dims, spec))
    return false;
  Value init = op.getDpsInits()[0];
  std::optional<int64_t> channel;
  if (spec.dst[1].size() == 1)
    channel = spec.dst[1].front();
  SmallVector<Value> inputs = op.getDpsInputs();
  inputs[0] = foldCrop(foldPadding(inputs[0], spec),
                       cast<RankedTensorType>(inputs[1].getType()), spec);
  Value bias = getBroadcastVector(init, channel);
  spec.hasBias = bool(bias);
  spec.hasConstantWeights = isConstant(inputs[1]);
  if (bias)
    inputs.push_back(bias);
  replace(op, createKernel(std::move(spec)), inputs, !bias && !isZero(init));
  return true;
}

bool Selector::selectMatmul(linalg::LinalgOp op) {
  FailureOr<linalg::ContractionDimensions> dims =
      linalg::inferContractionDims(op);
  if (failed(dims))
    return false;
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  MatmulSpec spec;
  if (!append(maps[0], dims->batch, spec.lhs) ||
      !append(maps[0], dims->m, spec.lhs) ||
      !append(maps[0], dims->k, spec.lhs) ||
      !append(maps[1], dims->batch, spec.rhs) ||
      !append(maps[1], dims->k, spec.rhs) ||
      !append(maps[1], dims->n, spec.rhs) ||
      !append(maps[2], dims->batch, spec.dst) ||
      !append(maps[2], dims->m, spec.dst) ||
      !append(maps[2], dims->n, spec.dst))
    return false;
  SmallVector<Value> inputs = op.getDpsInputs();
  spec.hasConstantRhs = isConstant(inputs[1]);
  replace(op, createKernel(std::move(spec)), inputs,
          !isZero(op.getDpsInits()[0]));
  return true;
}

void Selector::select(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics() || !isProductSum(op) ||
      !llvm::all_of(op->getOperands(), isF32))
    return;
  // A map that is more than a permutation is that of a convolution.
  if (!selectConvolution(op))
    selectMatmul(op);
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
    selector.select(op);
}
