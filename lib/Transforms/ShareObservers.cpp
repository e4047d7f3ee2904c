//===- ShareObservers.cpp - One observer per sharing group ----------------===//
//
// Constraints of sharing units (F23) join the places of their first operands
// with those of their outputs; groups are the closure (B2). Then one symbol is
// made per group, in program order. Runs after qprep-insert-observers.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/Analysis/SharingGroups.h"
#include "QuantPrep/Analysis/UnitMatches.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Units/ExternalModels.h"

#include "mlir/IR/Builders.h"

namespace quantprep {
#define GEN_PASS_DEF_SHAREOBSERVERS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// All places of a module, in program order.
struct PlaceList {
  explicit PlaceList(Operation *module) {
    module->walk<WalkOrder::PreOrder>([&](ObservationOpInterface place) {
      indexes[place] = all.size();
      all.push_back(place);
    });
  }

  std::vector<ObservationOpInterface> all;
  llvm::DenseMap<Operation *, unsigned> indexes;
};

/// Constraints of the units of one function.
class SharingCollector {
public:
  SharingCollector(const UnitMatches &matches, const PlaceList &places,
                   SharingGroups &groups, std::vector<unsigned> &firsts)
      : matches(matches), places(places), groups(groups), firsts(firsts) {}

  void visit(const Unit &unit);

private:
  std::optional<unsigned> getPlace(Operation *op) const;
  std::optional<unsigned> findOperandPlace(const UnitOperand &operand) const;
  std::optional<unsigned> findOutputPlace(Value result) const;

  const UnitMatches &matches;
  const PlaceList &places;
  SharingGroups &groups;
  /// For each sharing unit, the place of its first operand.
  std::vector<unsigned> &firsts;
};
} // namespace

std::optional<unsigned> SharingCollector::getPlace(Operation *op) const {
  auto it = op ? places.indexes.find(op) : places.indexes.end();
  if (it == places.indexes.end())
    return std::nullopt;
  return it->second;
}

/// The place nearest to the use that preparation made, else the nearest of the
/// user's, else up through units that share or move data, along first operands
/// (B9).
std::optional<unsigned>
SharingCollector::findOperandPlace(const UnitOperand &operand) const {
  const UnitOperand *at = &operand;
  for (;;) {
    Value value = at->uses.front()->get();
    std::optional<unsigned> nearest;
    while (auto place = value.getDefiningOp<ObservationOpInterface>()) {
      ObserverAttr spec = place.getSpecAttr();
      // Equalization says nothing of how a value is quantized (F27).
      if (spec && !spec.isEqualization())
        return getPlace(place);
      if (!spec && !nearest)
        nearest = getPlace(place);
      value = place.getInput();
    }
    if (nearest)
      return nearest;
    const Unit *maker = at->producer;
    if (!maker || maker->operands.empty() ||
        !(isDecided(*maker, Decision::shared) || movesData(*maker)))
      return std::nullopt;
    at = &maker->operands.front();
  }
}

/// The output's place is the one that reads the result itself.
std::optional<unsigned> SharingCollector::findOutputPlace(Value result) const {
  for (Operation *user : result.getUsers())
    if (auto place = getPlace(user))
      return place;
  return std::nullopt;
}

void SharingCollector::visit(const Unit &unit) {
  const UnitMatch *match = matches.lookup(unit);
  if (!isDecided(unit, Decision::shared) || !match ||
      &match->getLast() != &unit)
    return;
  std::optional<unsigned> first;
  for (const UnitOperand &operand : match->root->operands) {
    if (first && operand.role != OperandRole::element)
      break;
    std::optional<unsigned> place = findOperandPlace(operand);
    if (!place)
      continue;
    if (first)
      groups.share(*first, *place, unit.anchor);
    else
      first = place;
  }
  if (!first)
    return;
  firsts.push_back(*first);
  for (Value result : unit.anchor->getResults())
    if (std::optional<unsigned> place = findOutputPlace(result))
      groups.share(*first, *place, unit.anchor);
}

//===----------------------------------------------------------------------===//
// Observers
//===----------------------------------------------------------------------===//

namespace {

/// Gives each group its observer.
class ObserverMaker {
public:
  ObserverMaker(ModuleOp module, const PlaceList &places,
                const SharingGroups &groups)
      : module(module), places(places), groups(groups),
        writer(module.getContext()),
        visibility(StringAttr::get(module.getContext(), "private")) {
    for (Operation &op : *module.getBody())
      if (auto symbol = dyn_cast<SymbolOpInterface>(op);
          symbol && symbol.getNameAttr())
        timesUsed.try_emplace(symbol.getName(), 0);
    for (auto observer : module.getOps<ObserverOp>()) {
      known[observer.getSymNameAttr()] = observer;
      nextId = std::max(nextId, observer.getId() + 1);
    }
  }

  /// The groups' specs are those of these places; other groups have one place.
  LogicalResult run(ArrayRef<unsigned> firsts);

  /// Weights are named for the unit that has them.
  void setWeight(ObservationOpInterface place, const Unit &unit) {
    weightOf.try_emplace(place, getLocationName(unit.anchor->getLoc()));
  }

private:
  ObserverAttr getSpec(unsigned place);
  LogicalResult checkGroup(unsigned place, unsigned specPlace);
  std::string getName(ObservationOpInterface place) const;
  FlatSymbolRefAttr makeObserver(OpBuilder &builder, unsigned place,
                                 ObserverAttr spec);

  ModuleOp module;
  const PlaceList &places;
  const SharingGroups &groups;
  annotations::Writer writer;
  StringAttr visibility;
  /// The observers that were here before.
  llvm::DenseMap<StringAttr, ObserverOp> known;
  /// For each name of a symbol, how many that are numbered start with it.
  llvm::StringMap<unsigned> timesUsed;
  llvm::DenseMap<Operation *, StringRef> weightOf;
  int64_t nextId = 0;
};
} // namespace

/// Of a place that names an observer already, that observer's.
ObserverAttr ObserverMaker::getSpec(unsigned index) {
  ObservationOpInterface place = places.all[index];
  if (ObserverAttr spec = place.getSpecAttr())
    return spec;
  return known.lookup(place.getObserverAttr().getAttr()).getSpec();
}

/// B2: the group's spec wins; a differing one is a remark, another dtype an
/// error.
LogicalResult ObserverMaker::checkGroup(unsigned index, unsigned specIndex) {
  ObserverAttr found = getSpec(index), wanted = getSpec(specIndex);
  if (found == wanted)
    return success();
  ObservationOpInterface place = places.all[index];
  if (found.getDtype() == wanted.getDtype()) {
    remark::analysis(place->getLoc(), ruleRemark("B2"))
        << "observed by " << stringifyEnum(wanted.getKind())
        << " of its sharing group instead of "
        << stringifyEnum(found.getKind());
    return success();
  }
  InFlightDiagnostic diag = place->emitError();
  diag << "must share an observer of dtype " << dtypeName(wanted.getDtype())
       << ", but is observed as " << dtypeName(found.getDtype());
  diag.attachNote(places.all[specIndex]->getLoc())
      << "the group's observer comes from here";
  for (Operation *op : groups.getPath(specIndex, index))
    diag.attachNote(op->getLoc()) << "shared by this op";
  diag.attachNote() << "give the units of the group qconfigs of one dtype (B2)";
  return diag;
}

/// Named for the value: its unit's weight, an argument, a constant, an output.
std::string ObserverMaker::getName(ObservationOpInterface place) const {
  if (StringRef unit = weightOf.lookup(place); !unit.empty())
    return (unit + "_weight").str();
  Value value = getUnobserved(place.getInput());
  StringRef name = getLocationName(value.getLoc());
  if (name.empty())
    return "obs_" + std::to_string(nextId);
  Operation *maker = value.getDefiningOp();
  if (!maker)
    return (name + "_in").str();
  bool isConstant = maker->hasTrait<OpTrait::ConstantLike>();
  return (name + (isConstant ? "_const" : "_out")).str();
}

FlatSymbolRefAttr ObserverMaker::makeObserver(OpBuilder &builder,
                                              unsigned index,
                                              ObserverAttr spec) {
  ObservationOpInterface place = places.all[index];
  std::string base = getName(place);
  if (spec.isEqualization())
    base += "_equalization";
  std::string name = base;
  while (!timesUsed.try_emplace(name, 0).second)
    name = base + "_" + std::to_string(timesUsed[base]++);
  auto observer = ObserverOp::create(
      builder, place->getLoc(), builder.getStringAttr(name), visibility,
      nextId++, spec, StatisticsAttr(), QParamsAttr());
  writer.mark(observer, annotations::generated);
  return FlatSymbolRefAttr::get(observer.getSymNameAttr());
}

LogicalResult ObserverMaker::run(ArrayRef<unsigned> firsts) {
  llvm::DenseMap<unsigned, unsigned> specOf;
  for (unsigned first : firsts)
    specOf.try_emplace(groups.getLeader(first), first);
  llvm::DenseMap<unsigned, FlatSymbolRefAttr> observerOf;
  for (unsigned index = 0; index < places.all.size(); ++index)
    if (FlatSymbolRefAttr symbol =
            ObservationOpInterface(places.all[index]).getObserverAttr())
      observerOf.try_emplace(groups.getLeader(index), symbol);
  for (unsigned index = 0; index < places.all.size(); ++index) {
    auto it = specOf.find(groups.getLeader(index));
    if (it != specOf.end() && failed(checkGroup(index, it->second)))
      return failure();
  }
  OpBuilder builder(module.getBodyRegion());
  for (unsigned index = 0; index < places.all.size(); ++index) {
    ObservationOpInterface place = places.all[index];
    if (place.getObserverAttr())
      continue;
    unsigned leader = groups.getLeader(index);
    FlatSymbolRefAttr &observer = observerOf[leader];
    if (!observer) {
      auto it = specOf.find(leader);
      observer = makeObserver(builder, index,
                              getSpec(it == specOf.end() ? index : it->second));
    }
    place.setObserver(observer);
    // Shared with the user's own, which was here before: the place is ours, the
    // observer is not.
    if (known.contains(observer.getAttr()))
      writer.mark(place, annotations::generated);
  }
  return success();
}

namespace {
struct ShareObserversPass
    : quantprep::impl::ShareObserversBase<ShareObserversPass> {
  using ShareObserversBase::ShareObserversBase;

  void getDependentDialects(DialectRegistry &registry) const final {
    ShareObserversBase::getDependentDialects(registry);
    registerExternalModels(registry);
  }

  void runOnOperation() final {
    PlaceList places(getOperation());
    SharingGroups groups(places.all.size());
    joinByObserver(places, groups);
    std::vector<unsigned> firsts;
    ObserverMaker maker(getOperation(), places, groups);
    WalkResult result = getOperation().walk([&](FunctionOpInterface function) {
      UnitGraph graph(function);
      if (!graph.isValid())
        return WalkResult::interrupt();
      UnitMatches matches(graph);
      if (!matches.isValid())
        return WalkResult::interrupt();
      SharingCollector collector(matches, places, groups, firsts);
      for (const Unit &unit : graph.getUnits()) {
        collector.visit(unit);
        nameWeights(unit, maker);
      }
      return WalkResult::skip();
    });
    if (result.wasInterrupted() || failed(maker.run(firsts)))
      signalPassFailure();
  }

  /// Places of one observer are one group from the start.
  static void joinByObserver(const PlaceList &places, SharingGroups &groups) {
    llvm::DenseMap<Attribute, unsigned> seen;
    for (unsigned index = 0; index < places.all.size(); ++index) {
      ObservationOpInterface place = places.all[index];
      FlatSymbolRefAttr symbol = place.getObserverAttr();
      if (!symbol)
        continue;
      auto [it, inserted] = seen.try_emplace(symbol, index);
      if (!inserted)
        groups.share(it->second, index, place);
    }
  }

  static void nameWeights(const Unit &unit, ObserverMaker &maker) {
    for (const UnitOperand &operand : unit.operands)
      if (operand.role == OperandRole::weight)
        for (ObservationOpInterface place : getPlaces(*operand.uses.front()))
          maker.setWeight(place, unit);
  }
};
} // namespace
