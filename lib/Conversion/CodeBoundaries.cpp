//===- CodeBoundaries.cpp - Codes across calls and regions ----------------===//

#include "CodeBoundaries.h"
#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/QuantizedTypes.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/ADT/IntEqClasses.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using quant::UniformQuantizedType;

namespace {
/// Values of one type: whatever flows from one of them into another.
struct Group {
  /// The coarsest that flows in from outside; in the end, the one of all.
  UniformQuantizedType type;
  double finest = std::numeric_limits<double>::infinity();
  /// The floats that the codes of all of these stand for.
  double low = std::numeric_limits<double>::infinity(), high = -low;
  bool isValid = true;
};

class CodePasser {
public:
  explicit CodePasser(ModuleOp module) : flow(module) {}

  void run();

private:
  void collect();
  void quantizeReturned(OpOperand &returned);
  void examine(Value value, Group &group);
  void retype(Value value, UniformQuantizedType type);
  void setSource(OpOperand &use, UniformQuantizedType type);
  const Group *getGroup(Value value) const;

  ValueFlow flow;
  SmallVector<Value> values;
  DenseMap<Value, unsigned> indices;
  llvm::IntEqClasses classes;
  SmallVector<Group> groups;
  SetVector<Operation *> functions;
};
} // namespace

/// Boundary values, and which of them must have one type.
void CodePasser::collect() {
  for (Value value : flow.getPassedValues()) {
    indices[value] = values.size();
    values.push_back(value);
  }
  classes.grow(values.size());
  auto join = [&](Value value, Value other) {
    auto found = indices.find(other);
    if (found != indices.end())
      classes.join(indices[value], found->second);
  };
  for (Value value : values)
    for (OpOperand *source : flow.getSources(value)) {
      join(value, source->get());
      for (Value target : flow.getTargets(*source))
        join(value, target);
    }
  classes.compress();
  groups.resize(classes.getNumClasses());
}

const Group *CodePasser::getGroup(Value value) const {
  auto found = indices.find(value);
  return found == indices.end() ? nullptr : &groups[classes[found->second]];
}

/// Whether a function is called from outside, so that what it takes and returns
/// keeps its type. The entry is, though it may be private.
static bool isOpen(const CalledFunction *function) {
  if (!function)
    return false;
  ConfigOp config = findConfig(function->function);
  return !function->callsAreKnown ||
         (config && isEntry(config, function->function));
}

static double getLow(UniformQuantizedType type) {
  return type.getScale() * (type.getStorageTypeMin() - type.getZeroPoint());
}
static double getHigh(UniformQuantizedType type) {
  return type.getScale() * (type.getStorageTypeMax() - type.getZeroPoint());
}

/// The coarsest type that flows into a group if it has, to half a step, the
/// floats of all; else one over all of them, with the codes of the coarsest.
/// Where that would take more than two bits from the finest, codes have 16.
static UniformQuantizedType cover(const Group &group) {
  constexpr double mostLoss = 4;
  UniformQuantizedType coarsest = group.type;
  if (coarsest.getStorageTypeIntegralWidth() == 8 &&
      coarsest.getScale() > mostLoss * group.finest) {
    constexpr int64_t most = 32767;
    float scale = std::max(-group.low, group.high) / double(most);
    return UniformQuantizedType::get(
        coarsest.getFlags(), IntegerType::get(coarsest.getContext(), 16),
        coarsest.getExpressedType(), scale, /*zeroPoint=*/0, -most - 1, most);
  }
  double slack = 0.5 * coarsest.getScale();
  if (group.low >= getLow(coarsest) - slack &&
      group.high <= getHigh(coarsest) + slack)
    return coarsest;
  int64_t least = coarsest.getStorageTypeMin();
  int64_t greatest = coarsest.getStorageTypeMax();
  float scale = (group.high - group.low) / (greatest - least);
  int64_t zeroPoint = std::clamp<int64_t>(
      std::nearbyint(least - group.low / scale), least, greatest);
  return UniformQuantizedType::get(
      coarsest.getFlags(), coarsest.getStorageType(),
      coarsest.getExpressedType(), scale, zeroPoint, least, greatest);
}

static void addType(Group &group, UniformQuantizedType type) {
  group.low = std::min(group.low, getLow(type));
  group.high = std::max(group.high, getHigh(type));
  group.finest = std::min(group.finest, type.getScale());
  if (!group.type || type.getScale() > group.type.getScale())
    group.type = type;
}

/// T17: what all calls quantize is quantized where it is returned, so that it
/// is made as codes.
void CodePasser::quantizeReturned(OpOperand &returned) {
  Operation *owner = returned.getOwner();
  Value value = returned.get();
  auto real = dyn_cast<RankedTensorType>(value.getType());
  const CalledFunction *function = flow.lookup(owner->getParentOp());
  if (!real || !function || isOpen(function) || indices.contains(value) ||
      value.getDefiningOp<DequantizeOp>() || flow.isNeverPassed(returned))
    return;
  Group calls;
  for (Value result : flow.getTargets(returned)) {
    if (result.use_empty())
      return;
    for (Operation *user : result.getUsers()) {
      auto quantize = dyn_cast<QuantizeOp>(user);
      auto type = quantize ? dyn_cast<UniformQuantizedType>(
                                 getQuantizedElement(quantize.getType()))
                           : UniformQuantizedType();
      if (!type)
        return;
      addType(calls, type);
    }
  }
  if (!calls.type)
    return;
  OpBuilder builder(owner);
  Location loc = value.getLoc();
  Value codes =
      QuantizeOp::create(builder, loc, real.clone(Type(cover(calls))), value);
  returned.set(DequantizeOp::create(builder, loc, real, codes));
}

void CodePasser::examine(Value value, Group &group) {
  if (!isa<RankedTensorType>(value.getType()))
    group.isValid = false;
  if (auto argument = dyn_cast<BlockArgument>(value))
    group.isValid &= !isOpen(flow.lookup(argument.getOwner()->getParentOp()));
  for (OpOperand *source : flow.getSources(value)) {
    Operation *owner = source->getOwner();
    if (owner->hasTrait<OpTrait::IsTerminator>())
      group.isValid &= !isOpen(flow.lookup(owner->getParentOp()));
    if (indices.contains(source->get()))
      continue;
    auto dequantize = source->get().getDefiningOp<DequantizeOp>();
    auto type = dequantize ? dyn_cast<UniformQuantizedType>(getQuantizedElement(
                                 dequantize.getInput().getType()))
                           : UniformQuantizedType();
    if (!type || flow.isNeverPassed(*source)) {
      group.isValid = false;
      continue;
    }
    addType(group, type);
  }
}

/// What flows in from outside becomes codes of the group's type.
void CodePasser::setSource(OpOperand &use, UniformQuantizedType type) {
  if (indices.contains(use.get()))
    return;
  auto dequantize = use.get().getDefiningOp<DequantizeOp>();
  if (!dequantize)
    return;
  Value codes = dequantize.getInput();
  if (getQuantizedElement(codes.getType()) != type) {
    OpBuilder builder(use.getOwner());
    codes = QuantizeOp::create(
        builder, use.getOwner()->getLoc(),
        cast<RankedTensorType>(use.get().getType()).clone(Type(type)),
        use.get());
  }
  use.set(codes);
}

void CodePasser::retype(Value value, UniformQuantizedType type) {
  auto real = cast<RankedTensorType>(value.getType());
  OpBuilder builder(value.getContext());
  builder.setInsertionPointAfterValue(value);
  value.setType(real.clone(Type(type)));
  auto dequantize = DequantizeOp::create(builder, value.getLoc(), real, value);
  // What flows on into a value of the group stays codes.
  value.replaceUsesWithIf(dequantize, [&](OpOperand &use) {
    return use.getOwner() != dequantize && flow.getTargets(use).empty();
  });
  Operation *owner = value.getDefiningOp();
  if (!owner)
    owner = cast<BlockArgument>(value).getOwner()->getParentOp();
  if (flow.lookup(owner))
    functions.insert(owner);
  for (OpOperand *source : flow.getSources(value))
    if (Operation *parent = source->getOwner()->getParentOp();
        flow.lookup(parent))
      functions.insert(parent);
}

/// The type of a function follows from its arguments and what it returns.
static void updateType(FunctionOpInterface function) {
  Region &body = function.getFunctionBody();
  SmallVector<Type> results(function.getResultTypes());
  for (Block &block : body)
    if (block.getTerminator()->hasTrait<OpTrait::ReturnLike>() &&
        block.getTerminator()->getNumOperands() == results.size())
      results.assign(block.getTerminator()->getOperandTypes().begin(),
                     block.getTerminator()->getOperandTypes().end());
  function.setType(
      function.cloneTypeWith(body.front().getArgumentTypes(), results));
}

void CodePasser::run() {
  collect();
  for (Value value : values)
    for (OpOperand *source : flow.getSources(value))
      if (source->getOwner()->hasTrait<OpTrait::ReturnLike>())
        quantizeReturned(*source);
  for (auto [index, value] : llvm::enumerate(values))
    examine(value, groups[classes[index]]);
  for (Group &group : groups)
    if (group.type)
      group.type = cover(group);
  auto isConverted = [&](Value value) {
    const Group *group = getGroup(value);
    return group->isValid && group->type;
  };
  for (Value value : values)
    if (isConverted(value))
      for (OpOperand *source : flow.getSources(value))
        setSource(*source, getGroup(value)->type);
  for (Value value : values)
    if (isConverted(value))
      retype(value, getGroup(value)->type);
  for (Operation *function : functions)
    updateType(cast<FunctionOpInterface>(function));
}

void quantprep::passCodes(ModuleOp module) { CodePasser(module).run(); }
