//===- UnitGraph.cpp - Units and the values between them ------------------===//

#include "QuantPrep/Matching/UnitGraph.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/OpMatchGraph.h"

#include "mlir/IR/Matchers.h"

#include <array>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// UnitGraph
//===----------------------------------------------------------------------===//

static const char *const staleHint =
    "the annotations are stale, probably since a pass changed the module after "
    "qprep-match-units; run it again";

LogicalResult UnitGraph::verify() const {
  for (const Problem &problem : problems) {
    InFlightDiagnostic diag = problem.op->emitOpError() << problem.what;
    diag.attachNote() << staleHint;
  }
  return success(problems.empty());
}

LogicalResult UnitGraph::addProblem(Operation *op, const Twine &what) {
  problems.push_back({op, what.str()});
  return failure();
}

UnitGraph::UnitGraph(Operation *function, Reading reading)
    : function(function), isExact(reading == Reading::exact) {
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
        (void)addProblem(op, "is both a qprep.unit and a qprep.member");
        return;
      }
    }
    if (unit)
      anchors.emplace_back(op, unit);
  });
  units.reserve(anchors.size());
  unitOf.reserve(anchors.size() + members.size());
  for (auto [anchor, attr] : anchors)
    (void)addUnit(anchor, attr);
  if (problems.empty())
    checkAllHaveUnits(members);
  // A producer may be written further down: in another block, or in a graph.
  if (problems.empty())
    for (Unit &unit : units)
      for (UnitOperand &operand : unit.operands)
        operand.producer = getProducer(operand.value);
}

/// Of a prepared function some may have lost their anchors, but not all.
void UnitGraph::checkAllHaveUnits(ArrayRef<Operation *> members) {
  if (!isExact && !units.empty())
    return;
  auto *lost = llvm::find_if_not(
      members, [&](Operation *member) { return unitOf.contains(member); });
  if (lost != members.end())
    (void)addProblem(*lost, "is a qprep.member of no unit");
}

const Unit *UnitGraph::getUnit(Operation *op) const {
  auto it = unitOf.find(op);
  return it == unitOf.end() ? nullptr : &units[it->second];
}

const Unit *UnitGraph::getProducer(Value value) const {
  Operation *op = value.getDefiningOp();
  return op ? getUnit(op) : nullptr;
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

/// Whether another pass exchanged the operands of a sum or product, for which
/// the canonicalizer has constants last.
static bool isExchanged(Operation *op, ArrayRef<RoleAttr> roles,
                        const llvm::DenseSet<Operation *> &memberOps) {
  if (roles.size() != 2 || op->getNumOperands() != 2 ||
      !op->hasTrait<OpTrait::IsCommutative>())
    return false;
  std::array<OperandRole, 2> role = {roles[0].getRole(), roles[1].getRole()};
  auto getMaker = [&](unsigned operand) {
    return getUnobserved(op->getOperand(operand)).getDefiningOp();
  };
  auto isMember = [&](unsigned operand) {
    return getMaker(operand) && memberOps.contains(getMaker(operand));
  };
  auto isConstant = [&](unsigned operand) {
    return getMaker(operand) &&
           getMaker(operand)->hasTrait<OpTrait::ConstantLike>();
  };
  for (unsigned i : {0, 1})
    if (role[i] == OperandRole::internal &&
        role[1 - i] != OperandRole::internal)
      return !isMember(i) && isMember(1 - i);
  return role[0] == OperandRole::ignored && role[1] == OperandRole::input &&
         !isConstant(0) && isConstant(1);
}

static SmallVector<RoleAttr, 4>
readRoles(Operation *op, const llvm::DenseSet<Operation *> &memberOps,
          bool isExact) {
  SmallVector<RoleAttr, 4> roles(annotations::getMembership(op).getRoles());
  if (!isExact && isExchanged(op, roles, memberOps))
    std::swap(roles[0], roles[1]);
  return roles;
}

/// What moves a value in the place of a member, which another pass folded.
static bool replacesMember(Operation *made, const Unit &unit) {
  auto mover = dyn_cast_or_null<QuantizableOpInterface>(made);
  auto [anchor, member] =
      made ? annotations::getMembership(made) : annotations::Membership();
  if (!mover || anchor || member || !isBefore(made, unit.anchor))
    return false;
  return !mover.getCapturedInputs(0).empty() ||
         (mover.movesData() && made->getNumResults() == 1);
}

void UnitGraph::addMember(Unit &unit, Operation *member) {
  unsigned index = getIndex(unit);
  auto [it, isNew] = unitOf.try_emplace(member, index);
  if (!isNew && it->second == index)
    return;
  // Another unit's: that has a user outside of it, or they were merged.
  if (!isNew && (isExact || llvm::is_contained(unit.members, member)))
    return;
  unit.isChanged |= !isNew;
  unit.members.push_back(member);
}

FailureOr<bool> UnitGraph::isInternal(Unit &unit, OpOperand &operand,
                                      RoleAttr role) {
  Operation *op = operand.getOwner(), *anchor = unit.anchor;
  Operation *member = memberOps.empty()
                          ? nullptr
                          : getUnobserved(operand.get()).getDefiningOp();
  bool isMember = member && memberOps.contains(member);
  bool isInternal = role && role.getRole() == OperandRole::internal;
  bool fits = isInternal == isMember && !(isMember && isBefore(anchor, member));
  bool isElsewhere = isMember && member->getBlock() != anchor->getBlock();
  if (fits && !isElsewhere)
    return isMember;
  unit.isChanged = true;
  if (!isExact)
    return isInternal && !isMember &&
           replacesMember(operand.get().getDefiningOp(), unit);
  if (fits)
    return addProblem(member, "is a member of a unit in another block");
  return addProblem(op, isInternal ? "has an internal operand that no "
                                     "qprep.member before it makes"
                                   : "has an operand made by a qprep.member, "
                                     "but the role is not internal");
}

LogicalResult UnitGraph::addMembersOf(Unit &unit, Operation *op) {
  SmallVector<RoleAttr, 4> roles = readRoles(op, memberOps, isExact);
  if (roles.size() != op->getNumOperands()) {
    // The canonicalizer leaves out operands that a body does not read, and puts
    // ops without roles in the place of members.
    if (isExact || (op->getNumRegions() == 0 && !roles.empty()))
      return addProblem(op, "has " + Twine(op->getNumOperands()) +
                                " operands, but its annotation has " +
                                Twine(roles.size()) + " roles");
    unit.isChanged = true;
    for (Value operand : op->getOperands())
      if (Operation *made = operand.getDefiningOp();
          made && memberOps.contains(made) && isBefore(made, unit.anchor))
        addMember(unit, made);
    return success();
  }
  for (auto [operand, role] : llvm::zip_equal(op->getOpOperands(), roles)) {
    FailureOr<bool> isMade = isInternal(unit, operand, role);
    if (failed(isMade))
      return failure();
    if (*isMade)
      addMember(unit, getUnobserved(operand.get()).getDefiningOp());
  }
  return success();
}

/// What a body reads of other members has no role.
void UnitGraph::addCapturedMembers(Unit &unit, Operation *op) {
  if (op->getNumRegions() == 0 || memberOps.empty())
    return;
  for (Operation *member : findCapturedMembers(op, memberOps))
    if (member->getBlock() == unit.anchor->getBlock())
      addMember(unit, member);
}

/// Collects the anchor and, backwards along internal operands, the members.
LogicalResult UnitGraph::collectMembers(Unit &unit) {
  unitOf[unit.anchor] = getIndex(unit);
  SmallVector<Operation *, 1> &members = unit.members;
  members.push_back(unit.anchor);
  for (size_t next = 0; next < members.size(); ++next) {
    if (failed(addMembersOf(unit, members[next])))
      return failure();
    addCapturedMembers(unit, members[next]);
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
  if (failed(collectMembers(unit)) || failed(checkMembers(unit)))
    return failure();
  addOperands(unit);
  return success();
}

/// One that is lost is that of an input; parts of constants that nothing
/// observes have none.
static RoleAttr getRole(const Unit &unit, OpOperand &operand,
                        ArrayRef<RoleAttr> roles) {
  Operation *op = operand.getOwner();
  if (roles.size() == op->getNumOperands()) {
    RoleAttr role = roles[operand.getOperandNumber()];
    if (!unit.isChanged || role.getRole() != OperandRole::internal)
      return role;
  }
  Operation *made = getUnobserved(operand.get()).getDefiningOp();
  OperandRole lost = OperandRole::input;
  if (made && llvm::is_contained(unit.members, made))
    lost = OperandRole::internal;
  else if (!isFloatTensor(operand.get().getType()) ||
           matchPattern(operand.get(), m_Constant()))
    lost = OperandRole::ignored;
  return RoleAttr::get(op->getContext(), lost, std::nullopt);
}

/// The uses in the regions of a member by which it reads what it makes a value
/// of, and in those of members before it: they take the place of the value.
static void addCapturedInputs(const Unit &unit, Value value,
                              SmallVectorImpl<OpOperand *> &uses) {
  auto made = dyn_cast<OpResult>(value);
  auto op = made && made.getOwner()->getNumRegions() != 0
                ? dyn_cast<QuantizableOpInterface>(made.getOwner())
                : QuantizableOpInterface();
  if (!op)
    return;
  for (OpOperand *use : op.getCapturedInputs(made.getResultNumber())) {
    Value source = getUnobserved(use->get());
    if (source.getDefiningOp() &&
        llvm::is_contained(unit.members, source.getDefiningOp()))
      addCapturedInputs(unit, source, uses);
    else if (isFloatTensor(source.getType()) && !llvm::is_contained(uses, use))
      uses.push_back(use);
  }
}

/// Uses of one value by different ops of a cluster under one role are one
/// operand of the unit: those that are with the first one.
void UnitGraph::addOperands(Unit &unit) {
  SmallVector<RoleUse, 8> uses;
  SmallVector<OpOperand *, 2> captured;
  auto addCaptured = [&](Value value) {
    size_t known = captured.size();
    addCapturedInputs(unit, value, captured);
    for (OpOperand *use : ArrayRef(captured).drop_front(known)) {
      unitOf.try_emplace(use->getOwner(), getIndex(unit));
      uses.push_back({getUnobserved(use->get()),
                      RoleAttr::get(unit.anchor->getContext(),
                                    OperandRole::input, std::nullopt),
                      use});
    }
  };
  for (Operation *op : unit.members) {
    SmallVector<RoleAttr, 4> roles = readRoles(op, memberOps, isExact);
    for (OpOperand &use : op->getOpOperands()) {
      RoleAttr role = getRole(unit, use, roles);
      Value value = getUnobserved(use.get());
      if (role.getRole() == OperandRole::internal)
        addCaptured(value);
      else if (role.getRole() != OperandRole::ignored)
        uses.push_back({value, role, &use});
    }
  }
  for (Value result : unit.anchor->getResults())
    addCaptured(result);
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
  if (!isExact)
    return success();
  for (Operation *member : ArrayRef(unit.members).drop_back()) {
    auto isOutside = [&](OpOperand &use) {
      return getUnit(OpMatchGraph::getOwner(use.getOwner())) != &unit;
    };
    if (llvm::any_of(member->getResults(),
                     [&](Value value) { return anyUse(value, isOutside); }))
      return addProblem(member,
                        "is a qprep.member, but has a user outside its unit");
  }
  return success();
}
