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
#include "llvm/ADT/StringSet.h"

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
  return hasOp(module, [](Operation *op) {
    return op->hasAttr(annotations::folded) ||
           llvm::any_of(getConvertedUnits(op), [](const ConvertedUnit &unit) {
             return unit.folded != nullptr;
           });
  });
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

FailureOr<func::FuncOp> compare::inlineCalls(ModuleOp module, StringRef entry) {
  PassManager pm(module.getContext());
  pm.addPass(createInlinerPass());
  if (failed(pm.run(module)))
    return failure();
  return execution::findEntry(module, entry, "--entry");
}

FailureOr<LabelledModule> LabelledModule::create(ModuleOp original,
                                                 StringRef entry, bool fold) {
  LabelledModule labelled;
  labelled.module = original.clone();
  ModuleOp module = *labelled.module;
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
  llvm::StringSet<> seen;
  function->walk([&](Operation *op) {
    auto units = getConvertedUnits(op);
    if (units.empty())
      return;
    if (op->getParentOp() != labelled.function)
      ++labelled.numNested;
    else if (op->getNumResults() == 1 && seen.insert(units.back().label).second)
      labelled.values.push_back({op, units});
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
  PassManager pm(module->getContext());
  pm.addPass(createLowerQuantize());
  if (failed(pm.run(*module)))
    return failure();
  return execution::Program::compile(function);
}
