//===- Powers.cpp - Powers of integers of 32 bits -------------------------===//
//
// No table has an entry for each of them. A positive value v is t 2^(30-s),
// with t from 1 to 2: of t^p there is a table, and 2^(-p s) is a shift.
//
//   s = clz(v) - 1
//   g = table((v << s >> 22) - 256)         15 bits, of the middle of 256ths
//   g = g 2^(-p (s & 1))                    of roots
//   r = g 2^k                               30 bits of the largest result
//
// r is off by 2^-10 of a root, by 2^-9 of an inverse.
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

namespace {
class PowerBuilder {
public:
  PowerBuilder(IntegerLowering &lowering, Location loc, double power,
               RankedTensorType type)
      : lowering(lowering), builder(loc, lowering.builder), power(power),
        type(type) {}

  FailureOr<Value> build(Value value);
  /// What an integer of the result is, of a value of scale 1.
  double getScale() const {
    double most = power < 0 ? 1 : std::pow(2.0, topBits * power);
    return most * mantissaScale / (1 << mostShift);
  }

private:
  static constexpr int topBits = 30, mostShift = 15, factorBits = 15;

  Value number(int64_t value) {
    return lowering.createNumber(type.getRank(), value);
  }
  Value multiply(Value a, Value b, int64_t shift) {
    return tosa::MulOp::create(
        builder, type, a, b, lowering.createScalar(shift, builder.getI8Type()));
  }
  Value shiftRight(Value value, Value bits, bool round) {
    return tosa::ArithmeticRightShiftOp::create(builder, type, value, bits,
                                                round);
  }
  FailureOr<Value> createMantissa(Value value, Value zeros);
  Value createExponent(Value zeros);
  Value scaleOdd(Value mantissa, Value zeros);
  bool isRoot() const { return std::abs(power) != 1; }

  IntegerLowering &lowering;
  ImplicitLocOpBuilder builder;
  double power, mantissaScale = 0;
  RankedTensorType type;
};
} // namespace

/// t^p of v 2^s = t 2^30, from the middle of each 256th of t.
FailureOr<Value> PowerBuilder::createMantissa(Value value, Value zeros) {
  constexpr int entries = 256, entryBits = 8;
  Value shifted = tosa::LogicalLeftShiftOp::create(builder, type, value, zeros);
  Value top = shiftRight(shifted, number(topBits - entryBits), /*round=*/false);
  Value byte = tosa::SubOp::create(builder, type, top, number(entries));
  FailureOr<IntegerValue> mantissa =
      lowering.tabulateByte(builder.getLoc(), byte, [&](int64_t entry) {
        return std::pow(1 + (double(entry) + 0.5) / entries, power);
      });
  if (failed(mantissa))
    return failure();
  mantissaScale = mantissa->scales[0];
  return mantissa->tensor;
}

/// Of a root, half a power of two is left where s is odd.
Value PowerBuilder::scaleOdd(Value mantissa, Value zeros) {
  auto factor = static_cast<int64_t>(
      std::nearbyint(std::ldexp(std::pow(2.0, -power), factorBits)));
  Value odd = tosa::BitwiseAndOp::create(builder, type, zeros, number(1));
  Value more = multiply(odd, number(factor - (1 << factorBits)), 0);
  Value whole =
      tosa::AddOp::create(builder, type, more, number(1 << factorBits));
  return multiply(mantissa, whole, factorBits);
}

/// By how many bits the power is shifted to the left: `mostShift` of the value
/// whose power is the largest.
Value PowerBuilder::createExponent(Value zeros) {
  Value bits = isRoot() ? shiftRight(zeros, number(1), /*round=*/false) : zeros;
  if (power > 0)
    return tosa::SubOp::create(builder, type, number(mostShift), bits);
  int64_t most = isRoot() ? topBits / 2 : topBits;
  return tosa::AddOp::create(builder, type, bits, number(mostShift - most));
}

FailureOr<Value> PowerBuilder::build(Value value) {
  Value positive = tosa::MaximumOp::create(builder, type, value, number(1));
  Value zeros = tosa::SubOp::create(
      builder, type, tosa::ClzOp::create(builder, type, positive), number(1));
  FailureOr<Value> table = createMantissa(positive, zeros);
  if (failed(table))
    return failure();
  Value mantissa = isRoot() ? scaleOdd(*table, zeros) : *table;
  Value left = createExponent(zeros);
  Value right = tosa::SubOp::create(builder, type, number(0), left);
  left = tosa::MaximumOp::create(builder, type, left, number(0));
  right = tosa::MaximumOp::create(builder, type, right, number(0));
  Value raised =
      tosa::LogicalLeftShiftOp::create(builder, type, mantissa, left);
  return shiftRight(raised, right, /*round=*/true);
}

std::optional<double> quantprep::getPower(UnitKind kind) {
  switch (kind) {
  case UnitKind::rsqrt:
    return -0.5;
  case UnitKind::sqrt:
    return 0.5;
  case UnitKind::reciprocal:
    return -1.0;
  default:
    return std::nullopt;
  }
}

FailureOr<IntegerValue> quantprep::buildPower(IntegerLowering &lowering,
                                              Location loc,
                                              const IntegerValue &value,
                                              double power) {
  FailureOr<IntegerValue> wide = lowering.widen(loc, value);
  // An inverse has a sign; a root of what is negative does not matter.
  bool hasSign = power == -1 && succeeded(wide) && wide->low < 0;
  if (failed(wide) || hasSign)
    return failure();
  RankedTensorType type = wide->getType();
  PowerBuilder builder(lowering, loc, power, type);
  IntegerValue result;
  FailureOr<Value> tensor = builder.build(wide->tensor);
  if (failed(tensor))
    return failure();
  result.tensor = *tensor;
  result.scales = {builder.getScale() * std::pow(wide->scales[0], power)};
  auto getInteger = [&](int64_t integer) {
    return std::pow(double(std::max<int64_t>(integer, 1)), power) /
           builder.getScale() * (1 + 0x1p-8);
  };
  result.low = 0;
  result.high =
      static_cast<int64_t>(getInteger(power < 0 ? wide->low : wide->high) + 2);
  return result;
}
