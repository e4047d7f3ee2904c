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
#include "QuantPrep/Matching/UnitLabels.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringExtras.h"

#include <deque>

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
  ObserverMaker(ModuleOp module, const ObservationList &observations,
                const SharingGroups &groups)
      : module(module), observations(observations), groups(groups),
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

  /// The groups' specs are those of these observations; other groups have one
  /// observation.
  LogicalResult run(ArrayRef<unsigned> firsts);

  /// Says which unit's weight or result is observed. A weight is called after
  /// the first unit that has it.
  void setUnit(ObservationOpInterface observation, const UnitLabels &labels,
               const Unit &unit, bool isWeight) {
    observed.try_emplace(observation, UnitPart{&labels, &unit, isWeight});
  }

private:
  /// A weight or result of a unit.
  struct UnitPart {
    const UnitLabels *labels = nullptr;
    const Unit *unit = nullptr;
    bool isWeight = false;
  };
  struct NewObserver {
    /// The first observation of its group.
    unsigned observation;
    /// The one that has the group's spec.
    unsigned specObservation;
  };
  ObserverAttr getSpec(unsigned observation);
  LogicalResult checkGroup(unsigned observation, unsigned specObservation);
  StringAttr makeName(const NewObserver &observer, int64_t id);
  void makeObservers(ArrayRef<NewObserver> made);

  ModuleOp module;
  const ObservationList &observations;
  const SharingGroups &groups;
  annotations::Writer writer;
  /// The attribute of observers.
  NamedAttribute generated;
  StringAttr visibility;
  /// The observers that were here before.
  llvm::DenseMap<StringAttr, ObserverOp> known;
  /// For each name of a symbol, how many that are numbered start with it.
  llvm::DenseMap<StringAttr, unsigned> timesUsed;
  llvm::DenseMap<Operation *, UnitPart> observed;
  /// This and all behind it are the id of no observer yet.
  int64_t freeId = 0;
  /// By the leader of the group, which is one of its observations or comes
  /// after them.
  std::vector<FlatSymbolRefAttr> observerOf;
};
} // namespace

/// Of an observation that names an observer already, that observer's.
ObserverAttr ObserverMaker::getSpec(unsigned index) {
  ObservationOpInterface observation = observations.all[index];
  if (ObserverAttr spec = observation.getSpecAttr())
    return spec;
  return known.lookup(observation.getObserverAttr().getAttr()).getSpec();
}

/// B2: the group's spec wins; a differing one is a remark, another dtype an
/// error.
LogicalResult ObserverMaker::checkGroup(unsigned index, unsigned specIndex) {
  ObserverAttr found = getSpec(index), wanted = getSpec(specIndex);
  if (found == wanted)
    return success();
  ObservationOpInterface observation = observations.all[index];
  if (found.getDtype() == wanted.getDtype()) {
    emitRemark(observation->getContext(), observation->getLoc(), "B2",
               observation)
        << ("observed by " + stringifyEnum(wanted.getKind()) +
            " of its sharing group instead of " +
            stringifyEnum(found.getKind()))
               .str();
    return success();
  }
  InFlightDiagnostic diag = observation->emitError();
  diag << "must share an observer of dtype " << dtypeName(wanted.getDtype())
       << ", but is observed as " << dtypeName(found.getDtype()) << ", by "
       << found;
  diag.attachNote(observations.all[specIndex]->getLoc())
      << "the group's observer comes from here: " << wanted;
  for (Operation *op : groups.getPath(specIndex, index))
    diag.attachNote(op->getLoc()) << "shared by this op";
  diag.attachNote() << "give the units of the group qconfigs of one dtype (B2)";
  return diag;
}

/// The name of a unit or value, with what it is; else the unit's label (B19),
/// which is short, as every third line of a prepared model has one. The first
/// of a name has it as it is, the others with a number. What has no name has
/// its id, which is no other's: it need not be kept in mind.
StringAttr ObserverMaker::makeName(const NewObserver &observer, int64_t id) {
  MLIRContext *context = module.getContext();
  ObservationOpInterface observation = observations.all[observer.observation];
  UnitPart part;
  // One observation may read another: the unit is that of the first.
  for (ObservationOpInterface at = observation; at && !part.unit;
       at = getObservation(at.getInput().getDefiningOp()))
    part = observed.lookup(at);
  Value value = getUnobserved(observation.getInput());
  StringRef unit, name = getLocationName(value.getLoc());
  if (part.unit)
    unit = getLocationName(part.unit->anchor->getLoc());
  bool isNamed = true;
  SmallString<32> text(unit);
  if (!unit.empty()) {
    text += part.isWeight ? "_weight" : "_out";
  } else if (text = name; !name.empty()) {
    Operation *maker = value.getDefiningOp();
    text += !maker                                     ? "_in"
            : maker->hasTrait<OpTrait::ConstantLike>() ? "_const"
                                                       : "_out";
  } else if (part.unit) {
    text = part.labels->get(*part.unit);
    text += part.isWeight ? "_w" : "";
  } else {
    isNamed = false;
    text = "obs_" + llvm::utostr(id);
  }
  if (getSpec(observer.specObservation).isEqualization())
    text += "_equalization";
  auto base = StringAttr::get(context, text), symbol = base;
  if (!isNamed && !timesUsed.contains(symbol))
    return symbol;
  while (!timesUsed.try_emplace(symbol, 0).second)
    symbol = StringAttr::get(context, text + "_" + Twine(timesUsed[base]++));
  return symbol;
}

void ObserverMaker::makeObservers(ArrayRef<NewObserver> made) {
  OpBuilder builder(module.getBodyRegion());
  for (const NewObserver &observer : made) {
    ObserverOp::Properties properties;
    properties.setSymName(makeName(observer, freeId));
    properties.setSymVisibility(visibility);
    properties.setId(freeId++);
    properties.setSpec(getSpec(observer.specObservation));
    ObserverOp::create(builder,
                       observations.all[observer.observation]->getLoc(),
                       TypeRange(), ValueRange(), properties, generated);
    observerOf[groups.getLeader(observer.observation)] =
        FlatSymbolRefAttr::get(properties.getSymName());
  }
}

LogicalResult ObserverMaker::run(ArrayRef<unsigned> firsts) {
  llvm::DenseMap<unsigned, unsigned> specOf;
  for (unsigned first : firsts)
    specOf.try_emplace(groups.getLeader(first), first);
  observerOf.resize(groups.size());
  for (unsigned index : llvm::reverse(observations.withObserver)) {
    ObservationOpInterface observation = observations.all[index];
    observerOf[groups.getLeader(index)] = observation.getObserverAttr();
  }
  for (unsigned index = 0; index < observations.all.size(); ++index) {
    auto it = specOf.find(groups.getLeader(index));
    if (it != specOf.end() && failed(checkGroup(index, it->second)))
      return failure();
  }
  std::vector<NewObserver> made;
  llvm::BitVector isMade(groups.size());
  for (unsigned index = 0; index < observations.all.size(); ++index) {
    unsigned leader = groups.getLeader(index);
    if (observerOf[leader] || isMade.test(leader))
      continue;
    isMade.set(leader);
    auto it = specOf.find(leader);
    made.push_back({index, it == specOf.end() ? index : it->second});
  }
  makeObservers(made);
  for (unsigned index = 0; index < observations.all.size(); ++index) {
    ObservationOpInterface observation = observations.all[index];
    if (observation.getObserverAttr())
      continue;
    FlatSymbolRefAttr observer = observerOf[groups.getLeader(index)];
    observation.setObserver(observer);
    // Shared with the user's own, which was here before: the observation is
    // ours, the observer is not.
    if (known.contains(observer.getAttr()))
      writer.mark(observation, annotations::generated);
  }
  return success();
}

namespace {
struct ShareObserversPass
    : quantprep::impl::ShareObserversBase<ShareObserversPass> {
  using ShareObserversBase::ShareObserversBase;

  void runOnOperation() final {
    ObservationList observations;
    SmallVector<const UnitGraph *> graphs;
    if (failed(collect(observations, graphs)))
      return signalPassFailure();
    SharingGroups groups(observations.all.size());
    joinByObserver(observations, groups);
    ValueFlow flow(getOperation());
    FlowGraph graph(
        flow,
        TransparentUnits(graphs, handsOnObserver, [](const OpOperand &use) {
          return bool(getSharedObservation(use));
        }));
    SharingConstraints constraints(flow, graph, observations, groups);
    for (const UnitGraph *units : graphs)
      constraints.collect(*units,
                          getChildAnalysis<Fusions>(units->getFunction()));
    ObserverMaker maker(getOperation(), observations, groups);
    std::deque<UnitLabels> labels;
    for (const UnitGraph *units : graphs) {
      labels.emplace_back(*units);
      for (const Unit &unit : units->getUnits())
        nameUnit(unit, labels.back(), flow, maker);
    }
    if (failed(maker.run(constraints.getFirsts())))
      signalPassFailure();
  }

  /// Modules in this one have observers of their own: what is there can name
  /// none of ours. Fails if annotations do not fit.
  LogicalResult collect(ObservationList &observations,
                        SmallVectorImpl<const UnitGraph *> &graphs) {
    bool valid = true;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (op != getOperation() && op->hasTrait<OpTrait::SymbolTable>())
        return WalkResult::skip();
      observations.add(op);
      if (!isa<FunctionOpInterface>(op))
        return WalkResult::advance();
      const auto &units = getChildAnalysis<UnitGraph>(op);
      valid &= succeeded(units.verify()) &&
               succeeded(getChildAnalysis<Fusions>(op).verify());
      graphs.push_back(&units);
      return WalkResult::advance();
    });
    return success(valid);
  }

  /// Observations by one observer are one group from the start.
  static void joinByObserver(const ObservationList &observations,
                             SharingGroups &groups) {
    llvm::DenseMap<Attribute, unsigned> seen;
    for (unsigned index : observations.withObserver) {
      ObservationOpInterface observation = observations.all[index];
      auto [it, inserted] =
          seen.try_emplace(observation.getObserverAttr(), index);
      if (!inserted)
        groups.share(it->second, index, observation);
    }
  }

  /// Of a function's argument, the calls have the weight.
  static void nameUnit(const Unit &unit, const UnitLabels &labels,
                       const ValueFlow &flow, ObserverMaker &maker) {
    for (const UnitOperand &operand : unit.operands) {
      if (operand.getRole() != OperandRole::weight)
        continue;
      for (ObservationOpInterface observation :
           getObservations(*operand.uses.front()))
        maker.setUnit(observation, labels, unit, /*isWeight=*/true);
      for (OpOperand *source : flow.getSources(operand.value))
        for (ObservationOpInterface observation : getObservations(*source))
          maker.setUnit(observation, labels, unit, /*isWeight=*/true);
    }
    for (Operation *user : unit.anchor->getUsers())
      if (ObservationOpInterface observation = getObservation(user))
        maker.setUnit(observation, labels, unit, /*isWeight=*/false);
  }
};
} // namespace
