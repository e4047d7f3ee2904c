//===- QPrepQuantizeOps.cpp - Between floats and codes --------------------===//

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/QuantizedTypes.h"

#include "mlir/IR/TypeUtilities.h"

#include <limits>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// What quantize and dequantize both need: floats and codes of one shape, a
/// grid that fits it, scales whose inverse float32 has.
static LogicalResult verifyCodes(Operation *op, ShapedType real,
                                 ShapedType quantized) {
  if (failed(verifyCompatibleShape(real, quantized)))
    return op->emitOpError() << "has " << real << " and " << quantized
                             << ", which are of different shapes";
  auto type = cast<quant::QuantizedType>(quantized.getElementType());
  if (!type.getExpressedType().isF32())
    return op->emitOpError()
           << "has codes of " << type.getExpressedType()
           << ", but computes in f32; write the type as !quant.uniform<...:f32";
  FailureOr<QParamsGrid> grid =
      getQParamsGrid(type, quantized, [&] { return op->emitOpError(); });
  if (failed(grid))
    return failure();
  for (double scale : grid->scales)
    if (float rounded = scale; rounded < std::numeric_limits<float>::min() ||
                               rounded > std::numeric_limits<float>::max())
      return op->emitOpError()
             << "has the scale " << scale
             << ", whose inverse float32 does not have; it has scales from "
             << std::numeric_limits<float>::min() << " to "
             << std::numeric_limits<float>::max();
  return success();
}

LogicalResult QuantizeOp::verify() {
  return verifyCodes(*this, cast<ShapedType>(getInput().getType()),
                     cast<ShapedType>(getType()));
}

OpFoldResult QuantizeOp::fold(FoldAdaptor) {
  // What other types make of a code is rounded.
  auto dequantize = getInput().getDefiningOp<DequantizeOp>();
  return dequantize && dequantize.getInput().getType() == getType()
             ? dequantize.getInput()
             : Value();
}

LogicalResult DequantizeOp::verify() {
  return verifyCodes(*this, cast<ShapedType>(getType()),
                     cast<ShapedType>(getInput().getType()));
}

LogicalResult DynamicFakeQuantizeOp::verify() {
  int64_t low = getQuantMin(), high = getQuantMax();
  if (low < high && low >= -(1 << 23) && high <= (1 << 23))
    return success();
  return emitOpError() << "has codes from " << low << " to " << high
                       << "; the first must be the smaller, and both within "
                          "-2^23..2^23";
}
