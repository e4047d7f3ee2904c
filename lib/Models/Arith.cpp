//===- Arith.cpp - What arith and math ops are to quantization ------------===//
//
// The elementwise ops of arith and math on tensors.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Models/OpModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace quantprep;

namespace {
/// Ordered and unordered predicates differ in NaNs alone.
struct CompareModel : InputsModel<CompareModel, arith::CmpFOp, 2> {
  UnitKind getUnitKind(Operation *op) const {
    switch (cast<arith::CmpFOp>(op).getPredicate()) {
    case arith::CmpFPredicate::OGT:
    case arith::CmpFPredicate::UGT:
      return UnitKind::greater;
    case arith::CmpFPredicate::OGE:
    case arith::CmpFPredicate::UGE:
      return UnitKind::greater_equal;
    case arith::CmpFPredicate::OLT:
    case arith::CmpFPredicate::ULT:
      return UnitKind::less;
    case arith::CmpFPredicate::OLE:
    case arith::CmpFPredicate::ULE:
      return UnitKind::less_equal;
    case arith::CmpFPredicate::OEQ:
    case arith::CmpFPredicate::UEQ:
      return UnitKind::equal;
    default:
      return UnitKind::opaque;
    }
  }
};

/// a > b ? a : b is a maximum, and the like.
struct SelectModel
    : QuantizableOpInterface::ExternalModel<SelectModel, arith::SelectOp> {
  UnitKind getUnitKind(Operation *op) const {
    auto select = cast<arith::SelectOp>(op);
    auto compare = select.getCondition().getDefiningOp<arith::CmpFOp>();
    if (!compare)
      return UnitKind::select;
    std::pair chosen(select.getTrueValue(), select.getFalseValue());
    bool straight = chosen == std::pair(compare.getLhs(), compare.getRhs());
    if (!straight && chosen != std::pair(compare.getRhs(), compare.getLhs()))
      return UnitKind::select;
    switch (CompareModel().getUnitKind(compare)) {
    case UnitKind::greater:
    case UnitKind::greater_equal:
      return straight ? UnitKind::maximum : UnitKind::minimum;
    case UnitKind::less:
    case UnitKind::less_equal:
      return straight ? UnitKind::minimum : UnitKind::maximum;
    default:
      return UnitKind::select;
    }
  }
  void getOperandRoles(Operation *op,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    roles.assign(3, {OperandRole::input});
    if (getUnitKind(op) != UnitKind::select)
      roles[0] = {OperandRole::ignored};
  }
};
} // namespace

static void attachArith(MLIRContext *context, arith::ArithDialect *) {
  computes<arith::AddFOp, UnitKind::add, 2>(context);
  computes<arith::SubFOp, UnitKind::sub, 2>(context);
  computes<arith::MulFOp, UnitKind::mul, 2>(context);
  computes<arith::DivFOp, UnitKind::div, 2>(context);
  computes<arith::MaximumFOp, UnitKind::maximum, 2>(context);
  computes<arith::MinimumFOp, UnitKind::minimum, 2>(context);
  arith::SelectOp::attachInterface<SelectModel>(*context);
  arith::CmpFOp::attachInterface<CompareModel>(*context);
  computes<arith::MaxNumFOp, UnitKind::maximum, 2>(context);
  computes<arith::MinNumFOp, UnitKind::minimum, 2>(context);
  computes<arith::NegFOp, UnitKind::neg>(context);
  computes<arith::ExtFOp, UnitKind::cast>(context);
  computes<arith::TruncFOp, UnitKind::cast>(context);
  computes<arith::SIToFPOp, UnitKind::cast>(context);
  computes<arith::UIToFPOp, UnitKind::cast>(context);
}

static void attachMath(MLIRContext *context, math::MathDialect *) {
  computes<math::PowFOp, UnitKind::pow, 2>(context);
  computes<math::FPowIOp, UnitKind::pow, 2>(context);
  computes<math::TanhOp, UnitKind::tanh>(context);
  computes<math::ExpOp, UnitKind::exp>(context);
  computes<math::ExpM1Op, UnitKind::expm1>(context);
  computes<math::LogOp, UnitKind::log>(context);
  computes<math::Log1pOp, UnitKind::log1p>(context);
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
