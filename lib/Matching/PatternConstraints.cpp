//===- PatternConstraints.cpp - What nodes of patterns ask for ------------===//

#include "PatternConstraints.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/TypeUtilities.h"
#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Dimensions along which all elements are the same: those of size 1, and those
/// that a broadcast makes.
static SmallVector<bool> getUniformDims(Value value) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(value.getType()).getShape();
  auto uniform =
      llvm::map_to_vector(shape, [](int64_t size) { return size == 1; });
  auto op = value.getDefiningOp<QuantizableOpInterface>();
  if (!op)
    return uniform;
  for (auto [isUniform, source] : llvm::zip(uniform, op.getBroadcastDims()))
    isUniform |= source < 0;
  return uniform;
}

/// The dimensions of a matrix that a product has in both factors and in the
/// result. Where that is not written in the product, all but the last two are.
static SmallVector<int64_t> getBatchDims(Value value, int64_t rank) {
  for (OpOperand &use : value.getUses()) {
    auto product = dyn_cast<linalg::LinalgOp>(use.getOwner());
    auto dims = product ? linalg::inferContractionDims(product)
                        : FailureOr<linalg::ContractionDimensions>(failure());
    if (failed(dims))
      continue;
    SmallVector<int64_t> batch;
    AffineMap map = product.getMatchingIndexingMap(&use);
    for (unsigned loop : dims->batch)
      if (auto position =
              map.getResultPosition(getAffineDimExpr(loop, map.getContext())))
        batch.push_back(*position);
    return batch;
  }
  return llvm::to_vector(llvm::seq<int64_t>(std::max<int64_t>(rank - 2, 0)));
}

/// Whether a matrix is the same for all of a batch: these dimensions are 1, or
/// a broadcast makes them.
static bool isUnbatched(Value value, const ValueFacts &facts) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || type.getRank() < 2)
    return false;
  SmallVector<bool> uniform = getUniformDims(value);
  SmallVector<int64_t> batch = getBatchDims(value, type.getRank());
  if (llvm::all_of(batch, [&](int64_t dim) { return uniform[dim]; }))
    return true;
  auto source =
      dyn_cast<RankedTensorType>(facts.getMovedValue(value).getType());
  ArrayRef<int64_t> matrix = type.getShape().take_back(2);
  return source && source.getRank() == 2 &&
         (source.getShape() == matrix ||
          source.getShape() == ArrayRef({matrix[1], matrix[0]}));
}

bool quantprep::fits(OperandOp operand, Value value, const ValueFacts &facts) {
  if (operand.getConstant() && !facts.isConstant(value))
    return false;
  if (operand.getParameter() && !facts.isParameter(value))
    return false;
  if (operand.getMask() && !facts.isMask(value))
    return false;
  if (operand.getCertain() && !facts.isCertainParameter(value))
    return false;
  if (operand.getTransposed() && !facts.isParameter(value, true))
    return false;
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!operand.getVector() && !operand.getChannels() &&
      !operand.getUnbatched() && !operand.getRank())
    return true;
  if (!type || type.getRank() == 0)
    return false;
  if (operand.getRank() && type.getRank() != int64_t(*operand.getRank()))
    return false;
  if (operand.getUnbatched() && !isUnbatched(value, facts))
    return false;
  if (!operand.getVector() && !operand.getChannels())
    return true;
  SmallVector<bool> uniform = getUniformDims(value);
  if (operand.getChannels() && llvm::count(uniform, true) < type.getRank() - 1)
    return false;
  return !operand.getVector() ||
         !llvm::is_contained(ArrayRef(uniform).drop_back(), false);
}

/// Equal up to what the element type can tell apart, in a few roundings.
static bool isNear(double found, double wanted, Type elementType) {
  double ulp = elementType.isF64()   ? 0x1p-51
               : elementType.isF32() ? 0x1p-22
               : elementType.isF16() ? 0x1p-9
                                     : 0x1p-6;
  return std::abs(found - wanted) <= 2 * ulp * std::abs(wanted);
}

/// The splat, or its reciprocal.
static std::optional<double> getSplat(Value value, bool inverted,
                                      const ValueFacts &facts) {
  std::optional<double> splat = facts.getSplat(value);
  if (!splat || !inverted)
    return splat;
  return *splat == 0 ? std::nullopt : std::optional(1 / *splat);
}

bool quantprep::fits(ScalarOp scalar, Value value, bool inverted,
                     const ValueFacts &facts) {
  if (!facts.isScalar(value) && !(scalar.getSplat() && facts.isConstant(value)))
    return false;
  if (!scalar.getValue() && !scalar.getAtMost())
    return true;
  std::optional<double> found = getSplat(value, inverted, facts);
  if (!found ||
      (scalar.getAtMost() && *found > scalar.getAtMost()->convertToDouble()))
    return false;
  return !scalar.getValue() ||
         isNear(*found, scalar.getValue()->convertToDouble(),
                getElementTypeOrSelf(value.getType()));
}

bool quantprep::fitsReciprocalCount(Value constant, bool inverted, Value sum,
                                    Value whole, const ValueFacts &facts) {
  // A dynamic dimension that is kept is in both counts.
  unsigned dynamicDims[2] = {0, 0};
  auto count = [&](Value value, unsigned &dynamic) -> std::optional<double> {
    auto type = dyn_cast<ShapedType>(value.getType());
    if (!type || !type.hasRank())
      return std::nullopt;
    double elements = 1;
    for (int64_t size : type.getShape()) {
      dynamic += ShapedType::isDynamic(size);
      elements *= ShapedType::isDynamic(size) ? 1 : size;
    }
    return elements;
  };
  std::optional<double> sums = count(sum, dynamicDims[0]);
  std::optional<double> all = count(whole, dynamicDims[1]);
  std::optional<double> found = getSplat(constant, inverted, facts);
  return sums && all && found && dynamicDims[0] == dynamicDims[1] &&
         isNear(*found, *sums / *all, getElementTypeOrSelf(constant.getType()));
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

/// The dimensions that the reduction runs over which makes a value, or what it
/// is computed from element by element: a mean is a sum that is divided.
static SmallVector<int64_t> findReducedDims(Value value) {
  constexpr unsigned maxSteps = 4;
  for (unsigned step = 0; step < maxSteps; ++step) {
    auto op = value.getDefiningOp<QuantizableOpInterface>();
    if (!op)
      return {};
    if (SmallVector<int64_t> dims = op.getReducedDims(); !dims.empty())
      return dims;
    SmallVector<OperandRoleInfo> roles;
    op.getOperandRoles(roles);
    Value before;
    for (auto [operand, role] : llvm::zip(op->getOperands(), roles))
      if (!before && role.role != OperandRole::ignored &&
          operand.getType() == value.getType() &&
          operand.getDefiningOp<QuantizableOpInterface>())
        before = operand;
    value = before;
    if (!value)
      return {};
  }
  return {};
}

/// Which dimensions of `from` a reduction to `result` runs over; those of size
/// 1 may be among them or not. None if it cannot be told.
static std::optional<SmallVector<bool>> getReduced(RankedTensorType from,
                                                   Value result) {
  auto to = dyn_cast<RankedTensorType>(result.getType());
  if (!to)
    return std::nullopt;
  SmallVector<bool> reduced(from.getRank(), false);
  if (from.getRank() == to.getRank()) {
    for (int64_t i = 0; i < from.getRank(); ++i)
      reduced[i] = from.getDimSize(i) != to.getDimSize(i);
    return reduced;
  }
  for (int64_t dim : findReducedDims(result)) {
    if (dim >= from.getRank())
      return std::nullopt;
    reduced[dim] = true;
  }
  return reduced;
}

static bool reduces(ReducedDims wanted, Value from, Value to) {
  if (wanted == ReducedDims::any)
    return true;
  auto before = dyn_cast<RankedTensorType>(from.getType());
  if (!before)
    return false;
  auto reduced = getReduced(before, to);
  if (!reduced || !llvm::is_contained(*reduced, true))
    return false;
  if (wanted == ReducedDims::spatial) {
    if (before.getRank() <= 2 || reduced->front())
      return false;
    // Channels are the last dimension, or come before the reduced ones.
    if (!reduced->back())
      return !llvm::is_contained(ArrayRef(*reduced).drop_front().drop_back(),
                                 false);
  } else if (before.getRank() > 2 && (*reduced)[1] &&
             llvm::count(*reduced, true) == 1) {
    // Channels that come first.
    return true;
  }
  // No kept dimension behind a reduced one.
  bool seen = false;
  for (auto [isReduced, size] : llvm::zip(*reduced, before.getShape())) {
    if (seen && !isReduced && size != 1)
      return false;
    seen |= isReduced;
  }
  return true;
}

static bool keepsTrailing(int64_t count, Value from, Value to) {
  auto before = dyn_cast<RankedTensorType>(from.getType());
  auto after = dyn_cast<RankedTensorType>(to.getType());
  return before && after && before.getRank() >= count &&
         after.getRank() >= count &&
         before.getShape().take_back(count) ==
             after.getShape().take_back(count);
}

bool quantprep::fits(NodeOp node, Value result, Value source) {
  if (node.getKeepsTrailing() &&
      !keepsTrailing(*node.getKeepsTrailing(), source, result))
    return false;
  if (!reduces(node.getOver(), source, result))
    return false;
  auto type = dyn_cast<RankedTensorType>(result.getType());
  if (node.getRank() && (!type || type.getRank() != int64_t(*node.getRank())))
    return false;
  auto op = result.getDefiningOp<QuantizableOpInterface>();
  if (node.getMoves() && !(op && op.movesData()))
    return false;
  if (!node.getPermutation())
    return true;
  return op && ArrayRef<int64_t>(op.getPermutation()) == *node.getPermutation();
}

bool quantprep::spans(Value parameter, Value from, Value to) {
  auto type = dyn_cast<RankedTensorType>(parameter.getType());
  auto before = dyn_cast<RankedTensorType>(from.getType());
  auto after = dyn_cast<RankedTensorType>(to.getType());
  if (!type || !before || !after)
    return false;
  auto reduced = getReduced(before, to);
  if (!reduced || type.getRank() > before.getRank())
    return false;
  // The dimensions of the parameter are the last ones.
  ArrayRef<bool> last = ArrayRef(*reduced).take_back(type.getRank());
  SmallVector<bool> uniform = getUniformDims(parameter);
  int64_t elements = 1;
  for (auto [isReduced, size, isUniform, whole] :
       llvm::zip(last, type.getShape(), uniform,
                 before.getShape().take_back(type.getRank()))) {
    if ((isUniform ? 1 : size) != (isReduced ? whole : 1))
      return false;
    elements *= isUniform ? 1 : size;
  }
  return !type.hasStaticShape() || !before.hasStaticShape() ||
         !after.hasStaticShape() ||
         elements * after.getNumElements() == before.getNumElements();
}

bool quantprep::squeezes(Value whole, Value kept, Value result) {
  auto shapeOf = [](Value value) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type ? type.getShape() : ArrayRef<int64_t>();
  };
  ArrayRef<int64_t> before = shapeOf(whole), after = shapeOf(kept);
  if (before.empty() || before.size() < after.size())
    return false;
  SmallVector<int64_t> wanted;
  if (before.size() == after.size()) {
    for (auto [from, to] : llvm::zip(before, after))
      if (to != 1 || from == 1)
        wanted.push_back(to);
    return shapeOf(result) == ArrayRef<int64_t>(wanted);
  }
  // The dimensions are left out already.
  auto op = kept.getDefiningOp<QuantizableOpInterface>();
  wanted.assign(before.begin(), before.end());
  if (!op)
    return false;
  for (int64_t dim : op.getReducedDims())
    if (dim < int64_t(wanted.size()))
      wanted[dim] = 1;
  return shapeOf(result) == ArrayRef<int64_t>(wanted);
}

bool quantprep::trims(Value whole, Value kept, ArrayRef<int64_t> strides) {
  auto before = dyn_cast<RankedTensorType>(whole.getType());
  auto after = dyn_cast<RankedTensorType>(kept.getType());
  auto slice = kept.getDefiningOp<QuantizableOpInterface>();
  if (!before || !after || !slice || !slice.startsAtOrigin())
    return false;
  for (int64_t i = 0; i < before.getRank(); ++i) {
    bool isWindow = i > 0 && i <= int64_t(strides.size());
    int64_t limit = isWindow ? strides[i - 1] : 1;
    if (before.isDynamicDim(i) != after.isDynamicDim(i) ||
        before.getDimSize(i) - after.getDimSize(i) >= limit)
      return false;
  }
  return true;
}
