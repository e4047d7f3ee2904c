//===- StructuredBodies.cpp - Bodies that compute element by element ------===//

#include "Forms.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "StructuredForms.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using linalg::LinalgOp;
using qprep::UnitKind;

namespace {
/// Builds the ops of a body one after the other, each over the whole tensor.
class BodyForm {
public:
  BodyForm(IntegerLowering &lowering, LinalgOp op)
      : lowering(lowering), op(op),
        type(cast<RankedTensorType>(op->getResult(0).getType())) {}

  FailureOr<IntegerValue> build();

private:
  /// What stands for a scalar of the body, at each place.
  struct Element {
    std::optional<IntegerValue> integer;
    std::optional<DenseElementsAttr> constant;
    SmallVector<int64_t> dims;
    /// Floats that no integers stand for.
    Value value;
  };
  LogicalResult addArguments();
  FailureOr<Element> getElement(Value scalar);
  LogicalResult addOp(Operation *scalar);
  AffineMap getMap(const Element &element, Value tensor);
  Value emit(UnitKind kind, ArrayRef<Element> elements,
             std::pair<Value, unsigned> lhs, std::pair<Value, unsigned> rhs,
             int shift);

  IntegerLowering &lowering;
  LinalgOp op;
  RankedTensorType type;
  DenseMap<Value, Element> elements;
};
} // namespace

/// The dimension of the operand that each of the result is, from its map.
static std::optional<SmallVector<int64_t>> getDims(AffineMap map,
                                                   unsigned rank) {
  SmallVector<int64_t> dims(rank, -1);
  for (auto [at, expr] : llvm::enumerate(map.getResults())) {
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      dims[dim.getPosition()] = at;
    else if (!isa<AffineConstantExpr>(expr))
      return std::nullopt;
  }
  return dims;
}

LogicalResult BodyForm::addArguments() {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  AffineMap fromResult = inversePermutation(maps.back());
  for (OpOperand *input : op.getDpsInputOperands()) {
    Value scalar = op.getMatchingBlockArgument(input);
    if (!isa<RankedTensorType>(input->get().getType()))
      continue;
    std::optional<SmallVector<int64_t>> dims = getDims(
        op.getMatchingIndexingMap(input).compose(fromResult), type.getRank());
    if (!dims)
      return lowering.fail(op, "an operand is read in an order of its own");
    Element element;
    element.dims = *dims;
    if (const IntegerValue *integer = lowering.lookup(input->get())) {
      element.integer = *integer;
    } else if (std::optional<PlacedConstant> constant =
                   getPlacedConstant(lowering, input->get())) {
      element.constant = constant->values;
      for (int64_t &dimension : element.dims)
        dimension = dimension < 0 ? -1 : constant->dims[dimension];
    } else {
      element.value = input->get();
    }
    elements[scalar] = std::move(element);
  }
  return success();
}

/// An element that the body has, a number, or what indices make.
FailureOr<BodyForm::Element> BodyForm::getElement(Value scalar) {
  auto found = elements.find(scalar);
  if (found != elements.end())
    return found->second;
  Element element;
  FloatAttr number;
  if (matchPattern(scalar, m_Constant(&number))) {
    element.constant = DenseElementsAttr::get(
        RankedTensorType::get({}, number.getType()), number);
    element.dims.assign(type.getRank(), -1);
    return element;
  }
  if (std::optional<PlacedConstant> constant = evaluateIndices(op, scalar)) {
    element.constant = constant->values;
    element.dims = constant->dims;
    return element;
  }
  return lowering.fail(op, "an operand is not quantized");
}

/// From the loops to where an operand has its elements.
AffineMap BodyForm::getMap(const Element &element, Value tensor) {
  MLIRContext *context = op->getContext();
  auto operand = cast<RankedTensorType>(tensor.getType());
  SmallVector<AffineExpr> results(operand.getRank(),
                                  getAffineConstantExpr(0, context));
  for (auto [loop, dimension] : llvm::enumerate(element.dims))
    if (dimension >= 0)
      results[dimension] = getAffineDimExpr(loop, context);
  AffineMap map = AffineMap::get(type.getRank(), 0, results, context);
  return map.compose(op.getIndexingMapsArray().back());
}

Value BodyForm::emit(UnitKind kind, ArrayRef<Element> operands,
                     std::pair<Value, unsigned> lhs,
                     std::pair<Value, unsigned> rhs, int shift) {
  if (lhs.second > rhs.second)
    std::swap(lhs, rhs);
  SmallVector<AffineMap> maps = {getMap(operands[lhs.second], lhs.first),
                                 getMap(operands[rhs.second], rhs.first),
                                 op.getIndexingMapsArray().back()};
  return createStructured(
      lowering.builder, op, {lhs.first, rhs.first}, maps,
      lowering.builder.getI32Type(), {},
      [&](OpBuilder &builder, Location loc, ValueRange arguments) {
        return createBinary(builder, loc, kind, arguments[0], arguments[1],
                            shift);
      });
}

/// The operands that an op computes from: a maximum of two values does not
/// need the comparison that it is selected by.
static SmallVector<Value, 3> getScalars(Operation *scalar) {
  auto quantizable = dyn_cast<QuantizableOpInterface>(scalar);
  if (!quantizable)
    return llvm::to_vector<3>(scalar->getOperands());
  return getDataValues(quantizable);
}

LogicalResult BodyForm::addOp(Operation *scalar) {
  SmallVector<Element> operands;
  for (Value value : getScalars(scalar)) {
    FailureOr<Element> element = getElement(value);
    if (failed(element))
      return failure();
    operands.push_back(std::move(*element));
  }
  SmallVector<ElementwiseOperand> views;
  for (Element &element : operands)
    views.push_back({element.integer ? &*element.integer : nullptr,
                     element.constant, element.dims, element.value});
  FailureOr<IntegerValue> value =
      buildElementwise(lowering, op, scalar, views, type,
                       [&](UnitKind kind, std::pair<Value, unsigned> lhs,
                           std::pair<Value, unsigned> rhs, int shift) {
                         return emit(kind, operands, lhs, rhs, shift);
                       });
  if (failed(value))
    return failure();
  Element result;
  result.integer = *value;
  result.dims = llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
  elements[scalar->getResult(0)] = std::move(result);
  return success();
}

/// Whether an op of the body only computes from numbers and indices.
static bool readsNoElement(Operation *scalar,
                           const DenseSet<Operation *> &computing) {
  return !llvm::any_of(scalar->getOperands(), [&](Value operand) {
    return isa<BlockArgument>(operand) ||
           computing.contains(operand.getDefiningOp());
  });
}

FailureOr<IntegerValue> BodyForm::build() {
  if (failed(addArguments()))
    return failure();
  Block *block = op.getBlock();
  DenseSet<Operation *> computing;
  for (Operation &scalar : block->without_terminator()) {
    if (scalar.getNumResults() != 1 || readsNoElement(&scalar, computing))
      continue;
    computing.insert(&scalar);
    // A comparison that only selects is not looked at.
    if (scalar.getResult(0).getType().isInteger(1) &&
        llvm::all_of(scalar.getUsers(), [&](Operation *user) {
          return !llvm::is_contained(getScalars(user), scalar.getResult(0));
        }))
      continue;
    if (failed(addOp(&scalar)))
      return failure();
  }
  FailureOr<Element> yielded =
      getElement(block->getTerminator()->getOperand(0));
  if (failed(yielded) || !yielded->integer)
    return lowering.fail(op, "its result is not quantized");
  return *yielded->integer;
}

/// A relu whose comparison is an op of its own only selects by that: what it
/// selects is the value or a number.
static std::optional<IntegerValue> asRelu(IntegerLowering &lowering,
                                          LinalgOp op) {
  qprep::ComputeUnitAttr unit = annotations::getUnit(op);
  auto select = op.getBlock()
                    ->getTerminator()
                    ->getOperand(0)
                    .getDefiningOp<arith::SelectOp>();
  if (!unit || unit.getKind() != UnitKind::relu || !select ||
      &op.getBlock()->front() != select ||
      !isa<BlockArgument>(select.getCondition()))
    return std::nullopt;
  const IntegerValue *input = nullptr;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    const IntegerValue *found = lowering.lookup(operand->get());
    if (!found && !getElementTypeOrSelf(operand->get()).isInteger(1) &&
        !getPlacedConstant(lowering, operand->get()) &&
        isa<TensorType>(operand->get().getType()))
      return std::nullopt;
    if (!found)
      continue;
    if ((input && input->tensor != found->tensor) ||
        op.getMatchingIndexingMap(operand) != op.getIndexingMapsArray().back())
      return std::nullopt;
    input = found;
  }
  if (!input)
    return std::nullopt;
  IntegerValue result = *input;
  result.least = std::max(result.least, 0.0);
  result.greatest = std::max(result.greatest, 0.0);
  return result;
}

FailureOr<IntegerValue> quantprep::buildBody(IntegerLowering &lowering,
                                             LinalgOp op) {
  if (std::optional<IntegerValue> relu = asRelu(lowering, op))
    return *relu;
  return BodyForm(lowering, op).build();
}

//===----------------------------------------------------------------------===//
// Numbers that indices make
//===----------------------------------------------------------------------===//

namespace {
/// Folds what a body computes from indices, at one place.
class IndexFolder {
public:
  IndexFolder(LinalgOp op, ArrayRef<int64_t> position)
      : op(op), position(position) {}

  Attribute fold(Value value) {
    auto found = known.find(value);
    if (found != known.end())
      return found->second;
    Attribute result = foldOp(value);
    known[value] = result;
    return result;
  }

private:
  Attribute foldOp(Value value) {
    Operation *scalar = value.getDefiningOp();
    if (!scalar || scalar->getNumResults() != 1)
      return {};
    Builder builder(op->getContext());
    if (auto index = dyn_cast<linalg::IndexOp>(scalar))
      return builder.getIndexAttr(position[index.getDim()]);
    Attribute constant;
    if (matchPattern(value, m_Constant(&constant)))
      return constant;
    SmallVector<Attribute> operands;
    for (Value operand : scalar->getOperands()) {
      operands.push_back(fold(operand));
      if (!operands.back())
        return {};
    }
    SmallVector<OpFoldResult> results;
    if (failed(scalar->fold(operands, results)) || results.size() != 1)
      return {};
    if (auto attr = dyn_cast<Attribute>(results.front()))
      return attr;
    return fold(cast<Value>(results.front()));
  }

  LinalgOp op;
  ArrayRef<int64_t> position;
  DenseMap<Value, Attribute> known;
};
} // namespace

/// The loops whose indices a scalar is computed from; null if from anything
/// else but constants.
static bool collectIndices(LinalgOp op, Value value, DenseSet<Value> &seen,
                           SmallVectorImpl<bool> &loops) {
  if (!seen.insert(value).second)
    return true;
  Operation *scalar = value.getDefiningOp();
  if (!scalar)
    return false;
  if (auto index = dyn_cast<linalg::IndexOp>(scalar)) {
    loops[index.getDim()] = true;
    return true;
  }
  if (isa<TensorType>(value.getType()) || scalar->getNumRegions() != 0)
    return false;
  return llvm::all_of(scalar->getOperands(), [&](Value operand) {
    return collectIndices(op, operand, seen, loops);
  });
}

std::optional<PlacedConstant> quantprep::evaluateIndices(LinalgOp op,
                                                         Value value) {
  constexpr int64_t mostPlaces = 1 << 16;
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<bool> loops(op.getNumLoops(), false);
  DenseSet<Value> seen;
  if (!isa<FloatType>(value.getType()) ||
      !op.getIndexingMapsArray().back().isIdentity() ||
      !collectIndices(op, value, seen, loops))
    return std::nullopt;
  SmallVector<int64_t> shape, position(op.getNumLoops(), 0);
  PlacedConstant result;
  int64_t places = 1;
  for (auto [loop, used] : llvm::enumerate(loops)) {
    result.dims.push_back(used ? int64_t(shape.size()) : -1);
    if (!used)
      continue;
    if (type.isDynamicDim(loop))
      return std::nullopt;
    shape.push_back(type.getDimSize(loop));
    places *= shape.back();
  }
  if (places > mostPlaces)
    return std::nullopt;
  SmallVector<Attribute> values;
  for (int64_t place = 0; place < places; ++place) {
    int64_t rest = place;
    for (int64_t loop = op.getNumLoops() - 1; loop >= 0; --loop)
      if (loops[loop]) {
        position[loop] = rest % type.getDimSize(loop);
        rest /= type.getDimSize(loop);
      }
    values.push_back(IndexFolder(op, position).fold(value));
    if (!isa_and_nonnull<FloatAttr>(values.back()))
      return std::nullopt;
  }
  result.values = DenseElementsAttr::get(
      RankedTensorType::get(shape, value.getType()), values);
  if (llvm::all_equal(values)) {
    result.dims.assign(op.getNumLoops(), -1);
    result.values = DenseElementsAttr::get(
        RankedTensorType::get({}, value.getType()), values.front());
  }
  return result;
}
