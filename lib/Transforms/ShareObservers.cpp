//===- ShareObservers.cpp - One observer per sharing group ----------------===//
//
// Groups are the closure of what sharing units and loops ask for (F23, B1, B2).
// Then one symbol is made per group, in program order. Runs after
// qprep-insert-observers.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/Analysis/SharingConstraints.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringExtras.h"

namespace quantprep {
#define GEN_PASS_DEF_SHAREOBSERVERS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// Observers
//===----------------------------------------------------------------------===//

namespace {

/// Gives each group its observer.
class ObserverMaker {
public:
  ObserverMaker(ModuleOp module, const ObservationList &places,
                const SharingGroups &groups)
      : module(module), places(places), groups(groups),
        writer(module.getContext()),
        generated(StringAttr::get(module.getContext(), annotations::generated),
                  UnitAttr::get(module.getContext())),
        visibility(StringAttr::get(module.getContext(), "private")) {
    for (Operation &op : *module.getBody())
      if (auto symbol = dyn_cast<SymbolOpInterface>(op);
          symbol && symbol.getNameAttr())
        timesUsed.try_emplace(symbol.getNameAttr(), 0);
    for (auto observer : module.getOps<ObserverOp>()) {
      known[observer.getSymNameAttr()] = observer;
      freeId = std::max(freeId, observer.getId() + 1);
    }
  }

  /// The groups' specs are those of these places; other groups have one place.
  LogicalResult run(ArrayRef<unsigned> firsts);

  /// Weights are named for the first unit that has them, and a name.
  void setWeight(ObservationOpInterface place, const Unit &unit) {
    if (StringRef name = getLocationName(unit.anchor->getLoc()); !name.empty())
      weightOf.try_emplace(place, name);
  }

private:
  struct NewObserver {
    /// The first place of its group.
    unsigned place;
    /// The one that has the group's spec.
    unsigned specPlace;
  };
  ObserverAttr getSpec(unsigned place);
  LogicalResult checkGroup(unsigned place, unsigned specPlace);
  StringAttr makeName(const NewObserver &observer, int64_t id);
  void makeObservers(ArrayRef<NewObserver> made);

  ModuleOp module;
  const ObservationList &places;
  const SharingGroups &groups;
  annotations::Writer writer;
  /// The attribute of observers.
  NamedAttribute generated;
  StringAttr visibility;
  /// The observers that were here before.
  llvm::DenseMap<StringAttr, ObserverOp> known;
  /// For each name of a symbol, how many that are numbered start with it.
  llvm::DenseMap<StringAttr, unsigned> timesUsed;
  llvm::DenseMap<Operation *, StringRef> weightOf;
  /// This and all behind it are the id of no observer yet.
  int64_t freeId = 0;
  /// By the leader of the group, which is one of its places or comes after
  /// them.
  std::vector<FlatSymbolRefAttr> observerOf;
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
    emitRemark(place->getContext(), place->getLoc(), "B2", place)
        << ("observed by " + stringifyEnum(wanted.getKind()) +
            " of its sharing group instead of " +
            stringifyEnum(found.getKind()))
               .str();
    return success();
  }
  InFlightDiagnostic diag = place->emitError();
  diag << "must share an observer of dtype " << dtypeName(wanted.getDtype())
       << ", but is observed as " << dtypeName(found.getDtype()) << ", by "
       << found;
  diag.attachNote(places.all[specIndex]->getLoc())
      << "the group's observer comes from here: " << wanted;
  for (Operation *op : groups.getPath(specIndex, index))
    diag.attachNote(op->getLoc()) << "shared by this op";
  diag.attachNote() << "give the units of the group qconfigs of one dtype (B2)";
  return diag;
}

/// Named for the value: its unit's weight, an argument, a constant, an output.
/// The first of a name has it as it is, the others with a number. What has no
/// name has its id, which is no other's: it need not be kept in mind.
StringAttr ObserverMaker::makeName(const NewObserver &observer, int64_t id) {
  MLIRContext *context = module.getContext();
  ObservationOpInterface place = places.all[observer.place];
  SmallString<32> text(weightOf.lookup(place));
  Value value = getUnobserved(place.getInput());
  bool isNamed = true;
  if (!text.empty()) {
    text += "_weight";
  } else if (text = getLocationName(value.getLoc()); text.empty()) {
    isNamed = false;
    text += "obs_";
    text += llvm::utostr(id);
  } else if (Operation *maker = value.getDefiningOp()) {
    text += maker->hasTrait<OpTrait::ConstantLike>() ? "_const" : "_out";
  } else {
    text += "_in";
  }
  if (getSpec(observer.specPlace).isEqualization())
    text += "_equalization";
  auto base = StringAttr::get(context, text), name = base;
  if (!isNamed && !timesUsed.contains(name))
    return name;
  while (!timesUsed.try_emplace(name, 0).second)
    name = StringAttr::get(context, text + "_" + Twine(timesUsed[base]++));
  return name;
}

void ObserverMaker::makeObservers(ArrayRef<NewObserver> made) {
  OpBuilder builder(module.getBodyRegion());
  for (const NewObserver &observer : made) {
    ObserverOp::Properties properties;
    properties.setSymName(makeName(observer, freeId));
    properties.setSymVisibility(visibility);
    properties.setId(freeId++);
    properties.setSpec(getSpec(observer.specPlace));
    ObserverOp::create(builder, places.all[observer.place]->getLoc(),
                       TypeRange(), ValueRange(), properties, generated);
    observerOf[groups.getLeader(observer.place)] =
        FlatSymbolRefAttr::get(properties.getSymName());
  }
}

LogicalResult ObserverMaker::run(ArrayRef<unsigned> firsts) {
  llvm::DenseMap<unsigned, unsigned> specOf;
  for (unsigned first : firsts)
    specOf.try_emplace(groups.getLeader(first), first);
  observerOf.resize(groups.size());
  for (unsigned index : llvm::reverse(places.withObserver)) {
    ObservationOpInterface place = places.all[index];
    observerOf[groups.getLeader(index)] = place.getObserverAttr();
  }
  for (unsigned index = 0; index < places.all.size(); ++index) {
    auto it = specOf.find(groups.getLeader(index));
    if (it != specOf.end() && failed(checkGroup(index, it->second)))
      return failure();
  }
  std::vector<NewObserver> made;
  llvm::BitVector isMade(groups.size());
  for (unsigned index = 0; index < places.all.size(); ++index) {
    unsigned leader = groups.getLeader(index);
    if (observerOf[leader] || isMade.test(leader))
      continue;
    isMade.set(leader);
    auto it = specOf.find(leader);
    made.push_back({index, it == specOf.end() ? index : it->second});
  }
  makeObservers(made);
  for (unsigned index = 0; index < places.all.size(); ++index) {
    ObservationOpInterface place = places.all[index];
    if (place.getObserverAttr())
      continue;
    FlatSymbolRefAttr observer = observerOf[groups.getLeader(index)];
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

  void runOnOperation() final {
    ObservationList observations;
    std::vector<FunctionUnits> functions;
    if (failed(collect(observations, functions)))
      return signalPassFailure();
    SharingGroups groups(observations.all.size());
    joinByObserver(observations, groups);
    ValueFlow flow(getOperation());
    SmallVector<const UnitGraph *> graphs;
    for (const FunctionUnits &function : functions)
      graphs.push_back(function.units.get());
    FlowGraph graph(
        flow,
        TransparentUnits(graphs, handsOnObserver, [](const OpOperand &use) {
          return bool(getSharedObservation(use));
        }));
    SharingConstraints constraints(flow, graph, observations, groups);
    for (const FunctionUnits &function : functions)
      constraints.collect(*function.units, *function.fusions);
    ObserverMaker maker(getOperation(), observations, groups);
    for (const UnitGraph *units : graphs)
      for (const Unit &unit : units->getUnits())
        nameWeights(unit, flow, maker);
    if (failed(maker.run(constraints.getFirsts())))
      signalPassFailure();
  }

  struct FunctionUnits {
    std::unique_ptr<UnitGraph> units;
    std::unique_ptr<Fusions> fusions;
  };

  /// Modules in this one have observers of their own: what is there can name
  /// none of ours. Fails if annotations do not fit.
  LogicalResult collect(ObservationList &observations,
                        std::vector<FunctionUnits> &functions) {
    bool valid = true;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (op != getOperation() && op->hasTrait<OpTrait::SymbolTable>())
        return WalkResult::skip();
      observations.add(op);
      if (!isa<FunctionOpInterface>(op))
        return WalkResult::advance();
      FunctionUnits function{std::make_unique<UnitGraph>(op), nullptr};
      function.fusions = std::make_unique<Fusions>(*function.units);
      valid &= function.units->isValid() && function.fusions->isValid();
      functions.push_back(std::move(function));
      return WalkResult::advance();
    });
    return success(valid);
  }

  /// Observations by one observer are one group from the start.
  static void joinByObserver(const ObservationList &places,
                             SharingGroups &groups) {
    llvm::DenseMap<Attribute, unsigned> seen;
    for (unsigned index : places.withObserver) {
      ObservationOpInterface place = places.all[index];
      auto [it, inserted] = seen.try_emplace(place.getObserverAttr(), index);
      if (!inserted)
        groups.share(it->second, index, place);
    }
  }

  /// Of a function's argument, the calls have the weight.
  static void nameWeights(const Unit &unit, const ValueFlow &flow,
                          ObserverMaker &maker) {
    for (const UnitOperand &operand : unit.operands) {
      if (operand.getRole() != OperandRole::weight)
        continue;
      for (ObservationOpInterface place : getPlaces(*operand.uses.front()))
        maker.setWeight(place, unit);
      for (OpOperand *source : flow.getSources(operand.value))
        for (ObservationOpInterface place : getPlaces(*source))
          maker.setWeight(place, unit);
    }
  }
};
} // namespace
