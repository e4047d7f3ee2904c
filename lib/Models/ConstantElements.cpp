//===- ConstantElements.cpp - Elements of float constants -----------------===//

#include "QuantPrep/Models/ConstantElements.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Endian.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// The size in bytes of an element that can be read; 0 for others.
static unsigned getElementSize(Type type) {
  auto element = dyn_cast<FloatType>(type);
  unsigned width = element ? element.getWidth() : 0;
  return width == 16 || width == 32 || width == 64 ? width / 8 : 0;
}

/// Elements lie in memory as the host has them.
static double readElement(const char *data, FloatType type, unsigned size) {
  if (size == 8)
    return llvm::bit_cast<double>(
        llvm::support::endian::read64(data, llvm::endianness::native));
  if (size == 4)
    return llvm::bit_cast<float>(
        llvm::support::endian::read32(data, llvm::endianness::native));
  APInt bits(16, llvm::support::endian::read16(data, llvm::endianness::native));
  APFloat value(type.getFloatSemantics(), bits);
  return FloatAttr::get(type, value).getValueAsDouble();
}

static void writeElement(char *data, FloatType type, unsigned size,
                         double value) {
  bool losesInfo;
  APFloat rounded(value);
  rounded.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                  &losesInfo);
  uint64_t bits = rounded.bitcastToAPInt().getZExtValue();
  if (size == 8)
    llvm::support::endian::write64(data, bits, llvm::endianness::native);
  else if (size == 4)
    llvm::support::endian::write32(data, bits, llvm::endianness::native);
  else
    llvm::support::endian::write16(data, bits, llvm::endianness::native);
}

static std::vector<double> readAll(ArrayRef<char> data, FloatType type) {
  unsigned size = getElementSize(type);
  std::vector<double> values(data.size() / size);
  for (auto [index, value] : llvm::enumerate(values))
    value = readElement(data.data() + index * size, type, size);
  return values;
}

std::optional<ConstantElements> quantprep::readElements(Attribute constant) {
  if (auto scalar = dyn_cast<FloatAttr>(constant)) {
    auto type = RankedTensorType::get({}, scalar.getType());
    return ConstantElements{type, {scalar.getValueAsDouble()}, {}};
  }
  auto elements = dyn_cast<ElementsAttr>(constant);
  if (!elements || !getElementSize(elements.getElementType()))
    return std::nullopt;
  ShapedType type = elements.getShapedType();
  auto element = cast<FloatType>(type.getElementType());
  if (auto dense = dyn_cast<DenseFPElementsAttr>(constant))
    return ConstantElements{type, readAll(dense.getRawData(), element), {}};
  auto resource = dyn_cast<DenseResourceElementsAttr>(constant);
  if (!resource)
    return std::nullopt;
  AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  if (!blob)
    return ConstantElements{type, {}, resource};
  size_t wanted = type.getNumElements() * getElementSize(element);
  if (blob->getData().size() != wanted || wanted == 0)
    return std::nullopt;
  return ConstantElements{type, readAll(blob->getData(), element), resource};
}

TypedAttr quantprep::makeElements(ShapedType type, ArrayRef<double> values,
                                  const ConstantElements &like) {
  if (like.isElided())
    return DenseResourceElementsAttr::get(type, like.resource.getRawHandle());
  auto element = cast<FloatType>(type.getElementType());
  unsigned size = getElementSize(element);
  SmallVector<char, 0> data(values.size() * size);
  for (auto [index, value] : llvm::enumerate(values))
    writeElement(data.data() + index * size, element, size, value);
  if (!like.resource || values.size() == 1)
    return cast<TypedAttr>(
        cast<Attribute>(DenseElementsAttr::getFromRawBuffer(type, data)));
  auto &manager =
      DenseResourceElementsHandle::getManagerInterface(type.getContext());
  return DenseResourceElementsAttr::get(
      type, manager.insert(like.resource.getRawHandle().getKey(),
                           HeapAsmResourceBlob::allocateAndCopyWithAlign(
                               data, /*align=*/64)));
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// For an op that moves whole dimensions: which dimension of the operand each
/// of the result is, -1 for one that it is repeated along. None for others.
static std::optional<SmallVector<int64_t>>
getSourceDims(QuantizableOpInterface op) {
  if (SmallVector<int64_t> dims = op.getPermutation(); !dims.empty())
    return dims;
  if (SmallVector<int64_t> dims = op.getBroadcastDims(); !dims.empty())
    return dims;
  return std::nullopt;
}

/// The elements of a result whose dimensions are those of its operand.
static std::vector<double> rearrange(const ConstantElements &from,
                                     ArrayRef<int64_t> shape,
                                     ArrayRef<int64_t> sourceDims) {
  SmallVector<int64_t> strides(from.type.getRank(), 1), steps;
  for (int64_t dim = from.type.getRank() - 1; dim > 0; --dim)
    strides[dim - 1] = strides[dim] * from.type.getDimSize(dim);
  for (int64_t dim : sourceDims)
    steps.push_back(dim < 0 || from.type.getDimSize(dim) == 1 ? 0
                                                              : strides[dim]);
  std::vector<double> values(ShapedType::getNumElements(shape));
  SmallVector<int64_t> index(shape.size(), 0);
  int64_t source = 0;
  for (double &value : values) {
    value = from.values[source];
    for (int64_t dim = shape.size() - 1; dim >= 0; --dim) {
      source += steps[dim];
      if (++index[dim] < shape[dim])
        break;
      source -= steps[dim] * shape[dim];
      index[dim] = 0;
    }
  }
  return values;
}

/// What one op of movement makes of constant elements.
static bool move(QuantizableOpInterface op, ConstantElements &elements) {
  auto type = dyn_cast<ShapedType>(op->getResult(0).getType());
  if (!type || !type.hasStaticShape() ||
      !getElementSize(type.getElementType()) ||
      (op.getUnitKind() != UnitKind::cast && !op.movesData()))
    return false;
  if (elements.values.size() > 1) {
    if (std::optional<SmallVector<int64_t>> dims = getSourceDims(op))
      elements.values = rearrange(elements, type.getShape(), *dims);
    else if (type.getNumElements() != elements.type.getNumElements() ||
             (op.getUnitKind() != UnitKind::reshape &&
              op.getUnitKind() != UnitKind::identity &&
              op.getUnitKind() != UnitKind::cast))
      return false;
  }
  elements.type = type;
  return true;
}

std::optional<ConstantElements> quantprep::readElements(Value value) {
  SmallVector<QuantizableOpInterface> movers;
  llvm::DenseSet<Operation *> seen;
  Attribute attr;
  while (!matchPattern(value, m_Constant(&attr))) {
    auto op = value.getDefiningOp<QuantizableOpInterface>();
    if (!op || op->getNumOperands() == 0 || !seen.insert(op).second)
      return std::nullopt;
    movers.push_back(op);
    value = op->getOperand(0);
  }
  std::optional<ConstantElements> elements = readElements(attr);
  for (QuantizableOpInterface op : llvm::reverse(movers))
    if (!elements || !move(op, *elements))
      return std::nullopt;
  return elements;
}
