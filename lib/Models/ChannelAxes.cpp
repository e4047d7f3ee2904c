//===- ChannelAxes.cpp - How channels go through ops ----------------------===//

#include "QuantPrep/Models/ChannelValues.h"
#include "QuantPrep/Models/StructuredOps.h"

using namespace mlir;
using namespace quantprep;
using linalg::LinalgOp;

/// Of a reshape: the dimensions of `to` that hold the elements of some
/// neighbouring ones of `from`. There are as many in all, and as many before
/// them.
static std::optional<ChannelAxes> findReshaped(ArrayRef<int64_t> from,
                                               ArrayRef<int64_t> to,
                                               ArrayRef<int64_t> axes) {
  for (auto [axis, next] : llvm::zip(axes.drop_back(), axes.drop_front()))
    if (axis + 1 != next)
      return std::nullopt;
  // Unknown sizes are counted by themselves.
  auto measure = [](ArrayRef<int64_t> shape) {
    std::pair<int64_t, int64_t> result(1, 0);
    for (int64_t size : shape)
      ShapedType::isDynamic(size) ? ++result.second : result.first *= size;
    return result;
  };
  auto before = measure(from.take_front(axes.front()));
  auto channels = measure(from.slice(axes.front(), axes.size()));
  if (channels.second != 0)
    return std::nullopt;
  size_t begin = 0;
  while (begin < to.size() &&
         (measure(to.take_front(begin)) != before || to[begin] == 1))
    ++begin;
  if (begin == to.size())
    return std::nullopt;
  ChannelAxes found;
  int64_t count = 1;
  for (size_t dim = begin; dim < to.size() && count < channels.first; ++dim) {
    found.push_back(dim);
    count *= ShapedType::isDynamic(to[dim]) ? 0 : to[dim];
  }
  return count == channels.first && !found.empty() ? std::optional(found)
                                                   : std::nullopt;
}

/// Movement that keeps the order of elements along each dimension.
static bool keepsOrder(UnitKind kind) {
  return kind == UnitKind::reshape || kind == UnitKind::transpose ||
         kind == UnitKind::repeat || kind == UnitKind::identity;
}

/// Which dimension of the operand each dimension of the result is, -1 for none.
static std::optional<SmallVector<int64_t>> getDims(OpOperand &operand) {
  Operation *op = operand.getOwner();
  auto to = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  auto from = dyn_cast<RankedTensorType>(operand.get().getType());
  if (!to || !from)
    return std::nullopt;
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  if (quantizable && quantizable.movesData() &&
      !keepsOrder(quantizable.getUnitKind()))
    return std::nullopt;
  if (quantizable && operand.getOperandNumber() == 0)
    if (SmallVector<int64_t> dims = quantizable.getPermutation(); !dims.empty())
      return dims;
  if (auto structured = dyn_cast<LinalgOp>(op)) {
    AffineMap result = structured.getIndexingMapsArray().back();
    if (structured.getNumReductionLoops() != 0 || !result.isPermutation())
      return std::nullopt;
    AffineMap map = structured.getMatchingIndexingMap(&operand).compose(
        inversePermutation(result));
    SmallVector<int64_t> dims(to.getRank(), -1);
    for (auto [dim, expr] : llvm::enumerate(map.getResults()))
      if (auto ofResult = dyn_cast<AffineDimExpr>(expr))
        dims[ofResult.getPosition()] = dim;
      else if (!isa<AffineConstantExpr>(expr))
        return std::nullopt;
    return dims;
  }
  // Element by element, where dimensions of size 1 are repeated.
  if (from.getRank() != to.getRank())
    return std::nullopt;
  SmallVector<int64_t> dims;
  for (int64_t dim = 0; dim < to.getRank(); ++dim) {
    bool isRepeated = from.getDimSize(dim) == 1 && to.getDimSize(dim) != 1;
    if (!isRepeated && from.getDimSize(dim) != to.getDimSize(dim))
      return std::nullopt;
    dims.push_back(isRepeated ? -1 : dim);
  }
  return dims;
}

static bool isReshape(Operation *op) {
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  return quantizable && quantizable.movesData() &&
         quantizable.getUnitKind() == UnitKind::reshape && !isa<LinalgOp>(op);
}

/// Of a reshape: a dimension that the value does not have stays so.
static std::optional<ChannelAxes> reshape(Value from, Value to,
                                          ArrayRef<int64_t> axes) {
  auto fromType = dyn_cast<RankedTensorType>(from.getType());
  auto toType = dyn_cast<RankedTensorType>(to.getType());
  if (!fromType || !toType)
    return std::nullopt;
  if (llvm::all_of(axes, [](int64_t axis) { return axis < 0; }))
    return ChannelAxes(axes);
  if (llvm::is_contained(axes, -1))
    return std::nullopt;
  return findReshaped(fromType.getShape(), toType.getShape(), axes);
}

std::optional<ChannelAxes>
quantprep::getOperandAxes(OpOperand &operand, ArrayRef<int64_t> resultAxes) {
  if (isReshape(operand.getOwner()))
    return reshape(operand.getOwner()->getResult(0), operand.get(), resultAxes);
  std::optional<SmallVector<int64_t>> dims = getDims(operand);
  if (!dims)
    return std::nullopt;
  ChannelAxes axes;
  for (int64_t axis : resultAxes)
    axes.push_back(axis < 0 ? -1 : (*dims)[axis]);
  return axes;
}

std::optional<ChannelAxes>
quantprep::getResultAxes(OpOperand &operand, ArrayRef<int64_t> operandAxes) {
  if (isReshape(operand.getOwner()))
    return reshape(operand.get(), operand.getOwner()->getResult(0),
                   operandAxes);
  std::optional<SmallVector<int64_t>> dims = getDims(operand);
  if (!dims)
    return std::nullopt;
  ChannelAxes axes;
  for (int64_t axis : operandAxes) {
    auto *found = llvm::find(*dims, axis);
    if (found == dims->end())
      return std::nullopt;
    axes.push_back(found - dims->begin());
  }
  return axes;
}
