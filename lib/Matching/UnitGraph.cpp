//===- UnitGraph.cpp - Units and the values between them ------------------===//

#include "QuantPrep/Matching/UnitGraph.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/IR/Walk.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// UnitGraph
//===----------------------------------------------------------------------===//

static const char *const staleHint =
    "the annotations are stale, probably since a pass changed the module after "
    "qprep-match-units; run it again";

static InFlightDiagnostic emitStale(Operation *op) {
  InFlightDiagnostic diag = op->emitOpError();
  diag.attachNote() << staleHint;
  return diag;
}

UnitGraph::UnitGraph(Operation *function) : function(function) {
  // Units are made when all members are known, in the room that they need.
  std::vector<Operation *> members;
  std::vector<std::pair<Operation *, ComputeUnitAttr>> anchors;
  walkInOrder(function, [&](Operation *op) {
    if (op == function)
      return;
    auto [unit, member] = annotations::getMembership(op);
    if (member) {
      members.push_back(op);
      memberOps.insert(op);
      if (unit) {
        emitStale(op) << "is both a qprep.unit and a qprep.member";
        valid = false;
        return;
      }
    }
    if (unit)
      anchors.emplace_back(op, unit);
  });
  units.reserve(anchors.size());
  unitOf.reserve(anchors.size() + members.size());
  for (auto [index, entry] : llvm::enumerate(anchors)) {
    prefetchAhead(anchors, index, [](auto &anchor) { return anchor.first; });
    valid &= succeeded(addUnit(entry.first, entry.second));
  }
  // All that is in the graph beside anchors are members.
  if (valid && unitOf.size() != units.size() + members.size()) {
    emitStale(*llvm::find_if_not(members, [&](Operation *member) {
      return unitOf.contains(member);
    })) << "is a qprep.member of no unit";
    valid = false;
  }
  if (valid)
    setProducers();
  producers.clear();
  producers.shrink_to_fit();
}

const Unit *UnitGraph::getUnit(Operation *op) const {
  auto it = unitOf.find(op);
  return it == unitOf.end() ? nullptr : &units[it->second];
}

const Unit *UnitGraph::getProducer(Value value) const {
  Operation *op = value.getDefiningOp();
  return op ? getUnit(op) : nullptr;
}

static ArrayRef<RoleAttr> getMemberRoles(Operation *op) {
  return annotations::getMember(op).getRoles();
}

/// Collects the anchor and, backwards along internal operands, the members.
LogicalResult UnitGraph::collectMembers(Operation *anchor,
                                        ArrayRef<RoleAttr> anchorRoles,
                                        Members &members) {
  unsigned index = units.size();
  unitOf[anchor] = index;
  members.push_back(anchor);
  for (size_t next = 0; next < members.size(); ++next) {
    Operation *op = members[next];
    ArrayRef<RoleAttr> roles = op == anchor ? anchorRoles : getMemberRoles(op);
    if (roles.size() != op->getNumOperands())
      return emitStale(op) << "has " << op->getNumOperands()
                           << " operands, but its annotation has "
                           << roles.size() << " roles";
    for (auto [operand, role] : llvm::zip(op->getOperands(), roles)) {
      Operation *member =
          memberOps.empty() ? nullptr : getUnobserved(operand).getDefiningOp();
      bool isMember = member && memberOps.contains(member);
      bool isInternal = role.getRole() == OperandRole::internal;
      if (isInternal != isMember || (isMember && isBefore(anchor, member)))
        return emitStale(op)
               << (isInternal ? "has an internal operand that no "
                                "qprep.member before it makes"
                              : "has an operand made by a qprep.member, "
                                "but the role is not internal");
      if (!isMember)
        continue;
      if (member->getBlock() != anchor->getBlock())
        return emitStale(member) << "is a member of a unit in another block";
      // No other unit has it: that one would have a user outside of it.
      if (unitOf.try_emplace(member, index).second)
        members.push_back(member);
    }
  }
  if (members.size() > 1)
    llvm::sort(members, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
  return success();
}

LogicalResult UnitGraph::addUnit(Operation *anchor, ComputeUnitAttr attr) {
  Members members;
  if (failed(collectMembers(anchor, attr.getRoles(), members)) ||
      failed(checkMembers(members)))
    return failure();
  RoleUses uses;
  for (Operation *op : members)
    for (auto [use, role] :
         llvm::zip_equal(op->getOpOperands(),
                         op == anchor ? attr.getRoles() : getMemberRoles(op)))
      if (role.getRole() != OperandRole::internal &&
          role.getRole() != OperandRole::ignored)
        uses.push_back({getUnobserved(use.get()), role, &use});
  Unit &unit =
      units.emplace_back(Unit{attr.getKind(), anchor, {}, makeOperands(uses)});
  // There is room for all units, so that they stay where they are.
  unit.members = members.size() == 1 ? ArrayRef(unit.anchor)
                                     : ArrayRef(members).copy(allocator);
  return success();
}

MutableArrayRef<UnitOperand> UnitGraph::makeOperands(RoleUses &uses) {
  auto *operands = allocator.Allocate<UnitOperand>(uses.size());
  size_t size = 0;
  for (auto [index, first] : llvm::enumerate(uses)) {
    if (!first.use)
      continue;
    new (operands + size++)
        UnitOperand{first.value, first.role,
                    takeUses(MutableArrayRef(uses).drop_front(index)), nullptr};
    producers.push_back(findProducer(first.value));
  }
  return MutableArrayRef(operands, size);
}

/// Uses of one value by different ops of a cluster under one role are one
/// operand of the unit: those that are with the first one.
UnitUses UnitGraph::takeUses(MutableArrayRef<RoleUse> uses) {
  RoleUse &first = uses.front();
  SmallVector<OpOperand *, 2> taken{first.use};
  for (RoleUse &other : uses.drop_front())
    if (other.use && other.value == first.value &&
        other.role.getRole() == first.role.getRole() &&
        other.use->getOwner() != first.use->getOwner())
      taken.push_back(std::exchange(other.use, nullptr));
  if (taken.size() == 1)
    return UnitUses(first.use);
  auto *list = allocator.Allocate<UnitUses::List>();
  return UnitUses(new (list) UnitUses::List(ArrayRef(taken).copy(allocator)));
}

/// Parts are used by nothing but their unit.
LogicalResult UnitGraph::checkMembers(ArrayRef<Operation *> members) {
  unsigned index = units.size();
  for (Operation *member : members.drop_back()) {
    bool used = false;
    for (Value value : member->getResults())
      forEachUse(value, [&](OpOperand &use) {
        auto user = unitOf.find(use.getOwner());
        used |= user == unitOf.end() || user->second != index;
      });
    if (used)
      return emitStale(member)
             << "is a qprep.member, but has a user outside its "
                "unit";
  }
  return success();
}

/// A unit may be written further down: in another block, or in a graph.
unsigned UnitGraph::findProducer(Value value) const {
  Operation *maker = value.getDefiningOp();
  if (!maker)
    return noProducer;
  auto it = unitOf.find(maker);
  if (it != unitOf.end())
    return it->second;
  auto [unit, member] = annotations::getMembership(maker);
  return unit || member ? notYet : noProducer;
}

/// Once all units are where they stay.
void UnitGraph::setProducers() {
  const unsigned *next = producers.data();
  for (Unit &unit : units)
    for (UnitOperand &operand : unit.operands)
      if (unsigned index = *next++; index == notYet)
        operand.producer = getProducer(operand.value);
      else if (index != noProducer)
        operand.producer = &units[index];
}
