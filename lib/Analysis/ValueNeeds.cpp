//===- ValueNeeds.cpp - Which values want an observer (T5-T7) -------------===//

#include "QuantPrep/Analysis/ValueNeeds.h"
#include "QuantPrep/Analysis/BackendSupport.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ValueFacts.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ValueNeeds::ValueNeeds(const ConfigTables &tables, const ValueFlow &flow)
    : config(tables.config), flow(flow),
      carried(flow,
              [](Value, BoundaryGroup::Kind kind) {
                return kind == BoundaryGroup::Kind::Carried;
              }),
      backend(tables.backend), mapping(tables.mapping) {}

ArrayRef<Value> ValueNeeds::getCarriedWith(Value value) const {
  const BoundaryGroup *group = carried.lookup(value);
  return group ? ArrayRef<Value>(group->members) : ArrayRef<Value>();
}

void ValueNeeds::addFunction(const UnitGraph &graph) {
  for (const Unit &unit : graph.getUnits())
    for (Operation *member : unit.members)
      unitOf[member] = &unit;
  for (const Unit &unit : graph.getUnits())
    if (getRole(unit) != ValueRole::breaks)
      for (const UnitOperand &operand : unit.operands)
        addUse({&unit, &operand, operand.attr.getAxis()}, operand.value);
}

/// A weight or bias is observed before it is brought into the shape that the
/// unit wants: the ops that do so are part of no computation of the model.
void ValueNeeds::addUse(Use use, Value value) {
  OperandRole role = use.operand->getRole();
  while (role == OperandRole::weight || role == OperandRole::bias) {
    auto op = value.getDefiningOp<QuantizableOpInterface>();
    if (!op || !op.movesData() || op.getUnitKind() == UnitKind::cat ||
        unitOf.contains(op))
      break;
    std::optional<int64_t> axis = use.axis;
    if (axis && !(axis = getMovedDimension(op, *axis)))
      break;
    use.axis = axis;
    value = getUnobserved(op->getOperand(0));
  }
  uses[value].push_back(use);
}

const Unit *ValueNeeds::getProducer(Value value) const {
  Operation *op = value.getDefiningOp();
  return op ? unitOf.lookup(op) : nullptr;
}

//===----------------------------------------------------------------------===//
// What kinds do
//===----------------------------------------------------------------------===//

ValueRole ValueNeeds::getRole(const Unit &unit) const {
  PatternOp entry = backend.getEntry(unit.kind);
  if (!entry)
    return ValueRole::breaks;
  switch (entry.getObservation()) {
  case ObservationType::different:
    return ValueRole::quantizes;
  case ObservationType::shared:
    return ValueRole::passes;
  case ObservationType::by_operands:
    return entry.getObservationOf(unit.operands.size()) ==
                   ObservationType::shared
               ? ValueRole::passes
               : ValueRole::propagates;
  }
  llvm_unreachable("all observation types are covered");
}

// T5, T18: what has dynamic dtypes is quantized at run time as well.
bool ValueNeeds::isOfMode(const Unit &unit) const {
  PatternOp entry = backend.getEntry(unit.kind);
  return entry && (ConfigOp(config).getMode() == Mode::static_ ||
                   llvm::any_of(entry.getDtypes().getAsRange<DTypeConfigAttr>(),
                                [](DTypeConfigAttr dtypes) {
                                  return dtypes.getDynamic();
                                }));
}

/// A weight that the backend wants in float is read as it is.
static bool takesFloatWeights(PatternOp entry) {
  return llvm::all_of(entry.getDtypes().getAsRange<DTypeConfigAttr>(),
                      [](DTypeConfigAttr dtypes) {
                        return dtypes.getWeight() &&
                               dtypes.getWeight().getType().isF32();
                      });
}

bool ValueNeeds::quantizes(const Use &use) const {
  if (getRole(*use.unit) != ValueRole::quantizes || !isOfMode(*use.unit))
    return false;
  PatternOp entry = backend.getEntry(use.unit->kind);
  OperandRole role = use.operand->getRole();
  if (role == OperandRole::weight)
    return !takesFloatWeights(entry);
  return role != OperandRole::bias && !entry.getUnobserved();
}

bool ValueNeeds::hasQuantizingUse(Value value) const {
  auto it = uses.find(value);
  return it != uses.end() && llvm::any_of(it->second, [&](const Use &use) {
           return quantizes(use);
         });
}

//===----------------------------------------------------------------------===//
// In the function
//===----------------------------------------------------------------------===//

/// T5: the unit whose qconfig a value is observed with. Its producer goes
/// first; of those that read it all have to agree.
const Unit *ValueNeeds::findDemand(Value value) {
  const Unit *producer = getProducer(value);
  if (producer && mapping.getQConfig(*producer) &&
      config.getMode() == Mode::static_ &&
      !(backend.getEntry(producer->kind) &&
        backend.getEntry(producer->kind).getUnobserved())) {
    ValueRole role = getRole(*producer);
    if (role == ValueRole::quantizes || role == ValueRole::propagates)
      return producer;
  }
  const Unit *first = nullptr;
  for (const Use &use : uses.lookup(value)) {
    if (!quantizes(use) || !mapping.getQConfig(*use.unit))
      continue;
    if (!first)
      first = use.unit;
    QConfigAttr one = mapping.getQConfig(*first);
    QConfigAttr other = mapping.getQConfig(*use.unit);
    if (one.getActivation() == other.getActivation() &&
        one.getWeight() == other.getWeight())
      continue;
    emitConflict(value, {one.getActivation(), false, first->anchor, {}},
                 {other.getActivation(), false, use.unit->anchor, {}});
    return nullptr;
  }
  return first;
}

/// T5, T6.
ValueNeed ValueNeeds::getOwn(Value value) {
  auto it = uses.find(value);
  bool isRead = it != uses.end();
  if (!isFloatTensor(value.getType()) || (!isRead && !getProducer(value)))
    return {};
  std::optional<Use> weight;
  for (const Use &use : isRead ? ArrayRef<Use>(it->second) : ArrayRef<Use>()) {
    OperandRole role = use.operand->getRole();
    if (role == OperandRole::bias)
      return {};
    if (role == OperandRole::weight && !weight && quantizes(use))
      weight = use;
  }
  const Unit *unit = findDemand(value);
  if (!unit)
    return {};
  QConfigAttr qconfig = mapping.getQConfig(*unit);
  ObserverAttr spec = weight ? qconfig.getWeight() : qconfig.getActivation();
  if (weight && weight->axis)
    spec = spec.withAxis(*weight->axis);
  // Nothing is ever quantized to f32. In dynamic mode f16 activations are not
  // observed, and on device only weights are (T16).
  bool isDynamic = config.getMode() == Mode::dynamic;
  if (spec.getDtype().isF32() ||
      (isDynamic && !weight &&
       (spec.getDtype().isF16() || config.getOnDevice())))
    return {};
  return {spec, bool(weight), unit->anchor, {}};
}

//===----------------------------------------------------------------------===//
// Inwards
//===----------------------------------------------------------------------===//

/// What a function, a branch or a loop makes a value of.
ValueNeeds::Values ValueNeeds::getCalleeValues(Value value) const {
  Values values;
  for (OpOperand *source : flow.getSources(value)) {
    Operation *maker = value.getDefiningOp();
    if (!maker)
      maker = value.getParentBlock()->getParentOp();
    bool isCall = flow.getCallee(maker);
    if (isCall ? source->getOwner() != maker
               : maker->isProperAncestor(source->getOwner()))
      values.push_back(getUnobserved(source->get()));
  }
  return values;
}

/// The arguments that callees and regions read a value as.
ValueNeeds::Values ValueNeeds::getReadInwards(Value value) const {
  Values values;
  forEachUse(value, [&](OpOperand &use) {
    Operation *owner = use.getOwner();
    for (Value target : flow.getTargets(use))
      if (flow.getCallee(owner) || target.getDefiningOp() == owner ||
          owner->isAncestor(target.getParentBlock()->getParentOp()))
        values.push_back(target);
  });
  // Uses are listed last to first.
  std::reverse(values.begin(), values.end());
  return values;
}

/// B1: what a loop carries together needs what any of it does, so that it is
/// asked for as one.
Value ValueNeeds::getKey(Value value) const {
  ArrayRef<Value> group = getCarriedWith(value);
  return group.empty() ? value : group.front();
}

ValueNeed ValueNeeds::getKnown(Value value) const {
  return known.lookup(getKey(value));
}

ValueNeeds::Values ValueNeeds::getInwards(Value key) const {
  ArrayRef<Value> group = getCarriedWith(key);
  Values values;
  for (Value value : group.empty() ? ArrayRef<Value>(key) : group) {
    llvm::append_range(values, getCalleeValues(value));
    llvm::append_range(values, getReadInwards(value));
  }
  return values;
}

/// One need of all; two different ones are a conflict (T7).
ValueNeed ValueNeeds::join(Value value, ArrayRef<Value> inwards) {
  ValueNeed result;
  for (Value next : inwards) {
    ValueNeed need = getKnown(next);
    if (!need)
      continue;
    need.from = next;
    if (!result)
      result = need;
    else if (result.spec != need.spec)
      return emitConflict(value, result, need), ValueNeed();
  }
  return result;
}

/// T7, when all that is inwards of the value is known.
ValueNeed ValueNeeds::combine(Value key) {
  Operation *maker = key.getDefiningOp();
  if (maker && flow.getCallee(maker))
    if (ValueNeed made = join(key, getCalleeValues(key)))
      return made;
  ArrayRef<Value> group = getCarriedWith(key);
  for (Value value : group.empty() ? ArrayRef<Value>(key) : group)
    if (ValueNeed own = getOwn(value))
      return own;
  return join(key, getInwards(key));
}

/// A walk in depth with a stack of its own: calls may be as deep as the model.
/// What is met again on its own way inwards, by recursion or around a loop,
/// adds nothing.
ValueNeed ValueNeeds::get(Value value) {
  if (auto it = known.find(getKey(value)); it != known.end())
    return it->second;
  struct Frame {
    Value key;
    Values inwards;
    size_t next = 0;
  };
  SmallVector<Frame> stack;
  auto enter = [&](Value entered) {
    Value key = getKey(entered);
    if (isFloatTensor(key.getType()) && known.try_emplace(key).second)
      stack.push_back({key, getInwards(key)});
  };
  enter(value);
  while (!stack.empty()) {
    Frame &top = stack.back();
    if (top.next < top.inwards.size()) {
      enter(top.inwards[top.next++]);
      continue;
    }
    Value done = top.key;
    stack.pop_back();
    ValueNeed need = combine(done);
    known[done] = need;
  }
  return getKnown(value);
}

//===----------------------------------------------------------------------===//
// Conflicts
//===----------------------------------------------------------------------===//

/// The places between a value and the unit that wants it, then the unit.
void ValueNeeds::notePath(InFlightDiagnostic &diag, ValueNeed need) {
  llvm::SmallDenseSet<Value> seen;
  for (Value at = need.from; at && seen.insert(at).second;
       at = getKnown(at).from)
    diag.attachNote(at.getLoc()) << "read as this";
  diag.attachNote(need.origin->getLoc())
      << "required as " << need.spec << " by this";
}

void ValueNeeds::emitConflict(Value value, const ValueNeed &one,
                              const ValueNeed &other) {
  if (hasFailed)
    return;
  hasFailed = true;
  InFlightDiagnostic diag = mlir::emitError(value.getLoc());
  diag << "one value requires two observers, " << one.spec << " and "
       << other.spec << "; give what reads it one qconfig (T7)";
  notePath(diag, one);
  notePath(diag, other);
}
