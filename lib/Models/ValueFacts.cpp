//===- ValueFacts.cpp - Constants and parameters of a function ------------===//

#include "QuantPrep/Models/ValueFacts.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/EvaluateKind.h"
#include "QuantPrep/Models/StructuredOps.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MLProgram/IR/MLProgram.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool quantprep::passesScalar(Operation *op) {
  if (auto made = dyn_cast<tensor::FromElementsOp>(op))
    return made.getType().getRank() == 0;
  if (auto element = dyn_cast<tensor::ExtractOp>(op))
    return element.getTensor().getDefiningOp<tensor::FromElementsOp>() &&
           element.getIndices().empty();
  auto cast = dyn_cast<QuantizableOpInterface>(op);
  return cast && cast.getUnitKind() == UnitKind::cast &&
         isa<FloatType>(op->getOperand(0).getType());
}

Value quantprep::skipScalarCasts(Value value) {
  while (value.getDefiningOp() && passesScalar(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  return value;
}

OpOperand *quantprep::getBodyOperand(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return nullptr;
  auto op = dyn_cast_or_null<QuantizableOpInterface>(
      argument.getOwner()->getParentOp());
  return op ? op.getBodyOperand(argument) : nullptr;
}

/// Whether an op reads a global or a buffer that nothing can write (B21).
static bool readsConstantBuffer(Operation *op) {
  if (auto load = dyn_cast<ml_program::GlobalLoadOp>(op)) {
    auto global = SymbolTable::lookupNearestSymbolFrom<ml_program::GlobalOp>(
        op, load.getGlobalAttr());
    return global && !global.getIsMutable();
  }
  auto tensor = dyn_cast<bufferization::ToTensorOp>(op);
  auto load = tensor ? tensor.getBuffer().getDefiningOp<memref::GetGlobalOp>()
                     : memref::GetGlobalOp();
  if (!load)
    return false;
  auto global = SymbolTable::lookupNearestSymbolFrom<memref::GlobalOp>(
      op, load.getNameAttr());
  return global && global.getConstant();
}

/// How many elements of its result an op leaves undefined that writes a slice
/// into a new tensor, or into such a result.
static int64_t
countUndefined(Operation *op,
               const llvm::DenseMap<Operation *, int64_t> &seen) {
  auto insert = dyn_cast<tensor::InsertSliceOp>(op);
  if (!insert || !insert.getType().hasStaticShape() ||
      !insert.getSourceType().hasStaticShape())
    return 0;
  Operation *destination = insert.getDest().getDefiningOp();
  int64_t undefined = isa_and_nonnull<tensor::EmptyOp>(destination)
                          ? insert.getType().getNumElements()
                          : seen.lookup(destination);
  return std::max<int64_t>(0,
                           undefined - insert.getSourceType().getNumElements());
}

bool quantprep::isMadeOf(Operation *op, function_ref<bool(Value)> isKnown) {
  if (op->getNumResults() == 0)
    return false;
  auto known = [&](Value value) {
    if (OpOperand *operand = getBodyOperand(value))
      value = operand->get();
    return isKnown(value) || (value.getType().isIndex() &&
                              isa<TensorType>(op->getResult(0).getType()));
  };
  // Most ops have an operand that is none, which is told soonest.
  if (!llvm::all_of(op->getOperands(), known))
    return false;
  if (op->hasTrait<OpTrait::ConstantLike>() || readsConstantBuffer(op))
    return true;
  if (op->hasTrait<OpTrait::IsTerminator>() || !isMemoryEffectFree(op))
    return false;
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  return llvm::all_of(captured, known);
}

void ValueFacts::addOp(Operation *op) const {
  if (!constants)
    constants.emplace();
  auto isKnown = [&](Value value) {
    Operation *maker = value.getDefiningOp();
    return maker && constants->contains(maker);
  };
  if (op == function || !isMadeOf(op, isKnown))
    return;
  constants->insert(op);
  if (int64_t count = countUndefined(op, undefined))
    undefined[op] = count;
}

bool ValueFacts::isConstant(Value value) const {
  Operation *maker = value.getDefiningOp();
  if (!maker)
    return false;
  if (!constants)
    function->walk<WalkOrder::PreOrder>([&](Operation *op) { addOp(op); });
  // Sizes of windows, which a pool may compute beside its sums.
  if (unsigned result = cast<OpResult>(value).getResultNumber(); result != 0)
    if (auto op = dyn_cast<linalg::LinalgOp>(maker))
      if (isComputedFromPlace(op, result))
        return true;
  return constants->contains(maker) && !undefined.contains(maker);
}

/// The operand that an op moves, or casts to another float type; null if it
/// moves none, or a list.
static Value getMovedOperand(Value value) {
  auto op = value.getDefiningOp<QuantizableOpInterface>();
  if (!op)
    return {};
  if (!op.movesData()) {
    bool casts = op.getUnitKind() == UnitKind::cast &&
                 isFloatTensor(op->getOperand(0).getType()) &&
                 isFloatTensor(value.getType());
    return casts ? op->getOperand(0) : Value();
  }
  SmallVector<OperandRoleInfo> roles;
  op.getOperandRoles(roles);
  bool isList = llvm::any_of(roles, [](const OperandRoleInfo &role) {
    return role.role == OperandRole::element;
  });
  return isList ? Value() : op->getOperand(0);
}

static bool isTranspose(Value value) {
  auto op = value.getDefiningOp<QuantizableOpInterface>();
  return op && op.getUnitKind() == UnitKind::transpose;
}

ValueFacts::Movement ValueFacts::getMovement(Value value) const {
  SmallVector<Value> movers;
  // In unreachable code a value may lead to itself, which ends the way too.
  for (;;) {
    auto [it, isNew] = movements.try_emplace(value, Movement{value, false});
    if (!isNew)
      break;
    Value operand = getMovedOperand(value);
    if (!operand)
      break;
    movers.push_back(value);
    value = operand;
  }
  Movement movement = movements.lookup(value);
  for (Value mover : llvm::reverse(movers)) {
    movement.transposed |= isTranspose(mover);
    movements[mover] = movement;
  }
  return movement;
}

/// A dimension of a reshape is one of its operand if it is as large, and what
/// is behind it or before it is as well.
static std::optional<int64_t> getReshapedDimension(ArrayRef<int64_t> from,
                                                   ArrayRef<int64_t> to,
                                                   int64_t dimension) {
  auto isSame = [](ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
    return !ShapedType::isDynamicShape(a) && !ShapedType::isDynamicShape(b) &&
           ShapedType::getNumElements(a) == ShapedType::getNumElements(b);
  };
  for (auto [at, size] : llvm::enumerate(from))
    if (size == to[dimension] && !ShapedType::isDynamic(size) &&
        (isSame(from.drop_front(at + 1), to.drop_front(dimension + 1)) ||
         isSame(from.take_front(at), to.take_front(dimension))))
      return at;
  return std::nullopt;
}

std::optional<int64_t> quantprep::getMovedDimension(Operation *op,
                                                    int64_t dimension) {
  auto from = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  auto to = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!from || !to || dimension >= to.getRank())
    return std::nullopt;
  auto moves = cast<QuantizableOpInterface>(op);
  if (SmallVector<int64_t> permutation = moves.getPermutation();
      !permutation.empty())
    return permutation[dimension];
  if (moves.getUnitKind() == UnitKind::reshape)
    return getReshapedDimension(from.getShape(), to.getShape(), dimension);
  bool keeps = from.getRank() == to.getRank() &&
               from.getDimSize(dimension) == to.getDimSize(dimension);
  return keeps ? std::optional(dimension) : std::nullopt;
}

bool ValueFacts::isScalar(Value value) const {
  auto type = dyn_cast<ShapedType>(value.getType());
  if (!type)
    return isConstant(value);
  return type.hasStaticShape() && type.getNumElements() == 1 &&
         isConstant(value);
}

static std::optional<double> getSplatOf(Attribute attr) {
  if (auto elements = dyn_cast<DenseFPElementsAttr>(attr))
    return elements.isSplat()
               ? std::optional(
                     elements.getSplatValue<FloatAttr>().getValueAsDouble())
               : std::nullopt;
  if (auto number = dyn_cast<FloatAttr>(attr))
    return number.getValueAsDouble();
  if (auto number = dyn_cast<IntegerAttr>(attr))
    return number.getValue().getSExtValue();
  return std::nullopt;
}

std::optional<double> ValueFacts::getSplat(Value value, unsigned depth) const {
  value = getMovedValue(value);
  while (auto op = value.getDefiningOp<QuantizableOpInterface>()) {
    Value scalar = op.getUnitKind() == UnitKind::cast ? op->getOperand(0)
                                                      : op.getFilledScalar();
    if (!scalar)
      break;
    value = getMovedValue(scalar);
  }
  Attribute attr;
  if (matchPattern(value, m_Constant(&attr)))
    return getSplatOf(attr);
  return evaluate(value, depth);
}

/// A number that is computed from others, such as 1/n as the reciprocal of n.
std::optional<double> ValueFacts::evaluate(Value value, unsigned depth) const {
  constexpr unsigned maxDepth = 6;
  auto op = value.getDefiningOp<QuantizableOpInterface>();
  if (!op || depth == maxDepth)
    return std::nullopt;
  UnitKind kind = op.getUnitKind();
  SmallVector<Value, 3> operands = getDataValues(op);
  if (op->getNumRegions() != 0) {
    std::optional<BodyStep> step = op.getBodyStep();
    if (!step)
      return std::nullopt;
    kind = step->kind;
    operands = step->operands;
  }
  SmallVector<double, 2> numbers;
  for (Value operand : operands) {
    OpOperand *outside = getBodyOperand(operand);
    std::optional<double> number =
        getSplat(outside ? outside->get() : operand, depth + 1);
    if (!number)
      return std::nullopt;
    numbers.push_back(*number);
  }
  return evaluateKind(kind, numbers);
}
