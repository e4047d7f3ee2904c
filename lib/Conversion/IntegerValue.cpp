//===- IntegerValue.cpp - Integers that stand for floats ------------------===//

#include "QuantPrep/Conversion/IntegerValue.h"

using namespace mlir;
using namespace quantprep;

ArrayRef<int64_t> IntegerValue::getChannels() const {
  if (isPerTensor())
    return {};
  ArrayRef<int64_t> shape = getType().getShape();
  bool isPair = !ShapedType::isDynamic(shape[axis]) &&
                shape[axis] != static_cast<int64_t>(scales.size());
  return shape.slice(axis, isPair ? 2 : 1);
}

int64_t IntegerValue::getInnerSize() const {
  int64_t inner = 1;
  for (int64_t size :
       getType().getShape().drop_front(axis + getChannels().size()))
    inner *= size;
  return inner;
}

double IntegerValue::getBound() const {
  if (function) {
    double bound = 0;
    for (double value : *function)
      bound = std::max(bound, std::abs(value));
    return bound;
  }
  double scale = 0;
  for (double channel : scales)
    scale = std::max(scale, channel);
  return scale * static_cast<double>(getMagnitude());
}

SmallVector<int64_t, 0> IntegerValue::getSamples() const {
  SmallVector<int64_t, 0> samples;
  int64_t last = getWidth() == 8 ? llvm::maxIntN(8) : llvm::maxIntN(16) + 1;
  for (int64_t code = llvm::minIntN(getWidth()); code <= last;
       code += getStride())
    samples.push_back(code);
  return samples;
}

double IntegerValue::evaluate(int64_t integer) const {
  // A dequantized value is float32.
  double value =
      function
          ? (*function)[(integer - llvm::minIntN(getWidth())) / getStride()]
          : float(scales[0] * static_cast<double>(integer - zeroPoint));
  return std::min(std::max(value, least), greatest);
}
