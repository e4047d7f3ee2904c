//===- UnitValues.cpp - The values that units make ------------------------===//

#include "QuantPrep/Compare/UnitValues.h"

#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/UnitLabels.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;
using namespace quantprep::qprep;

static bool hasOp(ModuleOp module, function_ref<bool(Operation *)> isWanted) {
  return module
      ->walk([&](Operation *op) {
        return isWanted(op) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

bool compare::hasFoldedUnits(ModuleOp module) {
  auto isFolded = [](const ConvertedUnit &unit) {
    return unit.folded != nullptr;
  };
  return hasOp(module, [&](Operation *op) {
    if (auto lists = annotations::get<ArrayAttr>(op, annotations::units))
      for (Attribute list : lists)
        if (llvm::any_of(readConvertedUnits(cast<ArrayAttr>(list)), isFolded))
          return true;
    return op->hasAttr(annotations::folded) ||
           llvm::any_of(getConvertedUnits(op), isFolded);
  });
}

std::string compare::getKey(UnitKind kind, StringRef label) {
  return (stringifyEnum(kind) + " " + label).str();
}

Decoder compare::getDecoder(const ConvertedUnit &unit) {
  if (!unit.scale || unit.scale.size() != 1)
    return {};
  return {unit.scale[0], unit.zeroPoint[0]};
}

/// The unit whose value stands for that of a fused one.
static const Unit &getRoot(const UnitGraph &graph, const Unit &unit) {
  const Unit *root = &unit;
  for (size_t i = 0;
       i < graph.getUnits().size() && annotations::isFused(root->anchor); ++i) {
    const Unit *next = nullptr;
    for (Value result : root->anchor->getResults())
      forEachUse(result, [&](OpOperand &use) {
        if (!next)
          next = graph.getUnit(use.getOwner());
      });
    if (!next)
      break;
    root = next;
  }
  return *root;
}

/// The op whose result is the value of a unit as others read it.
static Operation *getValueOp(const Unit &unit) {
  for (Operation *user : unit.anchor->getUsers())
    if (isa<QuantizeOp>(user))
      for (Operation *reader : user->getUsers())
        if (isa<DequantizeOp>(reader))
          return reader;
  return unit.anchor;
}

/// Labels the units of a module that has the annotations of preparation.
static LogicalResult labelUnits(ModuleOp module) {
  return forEachLabelledUnit(
      module, [](const UnitGraph &graph, const Unit &unit, std::string label) {
        Operation *op = getValueOp(getRoot(graph, unit));
        ConvertedUnit converted;
        converted.kind = unit.kind;
        converted.label = label;
        converted.form =
            isa<DequantizeOp>(op) ? UnitForm::reference : UnitForm::float_;
        addConvertedUnit(op, converted);
      });
}

/// Whether the value of an op may be that of these units.
static bool fits(Operation *op, const ConvertedUnit &unit) {
  if (op->getNumResults() != 1)
    return false;
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type)
    return false;
  // Codes have 16 bits at most, sums of products more.
  Type element = type.getElementType();
  return unit.scale
             ? element.isInteger() && element.getIntOrFloatBitWidth() <= 16
             : isa<FloatType>(element);
}

/// Finds the values of units by names in locations, where passes have lowered
/// the ops that had them: the last op with a unit's name makes its value.
static void markLowered(FunctionOpInterface function) {
  auto lists = annotations::get<ArrayAttr>(function, annotations::units);
  if (!lists)
    return;
  llvm::StringMap<SmallVector<ConvertedUnit, 2>> lost;
  for (Attribute list : lists) {
    auto units = readConvertedUnits(cast<ArrayAttr>(list));
    lost[units.back().label] = units;
  }
  llvm::StringMap<Operation *> found;
  function->walk([&](Operation *op) {
    for (const ConvertedUnit &unit : getConvertedUnits(op))
      lost.erase(unit.label);
    StringRef name = getLocationName(op->getLoc());
    auto units = lost.find(name);
    if (units != lost.end() && fits(op, units->second.back()))
      found[name] = op;
  });
  for (auto &[name, units] : lost)
    if (Operation *op = found.lookup(name))
      for (const ConvertedUnit &unit : units)
        addConvertedUnit(op, unit);
}

FailureOr<func::FuncOp> compare::inlineCalls(ModuleOp module, StringRef entry) {
  PassManager pm(module.getContext());
  pm.addPass(createInlinerPass());
  if (failed(pm.run(module)))
    return failure();
  return execution::findEntry(module, entry, "--entry");
}

LogicalResult compare::lowerQuantization(ModuleOp module) {
  PassManager pm(module.getContext());
  pm.addPass(createLowerQuantize());
  return pm.run(module);
}

FailureOr<LabelledModule> LabelledModule::create(ModuleOp original,
                                                 StringRef entry, bool fold) {
  LabelledModule labelled;
  labelled.module = original.clone();
  ModuleOp module = *labelled.module;
  for (auto lowered : module.getOps<FunctionOpInterface>())
    markLowered(lowered);
  bool isInteger = hasOp(
      module, [](Operation *op) { return !getConvertedUnits(op).empty(); });
  bool isAnnotated = hasOp(module, [](Operation *op) {
    return annotations::getUnit(op) != nullptr;
  });
  if (!isInteger && !isAnnotated) {
    PassManager pm(module.getContext());
    if (fold)
      pm.addPass(createFoldBatchNorm());
    pm.addPass(createAttachConfig());
    pm.nestAny().addPass(createMatchUnits());
    if (failed(pm.run(module)))
      return failure();
  }
  if (!isInteger && failed(labelUnits(module)))
    return failure();
  auto function = inlineCalls(module, entry);
  if (failed(function))
    return failure();
  labelled.function = *function;
  llvm::StringMap<unsigned> seen;
  function->walk([&](Operation *op) {
    auto units = getConvertedUnits(op);
    if (units.empty() || op->getNumResults() != 1)
      return;
    if (op->getParentOp() != labelled.function) {
      ++labelled.numNested;
      return;
    }
    // A function that is called twice has its units twice.
    UnitValue value = {op, units, {}};
    for (const ConvertedUnit &unit : units) {
      std::string key = getKey(unit.kind, unit.label);
      value.keys.push_back(key + "#" + std::to_string(seen[key]++));
    }
    labelled.values.push_back(std::move(value));
  });
  return labelled;
}

FailureOr<std::unique_ptr<execution::Program>>
LabelledModule::compile(ArrayRef<Value> chosen) {
  Operation *terminator = function.front().getTerminator();
  terminator->insertOperands(terminator->getNumOperands(), chosen);
  function.setFunctionType(FunctionType::get(function.getContext(),
                                             function.getArgumentTypes(),
                                             terminator->getOperandTypes()));
  // They are of the results that it had.
  function.removeResAttrsAttr();
  if (failed(lowerQuantization(*module)))
    return failure();
  return execution::Program::compile(function);
}
