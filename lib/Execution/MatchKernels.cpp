//===- MatchKernels.cpp - Which structured ops kernels can do -------------===//
//
// Convolutions and matrix products of f32, and of i8 into i32, on tensors,
// whatever their layout, named or not. What a kernel of f32 can do as well goes
// with it: padding with zeros before a convolution, the bias that it starts
// from, transposes of weights.
//
//===----------------------------------------------------------------------===//

#include "MatchKernels.h"
#include "ProductSums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/LinalgInterfaces.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace quantprep::execution;

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

/// For each dimension of a result that is moved, that of the operand; none for
/// one of size 1 that the operand lacks.
using SourceDims = SmallVector<std::optional<int64_t>>;

/// Of a reshape that adds or removes dimensions of size 1. `groups` has the
/// dimensions of `longer` for each of the other side.
static std::optional<SourceDims>
getReshapedDims(ArrayRef<ReassociationIndices> groups, RankedTensorType longer,
                bool isExpanded) {
  SourceDims dims(isExpanded ? longer.getRank() : groups.size());
  for (auto [index, group] : llvm::enumerate(groups)) {
    std::optional<int64_t> kept;
    for (int64_t dim : group) {
      if (longer.getDimSize(dim) == 1)
        continue;
      if (kept)
        return std::nullopt;
      kept = dim;
    }
    if (!isExpanded)
      dims[index] = kept.value_or(group.front());
    else if (kept)
      dims[*kept] = index;
  }
  return dims;
}

static std::optional<SourceDims> getSourceDims(Operation *op) {
  if (auto transpose = dyn_cast<linalg::TransposeOp>(op))
    return SourceDims(transpose.getPermutation());
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return getReshapedDims(expand.getReassociationIndices(),
                           expand.getResultType(), /*isExpanded=*/true);
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op))
    return getReshapedDims(collapse.getReassociationIndices(),
                           collapse.getSrcType(), /*isExpanded=*/false);
  return std::nullopt;
}

/// What transposes of constants read; makes `dims` those of that. The kernel
/// puts its weights in order once, a transpose would in each run.
static Value foldTransposes(Value value, OperandDims &dims) {
  if (!isConstant(value))
    return value;
  while (Operation *op = value.getDefiningOp()) {
    std::optional<SourceDims> sourceDims = getSourceDims(op);
    if (!sourceDims)
      break;
    OperandDims folded;
    for (ArrayRef<int64_t> group : dims) {
      folded.emplace_back();
      for (int64_t dim : group)
        if (std::optional<int64_t> source = (*sourceDims)[dim])
          folded.back().push_back(*source);
    }
    dims = std::move(folded);
    value = op->getOperand(0);
  }
  return value;
}

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

/// Of both factors and of the result; zero points may be operands, too.
static SmallVector<AffineMap> getMaps(linalg::LinalgOp op) {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  return {maps[0], maps[1], maps.back()};
}

/// What the dimensions of the operands are to a convolution.
static bool describe(linalg::LinalgOp op,
                     const linalg::ConvolutionDimensions &dims,
                     ConvolutionSpec &spec) {
  SmallVector<AffineMap> maps = getMaps(op);
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

/// None if the op is no convolution that a kernel may do.
static std::optional<ConvolutionSpec> describeConvolution(linalg::LinalgOp op) {
  // inferConvolutionDims refuses zero points.
  linalg::ConvolutionDimensions dims;
  constexpr size_t maxSpatial = 3;
  StringRef mismatch = linalg::detail::getMatchConvolutionMessage(
      linalg::detail::isConvolutionInterfaceImpl(op, &dims));
  if (!mismatch.empty() || dims.outputImage.empty() ||
      dims.outputImage.size() > maxSpatial ||
      dims.outputImage.size() != dims.filterLoop.size())
    return std::nullopt;
  ConvolutionSpec spec;
  if (!describe(op, dims, spec))
    return std::nullopt;
  spec.hasConstantWeights = isConstant(op->getOperand(1));
  return spec;
}

/// None if the op is no matrix product.
static std::optional<MatmulSpec> describeMatmul(linalg::LinalgOp op) {
  SmallVector<AffineMap> maps = getMaps(op);
  FailureOr<linalg::ContractionDimensions> dims =
      linalg::inferContractionDims(maps);
  // Strides make no difference to inferContractionDims.
  if (failed(dims) || !llvm::all_of(maps, [](AffineMap map) {
        return map.isProjectedPermutation();
      }))
    return std::nullopt;
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
    return std::nullopt;
  spec.hasConstantRhs = isConstant(op->getOperand(1));
  return spec;
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

static KernelCall callFloatKernel(linalg::LinalgOp op, ConvolutionSpec spec) {
  Value src = op->getOperand(0), weights = op->getOperand(1);
  Value init = op.getDpsInits()[0];
  src = foldCrop(foldPadding(src, spec),
                 cast<RankedTensorType>(weights.getType()), spec);
  SmallVector<Value> inputs = {src, foldTransposes(weights, spec.weights)};
  std::optional<int64_t> channel;
  if (spec.dst[1].size() == 1)
    channel = spec.dst[1].front();
  Value bias = getBroadcastVector(init, channel);
  spec.hasBias = bool(bias);
  if (bias)
    inputs.push_back(bias);
  return {createKernel(std::move(spec)), inputs, !bias && !isZero(init)};
}

static KernelCall callFloatKernel(linalg::LinalgOp op, MatmulSpec spec) {
  Value rhs = foldTransposes(op->getOperand(1), spec.rhs);
  return {createKernel(std::move(spec)),
          {op->getOperand(0), rhs},
          !isZero(op.getDpsInits()[0])};
}

/// With zero points, of integers.
template <typename Spec>
static std::optional<KernelCall>
callKernel(linalg::LinalgOp op, Spec spec,
           std::optional<ZeroPoints> zeroPoints) {
  if (!zeroPoints)
    return callFloatKernel(op, std::move(spec));
  std::unique_ptr<Kernel> kernel = createIntegerKernel(spec, *zeroPoints);
  if (!kernel)
    return std::nullopt;
  return KernelCall{std::move(kernel),
                    {op->getOperand(0), op->getOperand(1)},
                    !isZero(op.getDpsInits()[0])};
}

std::optional<KernelCall>
quantprep::execution::matchKernel(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics())
    return std::nullopt;
  std::optional<ZeroPoints> zeroPoints = getIntegerProductSum(op);
  if (!zeroPoints && !isProductSum(op))
    return std::nullopt;
  // A map that is more than a permutation is that of a convolution.
  if (std::optional<ConvolutionSpec> spec = describeConvolution(op))
    return callKernel(op, std::move(*spec), zeroPoints);
  if (std::optional<MatmulSpec> spec = describeMatmul(op))
    return callKernel(op, std::move(*spec), zeroPoints);
  return std::nullopt;
}
