//===- QuantizedTypes.cpp - Parameters of quantized types -----------------===//

#include "QuantPrep/IR/QuantizedTypes.h"

#include "mlir/IR/BuiltinAttributes.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using quant::QuantizedType;

std::optional<int64_t> QParamsGrid::getAxis() const {
  std::optional<int64_t> axis;
  for (auto [dimension, block] : llvm::enumerate(blocks)) {
    if (block == 0)
      continue;
    if (axis || block != 1)
      return std::nullopt;
    axis = dimension;
  }
  return axis;
}

size_t QParamsGrid::getIndex(ArrayRef<int64_t> position) const {
  size_t index = 0;
  for (auto [at, count, block] : llvm::zip_equal(position, counts, blocks))
    index = index * count + (block == 0 ? 0 : at / block);
  return index;
}

int64_t QParamsGrid::quantize(float value, size_t index) const {
  float inverse = 1.0f / static_cast<float>(scales[index]);
  double zero = static_cast<double>(zeroPoints[index]);
  double code = std::nearbyint(value * inverse) + zero;
  if (!(code > static_cast<double>(low))) // NaN too
    return low;
  return code >= static_cast<double>(high) ? high : static_cast<int64_t>(code);
}

float QParamsGrid::dequantize(int64_t code, size_t index) const {
  return static_cast<float>(code - zeroPoints[index]) *
         static_cast<float>(scales[index]);
}

QuantizedType quantprep::getQuantizedElement(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  return shaped ? dyn_cast<QuantizedType>(shaped.getElementType())
                : QuantizedType();
}

static void setPerTensor(QParamsGrid &grid, quant::UniformQuantizedType type) {
  grid.scales = {type.getScale()};
  grid.zeroPoints = {type.getZeroPoint()};
}

static LogicalResult setPerAxis(QParamsGrid &grid,
                                quant::UniformQuantizedPerAxisType type,
                                ShapedType tensor,
                                function_ref<InFlightDiagnostic()> emitError) {
  int64_t axis = type.getQuantizedDimension();
  int64_t count = type.getScales().size();
  if (axis >= tensor.getRank())
    return emitError() << "has parameters along dimension " << axis << ", but "
                       << tensor << " has " << tensor.getRank()
                       << " dimensions";
  if (tensor.getDimSize(axis) != count)
    return emitError() << "has " << count << " sets of parameters along "
                       << "dimension " << axis << " of " << tensor
                       << "; one for each channel is needed";
  llvm::append_range(grid.scales, type.getScales());
  llvm::append_range(grid.zeroPoints, type.getZeroPoints());
  grid.counts[axis] = count;
  grid.blocks[axis] = 1;
  return success();
}

static LogicalResult setPerBlock(QParamsGrid &grid,
                                 quant::UniformQuantizedSubChannelType type,
                                 ShapedType tensor,
                                 function_ref<InFlightDiagnostic()> emitError) {
  auto scales = type.getScales();
  if (scales.getType().getRank() != tensor.getRank())
    return emitError() << "has blocks over " << scales.getType().getRank()
                       << " dimensions, but " << tensor << " has "
                       << tensor.getRank();
  llvm::copy(scales.getType().getShape(), grid.counts.begin());
  for (auto [axis, block] :
       llvm::zip(type.getQuantizedDimensions(), type.getBlockSizes()))
    if (axis < tensor.getRank())
      grid.blocks[axis] = block;
  for (auto [dimension, count] : llvm::enumerate(grid.counts)) {
    int64_t block = grid.blocks[dimension];
    int64_t covered = block == 0 ? 1 : tensor.getDimSize(dimension) / block;
    if (tensor.isDynamicDim(dimension) && block != 0)
      return emitError() << "has blocks along dimension " << dimension
                         << ", which is dynamic in " << tensor;
    if (count != covered ||
        (block != 0 && tensor.getDimSize(dimension) % block != 0))
      return emitError() << "has " << count << " blocks of " << block
                         << " elements along dimension " << dimension
                         << ", which do not cover " << tensor;
  }
  for (APFloat scale : scales.getValues<APFloat>())
    grid.scales.push_back(scale.convertToDouble());
  for (APInt zeroPoint : type.getZeroPoints().getValues<APInt>())
    grid.zeroPoints.push_back(type.isSigned()
                                  ? zeroPoint.getSExtValue()
                                  : int64_t(zeroPoint.getZExtValue()));
  return success();
}

FailureOr<QParamsGrid>
quantprep::getQParamsGrid(QuantizedType type, ShapedType tensor,
                          function_ref<InFlightDiagnostic()> emitError) {
  QParamsGrid grid;
  grid.low = type.getStorageTypeMin();
  grid.high = type.getStorageTypeMax();
  if (tensor.hasRank()) {
    grid.counts.assign(tensor.getRank(), 1);
    grid.blocks.assign(tensor.getRank(), 0);
  }
  LogicalResult result = success();
  if (auto perTensor = dyn_cast<quant::UniformQuantizedType>(type))
    setPerTensor(grid, perTensor);
  else if (!tensor.hasRank())
    result = emitError() << "has parameters per channel, but " << tensor
                         << " has no rank";
  else if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type))
    result = setPerAxis(grid, perAxis, tensor, emitError);
  else if (auto block = dyn_cast<quant::UniformQuantizedSubChannelType>(type))
    result = setPerBlock(grid, block, tensor, emitError);
  else
    result = emitError() << "has type " << type
                         << "; !quant.uniform is needed, which has a scale";
  if (failed(result))
    return failure();
  return grid;
}

QParamsGrid quantprep::getQParamsGrid(ShapedType quantized) {
  auto type = cast<QuantizedType>(quantized.getElementType());
  return *getQParamsGrid(type, quantized, [&] {
    return emitError(UnknownLoc::get(type.getContext()));
  });
}
