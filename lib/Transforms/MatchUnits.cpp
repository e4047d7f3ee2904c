//===- MatchUnits.cpp - Ops to kinds to clusters --------------------------===//
//
// One walk from the last op to the first. What an op is comes from
// QuantizableOpInterface, what several are together from the clusters, and both
// from the user's own patterns, which go first; this file knows neither ops nor
// kinds.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Matching/Clusters.h"
#include "QuantPrep/Matching/MemberWriter.h"
#include "QuantPrep/Matching/OpMatchGraph.h"
#include "QuantPrep/Matching/PDLPatterns.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Dialect/PDL/IR/PDL.h"
#include "mlir/Dialect/PDLInterp/IR/PDLInterp.h"
#include "llvm/ADT/SetVector.h"

namespace quantprep {
#define GEN_PASS_DEF_MATCHUNITS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// Finds the units of one function and annotates their ops.
class UnitFuser {
public:
  /// The user's patterns go before the user's clusters (in the
  /// configuration), those before the built-in ones; the first two may be null.
  /// Without `flow`, callees are looked up.
  UnitFuser(Operation *function, const PDLPatterns *patterns,
            const ConfigTables *config, const Clusters &builtIn,
            const ValueFlow *flow)
      : config(config), builtIn(builtIn), flow(flow), facts(function),
        subject(facts, builtIn.getPatterns()),
        writer(function->getContext(), facts) {
    if (patterns)
      ownPatterns.emplace(*patterns, function->getContext(), facts);
  }

  void run(Operation *function);

private:
  void visit(Operation *op);
  bool matchCluster(QuantizableOpInterface op);
  bool matchOwnPattern(Operation *op);
  bool accepts(const UnitMarks &marks);
  void annotate(const KindPattern &cluster, const Match &match);
  void annotate(const UnitMarks &marks);
  SmallVector<OperandRoleInfo> getOwnRoleInfos(Operation *op);
  SmallVector<RoleAttr, 8> getOwnRoles(Operation *op);
  bool readsParameter(OpOperand &use);
  bool onlyBringsParameters(QuantizableOpInterface op);
  bool callsBody(Operation *op);

  std::optional<UnitKind> getCallKind(Operation *op) const {
    return config ? config->callees.getKind(op) : std::nullopt;
  }

  const ConfigTables *config;
  const Clusters &builtIn;
  const ValueFlow *flow;
  ValueFacts facts;
  OpMatchGraph subject;
  std::optional<PDLMatcher> ownPatterns;
  MemberWriter writer;
  /// Ops that only bring weights and biases.
  llvm::DenseSet<Operation *> bringers;
};
} // namespace

void UnitFuser::run(Operation *function) {
  std::vector<Operation *> ops;
  function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op == function)
      return WalkResult::advance();
    writer.remove(op);
    facts.addOp(op);
    ops.push_back(op);
    // An op that nobody knows may have symbols of its own, so that its regions
    // see no observers.
    return op->getNumRegions() == 0 || op->isRegistered()
               ? WalkResult::advance()
               : WalkResult::skip();
  });
  // F29: a custom function is left as it is, and so is its replacement.
  if (annotations::isCustom(function))
    return;
  for (size_t i = ops.size(); i-- > 0;) {
    Operation *op = ops[i];
    if (!subject.isTaken(op))
      visit(op);
    // What comes next is before it, and so are the ops of what ends there.
    subject.forget(op);
  }
}

/// Whether an op calls a function whose body is there to look at.
bool UnitFuser::callsBody(Operation *op) {
  auto call = dyn_cast<CallOpInterface>(op);
  if (!call)
    return false;
  if (flow)
    return flow->getCallee(op);
  auto callee = dyn_cast_or_null<FunctionOpInterface>(call.resolveCallable());
  return callee && !callee.isExternal();
}

static bool touchesFloatTensors(Operation *op, bool inAndOut) {
  bool reads = llvm::any_of(op->getOperandTypes(), isFloatTensor);
  bool makes = llvm::any_of(op->getResultTypes(), isFloatTensor);
  return inAndOut ? reads && makes : reads || makes;
}

void UnitFuser::visit(Operation *op) {
  if (op->getNumResults() != 0 && facts.isConstant(op->getResult(0)))
    return;
  // F9: goes before all patterns.
  if (std::optional<UnitKind> kind = getCallKind(op))
    return writer.setMember(op, /*isAnchor=*/true, *kind, getOwnRoles(op));
  // What computes is inside, in the function that is called or the regions.
  if (passesThroughRegions(op) || callsBody(op) || getObservation(op) ||
      op->hasTrait<OpTrait::IsTerminator>() || op->getNumResults() == 0)
    return;
  if (ownPatterns && matchOwnPattern(op))
    return;
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  if (!touchesFloatTensors(op, /*inAndOut=*/!quantizable) ||
      (quantizable &&
       (onlyBringsParameters(quantizable) || matchCluster(quantizable))))
    return;
  UnitKind kind = quantizable ? quantizable.getUnitKind() : UnitKind::opaque;
  writer.setMember(op, /*isAnchor=*/true, kind, getOwnRoles(op));
}

/// Whether a user, which has been visited, reads a weight or bias here.
bool UnitFuser::readsParameter(OpOperand &use) {
  Operation *user = use.getOwner();
  if (bringers.contains(user))
    return true;
  ArrayRef<RoleAttr> roles = annotations::getMembership(user).getRoles();
  if (roles.empty())
    return false;
  OperandRole role = roles[use.getOperandNumber()].getRole();
  return role == OperandRole::weight || role == OperandRole::bias;
}

/// A transposed or sliced argument that is a weight is no activation on its
/// way.
bool UnitFuser::onlyBringsParameters(QuantizableOpInterface op) {
  if (!op.movesData() || op->use_empty() ||
      !facts.isParameter(op->getResult(0)))
    return false;
  for (OpOperand &use : op->getResult(0).getUses())
    if (!readsParameter(use))
      return false;
  bringers.insert(op);
  return true;
}

bool UnitFuser::matchCluster(QuantizableOpInterface op) {
  const Maker *maker = subject.getMaker(op->getResult(0));
  if (!maker)
    return false;
  const KindPatternSet &builtInClusters = builtIn.getPatterns();
  for (const KindPatternSet *set :
       {config ? &config->clusters : nullptr, &builtInClusters}) {
    if (!set)
      continue;
    for (const KindPattern &cluster : set->getEndingWith(maker->kind)) {
      if (cast<ClusterOp>(cluster.source).getInside())
        continue;
      if (std::optional<Match> found =
              match(cluster, op->getResult(0), subject, facts)) {
        annotate(cluster, *found);
        return true;
      }
    }
  }
  return false;
}

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
void UnitFuser::annotate(const KindPattern &cluster, const Match &match) {
  llvm::SetVector<Operation *> members;
  DenseMap<OpOperand *, Operation *> nodes;
  llvm::DenseSet<Operation *> entered;
  for (const MatchedOp &matched : match) {
    Operation *owner = OpMatchGraph::getOwner(matched.maker->op);
    members.insert(owner);
    if (owner != matched.maker->op)
      entered.insert(owner);
    for (auto [use, node] :
         llvm::zip(matched.maker->uses, matched.operandNodes))
      if (use)
        nodes.try_emplace(use, node);
  }
  for (Operation *op : members) {
    subject.take(op);
    SmallVector<OperandRoleInfo> own = getOwnRoleInfos(op);
    SmallVector<RoleAttr> roles;
    for (OpOperand &operand : op->getOpOperands()) {
      OperandRoleInfo role = own[operand.getOperandNumber()];
      if (auto node = nodes.find(&operand); node != nodes.end())
        role = getWantedRole(node->second, operand.get(), role);
      else if (entered.contains(op))
        // Makes constants in the body.
        role = {OperandRole::ignored};
      Operation *maker = operand.get().getDefiningOp();
      roles.push_back(maker && members.contains(maker)
                          ? writer.getPlainRole(OperandRole::internal)
                          : writer.makeRole(operand, role.role, role.axis));
    }
    writer.setMember(op, op == members.front(),
                     cast<ClusterOp>(cluster.source).getKind(), roles);
  }
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

namespace {
struct MatchUnitsPass : quantprep::impl::MatchUnitsBase<MatchUnitsPass> {
  using MatchUnitsBase::MatchUnitsBase;

  LogicalResult initialize(MLIRContext *context) final {
    clusters = std::make_shared<Clusters>(context);
    ownPatterns = std::make_shared<LoadedPatterns>(
        ArrayRef<std::string>(patterns), context);
    return success();
  }

  void runOnOperation() final {
    if (failed(ownPatterns->check()))
      return signalPassFailure();
    FunctionConfigTables config(getOperation(),
                                getCachedParentAnalysis<ModuleConfigTables>());
    auto flow = getCachedParentAnalysis<ValueFlow>();
    UnitFuser(getOperation(), ownPatterns->get(), config.get(), *clusters,
              flow ? &flow->get() : nullptr)
        .run(getOperation());
  }

  std::shared_ptr<const Clusters> clusters;
  std::shared_ptr<const LoadedPatterns> ownPatterns;
};
} // namespace
