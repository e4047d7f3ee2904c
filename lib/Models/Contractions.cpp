//===- Contractions.cpp - Roles and channels of contractions --------------===//

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Models/StructuredOps.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using linalg::LinalgOp;

/// Position of a loop among the dimensions of an operand.
static std::optional<int64_t> getAxis(LinalgOp op, unsigned operand,
                                      unsigned loop) {
  AffineMap map = op.getIndexingMapsArray()[operand];
  if (auto position =
          map.getResultPosition(getAffineDimExpr(loop, op.getContext())))
    return *position;
  return std::nullopt;
}

/// The first loop that one of the first two operands of a contraction shares
/// with the other (`shared`), or with the result alone.
static std::optional<int64_t> findAxis(LinalgOp op, unsigned operand,
                                       bool shared) {
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop) {
    bool reduced = iterators[loop] == utils::IteratorType::reduction;
    std::optional<int64_t> axis = getAxis(op, operand, loop);
    if (axis && reduced == shared &&
        getAxis(op, 1 - operand, loop).has_value() == shared)
      return axis;
  }
  return std::nullopt;
}

/// Loop of output channels of a convolution: the channels themselves if each
/// has a filter of its own.
static std::optional<unsigned>
getOutputChannel(const linalg::ConvolutionDimensions &dims) {
  if (dims.inputChannel.empty() && !dims.depth.empty())
    return dims.depth.front();
  if (!dims.outputChannel.empty())
    return dims.outputChannel.front();
  return std::nullopt;
}

static std::optional<unsigned>
getInputChannel(const linalg::ConvolutionDimensions &dims) {
  if (!dims.inputChannel.empty())
    return dims.inputChannel.front();
  if (!dims.depth.empty())
    return dims.depth.front();
  return std::nullopt;
}

/// What a contraction starts from is a bias if it is a constant, a vector that
/// is brought into its shape, or the same along some dimensions; else it is
/// added to the product like an activation.
static bool isBias(Value value) {
  constexpr unsigned maxSteps = 4;
  for (unsigned step = 0; step < maxSteps; ++step) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (step != 0 && type && type.getRank() <= 1)
      return true;
    Operation *op = value.getDefiningOp();
    if (!op)
      return false;
    auto moves = dyn_cast<QuantizableOpInterface>(op);
    if (!moves)
      return matchPattern(op, m_Constant());
    if (!moves.movesData() && moves.getUnitKind() != UnitKind::cast)
      return false;
    if (moves.getUnitKind() == UnitKind::repeat)
      return true;
    value = op->getOperand(0);
  }
  return false;
}

/// The first of neighbouring dimensions that number the output channels, groups
/// and the channels of each; else that of the channels.
static std::optional<int64_t>
getWeightAxis(LinalgOp op, const linalg::ConvolutionDimensions &dims) {
  auto axes = quantprep::getOutputChannelDims(op, /*weight=*/1).weight;
  llvm::sort(axes);
  if (axes.size() > 1 && axes.back() - axes.front() + 1 == int64_t(axes.size()))
    return axes.front();
  std::optional<unsigned> loop = getOutputChannel(dims);
  return loop ? getAxis(op, 1, *loop) : std::nullopt;
}

void quantprep::getContractionRoles(LinalgOp op, Structure structure,
                                    SmallVectorImpl<OperandRoleInfo> &roles) {
  roles.assign(op->getNumOperands(), {OperandRole::ignored});
  if (structure == Structure::convolution) {
    auto dims = linalg::inferConvolutionDims(op);
    roles[0] = {OperandRole::input};
    roles[1] = {OperandRole::weight};
    roles[1].axis = getWeightAxis(op, *dims);
  } else {
    // Which operand is a weight is not the op's to know.
    for (unsigned i : {0, 1})
      roles[i] = {OperandRole::input, findAxis(op, i, /*shared=*/false)};
  }
  OpOperand *accumulator = op.getDpsInitOperand(0);
  if (!isBlank(accumulator->get()))
    roles[accumulator->getOperandNumber()] = {
        isBias(accumulator->get()) ? OperandRole::bias : OperandRole::input};
}

std::optional<int64_t> quantprep::getContractedAxis(LinalgOp op,
                                                    unsigned operand) {
  if (operand > 1)
    return std::nullopt;
  if (getStructure(op) != Structure::convolution)
    return findAxis(op, operand, /*shared=*/true);
  auto dims = linalg::inferConvolutionDims(op);
  std::optional<unsigned> loop = getInputChannel(*dims);
  return loop ? getAxis(op, operand, *loop) : std::nullopt;
}

/// The loops of the weight that the result has, too: those of a convolution's
/// depth, but not the batches of a matrix product, which have no channels.
ChannelDims quantprep::getOutputChannelDims(LinalgOp op, unsigned weight) {
  ChannelDims dims;
  if (weight > 1)
    return dims;
  bool isMatMul = getStructure(op) == Structure::contraction;
  AffineMap result = op.getIndexingMapsArray().back();
  for (auto [dim, expr] : llvm::enumerate(result.getResults())) {
    auto loop = dyn_cast<AffineDimExpr>(expr);
    if (!loop || (isMatMul && getAxis(op, 1 - weight, loop.getPosition())))
      continue;
    if (std::optional<int64_t> axis = getAxis(op, weight, loop.getPosition())) {
      dims.weight.push_back(*axis);
      dims.result.push_back(dim);
    }
  }
  return dims;
}

SmallVector<int64_t> quantprep::getReducedOperandDims(LinalgOp op) {
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  SmallVector<int64_t> dims;
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
    if (iterators[loop] == utils::IteratorType::reduction)
      if (std::optional<int64_t> axis = getAxis(op, 0, loop))
        dims.push_back(*axis);
  return dims;
}

unsigned quantprep::getWindowRank(LinalgOp op) {
  auto dims = linalg::inferConvolutionDims(op);
  return succeeded(dims) ? dims->filterLoop.size() : 0;
}

SmallVector<int64_t> quantprep::getStrides(LinalgOp op) {
  linalg::ConvolutionDimensions dims = *linalg::inferConvolutionDims(op);
  // The interface speaks of windows over dimensions 1, 2, ...
  for (auto [i, loop] : llvm::enumerate(dims.outputImage))
    if (getAxis(op, op->getNumOperands() - 1, loop) != int64_t(i) + 1)
      return {};
  return llvm::to_vector_of<int64_t>(dims.strides);
}
