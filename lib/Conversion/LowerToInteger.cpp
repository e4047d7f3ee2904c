//===- LowerToInteger.cpp - What is quantized is computed on integers -----===//
//
// From each quantize back to the values that are dequantized: if all ops on the
// way have an integer form, the quantize is replaced by what they compute. The
// ops themselves go away with their last user.
//
//===----------------------------------------------------------------------===//

#include "CodeBoundaries.h"
#include "CodeTypes.h"
#include "Forms.h"
#include "PreparationNotes.h"
#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/ConvertedUnits.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/QuantizedTypes.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/UnitLabels.h"
#include "SoftmaxForm.h"
#include "Storage.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

namespace quantprep {
#define GEN_PASS_DEF_LOWERTOINTEGER
#include "QuantPrep/Conversion/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using quant::QuantizedType;
using quant::UniformQuantizedType;

namespace {
/// Replaces the quantize ops of a module, in program order.
class IntegerConversion {
public:
  IntegerConversion(ModuleOp module, bool forbidsFloat)
      : module(module), lowering(module.getContext()) {
    lowering.forbidsFloat = forbidsFloat;
  }

  /// Notes what units are called, before anything is changed.
  LogicalResult nameUnits();
  void run();
  /// What became of the units; those that stay float may be errors.
  LogicalResult markUnits();

private:
  void lower(QuantizeOp quantize);
  void evaluate(Value root);
  void evaluateOp(Operation *op);
  void setLeaf(DequantizeOp dequantize);
  StringRef findReason(Operation *anchor) const;
  void setMark(Operation *op, Operation *anchor, UnitForm form,
               UniformQuantizedType codes = {}, StringRef reason = {});

  ModuleOp module;
  IntegerLowering lowering;
  struct UnitName {
    std::string label;
    ArrayAttr folded;
  };
  /// By anchor.
  DenseMap<Operation *, UnitName> names;
  /// Ops that were looked at, with integers or without.
  DenseSet<Operation *> visited;
  /// Anchors of the units that the quantize at hand is made of.
  SmallVector<Operation *> units;
};
} // namespace

/// The stored integers are what stands for the floats.
void IntegerConversion::setLeaf(DequantizeOp dequantize) {
  auto codes = dyn_cast<RankedTensorType>(dequantize.getInput().getType());
  QuantizedType type = getQuantizedElement(dequantize.getInput().getType());
  if (!codes || !type.isSigned())
    return;
  QParamsGrid grid = getQParamsGrid(codes);
  IntegerValue value;
  // Of a grid over two dimensions only neighbours have scales of their own.
  SmallVector<int64_t> axes;
  for (auto [dimension, block] : llvm::enumerate(grid.blocks)) {
    if (block > 1 && grid.counts[dimension] > 1)
      return;
    if (grid.counts[dimension] > 1)
      axes.push_back(dimension);
  }
  if (axes.size() > 2 || (axes.size() == 2 && axes[1] != axes[0] + 1) ||
      !llvm::all_equal(grid.zeroPoints))
    return;
  value.axis = axes.empty() ? 0 : axes.front();
  value.scales.assign(grid.scales.begin(), grid.scales.end());
  value.zeroPoint = grid.zeroPoints.front();
  value.low = grid.low;
  value.high = grid.high;
  if (auto cast = dequantize.getInput().getDefiningOp<quant::StorageCastOp>())
    value.tensor = cast.getInput();
  else
    value.tensor = quant::StorageCastOp::create(
        lowering.builder, dequantize.getLoc(), getStorageType(codes),
        dequantize.getInput());
  lowering.setInteger(dequantize.getResult(), std::move(value));
}

void IntegerConversion::evaluateOp(Operation *op) {
  if (annotations::getUnit(op))
    units.push_back(op);
  lowering.builder.setInsertionPoint(op);
  if (auto dequantize = dyn_cast<DequantizeOp>(op))
    return setLeaf(dequantize);
  if (op->getNumResults() != 1)
    return;
  if (std::optional<DenseElementsAttr> constant =
          getFloatConstant(op->getResult(0)))
    return lowering.setConstant(op->getResult(0), *constant);
  if (std::optional<DenseElementsAttr> constant =
          evaluateConstants(lowering, op))
    return lowering.setConstant(op->getResult(0), *constant);
  if (ComputeUnitAttr unit = annotations::getUnit(op);
      unit && unit.getKind() == UnitKind::softmax) {
    FailureOr<IntegerValue> value = buildSoftmax(lowering, op);
    if (succeeded(value))
      lowering.setInteger(op->getResult(0), std::move(*value));
    return;
  }
  auto form = dyn_cast<IntegerFormOpInterface>(op);
  if (!form) {
    (void)lowering.fail(op,
                        op->getName().getStringRef() + " has no integer form");
    return;
  }
  FailureOr<IntegerValue> value = form.buildIntegerForm(lowering);
  if (succeeded(value))
    lowering.setInteger(op->getResult(0), std::move(*value));
}

/// What an op computes from: its operands, and what its body captures. What a
/// dequantize reads is integers already.
static SmallVector<Value> getReadValues(Operation *op) {
  if (isa<DequantizeOp>(op))
    return {};
  SmallVector<Value> values(op->getOperands());
  if (op->getNumRegions() == 0)
    return values;
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  llvm::append_range(values, captured);
  return values;
}

/// Looks at the ops that a value is made of, operands first.
void IntegerConversion::evaluate(Value root) {
  struct Entry {
    Operation *op;
    SmallVector<Value> values;
    size_t next;
  };
  std::vector<Entry> stack;
  auto push = [&](Value value) {
    Operation *op = value.getDefiningOp();
    if (op && isa<TensorType>(value.getType()) && visited.insert(op).second)
      stack.push_back({op, getReadValues(op), 0});
  };
  push(root);
  while (!stack.empty()) {
    Entry &entry = stack.back();
    if (entry.next < entry.values.size()) {
      Value next = entry.values[entry.next++];
      push(next);
      continue;
    }
    Operation *done = entry.op;
    stack.pop_back();
    evaluateOp(done);
  }
}

void IntegerConversion::lower(QuantizeOp quantize) {
  lowering.target =
      dyn_cast<UniformQuantizedType>(getQuantizedElement(quantize.getType()));
  units.clear();
  evaluate(quantize.getInput());
  const IntegerValue *value = lowering.lookup(quantize.getInput());
  if (!value || !lowering.target || !lowering.target.isSigned())
    return;
  lowering.builder.setInsertionPoint(quantize);
  FailureOr<IntegerValue> codes =
      lowering.requantize(quantize.getLoc(), *value, lowering.target);
  if (failed(codes)) {
    if (Operation *op = quantize.getInput().getDefiningOp())
      (void)lowering.fail(
          op, value->function
                  ? "its function is too steep for a table of 513 entries"
                  : "TOSA has no multiplier for what its scale differs from "
                    "that of its codes");
    return;
  }
  Value result = quant::StorageCastOp::create(
      lowering.builder, quantize.getLoc(), quantize.getType(), codes->tensor);
  quantize.replaceAllUsesWith(result);
  if (Operation *last = codes->tensor.getDefiningOp())
    for (Operation *unit : units)
      setMark(last, unit, UnitForm::integer, lowering.target);
  quantize.erase();
}

LogicalResult IntegerConversion::nameUnits() {
  return forEachLabelledUnit(
      module, [&](const UnitGraph &, const Unit &unit, std::string label) {
        UnitName &name = names[unit.anchor];
        name.label = std::move(label);
        for (Operation *member : unit.members)
          if (auto folded =
                  annotations::get<ArrayAttr>(member, annotations::folded))
            name.folded = folded;
      });
}

/// Notes what became of a unit on the op that it ends in.
void IntegerConversion::setMark(Operation *op, Operation *anchor, UnitForm form,
                                UniformQuantizedType codes, StringRef reason) {
  const UnitName &name = names.at(anchor);
  ConvertedUnit unit;
  unit.kind = annotations::getUnit(anchor).getKind();
  unit.label = name.label;
  unit.form = form;
  if (codes) {
    Builder builder(op);
    unit.scale = builder.getDenseF64ArrayAttr(codes.getScale());
    unit.zeroPoint = builder.getDenseI64ArrayAttr(codes.getZeroPoint());
  }
  unit.folded = name.folded;
  unit.reason = reason;
  addConvertedUnit(op, unit);
}

/// Erases what nothing uses any more, last ops first.
static void eraseDead(Operation *root) {
  SmallVector<Operation *> ops;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) { ops.push_back(op); });
  for (Operation *op : llvm::reverse(ops))
    if (op->use_empty() && op->getNumResults() > 0 && isOpTriviallyDead(op))
      op->erase();
}

void IntegerConversion::run() {
  SmallVector<QuantizeOp> quantizes;
  module.walk([&](QuantizeOp op) { quantizes.push_back(op); });
  for (QuantizeOp quantize : quantizes)
    lower(quantize);
  eraseDead(module);
}

/// Whether a unit reads or makes values on a grid.
static bool isQuantized(Operation *anchor) {
  auto isDequantized = [](Value value) {
    return value.getDefiningOp<DequantizeOp>() != nullptr;
  };
  return llvm::any_of(anchor->getOperands(), isDequantized) ||
         llvm::any_of(anchor->getUsers(), llvm::IsaPred<QuantizeOp>);
}

/// Why preparation did not quantize a unit; empty if it did.
static std::string getPlannedReason(PlanAttr plan) {
  if (!plan || !plan.getReason() ||
      llvm::is_contained({Decision::observed, Decision::shared},
                         plan.getDecision()))
    return {};
  std::string reason = plan.getReason().str();
  return plan.getRule() ? plan.getRule().str() + ": " + reason : reason;
}

/// Why a unit has no integer form: why the first of its ops has none. A softmax
/// has one as a whole or not at all.
StringRef IntegerConversion::findReason(Operation *anchor) const {
  if (annotations::getUnit(anchor).getKind() == UnitKind::softmax)
    return lowering.getReason(anchor);
  SmallVector<Operation *> stack = {anchor};
  DenseSet<Operation *> seen = {anchor};
  StringRef found;
  while (!stack.empty()) {
    Operation *op = stack.pop_back_val();
    if (StringRef reason = lowering.getReason(op); !reason.empty())
      found = reason;
    for (Value operand : op->getOperands())
      if (Operation *maker = operand.getDefiningOp();
          maker && annotations::getMember(maker) && seen.insert(maker).second)
        stack.push_back(maker);
  }
  return found;
}

LogicalResult IntegerConversion::markUnits() {
  bool allowed = true;
  module.walk([&](Operation *op) {
    ComputeUnitAttr unit = annotations::getUnit(op);
    if (!unit)
      return;
    PlanAttr plan = annotations::getPlan(op);
    std::string reason = getPlannedReason(plan);
    bool isReference = reason.empty() && isQuantized(op);
    if (reason.empty())
      reason = findReason(op);
    if (reason.empty())
      reason = "its result is not quantized";
    setMark(op, op, isReference ? UnitForm::reference : UnitForm::float_,
            /*codes=*/{}, reason);
    bool isWanted =
        plan ? plan.getDecision() != Decision::skipped : isQuantized(op);
    if (!lowering.forbidsFloat || !isWanted)
      return;
    allowed = false;
    op->emitError() << stringifyUnitKind(unit.getKind())
                    << " stays float, which float=forbid does not allow: "
                    << reason
                    << "; leave it out of quantization, or say float=allow";
  });
  return success(allowed);
}

static LogicalResult verifyConverted(ModuleOp module) {
  bool valid = true;
  module.walk([&](ObservationOpInterface place) {
    place->emitOpError() << "observes a value that is not converted; run "
                            "qprep-convert first";
    valid = false;
  });
  return success(valid);
}

static bool hasCodes(ModuleOp module) {
  return module
      .walk([](Operation *op) {
        return WalkResult(failure(isa<QuantizeOp, DequantizeOp>(op)));
      })
      .wasInterrupted();
}

namespace {
struct LowerToIntegerPass
    : quantprep::impl::LowerToIntegerBase<LowerToIntegerPass> {
  using LowerToIntegerBase::LowerToIntegerBase;

  void getDependentDialects(DialectRegistry &registry) const final {
    LowerToIntegerBase::getDependentDialects(registry);
    registerIntegerForms(registry);
  }

  void runOnOperation() final {
    ModuleOp module = getOperation();
    if (failed(verifyConverted(module)) || failed(verifyRanks(module)))
      return signalPassFailure();
    if (!hasCodes(module))
      emitWarning(module.getLoc()) << "nothing is quantized, so that nothing "
                                      "is lowered; run qprep-convert before";
    IntegerConversion conversion(module, floatUnits == FloatOption::Forbid);
    if (failed(conversion.nameUnits()))
      return signalPassFailure();
    notePresets(module);
    shiftUnsignedCodes(module);
    passCodes(module);
    conversion.run();
    if (failed(conversion.markUnits()))
      return signalPassFailure();
    gatherBeforeDequantize(module);
    lowerQuantizeOpsToTosa(module);
    lowerQuantizeOps(module);
    replaceCodesByStorage(module);
    noteUnits(module);
    removePreparation(module);
    eraseDead(module);
  }
};
} // namespace
