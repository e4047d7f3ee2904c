//===- EvaluateKind.cpp - Elementwise kinds on float64 --------------------===//

#include "QuantPrep/Models/EvaluateKind.h"

#include <algorithm>
#include <cmath>

using namespace quantprep;
using qprep::UnitKind;

static std::optional<double> evaluateUnary(UnitKind kind, double x) {
  switch (kind) {
  case UnitKind::relu:
    return std::max(x, 0.0);
  case UnitKind::relu6:
    return std::min(std::max(x, 0.0), 6.0);
  case UnitKind::sigmoid:
    return 1 / (1 + std::exp(-x));
  case UnitKind::tanh:
    return std::tanh(x);
  case UnitKind::exp:
    return std::exp(x);
  case UnitKind::expm1:
    return std::expm1(x);
  case UnitKind::log:
    return std::log(x);
  case UnitKind::log1p:
    return std::log1p(x);
  case UnitKind::erf:
    return std::erf(x);
  case UnitKind::rsqrt:
    return 1 / std::sqrt(x);
  case UnitKind::sqrt:
    return std::sqrt(x);
  case UnitKind::reciprocal:
    return 1 / x;
  case UnitKind::abs:
    return std::abs(x);
  case UnitKind::neg:
    return -x;
  case UnitKind::floor:
    return std::floor(x);
  case UnitKind::ceil:
    return std::ceil(x);
  case UnitKind::sin:
    return std::sin(x);
  case UnitKind::cos:
    return std::cos(x);
  case UnitKind::identity:
    return x;
  default:
    return std::nullopt;
  }
}

static std::optional<double> evaluateBinary(UnitKind kind, double x, double y) {
  switch (kind) {
  case UnitKind::add:
    return x + y;
  case UnitKind::sub:
    return x - y;
  case UnitKind::mul:
    return x * y;
  case UnitKind::div:
    return x / y;
  case UnitKind::pow:
    return std::pow(x, y);
  case UnitKind::maximum:
    return std::fmax(x, y);
  case UnitKind::minimum:
    return std::fmin(x, y);
  case UnitKind::greater:
    return x > y;
  case UnitKind::greater_equal:
    return x >= y;
  case UnitKind::less:
    return x < y;
  case UnitKind::less_equal:
    return x <= y;
  case UnitKind::equal:
    return x == y;
  default:
    return std::nullopt;
  }
}

std::optional<double> quantprep::evaluateKind(UnitKind kind,
                                              llvm::ArrayRef<double> operands) {
  switch (operands.size()) {
  case 1:
    return evaluateUnary(kind, operands[0]);
  case 2:
    return evaluateBinary(kind, operands[0], operands[1]);
  case 3:
    return kind == UnitKind::select
               ? std::optional(operands[0] != 0 ? operands[1] : operands[2])
               : std::nullopt;
  default:
    return std::nullopt;
  }
}
