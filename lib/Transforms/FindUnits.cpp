//===- FindUnits.cpp - What an op is the last op of -----------------------===//

#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/UnaryGraph.h"
#include "UnitFuser.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

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
    if (step == maxPassed || !hasOneReader(value) ||
        last->op->getNumResults() != 1)
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
  bool isBuiltIn = &clusters == &builtIn.getPatterns();
  if (last->isUnit && isBuiltIn)
    if (auto found = findNormalForm(op, *last))
      return found;
  if (last->plain)
    if (auto found = findCluster(op, *last->plain, clusters))
      return found;
  // Clusters of the user's say nothing of what is none of them.
  if (!isBuiltIn)
    return std::nullopt;
  if (auto found = findNormalForm(op, *last))
    return found;
  return findChannelwise(op);
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

/// Whether a body only scales, shifts and bounds the elements of its one
/// activation.
static bool isChannelwise(QuantizableOpInterface op, Value input) {
  llvm::DenseSet<Value> reached;
  auto isReached = [&](Value value) {
    OpOperand *operand = getBodyOperand(value);
    return reached.contains(value) || (operand && operand->get() == input);
  };
  for (Operation &inner : op->getRegion(0).front().without_terminator()) {
    unsigned count = llvm::count_if(inner.getOperands(), isReached);
    if (count == 0)
      continue;
    auto scalar = dyn_cast<QuantizableOpInterface>(inner);
    switch (scalar ? scalar.getUnitKind() : UnitKind::opaque) {
    case UnitKind::select:
    case UnitKind::neg:
    case UnitKind::cast:
      break;
    case UnitKind::div:
      if (isReached(inner.getOperand(1)))
        return false;
      break;
    case UnitKind::add:
    case UnitKind::sub:
    case UnitKind::mul:
    case UnitKind::maximum:
    case UnitKind::minimum:
    case UnitKind::greater:
    case UnitKind::greater_equal:
    case UnitKind::less:
    case UnitKind::less_equal:
      if (count != 1 && scalar.getUnitKind() != UnitKind::maximum &&
          scalar.getUnitKind() != UnitKind::minimum)
        return false;
      break;
    default:
      return false;
    }
    reached.insert(inner.getResult(0));
  }
  return true;
}

/// A layer, and the body behind it that elementwise fusion makes of its bias, a
/// batch norm and bounds: nothing in it can be observed, so that all of it is
/// the layer, whatever the names.
std::optional<UnitFuser::Found>
UnitFuser::findChannelwise(QuantizableOpInterface op) {
  // One step is a unit of its own.
  if (op->getNumRegions() == 0 || op.getUnitKind() != UnitKind::opaque)
    return std::nullopt;
  auto takesNone = [](QuantizableOpInterface) { return false; };
  std::optional<UnaryGraph> body = findUnaryGraph(op, facts, takesNone);
  if (!body || !hasOneReader(body->input) || !isChannelwise(op, body->input))
    return std::nullopt;
  auto layer = body->input.getDefiningOp<QuantizableOpInterface>();
  if (!layer || subject.isTaken(layer) || layer->getBlock() != op->getBlock())
    return std::nullopt;
  std::optional<Found> found = find(layer, builtIn.getPatterns());
  if (!found)
    if (const Maker *maker = subject.getMaker(body->input))
      found = Found{layer.getUnitKind(), {{maker, {}}}};
  if (!found || (!isLayer(found->kind) && found->kind != UnitKind::matmul))
    return std::nullopt;
  Operation *last =
      op->getRegion(0).front().getTerminator()->getOperand(0).getDefiningOp();
  channelwise = Maker{last, found->kind, {}};
  found->match.insert(found->match.begin(), MatchedOp{&channelwise, {}});
  return found;
}

/// Whether a match is the one op that computes, and what changes nothing.
static bool isOneOp(const Match &match) {
  return llvm::count_if(match, [](const MatchedOp &matched) {
           return !matched.maker->changesNothing;
         }) == 1;
}

/// `last` is what the op computes, before what changes nothing. An op by itself
/// is no cluster of its own kind: what changes nothing is a unit beside it.
std::optional<UnitFuser::Found>
UnitFuser::findCluster(Operation *op, const Maker &last,
                       const KindPatternSet &clusters, Behind behind) {
  for (const KindPattern &cluster : clusters.getEndingWith(last.kind)) {
    auto source = cast<ClusterOp>(cluster.source);
    if (source.getInside())
      continue;
    std::optional<Match> found =
        match(cluster, op->getResult(0), subject, facts, behind);
    if (found && (source.getKind() != last.kind || !isOneOp(*found)))
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
  if (match.empty() && !last.isUnit)
    return std::nullopt;
  const Maker &as = last.isUnit || !last.plain ? last : *last.plain;
  add(&as);
  if (!subject.accepts(ops))
    return std::nullopt;
  auto written =
      dyn_cast<QuantizableOpInterface>(OpMatchGraph::getOwner(as.op));
  UnitKind kind = last.isUnit || !written ? as.kind : written.getUnitKind();
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
