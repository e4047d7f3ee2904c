//===- StructuredOps.cpp - What a linalg op computes ----------------------===//

#include "QuantPrep/Models/StructuredOps.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using linalg::LinalgOp;

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

static Value getYielded(LinalgOp op) {
  return op.getBlock()->getTerminator()->getOperand(0);
}

/// The two operands of a scalar op that has two; those that only choose between
/// them are left out.
static std::optional<std::pair<Value, Value>>
getTwoOperands(QuantizableOpInterface op) {
  SmallVector<OperandRoleInfo> roles;
  op.getOperandRoles(roles);
  SmallVector<Value> operands;
  for (auto [operand, role] : llvm::zip(op->getOperands(), roles))
    if (role.role != OperandRole::ignored)
      operands.push_back(skipScalarCasts(operand));
  if (operands.size() != 2)
    return std::nullopt;
  return std::pair(operands[0], operands[1]);
}

std::optional<Combination> quantprep::getCombination(LinalgOp op) {
  auto combiner =
      skipScalarCasts(getYielded(op)).getDefiningOp<QuantizableOpInterface>();
  if (!combiner)
    return std::nullopt;
  std::optional<std::pair<Value, Value>> operands = getTwoOperands(combiner);
  if (!operands)
    return std::nullopt;
  Value accumulator = op.getRegionOutputArgs().front();
  if (operands->first == accumulator)
    return Combination{combiner.getUnitKind(), operands->second};
  if (operands->second == accumulator)
    return Combination{combiner.getUnitKind(), operands->first};
  return std::nullopt;
}

/// Of an op with one result, whose destination comes last.
static bool isInput(LinalgOp op, Value scalar, unsigned index) {
  return index + 1 < op->getNumOperands() &&
         scalar == op.getBlock()->getArgument(index);
}

/// Whether a body adds up products of the first two operands.
static bool addsProducts(LinalgOp op, const Combination &combination) {
  auto product = combination.value.getDefiningOp<QuantizableOpInterface>();
  if (combination.kind != UnitKind::add || !product ||
      product.getUnitKind() != UnitKind::mul)
    return false;
  auto operands = getTwoOperands(product);
  return operands && ((isInput(op, operands->first, 0) &&
                       isInput(op, operands->second, 1)) ||
                      (isInput(op, operands->first, 1) &&
                       isInput(op, operands->second, 0)));
}

/// Which dimensions of the result those of the operands are, for an op without
/// reductions; front ends write a transpose on either side.
static SmallVector<AffineMap> getOperandMaps(LinalgOp op) {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  AffineMap fromResult = inversePermutation(maps.back());
  for (AffineMap &map : maps)
    map = map.compose(fromResult);
  return maps;
}

/// What a pool combines that computes its windows: an element of a tensor, or a
/// number outside of the window.
static tensor::ExtractOp getPooled(LinalgOp op) {
  std::optional<Combination> combination;
  if (op.getNumReductionLoops() != 0)
    combination = getCombination(op);
  if (!combination)
    return nullptr;
  Value value = skipScalarCasts(combination->value);
  while (auto choice = value.getDefiningOp<arith::SelectOp>())
    value = skipScalarCasts(matchPattern(choice.getFalseValue(), m_Constant())
                                ? choice.getTrueValue()
                                : choice.getFalseValue());
  return value.getDefiningOp<tensor::ExtractOp>();
}

/// What yields an element of a tensor, or is computed of elements of one tensor
/// and of no inputs: the first of them.
static tensor::ExtractOp getExtraction(LinalgOp op) {
  if (tensor::ExtractOp pooled = getPooled(op))
    return pooled;
  if (auto last =
          skipScalarCasts(getYielded(op)).getDefiningOp<tensor::ExtractOp>())
    return last;
  auto extractions = op.getBlock()->getOps<tensor::ExtractOp>();
  if (op.getNumDpsInputs() != 0 || extractions.empty())
    return nullptr;
  tensor::ExtractOp first = *extractions.begin();
  bool isOne = llvm::all_of(extractions, [&](tensor::ExtractOp each) {
    return each.getTensor() == first.getTensor();
  });
  return isOne ? first : nullptr;
}

Value quantprep::getTable(LinalgOp op) { return getExtraction(op).getTensor(); }

/// Whether the indexes of an extraction are some of the result's, in their
/// order, and zero along dimensions of size 1.
static bool broadcasts(tensor::ExtractOp extraction) {
  int64_t last = -1;
  for (auto [index, size] :
       llvm::zip(extraction.getIndices(),
                 extraction.getTensor().getType().getShape())) {
    if (size == 1 && matchPattern(index, m_Zero()))
      continue;
    auto dim = index.getDefiningOp<linalg::IndexOp>();
    if (!dim || int64_t(dim.getDim()) <= last)
      return false;
    last = dim.getDim();
  }
  return true;
}

/// What the indexes of an extraction are computed from tells which it is: an
/// element of an operand, or indexes of the result as they are or in another
/// way.
static std::optional<Structure> getExtractionStructure(LinalgOp op) {
  tensor::ExtractOp extraction = getExtraction(op);
  if (!extraction)
    return std::nullopt;
  if (broadcasts(extraction))
    return Structure::broadcast;
  constexpr unsigned maxValues = 64;
  SmallVector<Value> values(extraction.getIndices());
  bool isComputed = false;
  for (size_t next = 0; next < values.size() && next < maxValues; ++next) {
    auto argument = dyn_cast<BlockArgument>(values[next]);
    if (argument && argument.getOwner() == op.getBlock())
      return Structure::gather;
    Operation *index = values[next].getDefiningOp();
    if (!index || index->getBlock() != op.getBlock())
      continue;
    isComputed |= index->getNumOperands() != 0;
    llvm::append_range(values, index->getOperands());
  }
  return isComputed ? std::optional(Structure::resample) : std::nullopt;
}

static Structure getParallelStructure(LinalgOp op) {
  if (std::optional<Structure> structure = getExtractionStructure(op))
    return *structure;
  if (!op.getIndexingMapsArray().back().isPermutation())
    return Structure::other;
  Value yielded = getYielded(op);
  if (isInput(op, yielded, 0) && isa<ShapedType>(op->getOperand(0).getType()))
    return Structure::movement;
  auto argument = dyn_cast<BlockArgument>(yielded);
  bool isOneScalar =
      argument
          ? !isa<ShapedType>(op.getMatchingOpOperand(argument)->get().getType())
          : matchPattern(yielded, m_Constant());
  return isOneScalar ? Structure::fill : Structure::elementwise;
}

Value quantprep::getScalar(LinalgOp op) {
  Value yielded = getYielded(op);
  auto argument = dyn_cast<BlockArgument>(yielded);
  return argument ? op.getMatchingOpOperand(argument)->get() : yielded;
}

bool quantprep::isComputedFromPlace(LinalgOp op, unsigned result) {
  llvm::SmallSetVector<Value, 16> values;
  values.insert(op.getBlock()->getTerminator()->getOperand(result));
  for (size_t next = 0; next < values.size(); ++next) {
    if (matchPattern(values[next], m_Constant()))
      continue;
    Operation *maker = values[next].getDefiningOp();
    if (!maker || maker->getBlock() != op.getBlock() ||
        isa<tensor::ExtractOp>(maker))
      return false;
    values.insert_range(maker->getOperands());
  }
  return true;
}

/// Whether an op with more than one result is a pool: others than the first
/// count the elements of sums, or tell which element is the largest.
static bool isPoolOfSeveralResults(LinalgOp op) {
  return op.hasPureTensorSemantics() && getPooled(op) &&
         (getCombination(op)->kind != UnitKind::add ||
          llvm::all_of(llvm::seq<unsigned>(1, op->getNumResults()),
                       [&](unsigned result) {
                         return isComputedFromPlace(op, result);
                       }));
}

/// Ops with the interface have been verified; others are looked at.
static bool isConvolution(LinalgOp op) {
  return isa<linalg::ConvolutionOpInterface>(op.getOperation()) ||
         linalg::isaConvolutionOpInterface(op);
}

Structure quantprep::getStructure(LinalgOp op) {
  if (op->getNumResults() > 1 && isPoolOfSeveralResults(op))
    return Structure::adaptivePool;
  if (op->getNumResults() != 1 || !op.hasPureTensorSemantics())
    return Structure::other;
  if (op.getNumReductionLoops() == 0)
    return getParallelStructure(op);
  std::optional<Combination> combination = getCombination(op);
  if (!combination)
    return Structure::other;
  if (getPooled(op))
    return Structure::adaptivePool;
  bool multiplies = addsProducts(op, *combination);
  if (isConvolution(op))
    return multiplies                           ? Structure::convolution
           : isInput(op, combination->value, 0) ? Structure::pool
                                                : Structure::other;
  // A product of two vectors in each of many places is no matrix product.
  if (multiplies && linalg::isaContractionOpInterface(op)) {
    FailureOr<linalg::ContractionDimensions> dims =
        linalg::inferContractionDims(op);
    if (succeeded(dims) || op.getNumParallelLoops() < 2)
      return Structure::contraction;
  }
  return Structure::reduction;
}

/// Whether elements of an operand lie as those of the result do, up to
/// dimensions that are missing, reduced or of size 1.
static bool isAligned(LinalgOp op, AffineMap map) {
  SmallVector<utils::IteratorType> loops = op.getIteratorTypesArray();
  int64_t last = -1;
  for (AffineExpr expr : map.getResults()) {
    if (auto constant = dyn_cast<AffineConstantExpr>(expr);
        constant && constant.getValue() == 0)
      continue;
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (dim && loops[dim.getPosition()] == utils::IteratorType::reduction)
      continue;
    if (!dim || dim.getPosition() <= last)
      return false;
    last = dim.getPosition();
  }
  return true;
}

UnitKind quantprep::getReductionKind(UnitKind combiner) {
  switch (combiner) {
  case UnitKind::add:
    return UnitKind::reduce_sum;
  case UnitKind::maximum:
    return UnitKind::reduce_max;
  case UnitKind::minimum:
    return UnitKind::reduce_min;
  case UnitKind::mul:
    return UnitKind::reduce_product;
  default:
    return UnitKind::opaque;
  }
}

std::optional<BodyStep> quantprep::getBodyStep(LinalgOp op) {
  Structure structure = getStructure(op);
  if (structure != Structure::elementwise && structure != Structure::reduction)
    return std::nullopt;
  auto last =
      skipScalarCasts(getYielded(op)).getDefiningOp<QuantizableOpInterface>();
  if (!last)
    return std::nullopt;
  SmallVector<AffineMap> maps = structure == Structure::elementwise
                                    ? getOperandMaps(op)
                                    : op.getIndexingMapsArray();
  if (!llvm::all_of(maps, [&](AffineMap map) { return isAligned(op, map); }))
    return BodyStep{last, UnitKind::opaque, {}};
  if (structure == Structure::elementwise)
    return BodyStep{last, last.getUnitKind(), getDataValues(last)};
  Combination combination = *getCombination(op);
  return BodyStep{
      last, getReductionKind(combination.kind), {combination.value}};
}

bool quantprep::isBlank(Value destination) {
  if (destination.getDefiningOp<tensor::EmptyOp>() ||
      destination.getDefiningOp<linalg::FillOpInterface>() ||
      matchPattern(destination, m_AnyZeroFloat()))
    return true;
  auto op = destination.getDefiningOp<LinalgOp>();
  return op && getStructure(op) == Structure::fill;
}

//===----------------------------------------------------------------------===//
// Movement
//===----------------------------------------------------------------------===//

UnitKind quantprep::getMovementKind(LinalgOp op) {
  auto from = cast<ShapedType>(op->getOperand(0).getType());
  auto to = cast<ShapedType>(op->getResult(0).getType());
  AffineMap map = getOperandMaps(op).front();
  if (map.isPermutation())
    return map.isIdentity() ? UnitKind::identity : UnitKind::transpose;
  if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
    return UnitKind::slice;
  if (from.hasStaticShape() && to.hasStaticShape() &&
      from.getNumElements() == to.getNumElements())
    return from.getShape() == to.getShape() ? UnitKind::identity
                                            : UnitKind::reshape;
  return UnitKind::repeat;
}

SmallVector<int64_t> quantprep::getMovedDims(LinalgOp op) {
  AffineMap map = getOperandMaps(op).front();
  if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
    return {};
  SmallVector<int64_t> dims(map.getNumDims(), -1);
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    if (auto ofResult = dyn_cast<AffineDimExpr>(expr))
      dims[ofResult.getPosition()] = dim;
  return dims;
}
