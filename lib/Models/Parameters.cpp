//===- Parameters.cpp - Which values are parameters (B21) -----------------===//
//
// Constants are for sure. Of arguments and of values that are loaded nobody
// says so unless they are marked: what reads them tells, behind data movement
// and casts.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// Where parameters come from
//===----------------------------------------------------------------------===//

/// Made by an op that nothing is known of, and that reads no tensors: a load of
/// a variable, or of a buffer.
bool ValueFacts::isLoaded(Value value) const {
  Operation *op = value.getDefiningOp();
  if (!op || !isFloatTensor(value.getType()) || op->getNumRegions() != 0 ||
      isa<QuantizableOpInterface, CallOpInterface>(op) || isConstant(value))
    return false;
  return llvm::none_of(op->getOperandTypes(), [](Type type) {
    return isa<TensorType, FloatType>(type);
  });
}

bool ValueFacts::isMarked(Value value) const {
  auto argument = dyn_cast<BlockArgument>(value);
  auto interface = dyn_cast<FunctionOpInterface>(function);
  return argument && interface && isRoot(value) &&
         interface.getArgAttr(argument.getArgNumber(), parameterAttrName);
}

/// An argument of the function, or what is loaded in it.
bool ValueFacts::isRoot(Value value) const {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return isLoaded(value);
  return argument.getOwner()->isEntryBlock() &&
         argument.getOwner()->getParentOp() == function;
}

//===----------------------------------------------------------------------===//
// Where they are read
//===----------------------------------------------------------------------===//

namespace {
/// What it tells of a value that an operand reads it.
enum class Reading { goesOn, parameter, open, activation };
} // namespace

/// A vector that is computed with along the channels of something larger.
static bool isVectorOf(Value value, Value result) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  auto whole = dyn_cast<RankedTensorType>(result.getType());
  if (!type || !whole || type == whole)
    return false;
  return llvm::count_if(type.getShape(),
                        [](int64_t size) { return size != 1; }) <= 1 &&
         whole.getRank() > 1;
}

/// What computes a vector of vectors and constants alone says nothing yet: what
/// reads the result tells.
static bool computesVector(QuantizableOpInterface op, const ValueFacts &facts) {
  Type result = op->getResult(0).getType();
  auto type = dyn_cast<RankedTensorType>(result);
  return type &&
         llvm::count_if(type.getShape(),
                        [](int64_t size) { return size != 1; }) <= 1 &&
         llvm::all_of(getDataValues(op), [&](Value operand) {
           return operand.getType() == result || facts.isConstant(operand);
         });
}

/// A vector that is added to a product, which may have one row.
static bool isBiasOf(OpOperand &use, const ValueFacts &facts) {
  auto op = cast<QuantizableOpInterface>(use.getOwner());
  auto type = dyn_cast<RankedTensorType>(use.get().getType());
  if (op.getUnitKind() != UnitKind::add || !type ||
      llvm::count_if(type.getShape(), [](int64_t size) { return size != 1; }) >
          1)
    return false;
  return llvm::any_of(getDataValues(op), [&](Value value) {
    auto product =
        facts.getMovedValue(value).getDefiningOp<QuantizableOpInterface>();
    return value != use.get() && product &&
           product.getInputChannelAxis(0).has_value();
  });
}

static Reading getReading(OpOperand &use, const ValueFacts &facts) {
  auto op = dyn_cast<QuantizableOpInterface>(use.getOwner());
  if (!op)
    return Reading::activation;
  SmallVector<OperandRoleInfo> roles;
  op.getOperandRoles(roles);
  OperandRole role = roles[use.getOperandNumber()].role;
  if (role == OperandRole::weight || role == OperandRole::bias)
    return Reading::parameter;
  UnitKind kind = op.getUnitKind();
  if (kind == UnitKind::gather || kind == UnitKind::embedding)
    return use.getOperandNumber() == 0 ? Reading::parameter
                                       : Reading::activation;
  if (kind == UnitKind::matmul || kind == UnitKind::linear)
    return Reading::open;
  if (op->getNumResults() != 1 || role == OperandRole::element)
    return Reading::activation;
  Value result = op->getResult(0);
  if (op.movesData() ||
      (kind == UnitKind::cast && isFloatTensor(result.getType())))
    return use.getOperandNumber() == 0 ? Reading::goesOn : Reading::parameter;
  if (isVectorOf(use.get(), result) || isBiasOf(use, facts))
    return Reading::parameter;
  return computesVector(op, facts) ? Reading::goesOn : Reading::activation;
}

/// Whether all that reads a value reads a parameter; `inDoubt`: or a factor of
/// a product.
bool ValueFacts::onlyFeedsParameters(Value root, bool inDoubt) const {
  auto [known, isNew] = feeding[inDoubt].try_emplace(root, false);
  return isNew ? feeding[inDoubt][root] = readsOnlyAsParameter(root, inDoubt)
               : known->second;
}

bool ValueFacts::readsOnlyAsParameter(Value root, bool inDoubt) const {
  constexpr unsigned maxReadings = 64;
  SmallVector<Value> values{root};
  unsigned readings = 0;
  for (size_t next = 0; next < values.size(); ++next)
    for (OpOperand &use : values[next].getUses()) {
      if (!readsElements(use.getOwner()))
        continue;
      if (++readings > maxReadings)
        return false;
      switch (getReading(use, *this)) {
      case Reading::goesOn:
        values.push_back(use.getOwner()->getResult(0));
        break;
      case Reading::parameter:
        break;
      case Reading::open:
        if (!inDoubt)
          return false;
        break;
      case Reading::activation:
        return false;
      }
    }
  return readings != 0;
}

/// Whether an argument of the function is a parameter without doubt, so that
/// others may be.
bool ValueFacts::takesParameters() const {
  if (showsParameters)
    return *showsParameters;
  showsParameters = false;
  if (function->getNumRegions() == 0 || function->getRegion(0).empty())
    return false;
  for (BlockArgument argument : function->getRegion(0).getArguments())
    if (isFloatTensor(argument.getType()) &&
        (isMarked(argument) || onlyFeedsParameters(argument, false)))
      showsParameters = true;
  return *showsParameters;
}

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

/// Constant, marked, or only read as a parameter is; or computed of such alone.
/// The value is one that no movement makes.
bool ValueFacts::isMadeOfParameters(Value value) const {
  auto isKnown = [&](Value known) {
    Operation *maker = known.getDefiningOp();
    return (maker && computing->contains(maker)) || isConstant(known) ||
           isMarked(known) ||
           (isRoot(known) && onlyFeedsParameters(known, /*inDoubt=*/false));
  };
  if (!computing) {
    computing.emplace();
    function->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (op != function && isa<QuantizableOpInterface>(op) &&
          isMadeOf(op, isKnown))
        computing->insert(op);
    });
  }
  return isKnown(value);
}

bool ValueFacts::isParameter(Value value, bool transposed) const {
  if (transposed && !getMovement(value).transposed)
    return false;
  if (isConstant(value))
    return true;
  Value source = getMovedValue(value);
  return isConstant(source) || isRoot(source) || isMadeOfParameters(source);
}

bool ValueFacts::isCertainParameter(Value value) const {
  if (isConstant(value))
    return true;
  Movement movement = getMovement(value);
  Value source = movement.source;
  if (isConstant(source) || isMarked(source))
    return true;
  if (!isRoot(source))
    return isMadeOfParameters(source);
  // A transpose before a product is how front ends bring a weight.
  if (movement.transposed)
    return true;
  if (!onlyFeedsParameters(source, /*inDoubt=*/true))
    return false;
  return isLoaded(source) ||
         (mayBeMeantAsParameter(value) && takesParameters());
}

bool ValueFacts::mayBeMeantAsParameter(Value value) const {
  Value source = getMovedValue(value);
  auto type = dyn_cast<RankedTensorType>(source.getType());
  return isa<BlockArgument>(source) && isRoot(source) && type &&
         type.getRank() <= 2 && onlyFeedsParameters(source, /*inDoubt=*/true);
}

bool ValueFacts::isDequantized(Value value) const {
  constexpr unsigned maxOps = 16;
  if (!isConstant(value))
    return false;
  SmallVector<Value> values{value};
  for (size_t next = 0; next < values.size() && next < maxOps; ++next) {
    auto type = dyn_cast<ShapedType>(values[next].getType());
    if (type && type.getElementType().isInteger() && type.hasStaticShape() &&
        type.getNumElements() > 1)
      return true;
    auto op = values[next].getDefiningOp<QuantizableOpInterface>();
    if (op)
      llvm::append_range(values, op->getOperands());
  }
  return false;
}
