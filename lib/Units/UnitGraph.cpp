//===- UnitGraph.cpp - Units and the values between them ------------------===//

#include "QuantPrep/Units/UnitGraph.h"
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
  std::vector<std::pair<Operation *, ComputeUnitAttr>> anchors;
  std::vector<Operation *> parts;
  walkInOrder(function, [&](Operation *op) {
    if (op == function)
      return;
    if (ComputeUnitAttr unit = annotations::getUnit(op))
      anchors.push_back({op, unit});
    if (annotations::getPart(op))
      parts.push_back(op);
  });
  partOps.insert_range(parts);
  units.reserve(anchors.size());
  unitOf.reserve(anchors.size() + parts.size());
  for (auto [anchor, attr] : anchors)
    valid &= succeeded(addUnit(anchor, attr));
  for (Operation *part : parts)
    valid = valid && succeeded(checkPart(part));
  if (valid)
    findProducers();
}

const Unit *UnitGraph::getUnit(Operation *op) const {
  auto it = unitOf.find(op);
  return it == unitOf.end() ? nullptr : &units[it->second];
}

const Unit *UnitGraph::getProducer(Value value) const {
  Operation *op = value.getDefiningOp();
  return op ? getUnit(op) : nullptr;
}

static ArrayRef<RoleAttr> getPartRoles(Operation *op) {
  return annotations::getPart(op).getRoles();
}

/// Collects the anchor and, backwards along inner operands, the parts.
LogicalResult UnitGraph::collectMembers(Operation *anchor,
                                        ArrayRef<RoleAttr> anchorRoles,
                                        Members &members) {
  unsigned index = units.size();
  unitOf[anchor] = index;
  members.push_back(anchor);
  for (size_t next = 0; next < members.size(); ++next) {
    Operation *op = members[next];
    ArrayRef<RoleAttr> roles = op == anchor ? anchorRoles : getPartRoles(op);
    if (roles.size() != op->getNumOperands())
      return emitStale(op) << "has " << op->getNumOperands()
                           << " operands, but its annotation has "
                           << roles.size() << " roles";
    for (auto [operand, role] : llvm::zip(op->getOperands(), roles)) {
      Operation *part =
          partOps.empty() ? nullptr : getUnobserved(operand).getDefiningOp();
      bool isPart = part && partOps.contains(part);
      if ((role.getRole() == OperandRole::inner) != isPart)
        return emitStale(op)
               << (isPart ? "has an operand made by a qprep.part, "
                            "but the role is not inner"
                          : "has an inner operand that no "
                            "qprep.part makes");
      if (!isPart)
        continue;
      if (part->getBlock() != anchor->getBlock())
        return emitStale(part) << "is a part of a unit in another block";
      auto [it, inserted] = unitOf.try_emplace(part, index);
      if (!inserted && it->second != index)
        return emitStale(part) << "is a part of two units";
      if (inserted)
        members.push_back(part);
    }
  }
  if (members.size() > 1)
    llvm::sort(members, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
  if (members.back() != anchor)
    return emitStale(anchor) << "is a unit's anchor, but not its last op";
  return success();
}

LogicalResult UnitGraph::addUnit(Operation *anchor, ComputeUnitAttr attr) {
  Members members;
  if (failed(collectMembers(anchor, attr.getRoles(), members)))
    return failure();
  RoleUses uses;
  for (Operation *op : members)
    for (auto [use, role] :
         llvm::zip_equal(op->getOpOperands(),
                         op == anchor ? attr.getRoles() : getPartRoles(op)))
      if (role.getRole() != OperandRole::inner &&
          role.getRole() != OperandRole::ignored)
        uses.push_back({getUnobserved(use.get()), role, &use});
  units.push_back({attr.getKind(), anchor, ArrayRef(members).copy(allocator),
                   makeOperands(uses, /*isCluster=*/members.size() > 1)});
  return success();
}

/// Uses of one value by different ops of a cluster under one role are one
/// operand of the unit.
MutableArrayRef<UnitOperand> UnitGraph::makeOperands(RoleUses &uses,
                                                     bool isCluster) {
  auto *operands = allocator.Allocate<UnitOperand>(uses.size());
  auto *ofOperands = allocator.Allocate<OpOperand *>(uses.size());
  size_t size = 0;
  for (auto [index, first] : llvm::enumerate(uses)) {
    if (!first.use)
      continue;
    OpOperand **begin = ofOperands;
    *ofOperands++ = first.use;
    size_t others = isCluster ? index + 1 : uses.size();
    for (RoleUse &other : MutableArrayRef(uses).drop_front(others))
      if (other.use && other.value == first.value &&
          other.role.getRole() == first.role.getRole() &&
          other.use->getOwner() != first.use->getOwner())
        *ofOperands++ = std::exchange(other.use, nullptr);
    new (operands + size++)
        UnitOperand{first.value, first.role.getRole(), first.role.getAxis(),
                    ArrayRef(begin, ofOperands), nullptr};
  }
  return MutableArrayRef(operands, size);
}

/// Every part is in a unit, and used by nothing else.
LogicalResult UnitGraph::checkPart(Operation *op) {
  if (annotations::getUnit(op))
    return emitStale(op) << "is both a qprep.unit and a qprep.part";
  const Unit *unit = getUnit(op);
  if (!unit)
    return emitStale(op) << "is a qprep.part of no unit";
  for (Value value : op->getResults()) {
    bool used = false;
    forEachUse(value, [&](OpOperand &use) {
      used |= getUnit(use.getOwner()) != unit;
    });
    if (used)
      return emitStale(op) << "is a qprep.part, but has a user outside its "
                              "unit";
  }
  return success();
}

void UnitGraph::findProducers() {
  for (Unit &unit : units)
    for (UnitOperand &operand : unit.operands)
      operand.producer = getProducer(operand.value);
}
