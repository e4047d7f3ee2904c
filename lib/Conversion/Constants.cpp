//===- Constants.cpp - What ops make of constants -------------------------===//

#include "Elementwise.h"
#include "Forms.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

/// The same constant in the float type of a result.
static std::optional<DenseElementsAttr> castConstant(DenseElementsAttr source,
                                                     RankedTensorType result) {
  auto element = dyn_cast<FloatType>(result.getElementType());
  auto floats = dyn_cast<DenseFPElementsAttr>(source);
  if (!element || !floats ||
      (!source.isSplat() && source.getType().getShape() != result.getShape()))
    return std::nullopt;
  DenseElementsAttr values =
      floats.mapValues(element, [&](const APFloat &value) {
        bool losesInfo;
        APFloat rounded = value;
        rounded.convert(element.getFloatSemantics(),
                        APFloat::rmNearestTiesToEven, &losesInfo);
        return rounded.bitcastToAPInt();
      });
  return source.isSplat() ? values.resizeSplat(result) : values;
}

/// A scalar that is a number, or an element of a constant whose elements are
/// all one; null for others.
static FloatAttr getNumber(Value scalar) {
  FloatAttr number;
  DenseFPElementsAttr elements;
  if (scalar && matchPattern(scalar, m_Constant(&number)))
    return number;
  auto extract =
      scalar ? scalar.getDefiningOp<tensor::ExtractOp>() : tensor::ExtractOp();
  if (extract && matchPattern(extract.getTensor(), m_Constant(&elements)) &&
      elements.isSplat())
    return elements.getSplatValue<FloatAttr>();
  return {};
}

/// What a movement makes of a constant.
static std::optional<DenseElementsAttr> moveConstant(IntegerLowering &lowering,
                                                     Operation *op) {
  auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  if (!result || !result.hasStaticShape() || !quantizable)
    return std::nullopt;
  if (FloatAttr filled = getNumber(quantizable.getFilledScalar()))
    return DenseElementsAttr::get(result, filled);
  // Others than the first operand have elements as well.
  UnitKind kind = quantizable.getUnitKind();
  if (kind != UnitKind::cast &&
      (!quantizable.movesData() || kind == UnitKind::pad ||
       kind == UnitKind::cat))
    return std::nullopt;
  std::optional<DenseElementsAttr> source =
      lowering.getConstant(op->getOperand(0));
  if (!source)
    return std::nullopt;
  if (kind == UnitKind::cast)
    return castConstant(*source, result);
  if (source->isSplat())
    return source->resizeSplat(result);
  // Elements stay in their order where only their number of dimensions changes.
  if (kind == UnitKind::reshape)
    return source->reshape(result);
  return std::nullopt;
}

/// What an elementwise op makes of constants whose elements are all one number.
static std::optional<DenseElementsAttr>
evaluateNumbers(IntegerLowering &lowering, Operation *op) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  if (!type || !type.hasStaticShape() || !quantizable ||
      !isa<FloatType>(type.getElementType()) || op->getNumRegions() != 0)
    return std::nullopt;
  SmallVector<double> numbers;
  for (Value operand : getDataValues(quantizable)) {
    std::optional<double> number = lowering.getSplat(operand);
    if (!number)
      return std::nullopt;
    numbers.push_back(*number);
  }
  std::optional<double> result;
  if (!numbers.empty())
    result = evaluateElement(op, numbers);
  if (!result)
    return std::nullopt;
  return DenseElementsAttr::get(type, Attribute(lowering.builder.getFloatAttr(
                                          type.getElementType(), *result)));
}

std::optional<DenseElementsAttr>
quantprep::evaluateConstants(IntegerLowering &lowering, Operation *op) {
  std::optional<DenseElementsAttr> moved = moveConstant(lowering, op);
  return moved ? moved : evaluateNumbers(lowering, op);
}
