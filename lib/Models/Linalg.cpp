//===- Linalg.cpp - What linalg ops are to quantization -------------------===//
//
// One model for all structured ops, named or generic. What is not structured
// has a line of its own.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Models/StructuredOps.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using linalg::LinalgOp;

/// 1, 2 or 3 dimensions.
static UnitKind byRank(unsigned rank, UnitKind one, UnitKind two,
                       UnitKind three) {
  switch (rank) {
  case 1:
    return one;
  case 2:
    return two;
  case 3:
    return three;
  default:
    return UnitKind::opaque;
  }
}

/// Pools that combine like this over a window of so many dimensions.
static UnitKind getPoolKind(UnitKind combiner, unsigned rank) {
  if (combiner == UnitKind::maximum)
    return byRank(rank, UnitKind::max_pool1d, UnitKind::max_pool2d,
                  UnitKind::max_pool3d);
  if (combiner == UnitKind::add)
    return byRank(rank, UnitKind::sum_pool1d, UnitKind::sum_pool2d,
                  UnitKind::sum_pool3d);
  return UnitKind::opaque;
}

static UnitKind getPoolKind(LinalgOp op) {
  UnitKind combiner = getCombination(op)->kind;
  unsigned rank = getWindowRank(op);
  // The average of one element is the element.
  auto window = dyn_cast<ShapedType>(op->getOperand(1).getType());
  if (combiner == UnitKind::add && window && window.hasStaticShape() &&
      window.getNumElements() == 1)
    return byRank(rank, UnitKind::avg_pool1d, UnitKind::avg_pool2d,
                  UnitKind::avg_pool3d);
  return getPoolKind(combiner, rank);
}

/// A reduction of an operand as it is; what is computed first in the body is
/// for clusters.
static UnitKind getReductionKind(LinalgOp op) {
  Combination combination = *getCombination(op);
  return isa<BlockArgument>(combination.value)
             ? getReductionKind(combination.kind)
             : UnitKind::opaque;
}

/// The one scalar op of a body; bodies of several are clusters.
static UnitKind getElementwiseKind(LinalgOp op) {
  Value yielded =
      skipScalarCasts(op.getBlock()->getTerminator()->getOperand(0));
  if (isa<BlockArgument>(yielded))
    return UnitKind::cast;
  auto scalar = yielded.getDefiningOp<QuantizableOpInterface>();
  if (!scalar)
    return UnitKind::opaque;
  SmallVector<OperandRoleInfo> roles;
  scalar.getOperandRoles(roles);
  for (auto [operand, role] : llvm::zip(scalar->getOperands(), roles)) {
    Value value = skipScalarCasts(operand);
    if (role.role != OperandRole::ignored && !isa<BlockArgument>(value) &&
        !matchPattern(value, m_Constant()))
      return UnitKind::opaque;
  }
  return scalar.getUnitKind();
}

static UnitKind getKind(LinalgOp op) {
  switch (getStructure(op)) {
  case Structure::convolution:
    return byRank(getWindowRank(op), UnitKind::conv1d, UnitKind::conv2d,
                  UnitKind::conv3d);
  case Structure::contraction:
    return UnitKind::matmul;
  case Structure::pool:
    return getPoolKind(op);
  case Structure::adaptivePool:
    return getPoolKind(getCombination(op)->kind, op.getNumReductionLoops());
  case Structure::reduction:
    return getReductionKind(op);
  case Structure::movement:
    return getMovementKind(op);
  case Structure::elementwise:
    return getElementwiseKind(op);
  case Structure::gather:
    return UnitKind::gather;
  case Structure::resample:
    return UnitKind::interpolate;
  case Structure::broadcast:
    return UnitKind::repeat;
  case Structure::fill:
  case Structure::other:
    return UnitKind::opaque;
  }
  llvm_unreachable("unknown structure");
}

namespace {
template <typename ConcreteOp>
struct StructuredModel
    : QuantizableOpInterface::ExternalModel<StructuredModel<ConcreteOp>,
                                            ConcreteOp> {
  UnitKind getUnitKind(Operation *op) const {
    return getKind(cast<LinalgOp>(op));
  }
  bool movesData(Operation *op) const {
    return getStructure(cast<LinalgOp>(op)) == Structure::movement;
  }
  void getOperandRoles(Operation *op,
                       SmallVectorImpl<OperandRoleInfo> &roles) const {
    auto structured = cast<LinalgOp>(op);
    Structure structure = getStructure(structured);
    switch (structure) {
    case Structure::contraction:
    case Structure::convolution:
      return getContractionRoles(structured, structure, roles);
    case Structure::movement:
    case Structure::pool:
    case Structure::fill:
      roles.assign(op->getNumOperands(), {OperandRole::ignored});
      roles[0] = {OperandRole::input};
      return;
    case Structure::gather:
    case Structure::resample:
    case Structure::broadcast:
    case Structure::adaptivePool:
      roles.assign(op->getNumOperands(), {OperandRole::ignored});
      return;
    case Structure::elementwise:
    case Structure::reduction:
    case Structure::other:
      for (OpOperand &operand : op->getOpOperands())
        roles.push_back({readsElements(structured, operand)
                             ? OperandRole::input
                             : OperandRole::ignored});
    }
  }
  SmallVector<Value, 3> getDataValues(Operation *op,
                                      ArrayRef<OperandRoleInfo> roles) const {
    auto structured = cast<LinalgOp>(op);
    switch (getStructure(structured)) {
    case Structure::gather:
    case Structure::resample:
    case Structure::broadcast:
    case Structure::adaptivePool:
      return {getTable(structured)};
    default:
      return getDataOperands(op, roles);
    }
  }
  std::optional<int64_t> getInputChannelAxis(Operation *op,
                                             unsigned operand) const {
    return isContracting(op) ? getContractedAxis(cast<LinalgOp>(op), operand)
                             : std::nullopt;
  }
  ChannelDims getOutputChannelDims(Operation *op, unsigned weight) const {
    return isContracting(op)
               ? quantprep::getOutputChannelDims(cast<LinalgOp>(op), weight)
               : ChannelDims();
  }
  SmallVector<int64_t> getPermutation(Operation *op) const {
    return getUnitKind(op) == UnitKind::transpose
               ? getMovedDims(cast<LinalgOp>(op))
               : SmallVector<int64_t>();
  }
  SmallVector<int64_t> getBroadcastDims(Operation *op) const {
    auto structured = cast<LinalgOp>(op);
    return getStructure(structured) == Structure::movement
               ? getMovedDims(structured)
               : SmallVector<int64_t>();
  }
  Value getFilledScalar(Operation *op) const {
    auto structured = cast<LinalgOp>(op);
    return getStructure(structured) == Structure::fill ? getScalar(structured)
                                                       : Value();
  }
  SmallVector<int64_t> getWindowStrides(Operation *op) const {
    auto structured = cast<LinalgOp>(op);
    Structure structure = getStructure(structured);
    if (structure != Structure::convolution && structure != Structure::pool)
      return {};
    return getStrides(structured);
  }
  SmallVector<int64_t> getReducedDims(Operation *op) const {
    auto structured = cast<LinalgOp>(op);
    if (getStructure(structured) != Structure::reduction)
      return {};
    return getReducedOperandDims(structured);
  }
  std::optional<BodyStep> getBodyStep(Operation *op) const {
    return quantprep::getBodyStep(cast<LinalgOp>(op));
  }
  OpOperand *getBodyOperand(Operation *op, BlockArgument argument) const {
    return cast<LinalgOp>(op).getMatchingOpOperand(argument);
  }
  int64_t getMacs(Operation *op) const {
    if (!isContracting(op))
      return 0;
    int64_t macs = 1;
    for (int64_t size : cast<LinalgOp>(op).getStaticLoopRanges())
      macs *= ShapedType::isDynamic(size) ? 1 : size;
    return macs;
  }

private:
  static bool isContracting(Operation *op) {
    Structure structure = getStructure(cast<LinalgOp>(op));
    return structure == Structure::convolution ||
           structure == Structure::contraction;
  }
  /// Whether the result depends on the elements of an operand. What a
  /// reduction starts from does not count.
  static bool readsElements(LinalgOp op, OpOperand &operand) {
    if (op.isDpsInit(&operand) && op.getNumReductionLoops() != 0)
      return false;
    return op.payloadUsesValueFromOperand(&operand);
  }
};

template <typename... Ops> void attachStructured(MLIRContext *context) {
  (Ops::template attachInterface<StructuredModel<Ops>>(*context), ...);
}
} // namespace

void quantprep::registerLinalgExternalModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, linalg::LinalgDialect *) {
    attachStructured<
#define GET_OP_LIST
#include "mlir/Dialect/Linalg/IR/LinalgStructuredOps.cpp.inc"
        >(context);
    computes<linalg::SoftmaxOp, UnitKind::softmax>(context);
  });
}
