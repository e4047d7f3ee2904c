//===- UnitGraph.cpp - Units and the values between them ------------------===//

#include "QuantPrep/Matching/UnitGraph.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/OpMatchGraph.h"

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
  // Units are made when all members and the number of units are known: they
  // point at each other.
  std::vector<Operation *> members;
  std::vector<std::pair<Operation *, ComputeUnitAttr>> anchors;
  function->walk<WalkOrder::PreOrder>([&](Operation *op) {
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
  for (auto [anchor, attr] : anchors)
    valid &= succeeded(addUnit(anchor, attr));
  // All that is in the graph beside anchors are members.
  if (valid && unitOf.size() != units.size() + members.size()) {
    emitStale(*llvm::find_if_not(members, [&](Operation *member) {
      return unitOf.contains(member);
    })) << "is a qprep.member of no unit";
    valid = false;
  }
  // A producer may be written further down: in another block, or in a graph.
  if (valid)
    for (Unit &unit : units)
      for (UnitOperand &operand : unit.operands)
        operand.producer = getProducer(operand.value);
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

/// The members that ops inside an op read.
static SmallVector<Operation *, 2>
findCapturedMembers(Operation *op,
                    const llvm::DenseSet<Operation *> &memberOps) {
  SmallVector<Operation *, 2> captured;
  if (isa<QuantizableOpInterface>(op))
    op->walk([&](Operation *inner) {
      for (Value value : inner->getOperands())
        if (Operation *member = value.getDefiningOp();
            inner != op && member && memberOps.contains(member))
          captured.push_back(member);
    });
  return captured;
}

/// Collects the anchor and, backwards along internal operands, the members.
LogicalResult UnitGraph::collectMembers(Unit &unit,
                                        ArrayRef<RoleAttr> anchorRoles) {
  Operation *anchor = unit.anchor;
  unsigned index = getIndex(unit);
  unitOf[anchor] = index;
  SmallVector<Operation *, 1> &members = unit.members;
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
    // What a body reads of other members has no role.
    if (op->getNumRegions() != 0 && !memberOps.empty())
      for (Operation *member : findCapturedMembers(op, memberOps))
        if (member->getBlock() == anchor->getBlock() &&
            unitOf.try_emplace(member, index).second)
          members.push_back(member);
  }
  if (members.size() > 1)
    llvm::sort(members, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
  return success();
}

LogicalResult UnitGraph::addUnit(Operation *anchor, ComputeUnitAttr attr) {
  // There is room for all units, so that they stay where they are.
  Unit &unit = units.emplace_back(Unit{attr.getKind(), anchor, {}, {}});
  if (failed(collectMembers(unit, attr.getRoles())) ||
      failed(checkMembers(unit)))
    return failure();
  addOperands(unit, attr.getRoles());
  return success();
}

/// Uses of one value by different ops of a cluster under one role are one
/// operand of the unit: those that are with the first one.
void UnitGraph::addOperands(Unit &unit, ArrayRef<RoleAttr> anchorRoles) {
  SmallVector<RoleUse, 8> uses;
  for (Operation *op : unit.members)
    for (auto [use, role] :
         llvm::zip_equal(op->getOpOperands(),
                         op == unit.anchor ? anchorRoles : getMemberRoles(op)))
      if (role.getRole() != OperandRole::internal &&
          role.getRole() != OperandRole::ignored)
        uses.push_back({getUnobserved(use.get()), role, &use});
  for (auto [index, first] : llvm::enumerate(uses)) {
    if (!first.use)
      continue;
    UnitOperand &operand = unit.operands.emplace_back(
        UnitOperand{first.value, first.role, {first.use}});
    for (RoleUse &other : MutableArrayRef(uses).drop_front(index + 1))
      if (other.use && other.value == first.value &&
          other.role.getRole() == first.role.getRole() &&
          other.use->getOwner() != first.use->getOwner())
        operand.uses.push_back(std::exchange(other.use, nullptr));
  }
}

/// Members are used by nothing but their unit.
LogicalResult UnitGraph::checkMembers(const Unit &unit) {
  for (Operation *member : ArrayRef(unit.members).drop_back()) {
    auto isOutside = [&](OpOperand &use) {
      return getUnit(OpMatchGraph::getOwner(use.getOwner())) != &unit;
    };
    if (llvm::any_of(member->getResults(),
                     [&](Value value) { return anyUse(value, isOutside); }))
      return emitStale(member)
             << "is a qprep.member, but has a user outside its unit";
  }
  return success();
}
