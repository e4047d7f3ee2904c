//===- BoundaryDTypes.cpp - Dtypes across calls, branches, loops ----------===//

#include "QuantPrep/Analysis/BoundaryDTypes.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/IR/Values.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/Threading.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

BoundaryDTypes::BoundaryDTypes(const ValueFlow &flow, Functions &functions)
    : flow(flow), functions(functions),
      groups(flow,
             [&](Value value, Kind kind) { return isIncluded(value, kind); }),
      states(groups.getGroups().size()) {}

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

/// Whether a function is told by its calls what its arguments are, and tells
/// them what it returns. Not so what may be called from outside (T8: all is in
/// place there), and what calls itself.
bool BoundaryDTypes::isClosed(const CalledFunction &called) const {
  FunctionOpInterface function = called.function;
  return called.isClosed() && !called.calls.empty() &&
         functions.contains(function) &&
         !function->hasAttr(annotations::standalone) &&
         !annotations::isCustom(function) &&
         !isEntry(findConfig(function), function);
}

FunctionDTypes *BoundaryDTypes::getFunction(Operation *inside) const {
  auto it = functions.find(flow.getFunction(inside));
  return it == functions.end() ? nullptr : it->second.get();
}

bool BoundaryDTypes::isIncluded(Value value, Kind kind) const {
  Operation *owner = getOwner(value);
  return getFunction(owner) && isFloatTensor(value.getType()) &&
         (kind != Kind::Argument || isClosed(*flow.lookup(owner)));
}

//===----------------------------------------------------------------------===//
// Solving
//===----------------------------------------------------------------------===//

/// Whether the sources of a group are observed for its sake.
bool BoundaryDTypes::asksSources(const Group &group) const {
  return group.kind != Kind::BranchResult && group.kind != Kind::CallResult;
}

const BoundaryDType *BoundaryDTypes::getWanted(OpOperand &use) const {
  for (Value target : flow.getTargets(use)) {
    const Group *group = groups.lookup(target);
    if (!group)
      continue;
    const BoundaryDType &dtype = getState(*group).dtype;
    if (group->kind == Kind::BranchResult && isUndecided(use) && dtype.spec)
      return &dtype;
    // What a function returns may go to very many calls, which never ask.
    if (!asksSources(*group))
      return nullptr;
    if (dtype.spec)
      return &dtype;
  }
  return nullptr;
}

/// B22: an argument of the program or a constant, which is whatever the other
/// branches make of the result.
bool BoundaryDTypes::isUndecided(OpOperand &use) const {
  Value value = getUnobserved(use.get());
  if (groups.lookup(value) || getMade(use).dtype.isQuantized())
    return false;
  auto argument = dyn_cast<BlockArgument>(value);
  return argument ? flow.lookup(argument.getOwner()->getParentOp()) != nullptr
                  : matchPattern(value, m_Constant());
}

/// What a use hands on.
BoundaryDType BoundaryDTypes::getDType(OpOperand &use) const {
  const BoundaryDType *wanted = getWanted(use);
  return wanted ? *wanted : getMade(use);
}

/// The same before anything is observed for the sake of where it goes.
BoundaryDType BoundaryDTypes::getMade(OpOperand &use) const {
  Value value = getUnobserved(use.get());
  if (const Group *group = groups.lookup(value))
    return getState(*group).dtype;
  FunctionDTypes *function = getFunction(use.getOwner());
  return {function->getMade(value), function->getOutputSpec(value),
          /*isWeight=*/false, function->isQuantizedOutside(value)};
}

/// The same, seen from one group: what a function returns of its arguments is
/// what this call passed.
BoundaryDType BoundaryDTypes::getDType(const Group &group,
                                       OpOperand &source) const {
  auto argument = dyn_cast<BlockArgument>(getUnobserved(source.get()));
  if (group.kind == Kind::CallResult && argument && groups.lookup(argument) &&
      flow.lookup(argument.getOwner()->getParentOp()))
    return getDType(
        getCallOperand(group.members.front().getDefiningOp(), argument));
  return asksSources(group) ? getMade(source) : getDType(source);
}

void BoundaryDTypes::collectDemands(Operation *function) {
  if (states.empty())
    return;
  functions.find(function)->second->forEachDemand(
      [&](Value value, ObserverAttr spec, bool isWeight) {
        const Group *group = groups.lookup(value);
        if (!group || !isa<BlockArgument>(value) || !asksSources(*group))
          return;
        State &state = states[groups.getIndex(*group)];
        if (state.demand)
          return;
        state.demand = spec;
        state.isWeight = isWeight;
      });
}

/// What units want of the arguments of a group, here or where they are handed
/// on to.
std::pair<ObserverAttr, bool>
BoundaryDTypes::findDemand(const Group &group) const {
  const State &state = getState(group);
  if (!asksSources(group) || state.demand)
    return {state.demand, state.isWeight};
  const BoundaryDType *found = nullptr;
  for (Value member : group.members)
    if (isa<BlockArgument>(member))
      anyUse(member, [&](OpOperand &use) {
        if (!found)
          found = getWanted(use);
        return found != nullptr;
      });
  if (!found)
    return {};
  return {found->spec, found->isWeight};
}

/// What the sources make of a group that nothing is wanted of. A loop is
/// quantized if anything that it carries is (B1), an argument if all calls pass
/// it so, a result if all branches that decide agree (B22).
void BoundaryDTypes::joinSources(const Group &group, Sources sources,
                                 BoundaryDType &dtype,
                                 Conflict &conflict) const {
  bool isFirst = true;
  bool isSettled = group.kind == Kind::BranchResult &&
                   !llvm::all_of(sources, [&](OpOperand *source) {
                     return isUndecided(*source);
                   });
  for (OpOperand *source : sources) {
    if (isSettled && isUndecided(*source))
      continue;
    BoundaryDType next = getDType(group, *source);
    if (isFirst) {
      dtype = next;
      conflict.first = source;
      isFirst = false;
      continue;
    }
    BoundaryDType::Joined joined =
        dtype.join(next, /*anyDecides=*/group.kind == Kind::Carried);
    if (joined == BoundaryDType::Joined::raised)
      conflict.first = source;
    else if (joined == BoundaryDType::Joined::differ && !conflict.second)
      conflict.second = source;
  }
}

BoundaryDType BoundaryDTypes::evaluate(const Group &group,
                                       Conflict &conflict) const {
  if (auto [spec, isWeight] = findDemand(group); spec)
    return {TargetDType::quantized(spec.getDtype(), false), spec, isWeight};
  BoundaryDType dtype;
  joinSources(group, group.sources.getArrayRef(), dtype, conflict);
  if (conflict.second && !asksSources(group)) {
    SmallVector<OpOperand *> taken(group.sources.getArrayRef());
    llvm::erase_if(
        taken, [&](OpOperand *source) { return flow.isNeverPassed(*source); });
    conflict = {};
    dtype = BoundaryDType::unknown();
    joinSources(group, taken, dtype, conflict);
  }
  if (conflict.second && group.kind != Kind::Carried)
    dtype = BoundaryDType::unknown();
  return dtype;
}

/// Dtypes only rise.
bool BoundaryDTypes::update(unsigned index, bool onlyDemands) {
  const Group &group = groups.getGroups()[index];
  BoundaryDType &known = states[index].dtype;
  if (known.dtype.isQuantized() || (onlyDemands && !findDemand(group).first))
    return false;
  Conflict conflict;
  BoundaryDType next = evaluate(group, conflict);
  if (next == known)
    return false;
  known = next;
  for (Value member : group.members)
    passed[member] = next;
  return true;
}

/// Updates groups, and those that depend on them, until nothing changes.
/// Functions of what has changed are to be solved again.
void BoundaryDTypes::updateAll(llvm::SetVector<unsigned> worklist,
                               bool onlyDemands,
                               llvm::SetVector<Operation *> &changed) {
  while (!worklist.empty()) {
    unsigned index = worklist.pop_back_val();
    if (!update(index, onlyDemands))
      continue;
    const Group &group = groups.getGroups()[index];
    worklist.insert_range(group.neighbors);
    for (Value member : group.members)
      changed.insert(flow.getFunction(getOwner(member)));
  }
}

LogicalResult BoundaryDTypes::solve() {
  DenseMap<FunctionDTypes *, SmallVector<unsigned, 2>> groupsIn;
  for (auto [index, group] : llvm::enumerate(groups.getGroups())) {
    for (OpOperand *source : group.sources)
      groupsIn[getFunction(source->getOwner())].push_back(index);
    for (Value member : group.members)
      groupsIn[getFunction(getOwner(member))].push_back(index);
  }
  llvm::SetVector<Operation *> changed;
  for (auto &[op, function] : functions)
    changed.insert(op);
  while (!changed.empty()) {
    SmallVector<Operation *, 0> todo = changed.takeVector();
    parallelForEach(todo.front()->getContext(), todo, [&](Operation *op) {
      functions.find(op)->second->solve(passed);
    });
    llvm::SetVector<unsigned> worklist;
    for (Operation *op : todo) {
      collectDemands(op);
      for (unsigned index : groupsIn[functions.find(op)->second.get()])
        worklist.insert(index);
    }
    // What is wanted goes before what is there.
    updateAll(worklist, /*onlyDemands=*/true, changed);
    updateAll(worklist, /*onlyDemands=*/false, changed);
  }
  findObservedByCalls();
  return reportConflicts();
}

//===----------------------------------------------------------------------===//
// Conflicts
//===----------------------------------------------------------------------===//

static std::string nameDType(const TargetDType &dtype) {
  return dtype.isQuantized() ? dtypeName(dtype.getType()) : "float";
}

/// B22: what leaves a branch as float, since another one yields float.
static void remarkOnBranches(Operation *at, unsigned result,
                             const TargetDType &first,
                             const TargetDType &second) {
  emitRemark(at->getContext(), at->getLoc(), "B22", at)
      << ("result " + Twine(result) + " is float, since it is " +
          nameDType(first) + " in one branch and " + nameDType(second) +
          " in another")
             .str();
}

/// A result that one branch quantizes and another one does not is a remark, a
/// loop that cannot be quantized as one an error.
LogicalResult BoundaryDTypes::reportConflicts() const {
  bool agree = true;
  DenseSet<OpOperand *> reported;
  for (const Group &group : groups.getGroups()) {
    Conflict conflict;
    BoundaryDType state = evaluate(group, conflict);
    bool cannotObserve =
        group.kind == Kind::Carried && state.dtype.isQuantized() && !state.spec;
    if (group.kind == Kind::Argument || group.kind == Kind::Entered ||
        (!conflict.second && !cannotObserve) ||
        !reported.insert(conflict.first).second)
      continue;
    if (!conflict.second) {
      // All that it carries is quantized outside.
      if (llvm::all_of(group.sources, [&](OpOperand *source) {
            return getDType(*source).dtype == state.dtype;
          }))
        continue;
      conflict.second = *llvm::find_if(group.sources, [&](OpOperand *source) {
        return getDType(*source).dtype != state.dtype;
      });
    }
    TargetDType first = getDType(group, *conflict.first).dtype;
    TargetDType second = getDType(group, *conflict.second).dtype;
    if (group.kind != Kind::Carried) {
      remarkOnBranches(conflict.first->getOwner()->getParentOp(),
                       conflict.first->getOperandNumber(), first, second);
      continue;
    }
    agree = false;
    InFlightDiagnostic diag = getOwner(group.members.front())->emitError();
    diag << "a value that the loop carries is " << nameDType(first)
         << " in one place and " << nameDType(second)
         << " in another; give what makes it qconfigs of one dtype (B1)";
    diag.attachNote(conflict.first->getOwner()->getLoc())
        << nameDType(first) << " here";
    diag.attachNote(conflict.second->getOwner()->getLoc())
        << nameDType(second) << " here";
  }
  return success(agree);
}
