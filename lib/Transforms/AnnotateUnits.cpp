//===- AnnotateUnits.cpp - Ops of a match get their marks -----------------===//

#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "UnitFuser.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool UnitFuser::matchOwnPattern(Operation *op) {
  std::optional<UnitMarks> marks = ownPatterns->match(
      op, [&](const UnitMarks &marks) { return accepts(marks); });
  if (marks)
    annotate(*marks);
  return marks.has_value();
}

/// What holds for clusters by their making is asked of marks: every member
/// computes, and is no other unit's; parts lead to the anchor and nowhere else;
/// the unit has to do with float tensors; a weight has its axis.
bool UnitFuser::accepts(const UnitMarks &marks) {
  for (Operation *op : marks.members) {
    bool isAnchor = op == marks.members.front();
    if (subject.isTaken(op) || getCallKind(op) || op->getNumResults() == 0 ||
        getObservation(op) || (!isAnchor && op->use_empty()) ||
        facts.isConstant(op->getResult(0)))
      return false;
  }
  for (const UnitMarks::Role &role : marks.roles) {
    auto type = dyn_cast<ShapedType>(role.value.getType());
    if (role.axis &&
        (!type || !type.hasRank() || *role.axis >= type.getRank() ||
         *role.axis < -type.getRank()))
      return false;
  }
  return subject.accepts(marks.members) &&
         llvm::any_of(marks.members, [](Operation *op) {
           return touchesFloatTensors(op, /*inAndOut=*/false);
         });
}

/// Roles by the op's own account; operands of ops without one are activations.
SmallVector<OperandRoleInfo> UnitFuser::getOwnRoleInfos(Operation *op) {
  if (auto quantizable = dyn_cast<QuantizableOpInterface>(op))
    return SmallVector<OperandRoleInfo>(subject.getRoles(quantizable));
  return SmallVector<OperandRoleInfo>(op->getNumOperands(),
                                      {OperandRole::input});
}

SmallVector<RoleAttr, 8> UnitFuser::getOwnRoles(Operation *op) {
  SmallVector<RoleAttr, 8> attrs;
  for (auto [operand, role] :
       llvm::zip(op->getOpOperands(), getOwnRoleInfos(op)))
    attrs.push_back(writer.makeRole(operand, role.role, role.axis));
  return attrs;
}

/// The role of an operand for which a pattern has a node; `own` is what the op
/// says, which knows the axis of a weight better if it has one.
static OperandRoleInfo getWantedRole(Operation *node, Value value,
                                     const OperandRoleInfo &own) {
  if (!node || isa<NodeOp>(node))
    return own;
  auto operand = dyn_cast<OperandOp>(node);
  if (!operand)
    return {OperandRole::ignored};
  OperandRoleInfo role{operand.getRole(), own.axis};
  if (!role.axis)
    role.axis = operand.getAxis();
  if (operand.getChannels())
    for (auto [dim, size] :
         llvm::enumerate(cast<ShapedType>(value.getType()).getShape()))
      if (size != 1)
        role.axis = dim;
  return role;
}

/// Marks the ops of a match. Operands that the cluster speaks of have its
/// roles, the others their op's own. The axis of a weight is the op's to know,
/// if it has one.
void UnitFuser::annotate(UnitKind kind, const Match &match) {
  llvm::SetVector<Operation *> members;
  MatchedUses uses;
  for (const MatchedOp &matched : match) {
    SmallVector<Operation *> ops{matched.maker->op};
    llvm::append_range(ops, matched.maker->absorbed);
    for (Operation *op : ops) {
      Operation *owner = OpMatchGraph::getOwner(op);
      members.insert(owner);
      if (owner != op)
        uses.entered.insert(owner);
      if (matched.maker->plain)
        uses.normalized.insert(owner);
    }
    auto getNode = [&](unsigned index) -> Operation * {
      return index < matched.operandNodes.size() ? matched.operandNodes[index]
                                                 : nullptr;
    };
    for (auto [index, use] : llvm::enumerate(matched.maker->uses))
      if (use)
        uses.nodes.try_emplace(use, getNode(index));
    // What is absorbed may read the same, as a comparison does.
    if (!matched.maker->absorbed.empty())
      for (auto [index, value] : llvm::enumerate(matched.maker->operands))
        for (Operation *op : ops)
          for (OpOperand &other : OpMatchGraph::getOwner(op)->getOpOperands())
            if (other.get() == value)
              uses.nodes.try_emplace(&other, getNode(index));
  }
  addBroadcasts(members);
  for (Operation *op : members) {
    subject.take(op);
    annotateMember(op, op == members.front(), kind, members, uses);
  }
}

/// An op that is a unit by itself.
void UnitFuser::annotateAlone(Operation *op, UnitKind kind) {
  llvm::SetVector<Operation *> members;
  members.insert(op);
  addBroadcasts(members);
  if (members.size() == 1)
    return writer.setMember(op, /*isAnchor=*/true, kind, getOwnRoles(op));
  MatchedUses none;
  for (Operation *member : members) {
    subject.take(member);
    annotateMember(member, member == op, kind, members, none);
  }
}

/// What brings an operand into the shape of another when the program runs
/// belongs to the op that needs it.
void UnitFuser::addBroadcasts(llvm::SetVector<Operation *> &members) {
  auto getSources = [](Operation *op) {
    SmallVector<OpOperand *, 2> uses;
    auto quantizable = op && op->getNumRegions() != 0
                           ? dyn_cast<QuantizableOpInterface>(op)
                           : QuantizableOpInterface();
    for (unsigned i = 0, e = quantizable ? op->getNumResults() : 0; i < e; ++i)
      llvm::append_range(uses, quantizable.getCapturedInputs(i));
    return uses;
  };
  auto add = [&](Value value, Operation *reader) {
    Operation *op = value.getDefiningOp();
    if (!getSources(op).empty() && !subject.isTaken(op) &&
        op->getBlock() == reader->getBlock() && !haveOwnNames(op, reader) &&
        llvm::all_of(op->getUsers(), [&](Operation *user) {
          return !readsElements(user) ||
                 members.contains(OpMatchGraph::getOwner(user));
        }))
      members.insert(op);
  };
  for (size_t next = 0; next < members.size(); ++next) {
    Operation *op = members[next];
    for (Value operand : op->getOperands())
      add(operand, op);
    for (OpOperand *use : getSources(op))
      add(use->get(), op);
  }
}

void UnitFuser::annotateMember(Operation *op, bool isAnchor, UnitKind kind,
                               const llvm::SetVector<Operation *> &members,
                               const MatchedUses &uses) {
  SmallVector<OperandRoleInfo> own = getOwnRoleInfos(op);
  SmallVector<RoleAttr> roles;
  for (OpOperand &operand : op->getOpOperands()) {
    OperandRoleInfo role = own[operand.getOperandNumber()];
    if (auto node = uses.nodes.find(&operand); node != uses.nodes.end())
      role = getWantedRole(node->second, operand.get(), role);
    else if (uses.entered.contains(op) ||
             (uses.normalized.contains(op) && facts.isConstant(operand.get())))
      role = {OperandRole::ignored};
    Operation *maker = operand.get().getDefiningOp();
    roles.push_back(maker && members.contains(maker)
                        ? writer.getPlainRole(OperandRole::internal)
                        : writer.makeRole(operand, role.role, role.axis));
  }
  writer.setMember(op, isAnchor, kind, roles);
}

/// The same for what a pattern marked.
void UnitFuser::annotate(const UnitMarks &marks) {
  for (Operation *op : marks.members) {
    SmallVector<RoleAttr> roles;
    for (auto [operand, own] :
         llvm::zip(op->getOpOperands(), getOwnRoleInfos(op))) {
      Value value = operand.get();
      auto *marked =
          llvm::find_if(marks.roles, [&](const UnitMarks::Role &role) {
            return role.value == value;
          });
      Operation *maker = value.getDefiningOp();
      if (maker && llvm::is_contained(marks.members, maker))
        roles.push_back(writer.getPlainRole(OperandRole::internal));
      else if (marked != marks.roles.end())
        roles.push_back(writer.makeRole(operand, marked->role, marked->axis));
      else
        roles.push_back(writer.makeRole(operand, own.role, own.axis));
    }
    subject.take(op);
    writer.setMember(op, op == marks.members.front(), marks.kind, roles);
  }
}
