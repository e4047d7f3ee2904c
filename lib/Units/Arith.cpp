//===- Arith.cpp - What arith and math ops are to quantization ------------===//
//
// The elementwise ops of arith and math on tensors.
//
//===----------------------------------------------------------------------===//

#include "OpModels.h"
#include "QuantPrep/Units/ExternalModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace quantprep;

static void attachArith(MLIRContext *context, arith::ArithDialect *) {
  computes<arith::AddFOp, UnitKind::add, 2>(context);
  computes<arith::SubFOp, UnitKind::sub, 2>(context);
  computes<arith::MulFOp, UnitKind::mul, 2>(context);
  computes<arith::DivFOp, UnitKind::div, 2>(context);
  computes<arith::MaximumFOp, UnitKind::maximum, 2>(context);
  computes<arith::MinimumFOp, UnitKind::minimum, 2>(context);
  computes<arith::SelectOp, UnitKind::select, 3>(context);
  computes<arith::NegFOp, UnitKind::neg>(context);
  computes<arith::ExtFOp, UnitKind::cast>(context);
  computes<arith::TruncFOp, UnitKind::cast>(context);
  computes<arith::SIToFPOp, UnitKind::cast>(context);
}

static void attachMath(MLIRContext *context, math::MathDialect *) {
  computes<math::PowFOp, UnitKind::pow, 2>(context);
  computes<math::TanhOp, UnitKind::tanh>(context);
  computes<math::ExpOp, UnitKind::exp>(context);
  computes<math::LogOp, UnitKind::log>(context);
  computes<math::ErfOp, UnitKind::erf>(context);
  computes<math::SqrtOp, UnitKind::sqrt>(context);
  computes<math::RsqrtOp, UnitKind::rsqrt>(context);
  computes<math::AbsFOp, UnitKind::abs>(context);
  computes<math::FloorOp, UnitKind::floor>(context);
  computes<math::CeilOp, UnitKind::ceil>(context);
  computes<math::SinOp, UnitKind::sin>(context);
  computes<math::CosOp, UnitKind::cos>(context);
}

void quantprep::registerArithExternalModels(DialectRegistry &registry) {
  registry.addExtension(+attachArith);
  registry.addExtension(+attachMath);
}

void quantprep::registerExternalModels(DialectRegistry &registry) {
  registerTosaExternalModels(registry);
  registerTosaControlFlowModels(registry);
  registerTensorExternalModels(registry);
  registerArithExternalModels(registry);
}
