//===- Model.cpp - What a report says of a module -------------------------===//

#include "QuantPrep/Report/Model.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/ObserverStatistics.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

StringRef report::getArgumentName(BlockArgument argument) {
  return getLocationName(argument.getLoc());
}

std::string report::getFileLine(Operation *op) {
  auto loc = op->getLoc()->findInstanceOf<FileLineColLoc>();
  if (!loc)
    return {};
  return (llvm::sys::path::filename(loc.getFilename()) + ":" +
          Twine(loc.getLine()))
      .str();
}

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

static bool hasOp(Operation *root, function_ref<bool(Operation *)> isWanted) {
  return root
      ->walk([&](Operation *op) {
        return isWanted(op) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

LogicalResult FunctionModel::collect(SymbolTableCollection &symbols) {
  DenseMap<Attribute, ObserverOp> known;
  ValueFacts facts(function);
  // What is between units of an integer module belongs to them.
  bool isInteger = hasOp(
      function, [](Operation *op) { return !getConvertedUnits(op).empty(); });
  isConverted =
      isInteger || hasOp(function, [](Operation *op) {
        return isa<QuantizeOp, DequantizeOp, DynamicFakeQuantizeOp>(op);
      });
  WalkResult result = function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    const Unit *unit = graph.getUnit(op);
    if (unit && unit->anchor == op) {
      if (!getDecision(*unit))
        return op->emitOpError("has a qprep.unit but no decision in a "
                               "qprep.plan, so there is nothing to report; "
                               "run qprep-prepare first"),
               WalkResult::interrupt();
      units.push_back({op, unit, {}});
    } else if (auto converted = getConvertedUnits(op); !converted.empty()) {
      for (const ConvertedUnit &became : converted)
        units.push_back({op, nullptr, became});
    } else if (!unit && !isInteger && !getUntouchedReason(op).first.empty() &&
               !(op->getNumResults() != 0 &&
                 facts.isConstant(op->getResult(0)))) {
      units.push_back({op, nullptr, {}});
    }
    auto place = dyn_cast<ObservationOpInterface>(op);
    if (!place)
      return WalkResult::advance();
    FlatSymbolRefAttr name = place.getObserverAttr();
    if (!name)
      return op->emitOpError("has a spec but no observer yet; run "
                             "qprep-share-observers before qprep-report"),
             WalkResult::interrupt();
    places.push_back(place);
    ObserverOp &observer = known[name];
    if (!observer) {
      // The op's own verifier has made sure that there is one.
      observer = symbols.lookupNearestSymbolFrom<ObserverOp>(op, name);
      observers.push_back(observer);
      // Its formats have no errors.
      if (failed(readStatistics(observer)))
        return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

FunctionModel::FunctionModel(FunctionOpInterface function,
                             const ValueFlow &flow)
    : function(function), flow(flow), graph(function, Reading::prepared),
      labels(graph), transparent(&graph, handsOnObserver, isObserved),
      numbering(function) {}

std::unique_ptr<FunctionModel>
FunctionModel::build(FunctionOpInterface function, const ValueFlow &flow,
                     SymbolTableCollection &symbols) {
  std::unique_ptr<FunctionModel> model(new FunctionModel(function, flow));
  if (failed(model->graph.verify()) || failed(model->collect(symbols)))
    return nullptr;
  model->listed = model->units;
  return model;
}

/// The configuration that preparation left, else the only one.
static ConfigOp findReportedConfig(ModuleOp module) {
  ConfigOp only;
  unsigned count = 0;
  for (auto config : module.getOps<ConfigOp>()) {
    if (annotations::isGenerated(config))
      return config;
    only = config;
    ++count;
  }
  return count == 1 ? only : ConfigOp();
}

FailureOr<Model> report::buildModel(ModuleOp module) {
  Model model;
  model.config = findReportedConfig(module);
  model.flow = std::make_unique<ValueFlow>(module);
  SymbolTableCollection symbols;
  WalkResult result =
      module.walk<WalkOrder::PreOrder>([&](FunctionOpInterface function) {
        if (function.isExternal())
          return WalkResult::skip();
        std::unique_ptr<FunctionModel> built =
            FunctionModel::build(function, *model.flow, symbols);
        if (!built)
          return WalkResult::interrupt();
        model.functions.push_back(std::move(built));
        return WalkResult::skip();
      });
  if (result.wasInterrupted())
    return failure();
  return model;
}

std::string FunctionModel::getName() const {
  std::string name = FunctionOpInterface(function).getName().str();
  for (Operation *op = function->getParentOp(); op; op = op->getParentOp())
    if (auto symbol = dyn_cast<SymbolOpInterface>(op))
      if (StringAttr outer = symbol.getNameAttr(); outer && op->getParentOp())
        name = outer.str() + "::" + name;
  return name;
}

void FunctionModel::select(const Selection &selection) {
  // The empty regex is none.
  llvm::Regex regex(selection.labels.empty() ? "." : selection.labels);
  struct Listed {
    UnitEntry entry;
    std::string label;
    int64_t macs;
  };
  std::vector<Listed> found;
  for (const UnitEntry &entry : units) {
    UnitInfo info = describe(entry);
    if ((selection.decisions.empty() ||
         llvm::is_contained(selection.decisions, info.decision)) &&
        (selection.labels.empty() || regex.match(info.label)))
      found.push_back({entry, info.label, info.macs});
  }
  // What is alike stays in program order.
  auto getKey = [&](const Listed &unit) {
    return std::tuple(selection.order == ReportOrder::Macs ? -unit.macs : 0,
                      selection.order == ReportOrder::Label
                          ? StringRef(unit.label)
                          : StringRef(),
                      numbering.getOrder(unit.entry.anchor));
  };
  llvm::sort(found, [&](const Listed &a, const Listed &b) {
    return getKey(a) < getKey(b);
  });
  listed.clear();
  for (const Listed &unit : found)
    listed.push_back(unit.entry);
}

//===----------------------------------------------------------------------===//
// Observations
//===----------------------------------------------------------------------===//

SmallVector<OpOperand *>
FunctionModel::getUses(ObservationOpInterface place) const {
  SmallVector<OpOperand *> uses;
  for (Value result : place->getResults())
    forEachUse(result, [&](OpOperand &use) { uses.push_back(&use); });
  llvm::sort(uses, [&](OpOperand *a, OpOperand *b) {
    return std::pair(numbering.getOrder(a->getOwner()), a->getOperandNumber()) <
           std::pair(numbering.getOrder(b->getOwner()), b->getOperandNumber());
  });
  return uses;
}

OperandRole FunctionModel::getRole(ObservationOpInterface place,
                                   ArrayRef<OpOperand *> uses) const {
  if (place->hasAttr(annotations::weight))
    return OperandRole::weight;
  ConfigOp config = quantprep::findConfig(function);
  if (config && config.getPlacement() == Placement::value)
    return OperandRole::input;
  SmallVector<OpOperand *> worklist(llvm::reverse(uses));
  DenseSet<Value> seen;
  while (!worklist.empty()) {
    OpOperand *use = worklist.pop_back_val();
    Operation *op = use->getOwner();
    // The unit graph has checked that there is one role for each operand.
    if (auto roles = annotations::getMembership(op).getRoles(); !roles.empty())
      return roles[use->getOperandNumber()].getRole();
    for (Value target : flow.getTargets(*use))
      if (seen.insert(target).second)
        forEachUse(target,
                   [&](OpOperand &further) { worklist.push_back(&further); });
  }
  return OperandRole::input;
}
