//===- ProductSums.cpp - Ops that kernels compute -------------------------===//

#include "ProductSums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::execution;

std::optional<int64_t> execution::findDim(AffineMap map, unsigned loop) {
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    if (auto plain = dyn_cast<AffineDimExpr>(expr);
        plain && plain.getPosition() == loop)
      return dim;
  return std::nullopt;
}

bool execution::isConstant(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (matchPattern(op, m_Constant()))
      return true;
    if (!isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp, tensor::CastOp,
             linalg::TransposeOp>(op))
      return false;
    value = op->getOperand(0);
  }
  return false;
}

static bool isF32(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getElementType().isF32();
}

static bool isInteger(Value value, unsigned width) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getElementType().isInteger(width);
}

bool execution::isProductSum(linalg::LinalgOp op) {
  if (op->getNumRegions() != 1 || op.getNumDpsInputs() != 2 ||
      op.getNumDpsInits() != 1 || !llvm::all_of(op->getOperands(), isF32))
    return false;
  Block *body = op.getBlock();
  auto add =
      body->getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  if (!add)
    return false;
  for (unsigned i : {0, 1}) {
    auto product = add->getOperand(i).getDefiningOp<arith::MulFOp>();
    if (product && add->getOperand(1 - i) == body->getArgument(2))
      return (product.getLhs() == body->getArgument(0) &&
              product.getRhs() == body->getArgument(1)) ||
             (product.getLhs() == body->getArgument(1) &&
              product.getRhs() == body->getArgument(0));
  }
  return false;
}

namespace {
/// Of a product of integers: an argument of the body, less a number.
struct Factor {
  unsigned argument;
  int32_t zeroPoint;
};
} // namespace

static std::optional<Factor> getFactor(linalg::LinalgOp op, Value value) {
  APInt zeroPoint(32, 0);
  if (auto difference = value.getDefiningOp<arith::SubIOp>()) {
    Value number = difference.getRhs();
    if (auto argument = dyn_cast<BlockArgument>(number))
      number = op.getMatchingOpOperand(argument)->get();
    if (!matchPattern(number, m_ConstantInt(&zeroPoint)))
      return std::nullopt;
    value = difference.getLhs();
  }
  auto extended = value.getDefiningOp<arith::ExtSIOp>();
  auto argument =
      extended ? dyn_cast<BlockArgument>(extended.getIn()) : BlockArgument();
  if (!argument || argument.getOwner() != op.getBlock())
    return std::nullopt;
  return Factor{argument.getArgNumber(), int32_t(zeroPoint.getSExtValue())};
}

std::optional<ZeroPoints> execution::getIntegerProductSum(linalg::LinalgOp op) {
  if (op->getNumRegions() != 1 || op.getNumDpsInputs() < 2 ||
      op.getNumDpsInits() != 1 || !isInteger(op->getOperand(0), 8) ||
      !isInteger(op->getOperand(1), 8) || !isInteger(op.getDpsInits()[0], 32))
    return std::nullopt;
  Block *body = op.getBlock();
  auto add =
      body->getTerminator()->getOperand(0).getDefiningOp<arith::AddIOp>();
  if (!add)
    return std::nullopt;
  for (unsigned i : {0, 1}) {
    auto product = add->getOperand(i).getDefiningOp<arith::MulIOp>();
    if (!product || add->getOperand(1 - i) != body->getArguments().back())
      continue;
    std::optional<Factor> a = getFactor(op, product.getLhs());
    std::optional<Factor> b = getFactor(op, product.getRhs());
    if (a && b && a->argument == 0 && b->argument == 1)
      return ZeroPoints{a->zeroPoint, b->zeroPoint};
    if (a && b && a->argument == 1 && b->argument == 0)
      return ZeroPoints{b->zeroPoint, a->zeroPoint};
  }
  return std::nullopt;
}

Value execution::getBroadcastVector(Value init, std::optional<int64_t> dim) {
  auto op = init.getDefiningOp<linalg::LinalgOp>();
  if (!op || !dim || op.getNumDpsInputs() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops())
    return {};
  Value vector = op.getDpsInputs()[0];
  AffineMap to = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  AffineMap from = op.getMatchingIndexingMap(op.getDpsInputOperand(0));
  Block *body = op.getBlock();
  if (!isF32(vector) || from.getNumResults() != 1 ||
      body->getTerminator()->getOperand(0) != body->getArgument(0))
    return {};
  auto loop = dyn_cast<AffineDimExpr>(from.getResult(0));
  return loop && findDim(to, loop.getPosition()) == dim ? vector : Value();
}

bool execution::isZero(Value init) {
  if (auto fill = init.getDefiningOp<linalg::FillOp>())
    init = fill.getInputs()[0];
  return matchPattern(init, m_AnyZeroFloat()) || matchPattern(init, m_Zero());
}
