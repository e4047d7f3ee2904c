//===- UnaryGraph.cpp - Elementwise graphs of one input -------------------===//

#include "QuantPrep/Matching/UnaryGraph.h"
#include "QuantPrep/IR/Values.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Kinds are numbered in groups: those of two operands, those of one.
static bool isElementwise(UnitKind kind) {
  return (kind >= UnitKind::add && kind <= UnitKind::less_equal) ||
         (kind >= UnitKind::softplus && kind <= UnitKind::log1p &&
          kind != UnitKind::glu);
}

/// No index, and nothing that is read elsewhere.
static bool computesOnScalars(Operation &op) {
  auto isHere = [&](Value operand) {
    return operand.getParentBlock() == op.getBlock() ||
           matchPattern(operand, m_Constant());
  };
  return op.hasTrait<OpTrait::ConstantLike>() ||
         (op.getNumOperands() != 0 && op.getNumRegions() == 0 &&
          isMemoryEffectFree(&op) && llvm::all_of(op.getOperands(), isHere) &&
          llvm::none_of(op.getOperandTypes(), llvm::IsaPred<ShapedType>));
}

/// An op that computes elements of its result from those at the same place, and
/// its shape is that of what it reads.
static bool isElementwise(QuantizableOpInterface op) {
  if (op->getNumResults() != 1 || op.movesData())
    return false;
  if (op->getNumRegions() == 0)
    return isElementwise(op.getUnitKind());
  std::optional<BodyStep> step = op.getBodyStep();
  return step && step->kind != UnitKind::opaque &&
         op.getReducedDims().empty() &&
         llvm::all_of(op->getRegion(0).front().without_terminator(),
                      computesOnScalars);
}

static bool hasShapeOf(Value value, Value other) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  auto otherType = dyn_cast<RankedTensorType>(other.getType());
  return type && otherType && type.getShape() == otherType.getShape();
}

std::optional<UnaryGraph>
quantprep::findUnaryGraph(QuantizableOpInterface last, const ValueFacts &facts,
                          function_ref<bool(QuantizableOpInterface)> mayTake) {
  constexpr unsigned maxOps = 64;
  if (!isElementwise(last) || !isFloatTensor(last->getResult(0).getType()))
    return std::nullopt;
  UnaryGraph graph;
  graph.ops.insert(last);
  auto mayAdd = [&](Value value) {
    auto op = value.getDefiningOp<QuantizableOpInterface>();
    return op && graph.ops.size() < maxOps &&
           op->getBlock() == last->getBlock() && isElementwise(op) &&
           hasShapeOf(value, last->getResult(0)) &&
           llvm::all_of(
               value.getUsers(),
               [&](Operation *user) {
                 return graph.ops.contains(user) || !readsElements(user);
               }) &&
           mayTake(op);
  };
  // The latest value that is read is decided next: all its readers are known.
  llvm::SmallSetVector<Value, 8> values;
  auto addOperands = [&](Operation *op) {
    SmallVector<OperandRoleInfo> roles;
    cast<QuantizableOpInterface>(op).getOperandRoles(roles);
    for (auto [operand, role] : llvm::zip(op->getOperands(), roles))
      if (role.role != OperandRole::ignored &&
          !facts.isCertainParameter(operand))
        values.insert(operand);
  };
  addOperands(last);
  llvm::SmallSetVector<Value, 2> inputs;
  while (!values.empty()) {
    Value latest = values[0];
    for (Value value : values) {
      Operation *op = value.getDefiningOp(), *other = latest.getDefiningOp();
      if (op && (!other || isBefore(other, op)))
        latest = value;
    }
    values.remove(latest);
    if (!mayAdd(latest)) {
      inputs.insert(latest);
      if (inputs.size() > 1)
        return std::nullopt;
      continue;
    }
    graph.ops.insert(latest.getDefiningOp());
    addOperands(latest.getDefiningOp());
  }
  if (inputs.size() != 1 || !isFloatTensor(inputs[0].getType()) ||
      !hasShapeOf(inputs[0], last->getResult(0)))
    return std::nullopt;
  graph.input = inputs[0];
  return graph;
}
