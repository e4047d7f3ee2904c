//===- UnitGraph.cpp - Units and the values between them ------------------===//

#include "QuantPrep/Analysis/UnitGraph.h"
#include "QuantPrep/IR/Annotations.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool quantprep::isFloatTensor(Type type) {
  auto tensor = dyn_cast<TensorType>(type);
  if (!tensor)
    return false;
  Type element = tensor.getElementType();
  return element.isF32() || element.isF16() || element.isBF16();
}

Value quantprep::getUnobserved(Value value) {
  while (auto place = value.getDefiningOp<ObservationOpInterface>())
    value = place.getInput();
  return value;
}

void quantprep::forEachUse(Value value,
                           function_ref<void(OpOperand &)> callback) {
  SmallVector<Value> worklist{value};
  while (!worklist.empty())
    for (OpOperand &use : worklist.pop_back_val().getUses()) {
      if (!isa<ObservationOpInterface>(use.getOwner()))
        callback(use);
      else if (use.getOwner()->getNumResults() != 0)
        worklist.push_back(use.getOwner()->getResult(0));
    }
}

StringRef quantprep::getLocationName(Location loc) {
  for (;;) {
    if (auto name = dyn_cast<NameLoc>(loc))
      return name.getName();
    if (auto fused = dyn_cast<FusedLoc>(loc))
      loc = fused.getLocations().front();
    else if (auto call = dyn_cast<CallSiteLoc>(loc))
      loc = call.getCallee();
    else
      return {};
  }
}

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
  function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op != function && annotations::getUnit(op) && failed(addUnit(op)))
      valid = false;
  });
  if (valid && failed(checkParts()))
    valid = false;
}

const Unit *UnitGraph::getUnit(Operation *op) const {
  auto it = unitOf.find(op);
  return it == unitOf.end() ? nullptr : &units[it->second];
}

const Unit *UnitGraph::getProducer(Value value) const {
  Operation *op = value.getDefiningOp();
  return op ? getUnit(op) : nullptr;
}

/// Collects the anchor and, backwards along inner operands, the parts.
LogicalResult UnitGraph::addUnit(Operation *anchor) {
  unsigned index = units.size();
  ComputeUnitAttr attr = annotations::getUnit(anchor);
  Unit unit;
  unit.kind = attr.getKind();
  unit.anchor = anchor;
  SmallVector<Operation *> worklist{anchor};
  unitOf[anchor] = index;
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val();
    unit.members.push_back(op);
    ArrayRef<RoleAttr> roles =
        op == anchor ? attr.getRoles() : annotations::getPart(op).getRoles();
    if (roles.size() != op->getNumOperands())
      return emitStale(op) << "has " << op->getNumOperands()
                           << " operands, but its annotation has "
                           << roles.size() << " roles";
    for (auto [operand, role] : llvm::zip(op->getOperands(), roles)) {
      Operation *part = getUnobserved(operand).getDefiningOp();
      bool isPart = part && annotations::getPart(part);
      if ((role.getRole() == OperandRole::inner) != isPart)
        return emitStale(op)
               << (isPart ? "has an operand made by a qprep.part, "
                            "but the role is not inner"
                          : "has an inner operand that no "
                            "qprep.part makes");
      if (!isPart)
        continue;
      auto [it, inserted] = unitOf.try_emplace(part, index);
      if (!inserted && it->second != index)
        return emitStale(part) << "is a part of two units";
      if (inserted)
        worklist.push_back(part);
    }
  }
  if (unit.members.size() > 1)
    llvm::sort(unit.members, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
  if (unit.members.back() != anchor)
    return emitStale(anchor) << "is a unit's anchor, but not its last op";
  for (Operation *op : unit.members)
    if (failed(addMember(unit, op,
                         op == anchor ? attr.getRoles()
                                      : annotations::getPart(op).getRoles())))
      return failure();
  units.push_back(std::move(unit));
  return success();
}

/// Adds the operands of one op. Uses of one value by different ops of a
/// cluster under one role are one operand of the unit.
LogicalResult UnitGraph::addMember(Unit &unit, Operation *op,
                                   ArrayRef<RoleAttr> roles) {
  if (op->getBlock() != unit.anchor->getBlock())
    return emitStale(op) << "is a part of a unit in another block";
  for (OpOperand &use : op->getOpOperands()) {
    RoleAttr role = roles[use.getOperandNumber()];
    if (role.getRole() == OperandRole::inner ||
        role.getRole() == OperandRole::ignored)
      continue;
    Value value = getUnobserved(use.get());
    auto *same = llvm::find_if(unit.operands, [&](const UnitOperand &other) {
      return other.value == value && other.role == role.getRole() &&
             other.uses.front()->getOwner() != op;
    });
    if (same != unit.operands.end())
      same->uses.push_back(&use);
    else
      unit.operands.push_back({value, role.getRole(), role.getAxis(), {&use}});
  }
  return success();
}

/// Every part is in a unit, and used by nothing else.
LogicalResult UnitGraph::checkParts() {
  WalkResult result = function->walk([&](Operation *op) -> WalkResult {
    if (!annotations::getPart(op))
      return WalkResult::advance();
    if (annotations::getUnit(op))
      return emitStale(op) << "is both a qprep.unit and a qprep.part",
             WalkResult::interrupt();
    const Unit *unit = getUnit(op);
    if (!unit)
      return emitStale(op) << "is a qprep.part of no unit",
             WalkResult::interrupt();
    for (Value value : op->getResults()) {
      bool used = false;
      forEachUse(value, [&](OpOperand &use) {
        used |= getUnit(use.getOwner()) != unit;
      });
      if (used)
        return emitStale(op) << "is a qprep.part, but has a user outside its "
                                "unit",
               WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}
