//===- Elementwise.cpp - Integer forms of what computes by elements -------===//

#include "Elementwise.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

namespace {
/// Builds the integer form of one op.
class ElementwiseForm {
public:
  ElementwiseForm(IntegerLowering &lowering, Operation *unit, Operation *op,
                  ArrayRef<ElementwiseOperand> operands,
                  RankedTensorType result, EmitBinary emit)
      : lowering(lowering), unit(unit), op(op), operands(operands),
        result(result), emit(emit), loc(unit->getLoc()) {
    auto quantizable = dyn_cast<QuantizableOpInterface>(op);
    kind = quantizable ? quantizable.getUnitKind() : UnitKind::opaque;
  }

  FailureOr<IntegerValue> build();

private:
  LogicalResult fail(const Twine &reason) {
    return lowering.fail(unit, reason);
  }
  std::optional<IntegerValue> asClamp() const;
  std::optional<IntegerValue> asScaling() const;
  FailureOr<IntegerValue> tabulate();
  const IntegerValue *getTabulated() const;
  FailureOr<IntegerValue> combine();
  FailureOr<IntegerValue> multiply();
  FailureOr<IntegerValue> multiplyByInverse();
  FailureOr<IntegerValue> getFactor(const ElementwiseOperand &operand);
  FailureOr<IntegerValue> raise();
  double getCommonScale() const;
  FailureOr<IntegerValue> finish(Value tensor, double scale, double low,
                                 double high);

  IntegerLowering &lowering;
  Operation *unit, *op;
  ArrayRef<ElementwiseOperand> operands;
  RankedTensorType result;
  EmitBinary emit;
  Location loc;
  UnitKind kind;
};
} // namespace

//===----------------------------------------------------------------------===//
// One operand that is no constant
//===----------------------------------------------------------------------===//

static IntegerValue clamp(IntegerValue value, double low, double high) {
  double least = std::min(std::max(value.least, low), high);
  value.greatest = std::max(std::min(value.greatest, high), low);
  value.least = least;
  return value;
}

/// A clamp needs no op: whatever reads it applies it.
std::optional<IntegerValue> ElementwiseForm::asClamp() const {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const ElementwiseOperand &first = operands[0];
  if (operands.size() == 1 && first.integer && first.isInPlace(result)) {
    if (kind == UnitKind::relu)
      return clamp(*first.integer, 0, infinity);
    if (kind == UnitKind::identity ||
        (kind == UnitKind::cast &&
         isa<FloatType>(getElementTypeOrSelf(op->getResult(0).getType()))))
      return *first.integer;
    if (auto clampOp = dyn_cast<tosa::ClampOp>(op)) {
      auto low = dyn_cast<FloatAttr>(clampOp.getMinValAttr());
      auto high = dyn_cast<FloatAttr>(clampOp.getMaxValAttr());
      if (low && high)
        return clamp(*first.integer, low.getValueAsDouble(),
                     high.getValueAsDouble());
    }
  }
  if (operands.size() != 2 ||
      (kind != UnitKind::maximum && kind != UnitKind::minimum))
    return std::nullopt;
  unsigned variable = first.integer ? 0 : 1;
  const ElementwiseOperand &bound = operands[1 - variable];
  if (!operands[variable].integer || !bound.isSplat() ||
      !operands[variable].isInPlace(result))
    return std::nullopt;
  const IntegerValue &value = *operands[variable].integer;
  return kind == UnitKind::maximum ? clamp(value, bound.getSplat(), infinity)
                                   : clamp(value, -infinity, bound.getSplat());
}

/// The product with a positive number has another scale and the same integers.
/// Of i8 a table would do, but reductions hand on scales.
std::optional<IntegerValue> ElementwiseForm::asScaling() const {
  if (operands.size() != 2 || (kind != UnitKind::mul && kind != UnitKind::div))
    return std::nullopt;
  unsigned variable = operands[0].integer ? 0 : 1;
  const ElementwiseOperand &number = operands[1 - variable];
  if (!operands[variable].integer || !number.isSplat() ||
      !operands[variable].isInPlace(result) ||
      (kind == UnitKind::div && variable == 1))
    return std::nullopt;
  IntegerValue value = *operands[variable].integer;
  double factor =
      kind == UnitKind::mul ? number.getSplat() : 1 / number.getSplat();
  if (value.function || !(factor > 0) || !std::isfinite(factor))
    return std::nullopt;
  for (double &scale : value.scales)
    scale *= factor;
  value.least *= factor;
  value.greatest *= factor;
  return value;
}

/// Whether integers compute an op more exactly than an interpolated table.
static bool isArithmetic(UnitKind kind) {
  return kind == UnitKind::add || kind == UnitKind::sub ||
         kind == UnitKind::mul || kind == UnitKind::maximum ||
         kind == UnitKind::minimum;
}

/// The one tensor that all operands are functions of; null if there is none.
const IntegerValue *ElementwiseForm::getTabulated() const {
  const IntegerValue *found = nullptr;
  bool hasFunction = false;
  for (const ElementwiseOperand &operand : operands) {
    if (!operand.integer) {
      if (!operand.isSplat())
        return nullptr;
      continue;
    }
    if (!operand.integer->isTabulated() || !operand.isInPlace(result) ||
        (found && found->tensor != operand.integer->tensor))
      return nullptr;
    found = operand.integer;
    hasFunction |= found->function != nullptr;
  }
  bool isExact = found && found->getWidth() == 8;
  return isExact || hasFunction || !isArithmetic(kind) ? found : nullptr;
}

FailureOr<IntegerValue> ElementwiseForm::tabulate() {
  const IntegerValue *argument = getTabulated();
  if (!argument)
    return failure();
  IntegerValue value = *argument;
  auto function = std::make_shared<std::vector<double>>();
  for (int64_t code : value.getSamples()) {
    SmallVector<double, 3> inputs;
    for (const ElementwiseOperand &operand : operands)
      inputs.push_back(operand.integer ? operand.integer->evaluate(code)
                                       : operand.getSplat());
    std::optional<double> element = evaluateElement(op, inputs);
    if (!element)
      return failure();
    function->push_back(*element);
  }
  value.least = -std::numeric_limits<double>::infinity();
  value.greatest = std::numeric_limits<double>::infinity();
  value.function = std::move(function);
  return value;
}

//===----------------------------------------------------------------------===//
// Sums, maxima, products
//===----------------------------------------------------------------------===//

FailureOr<IntegerValue> ElementwiseForm::finish(Value tensor, double scale,
                                                double low, double high) {
  if (low < -0x1p31 || high >= 0x1p31)
    return fail("the result may be outside int32");
  IntegerValue value;
  value.tensor = tensor;
  value.scales = {scale};
  value.low = static_cast<int64_t>(low);
  value.high = static_cast<int64_t>(high);
  return value;
}

static double getBound(const ElementwiseOperand &operand) {
  if (operand.integer)
    return operand.integer->getBound();
  double bound = 0;
  for (const APFloat &value : operand.constant->getValues<APFloat>())
    bound = std::max(bound, std::abs(value.convertToDouble()));
  return bound;
}

/// Twice the larger scale, 20 bits up; coarser where 28 bits would not hold the
/// operands.
double ElementwiseForm::getCommonScale() const {
  constexpr int bitsUp = 20, bits = 28;
  double scale = std::numeric_limits<double>::min();
  for (const ElementwiseOperand &operand : operands) {
    if (operand.integer && operand.integer->getWidth() == 8)
      scale =
          std::max(scale, std::ldexp(2 * operand.integer->scales[0], -bitsUp));
    scale = std::max(scale, std::ldexp(getBound(operand), -bits));
  }
  return scale;
}

FailureOr<IntegerValue> ElementwiseForm::combine() {
  double scale = getCommonScale();
  IntegerValue values[2];
  for (auto [value, operand] : llvm::zip(values, operands)) {
    FailureOr<IntegerValue> scaled =
        operand.integer ? lowering.toScale(loc, *operand.integer, scale)
                        : lowering.quantizeConstant(*operand.constant, scale);
    if (failed(scaled))
      return fail(operand.integer && operand.integer->function
                      ? "an operand is a function that is not quantized itself"
                      : "the operands have no common scale");
    value = *scaled;
  }
  auto &[a, b] = values;
  Value tensor = emit(kind, {a.tensor, 0}, {b.tensor, 1}, 0);
  switch (kind) {
  case UnitKind::add:
    return finish(tensor, scale, a.low + b.low, a.high + b.high);
  case UnitKind::sub:
    return finish(tensor, scale, a.low - b.high, a.high - b.low);
  case UnitKind::maximum:
    return finish(tensor, scale, std::max(a.low, b.low),
                  std::max(a.high, b.high));
  default:
    return finish(tensor, scale, std::min(a.low, b.low),
                  std::min(a.high, b.high));
  }
}

/// A factor of a product as i32; constants have 16 bits.
FailureOr<IntegerValue>
ElementwiseForm::getFactor(const ElementwiseOperand &operand) {
  if (operand.integer)
    return lowering.widen(loc, *operand.integer);
  double bound =
      std::max(getBound(operand), std::numeric_limits<double>::min());
  return lowering.quantizeConstant(*operand.constant, bound / 32767);
}

FailureOr<IntegerValue> ElementwiseForm::multiply() {
  FailureOr<IntegerValue> a = getFactor(operands[0]),
                          b = getFactor(operands[1]);
  if (failed(a) || failed(b))
    return fail("an operand is a function that is not quantized itself");
  double corners[] = {double(a->low) * b->low, double(a->low) * b->high,
                      double(a->high) * b->low, double(a->high) * b->high};
  // Sums of products are bounded far beyond what occurs: what is left of the
  // product in 31 bits must not depend on how the operands are scaled.
  auto [least, most] =
      std::minmax_element(std::begin(corners), std::end(corners));
  double magnitude = std::max(-*least, *most);
  int shift = magnitude < 0x1p31 ? 0 : std::ilogb(magnitude) - 29;
  Value tensor = emit(UnitKind::mul, {a->tensor, 0}, {b->tensor, 1}, shift);
  bool isSquare = operands[0].integer && operands[1].integer &&
                  operands[0].integer->tensor == operands[1].integer->tensor;
  return finish(tensor, std::ldexp(a->scales[0] * b->scales[0], shift),
                isSquare ? 0 : std::floor(std::ldexp(*least, -shift)),
                std::ceil(std::ldexp(*most, -shift)));
}

/// The quotient by constants is the product with their inverses.
FailureOr<IntegerValue> ElementwiseForm::multiplyByInverse() {
  auto values = cast<DenseFPElementsAttr>(*operands[1].constant);
  SmallVector<ElementwiseOperand> factors(operands);
  factors[1].constant = cast<DenseElementsAttr>(
      values.mapValues(values.getElementType(), [](const APFloat &value) {
        APFloat inverse(value.getSemantics(), 1);
        inverse.divide(value, APFloat::rmNearestTiesToEven);
        return inverse.bitcastToAPInt();
      }));
  operands = factors;
  return multiply();
}

/// A root or an inverse, or the quotient by what is no constant. Fails for
/// other ops.
FailureOr<IntegerValue> ElementwiseForm::raise() {
  std::optional<double> power = getPower(kind);
  bool isQuotient = kind == UnitKind::div;
  const ElementwiseOperand &base = operands[isQuotient ? 1 : 0];
  if ((!power && !isQuotient) || !base.integer ||
      (!isQuotient && !base.isInPlace(result)))
    return failure();
  if (!lowering.forbidsFloat)
    return fail("its root or inverse stays float, unless float=forbid");
  FailureOr<IntegerValue> raised =
      buildPower(lowering, loc, *base.integer, isQuotient ? -1.0 : *power);
  if (failed(raised) || !isQuotient)
    return raised;
  SmallVector<ElementwiseOperand> factors(operands);
  factors[1].integer = &*raised;
  operands = factors;
  return multiply();
}

FailureOr<IntegerValue> ElementwiseForm::build() {
  if (kind == UnitKind::add)
    if (FailureOr<IntegerValue> value =
            buildBias(lowering, unit, operands, result, emit);
        succeeded(value))
      return value;
  for (const ElementwiseOperand &operand : operands)
    if (!operand.integer && !operand.constant)
      return fail("an operand is not quantized");
  if (std::optional<IntegerValue> value = asClamp())
    return *value;
  if (std::optional<IntegerValue> value = asScaling())
    return *value;
  if (FailureOr<IntegerValue> value = tabulate(); succeeded(value))
    return value;
  switch (kind) {
  case UnitKind::add:
  case UnitKind::sub:
  case UnitKind::maximum:
  case UnitKind::minimum:
    if (operands.size() == 2)
      return combine();
    break;
  case UnitKind::mul:
    return multiply();
  case UnitKind::div:
    if (operands[1].constant)
      return multiplyByInverse();
    break;
  default:
    break;
  }
  if (FailureOr<IntegerValue> value = raise(); succeeded(value))
    return value;
  return fail("there is no integer form of " + op->getName().getStringRef() +
              " here");
}

FailureOr<IntegerValue>
quantprep::buildElementwise(IntegerLowering &lowering, Operation *unit,
                            Operation *op,
                            ArrayRef<ElementwiseOperand> operands,
                            RankedTensorType result, EmitBinary emit) {
  return ElementwiseForm(lowering, unit, op, operands, result, emit).build();
}
