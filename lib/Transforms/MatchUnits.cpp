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
#include "QuantPrep/Matching/Fusions.h"
#include "QuantPrep/Matching/MemberWriter.h"
#include "QuantPrep/Matching/OpMatchGraph.h"
#include "QuantPrep/Matching/PDLPatterns.h"
#include "QuantPrep/Matching/UnaryGraph.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Dialect/PDL/IR/PDL.h"
#include "mlir/Dialect/PDLInterp/IR/PDLInterp.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SetVector.h"

namespace quantprep {
#define GEN_PASS_DEF_MATCHUNITS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {

/// What a match says of the operands of its ops.
struct MatchedUses {
  DenseMap<OpOperand *, Operation *> nodes;
  /// Ops in whose body the match reaches: the rest makes constants there.
  llvm::DenseSet<Operation *> entered;
  /// Ops whose constants the normal form knows.
  llvm::DenseSet<Operation *> normalized;
};

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
  bool mayEndUnit(Operation *op);
  void matchOwn(Operation *op);
  void visit(Operation *op);
  struct Found {
    UnitKind kind;
    Match match;
  };
  std::optional<Found> find(QuantizableOpInterface op,
                            const KindPatternSet &clusters);
  std::optional<Found> findCluster(Operation *op, const Maker &last,
                                   const KindPatternSet &clusters,
                                   Behind behind = {});
  std::optional<Found> findBehindLayer(Operation *op, const Maker &last,
                                       Value value,
                                       const KindPatternSet &clusters);
  std::optional<Found> findNormalForm(Operation *op, const Maker &last);
  bool matchUnary(QuantizableOpInterface op);
  bool matchOwnPattern(Operation *op);
  bool accepts(const UnitMarks &marks);
  void annotate(UnitKind kind, const Match &match);
  void annotateMember(Operation *op, bool isAnchor, UnitKind kind,
                      const llvm::SetVector<Operation *> &members,
                      const MatchedUses &uses);
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
  /// Ops that only bring weights, biases and masks; those that make masks.
  llvm::DenseSet<Operation *> bringers, maskBringers;
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
  // What comes next is before an op, and so are the ops of what ends there.
  auto forEach = [&](auto visitOp) {
    for (Operation *op : llvm::reverse(ops)) {
      if (!subject.isTaken(op))
        visitOp(op);
      subject.forget(op);
    }
  };
  // What the user asks for goes first, wherever the others end.
  if (ownPatterns || (config && !config->clusters.empty()))
    forEach([&](Operation *op) { matchOwn(op); });
  forEach([&](Operation *op) { visit(op); });
}

/// Whether an op can be the anchor of a unit, and is none by itself.
bool UnitFuser::mayEndUnit(Operation *op) {
  // What computes is inside, in the function that is called or the regions.
  return op->getNumResults() != 0 && !facts.isConstant(op->getResult(0)) &&
         !getCallKind(op) && !passesThroughRegions(op) && !callsBody(op) &&
         !getObservation(op) && !op->hasTrait<OpTrait::IsTerminator>() &&
         // B23: nobody reads what is not used.
         (readsElements(op) || !isMemoryEffectFree(op));
}

void UnitFuser::matchOwn(Operation *op) {
  if (!mayEndUnit(op) || (ownPatterns && matchOwnPattern(op)))
    return;
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  if (!config || !quantizable)
    return;
  if (std::optional<Found> found = find(quantizable, config->clusters))
    annotate(found->kind, found->match);
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
  // F9: goes before all patterns.
  if (std::optional<UnitKind> kind = getCallKind(op))
    return writer.setMember(op, /*isAnchor=*/true, *kind, getOwnRoles(op));
  if (!mayEndUnit(op))
    return;
  auto quantizable = dyn_cast<QuantizableOpInterface>(op);
  if (!touchesFloatTensors(op, /*inAndOut=*/!quantizable) ||
      (quantizable && onlyBringsParameters(quantizable)))
    return;
  if (quantizable) {
    if (auto found = find(quantizable, builtIn.getPatterns()))
      return annotate(found->kind, found->match);
    if (matchUnary(quantizable))
      return;
  }
  UnitKind kind = quantizable ? quantizable.getUnitKind() : UnitKind::opaque;
  writer.setMember(op, /*isAnchor=*/true, kind, getOwnRoles(op));
}

/// Whether a user, which has been visited, reads a parameter here: a weight, a
/// bias, or what only its formula knows (the mean of a batch norm).
bool UnitFuser::readsParameter(OpOperand &use) {
  Operation *user = use.getOwner();
  if (bringers.contains(user))
    return true;
  ArrayRef<RoleAttr> roles = annotations::getMembership(user).getRoles();
  if (roles.empty())
    return false;
  OperandRole role = roles[use.getOperandNumber()].getRole();
  return role == OperandRole::weight || role == OperandRole::bias ||
         role == OperandRole::ignored;
}

/// A transposed, sliced or cast argument that is a weight is no activation on
/// its way, and neither is what is made of such alone.
bool UnitFuser::onlyBringsParameters(QuantizableOpInterface op) {
  if (op->getNumResults() != 1 || op->use_empty())
    return false;
  for (OpOperand &use : op->getResult(0).getUses())
    if (readsElements(use.getOwner()) && !readsParameter(use))
      return false;
  Value result = op->getResult(0);
  bool feedsMasks = llvm::all_of(result.getUsers(), [&](Operation *user) {
    return maskBringers.contains(user) || !readsElements(user);
  });
  if (feedsMasks ? facts.mayMakeMask(result) : facts.isMask(result))
    maskBringers.insert(op);
  else if (!facts.isParameter(result))
    return false;
  bringers.insert(op);
  return true;
}

std::optional<UnitFuser::Found>
UnitFuser::find(QuantizableOpInterface op, const KindPatternSet &clusters) {
  Value value = op->getResult(0);
  const Maker *last = subject.getMaker(value);
  // The shift of a norm that is zero everywhere changes nothing by chance.
  if (last && last->changesNothing && last->plain && !op.movesData())
    if (auto found = findCluster(op, *last->plain, clusters))
      return found;
  // What is before an op that changes nothing ends here if nobody else has it.
  for (unsigned step = 0; last && last->changesNothing; ++step) {
    value = last->passed;
    if (step == maxPassed || !hasOneReader(value))
      return std::nullopt;
    last = subject.getMaker(value);
    // A name makes a unit of an op that does nothing, too.
    if (last && haveOwnNames(op, last->op))
      return std::nullopt;
  }
  if (!last)
    return std::nullopt;
  if (auto found = findBehindLayer(op, *last, value, clusters))
    return found;
  if (auto found = findCluster(op, *last, clusters))
    return found;
  if (last->plain)
    if (auto found = findCluster(op, *last->plain, clusters))
      return found;
  // Clusters of the user's say nothing of what is none of them.
  bool isBuiltIn = &clusters == &builtIn.getPatterns();
  return isBuiltIn ? findNormalForm(op, *last) : std::nullopt;
}

/// A layer, and an op behind it that belongs to it: the cast back from a wider
/// accumulator, or a relu in the body that ends the layer.
std::optional<UnitFuser::Found>
UnitFuser::findBehindLayer(Operation *op, const Maker &last, Value value,
                           const KindPatternSet &clusters) {
  Value before;
  bool isCast = last.kind == UnitKind::cast && last.passed;
  bool isRelu = last.kind == UnitKind::relu || last.kind == UnitKind::relu6;
  if (isCast) {
    Type type = getElementTypeOrSelf(value.getType());
    if (!type.isF16() && !type.isBF16())
      return std::nullopt;
    before = last.passed;
  } else if (isRelu && last.uses.size() == 1 && !last.uses[0]) {
    before = last.operands[0];
  }
  if (!before || !hasOneReader(before))
    return std::nullopt;
  const Maker *layer = subject.getComputing(before);
  if (!layer || haveOwnNames(op, layer->op))
    return std::nullopt;
  std::optional<Found> found =
      findCluster(op, *layer, clusters, {value, before});
  auto mayBe = [&](UnitKind kind) {
    return isLayer(kind) || kind == UnitKind::matmul ||
           (isRelu && (kind == UnitKind::add || kind == UnitKind::mul ||
                       kind == UnitKind::batch_norm));
  };
  if (found)
    return mayBe(found->kind) ? found : std::nullopt;
  if (&clusters != &builtIn.getPatterns())
    return std::nullopt;
  SmallVector<Operation *> ops{last.op, layer->op};
  llvm::append_range(ops, last.absorbed);
  if (!mayBe(layer->kind) || layer->plain || !subject.accepts(ops))
    return std::nullopt;
  return Found{layer->kind, {{&last, {}}, {layer, {}}}};
}

/// `last` is what the op computes, before what changes nothing.
std::optional<UnitFuser::Found>
UnitFuser::findCluster(Operation *op, const Maker &last,
                       const KindPatternSet &clusters, Behind behind) {
  for (const KindPattern &cluster : clusters.getEndingWith(last.kind)) {
    auto source = cast<ClusterOp>(cluster.source);
    if (source.getInside())
      continue;
    if (std::optional<Match> found =
            match(cluster, op->getResult(0), subject, facts, behind))
      return Found{source.getKind(), std::move(*found)};
  }
  return std::nullopt;
}

/// An op whose normal form is another one, or that is before ops that change
/// nothing.
std::optional<UnitFuser::Found> UnitFuser::findNormalForm(Operation *op,
                                                          const Maker &last) {
  Match match;
  SmallVector<Operation *> ops;
  auto add = [&](const Maker *maker) {
    match.push_back({maker, {}});
    ops.push_back(maker->op);
    llvm::append_range(ops, maker->absorbed);
  };
  const Maker *maker = subject.getMaker(op->getResult(0));
  for (; maker != &last; maker = subject.getMaker(maker->passed))
    add(maker);
  bool isBounded = last.bounds && last.plain;
  if (match.empty() && !isBounded)
    return std::nullopt;
  const Maker &as = isBounded || !last.plain ? last : *last.plain;
  add(&as);
  if (!subject.accepts(ops))
    return std::nullopt;
  auto written =
      dyn_cast<QuantizableOpInterface>(OpMatchGraph::getOwner(as.op));
  UnitKind kind = isBounded || !written ? as.kind : written.getUnitKind();
  return Found{kind, std::move(match)};
}

/// What computes element by element and is nothing that the backend knows,
/// where it takes that.
bool UnitFuser::matchUnary(QuantizableOpInterface op) {
  if (!config || !config->backend.getEntry(UnitKind::unary))
    return false;
  auto isKnown = [&](QuantizableOpInterface op) {
    return bool(config->backend.getEntry(op.getUnitKind()));
  };
  auto readsTwo = [&](QuantizableOpInterface op) {
    return llvm::count_if(getDataValues(op), [&](Value value) {
             return !facts.isConstant(value);
           }) > 1;
  };
  if (isKnown(op) && !readsTwo(op))
    return false;
  auto mayTake = [&](QuantizableOpInterface inner) {
    return !subject.isTaken(inner) && (!isKnown(inner) || readsTwo(inner)) &&
           !find(inner, builtIn.getPatterns());
  };
  std::optional<UnaryGraph> graph = findUnaryGraph(op, facts, mayTake);
  // Where ways from several values meet, what is behind may still be of one.
  if (!graph)
    graph = findUnaryGraph(op, facts, [&](QuantizableOpInterface inner) {
      return !readsTwo(inner) && mayTake(inner);
    });
  if (!graph || llvm::all_of(graph->ops, [&](Operation *inner) {
        return isKnown(cast<QuantizableOpInterface>(inner));
      }))
    return false;
  for (Operation *inner : graph->ops) {
    subject.take(inner);
    SmallVector<RoleAttr> roles;
    for (OpOperand &operand : inner->getOpOperands()) {
      Operation *maker = operand.get().getDefiningOp();
      OperandRole role = maker && graph->ops.contains(maker)
                             ? OperandRole::internal
                         : operand.get() == graph->input ? OperandRole::input
                                                         : OperandRole::ignored;
      roles.push_back(writer.getPlainRole(role));
    }
    writer.setMember(inner, inner == op, UnitKind::unary, roles);
  }
  return true;
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
    for (auto [index, use] : llvm::enumerate(matched.maker->uses)) {
      Operation *node = index < matched.operandNodes.size()
                            ? matched.operandNodes[index]
                            : nullptr;
      if (use)
        uses.nodes.try_emplace(use, node);
      // What is absorbed may read the same, as a comparison does.
      for (Operation *op : matched.maker->absorbed)
        for (OpOperand &other : OpMatchGraph::getOwner(op)->getOpOperands())
          if (other.get() == matched.maker->operands[index])
            uses.nodes.try_emplace(&other, node);
    }
  }
  for (Operation *op : members) {
    subject.take(op);
    annotateMember(op, op == members.front(), kind, members, uses);
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
    // Only these look at what was changed.
    if (!getCachedAnalysis<UnitGraph>() && !getCachedAnalysis<Fusions>())
      markAllAnalysesPreserved();
  }

  std::shared_ptr<const Clusters> clusters;
  std::shared_ptr<const LoadedPatterns> ownPatterns;
};
} // namespace
