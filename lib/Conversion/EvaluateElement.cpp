//===- EvaluateElement.cpp - Elementwise ops on float64 -------------------===//

#include "Elementwise.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/EvaluateKind.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using qprep::UnitKind;

/// Ops that are of no kind.
static std::optional<double> evaluateOther(Operation *op,
                                           ArrayRef<double> operands) {
  if (auto clamp = dyn_cast<tosa::ClampOp>(op)) {
    auto low = dyn_cast<FloatAttr>(clamp.getMinValAttr());
    auto high = dyn_cast<FloatAttr>(clamp.getMaxValAttr());
    if (!low || !high)
      return std::nullopt;
    return std::min(std::max(operands[0], low.getValueAsDouble()),
                    high.getValueAsDouble());
  }
  if (isa<math::Log2Op>(op))
    return std::log2(operands[0]);
  if (isa<math::Exp2Op>(op))
    return std::exp2(operands[0]);
  if (isa<math::RoundEvenOp>(op))
    return std::nearbyint(operands[0]);
  if (isa<math::RoundOp>(op))
    return std::round(operands[0]);
  if (isa<math::TruncOp>(op))
    return std::trunc(operands[0]);
  if (isa<math::TanOp>(op))
    return std::tan(operands[0]);
  if (isa<math::AtanOp>(op))
    return std::atan(operands[0]);
  if (isa<math::SinhOp>(op))
    return std::sinh(operands[0]);
  if (isa<math::CoshOp>(op))
    return std::cosh(operands[0]);
  if (isa<math::CbrtOp>(op))
    return std::cbrt(operands[0]);
  if (isa<math::ErfcOp>(op))
    return std::erfc(operands[0]);
  if (isa<math::FmaOp>(op))
    return operands[0] * operands[1] + operands[2];
  if (isa<math::CopySignOp>(op))
    return std::copysign(operands[0], operands[1]);
  if (isa<arith::SelectOp>(op))
    return operands[0] != 0 ? operands[1] : operands[2];
  return std::nullopt;
}

/// To integers tosa rounds half to even and saturates, arith truncates what the
/// type holds.
static std::optional<double> evaluateCast(Operation *op, double x) {
  auto type =
      dyn_cast<IntegerType>(getElementTypeOrSelf(op->getResult(0).getType()));
  if (!type)
    return x;
  if (!isa<FloatType>(getElementTypeOrSelf(op->getOperand(0).getType())))
    return std::nullopt;
  bool truncates = isa<arith::FPToSIOp, arith::FPToUIOp>(op);
  if (type.isInteger(1))
    return truncates ? std::nullopt : std::optional<double>(x != 0);
  bool isUnsigned = isa<arith::FPToUIOp>(op);
  unsigned width = type.getWidth();
  double low = isUnsigned ? 0 : -std::ldexp(1, width - 1);
  double high = std::ldexp(1, isUnsigned ? width : width - 1) - 1;
  if (!truncates)
    return std::clamp(std::nearbyint(x), low, high);
  x = std::trunc(x);
  return x >= low && x <= high ? std::optional(x) : std::nullopt;
}

/// Whether an op computes integers, which is other arithmetic.
static bool computesIntegers(Operation *op) {
  Type element = getElementTypeOrSelf(op->getResult(0).getType());
  return element.isIndex() || (element.isInteger() && !element.isInteger(1));
}

std::optional<double> quantprep::evaluateElement(Operation *op,
                                                 ArrayRef<double> operands) {
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  UnitKind kind = quantizable ? quantizable.getUnitKind() : UnitKind::opaque;
  if (kind == UnitKind::cast || isa<arith::FPToSIOp, arith::FPToUIOp>(op))
    return evaluateCast(op, operands[0]);
  if (computesIntegers(op))
    return std::nullopt;
  if (isa<tosa::ClampOp, arith::SelectOp>(op))
    return evaluateOther(op, operands);
  std::optional<double> result = evaluateKind(kind, operands);
  return result ? result : evaluateOther(op, operands);
}
