//===- CodeTypes.cpp - The type that an observer quantizes to -------------===//

#include "CodeTypes.h"
#include "QuantPrep/IR/QuantizedTypes.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ConstantElements.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using quant::QuantizedType;

namespace {
/// Storage of a spec's codes.
struct Storage {
  Type type;
  unsigned flags;
  int64_t low, high;
};
} // namespace

static Storage getStorage(ObserverAttr spec) {
  auto dtype = cast<IntegerType>(spec.getDtype());
  bool isSigned = !dtype.isUnsigned();
  unsigned width = dtype.getWidth();
  Storage storage;
  storage.type = IntegerType::get(spec.getContext(), width);
  storage.flags = isSigned ? quant::QuantizationFlags::Signed : 0;
  std::tie(storage.low, storage.high) = spec.getLimits();
  return storage;
}

/// The last of the dimensions that channels are numbered over, from the axis
/// on: of a depthwise weight each channel has several filters.
static std::optional<int64_t>
getLastAxis(ObserverAttr spec, QParamsAttr qparams, ShapedType tensor) {
  int64_t axis = *spec.getAxis(), block = spec.getBlockSize().value_or(1);
  int64_t channels = 1;
  for (int64_t last = axis; last < tensor.getRank(); ++last) {
    if (tensor.isDynamicDim(last))
      return last == axis ? std::optional(axis) : std::nullopt;
    channels *= tensor.getDimSize(last);
    if (static_cast<int64_t>(llvm::divideCeil(channels, block)) ==
        static_cast<int64_t>(qparams.getScale().size()))
      return last;
  }
  return std::nullopt;
}

/// One set of parameters for each element of the dimensions from the axis to
/// `last`, or for each block of the last one.
static FailureOr<QuantizedType>
getBlockType(ObserverAttr spec, QParamsAttr qparams, ShapedType tensor,
             int64_t last, const Storage &storage,
             function_ref<InFlightDiagnostic()> emitError) {
  SmallVector<int64_t> counts, blocks;
  SmallVector<int32_t> dimensions;
  for (auto [dimension, size] : llvm::enumerate(tensor.getShape())) {
    int64_t at = dimension;
    int64_t block = at < *spec.getAxis() || at > last ? size
                    : at < last ? 1
                                : spec.getBlockSize().value_or(1);
    if (!tensor.hasStaticShape() || size % block != 0)
      return emitError() << "has blocks of " << block
                         << " elements, which do not divide dimension " << at
                         << " of " << tensor;
    counts.push_back(size / block);
    blocks.push_back(block);
    dimensions.push_back(at);
  }
  Builder builder(spec.getContext());
  SmallVector<APFloat> scales;
  SmallVector<APInt> zeroPoints;
  for (double scale : qparams.getScale().asArrayRef())
    scales.push_back(APFloat(static_cast<float>(scale)));
  for (int64_t zeroPoint : qparams.getZeroPoint().asArrayRef())
    zeroPoints.push_back(
        APInt(storage.type.getIntOrFloatBitWidth(), zeroPoint, true, true));
  auto type = quant::UniformQuantizedSubChannelType::getChecked(
      emitError, storage.flags, storage.type, builder.getF32Type(),
      DenseElementsAttr::get(
          RankedTensorType::get(counts, builder.getF32Type()), scales),
      DenseElementsAttr::get(RankedTensorType::get(counts, storage.type),
                             zeroPoints),
      dimensions, blocks, storage.low, storage.high);
  if (!type)
    return failure();
  return QuantizedType(type);
}

/// One set of parameters for each channel of the axis. Neighbours of a block
/// have the same.
static QuantizedType
getChannelType(ObserverAttr spec, QParamsAttr qparams, ShapedType tensor,
               const Storage &storage,
               function_ref<InFlightDiagnostic()> emitError) {
  int64_t axis = *spec.getAxis(), block = spec.getBlockSize().value_or(1);
  int64_t channels = qparams.getScale().size();
  if (block > 1 && tensor.hasRank() && !tensor.isDynamicDim(axis))
    channels = tensor.getDimSize(axis);
  SmallVector<double> scales;
  SmallVector<int64_t> zeroPoints;
  for (int64_t channel = 0; channel < channels; ++channel) {
    // As float32, in which they are computed and compared.
    scales.push_back(float(qparams.getScale().asArrayRef()[channel / block]));
    zeroPoints.push_back(qparams.getZeroPoint().asArrayRef()[channel / block]);
  }
  return quant::UniformQuantizedPerAxisType::getChecked(
      emitError, storage.flags, storage.type,
      Float32Type::get(spec.getContext()), scales, zeroPoints, axis,
      storage.low, storage.high);
}

FailureOr<QuantizedType>
quantprep::getCodeType(ObserverAttr spec, QParamsAttr qparams,
                       ShapedType tensor,
                       function_ref<InFlightDiagnostic()> emitError) {
  if (!isa<IntegerType>(spec.getDtype()) ||
      spec.getDtype().getIntOrFloatBitWidth() > 16)
    return emitError() << "has dtype " << spec.getDtype()
                       << "; values can be quantized to 4, 8 and 16 bits";
  Storage storage = getStorage(spec);
  QuantizedType type;
  if (spec.isPerChannel()) {
    std::optional<int64_t> last =
        tensor.hasRank() ? getLastAxis(spec, qparams, tensor) : std::nullopt;
    if (last && *last != *spec.getAxis())
      return getBlockType(spec, qparams, tensor, *last, storage, emitError);
    type = getChannelType(spec, qparams, tensor, storage, emitError);
  } else {
    type = quant::UniformQuantizedType::getChecked(
        emitError, storage.flags, storage.type,
        Float32Type::get(spec.getContext()),
        double(float(qparams.getScale()[0])), qparams.getZeroPoint()[0],
        storage.low, storage.high);
  }
  if (!type ||
      failed(getQParamsGrid(type, tensor.clone(Type(type)), emitError)))
    return failure();
  return type;
}

QParamsAttr quantprep::getQParams(ObserverOp observer) {
  if (std::optional<QParamsAttr> qparams = observer.getQparams())
    return *qparams;
  ObserverAttr spec = observer.getSpec();
  if (spec.getKind() != ObserverKind::fixed_qparams)
    return {};
  Builder builder(observer.getContext());
  return QParamsAttr::get(
      builder.getContext(),
      builder.getDenseF64ArrayAttr(spec.getScale().getValueAsDouble()),
      builder.getDenseI64ArrayAttr(*spec.getZeroPoint()));
}

std::optional<DenseElementsAttr> quantprep::getFloatConstant(Value value) {
  Attribute attr;
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !isa<FloatType>(type.getElementType()) ||
      !matchPattern(value, m_Constant(&attr)))
    return std::nullopt;
  if (auto dense = dyn_cast<DenseElementsAttr>(attr))
    return dense;
  auto resource = dyn_cast<DenseResourceElementsAttr>(attr);
  AsmResourceBlob *blob =
      resource ? resource.getRawHandle().getBlob() : nullptr;
  bool isSplat = false;
  if (!blob ||
      !DenseElementsAttr::isValidRawBuffer(type, blob->getData(), isSplat))
    return std::nullopt;
  return DenseElementsAttr::getFromRawBuffer(type, blob->getData());
}

/// Whether an op has all elements of its operand, each once.
static bool reordersElements(QuantizableOpInterface op) {
  UnitKind kind = op ? op.getUnitKind() : UnitKind::opaque;
  return kind == UnitKind::transpose || kind == UnitKind::reshape ||
         kind == UnitKind::identity;
}

Value quantprep::evaluateMovement(OpBuilder &builder, Value value) {
  Value source = value;
  while (source.hasOneUse()) {
    auto op = source.getDefiningOp<QuantizableOpInterface>();
    if (!op || !op.movesData() || !reordersElements(op))
      break;
    source = op->getOperand(0);
  }
  if (source == value || !source.hasOneUse() || !getFloatConstant(source))
    return {};
  std::optional<ConstantElements> elements = readElements(value);
  if (!elements || elements->isElided())
    return {};
  TypedAttr moved =
      makeElements(elements->type, elements->values, {elements->type, {0}, {}});
  return createConstantLike(builder, source.getDefiningOp(),
                            cast<DenseElementsAttr>(moved));
}

/// Calls `callback` with each element's number and set of parameters, in order.
static void
forEachElement(ShapedType type, const QParamsGrid &grid,
               function_ref<void(int64_t element, size_t index)> callback) {
  int64_t count = type.getNumElements();
  if (grid.isPerTensor()) {
    for (int64_t element = 0; element < count; ++element)
      callback(element, 0);
    return;
  }
  SmallVector<int64_t> position(type.getRank(), 0);
  for (int64_t element = 0; element < count; ++element) {
    callback(element, grid.getIndex(position));
    for (int64_t dimension = type.getRank(); dimension-- > 0;) {
      if (++position[dimension] < type.getDimSize(dimension))
        break;
      position[dimension] = 0;
    }
  }
}

/// The elements in float32. Those of f32, which most weights are, are read as
/// they are stored.
static SmallVector<float, 0> readFloats(DenseElementsAttr values) {
  if (values.getElementType().isF32())
    return llvm::to_vector_of<float, 0>(values.getValues<float>());
  return llvm::map_to_vector<0>(
      values.getValues<APFloat>(), [](const APFloat &value) {
        bool exact;
        APFloat single = value;
        single.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven,
                       &exact);
        return single.convertToFloat();
      });
}

DenseElementsAttr quantprep::quantizeElements(DenseElementsAttr values,
                                              ShapedType codes) {
  QParamsGrid grid = getQParamsGrid(codes);
  Type storage = cast<QuantizedType>(codes.getElementType()).getStorageType();
  unsigned width = storage.getIntOrFloatBitWidth();
  ShapedType type = values.getType().clone(storage);
  if (values.isSplat() && grid.isPerTensor()) {
    ShapedType one = values.getType().clone(ArrayRef<int64_t>{1});
    float value = readFloats(values.resizeSplat(one)).front();
    return DenseElementsAttr::get(type, APInt(width, grid.quantize(value, 0),
                                              /*isSigned=*/true,
                                              /*implicitTrunc=*/true));
  }
  SmallVector<float, 0> floats = readFloats(values);
  if (width != 8) {
    SmallVector<APInt, 0> result(floats.size(), APInt(width, 0));
    forEachElement(type, grid, [&](int64_t element, size_t index) {
      result[element] = APInt(width, grid.quantize(floats[element], index),
                              /*isSigned=*/true, /*implicitTrunc=*/true);
    });
    return DenseElementsAttr::get(type, result);
  }
  SmallVector<int8_t, 0> result(floats.size());
  forEachElement(type, grid, [&](int64_t element, size_t index) {
    result[element] =
        static_cast<int8_t>(grid.quantize(floats[element], index));
  });
  return DenseElementsAttr::get(type, ArrayRef<int8_t>(result));
}

Value quantprep::createConstantLike(OpBuilder &builder, Operation *like,
                                    DenseElementsAttr values) {
  if (isa<tosa::ConstOp>(like))
    return tosa::ConstOp::create(builder, like->getLoc(), values.getType(),
                                 values);
  return arith::ConstantOp::create(builder, like->getLoc(), values);
}
