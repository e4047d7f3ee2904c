//===- QPrepPatternOps.cpp - Backends, patterns, clusters -----------------===//

#include "ShadowedPatterns.h"

#include "QuantPrep/IR/QPrepOps.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The kind of the layer in a pattern, and what the pattern says of weights.
static std::optional<UnitKind> getLayer(PatternOp pattern) {
  for (NodeOp node : pattern.getBody().getOps<NodeOp>())
    if (isLayer(node.getKind()))
      return node.getKind();
  return std::nullopt;
}

static bool isAlone(PatternOp pattern) {
  return llvm::hasSingleElement(pattern.getBody().getOps<NodeOp>());
}

static bool quantizesWeights(PatternOp pattern) {
  return llvm::any_of(pattern.getDtypes().getAsRange<DTypeConfigAttr>(),
                      [](DTypeConfigAttr dtypes) {
                        return dtypes.getWeight() &&
                               !dtypes.getWeight().getType().isF32();
                      });
}

/// Which operands are weights is said by the pattern of a layer alone (F6), for
/// fusions, too. Without it they would be observed as activations are.
static LogicalResult verifyWeightsNamed(BackendOp backend) {
  llvm::SmallDenseSet<UnitKind> named;
  for (auto pattern : backend.getOps<PatternOp>())
    if (isAlone(pattern) && pattern.getWeight())
      if (std::optional<UnitKind> layer = getLayer(pattern))
        named.insert(*layer);
  for (auto pattern : backend.getOps<PatternOp>()) {
    std::optional<UnitKind> layer = getLayer(pattern);
    if (!layer || named.contains(*layer) || !quantizesWeights(pattern))
      continue;
    if (isAlone(pattern))
      return pattern.emitOpError()
             << "has dtypes with a weight, but does not say that "
             << stringifyEnum(*layer)
             << " has one; write 'weight bias' before 'dtypes'";
    // The base may have it.
    if (!backend.getBaseAttr())
      return pattern.emitOpError()
             << "has dtypes with a weight, but no pattern of "
             << stringifyEnum(*layer)
             << " alone says that it has one; add one with 'weight bias'";
  }
  return success();
}

LogicalResult BackendOp::verifyRegions() {
  for (Operation &op : getBody().front()) {
    if (!isa<PatternOp, RemoveOp>(op))
      return op.emitOpError() << "does not belong in a qprep.backend, which "
                                 "has qprep.pattern and qprep.remove";
    if (isa<RemoveOp>(op) && !getBaseAttr())
      return op.emitOpError() << "has nothing to remove from: the backend "
                                 "extends no other";
  }
  if (failed(verifyNoneShadowed<PatternOp>(getBody().front())))
    return failure();
  return verifyWeightsNamed(*this);
}

/// A body is a tree of nodes with one root at the bottom: every value but the
/// last node's is used, and nothing is used before it is made.
static LogicalResult verifyBody(Operation *owner, Region &body) {
  if (body.empty() || body.front().empty() || !isa<NodeOp>(body.front().back()))
    return owner->emitOpError() << "must end with a qprep.node, the last op of "
                                   "what it matches";
  if (isa<PatternOp>(owner) && cast<NodeOp>(body.front().back()).getOptional())
    return body.front().back().emitOpError()
           << "is the last unit of a fusion, and cannot be optional";
  for (Operation &op : body.front()) {
    if (!isa<OperandOp, ScalarOp, ReciprocalCountOp, NodeOp>(op))
      return op.emitOpError() << "does not belong in a pattern";
    // The region is isolated and has no arguments.
    for (Value operand : op.getOperands())
      if (!operand.getDefiningOp()->isBeforeInBlock(&op))
        return op.emitOpError() << "uses a value that is made after it";
    if (&op != &body.front().back() && op.use_empty())
      return op.emitOpError()
             << "is not used: every value of a pattern must lead to the last";
  }
  return success();
}

LogicalResult PatternOp::verify() {
  if (getFollow() && getObservation() != ObservationType::shared)
    return emitOpError() << "follows its input but is "
                         << stringifyEnum(getObservation())
                         << "; only a pattern that is shared can follow (B16)";
  std::optional<ArrayRef<int64_t>> types = getByOperands();
  if (!types)
    return success();
  if (getObservation() != ObservationType::by_operands)
    return emitOpError() << "has observation types by number of operands, but "
                            "is not by_operands";
  for (int64_t type : *types)
    if (type != int64_t(ObservationType::different) &&
        type != int64_t(ObservationType::shared))
      return emitOpError() << "has an observation type by number of operands "
                              "that is neither different nor shared";
  if (types->empty())
    return emitOpError() << "has no observation type by number of operands";
  return success();
}

ObservationType PatternOp::getObservationOf(size_t tensorOperands) {
  if (getObservation() != ObservationType::by_operands)
    return getObservation();
  static constexpr int64_t byDefault[] = {int64_t(ObservationType::different),
                                          int64_t(ObservationType::shared),
                                          int64_t(ObservationType::different)};
  ArrayRef<int64_t> types = getByOperands().value_or(ArrayRef(byDefault));
  return ObservationType(types[std::min(tensorOperands, types.size() - 1)]);
}

LogicalResult PatternOp::verifyRegions() {
  return verifyBody(*this, getBody());
}

LogicalResult ClusterOp::verifyRegions() {
  return verifyBody(*this, getBody());
}

bool qprep::isCommutative(UnitKind kind) {
  return kind == UnitKind::add || kind == UnitKind::mul ||
         kind == UnitKind::maximum || kind == UnitKind::minimum;
}

bool qprep::isLayer(UnitKind kind) {
  switch (kind) {
  case UnitKind::conv1d:
  case UnitKind::conv2d:
  case UnitKind::conv3d:
  case UnitKind::conv_transpose1d:
  case UnitKind::conv_transpose2d:
  case UnitKind::conv_transpose3d:
  case UnitKind::linear:
    return true;
  default:
    return false;
  }
}

LogicalResult ScalarOp::verify() {
  if (getValue() && getAtMost())
    return emitOpError() << "has a value and a bound; leave out one of them";
  return success();
}

LogicalResult NodeOp::verify() {
  if (getRepeated() && getNumOperands() != 1)
    return emitOpError() << "must have one operand to be repeated";
  if (getOptional() && getNumOperands() == 0)
    return emitOpError() << "must have an operand to be optional";
  if (getNumOperands() > 2 && !isCommutative(getKind()) &&
      getKind() != UnitKind::select)
    return emitOpError() << "has more than two operands, but is neither "
                            "commutative nor a select";
  // Each way to nest them is tried: 2^n.
  constexpr unsigned maxTerms = 6;
  if (getNumOperands() > maxTerms)
    return emitOpError() << "has " << getNumOperands()
                         << " operands, which are tried in any order and "
                            "nesting; write at most "
                         << maxTerms << ", and several nodes for more";
  if (getBounds() && (getKind() != UnitKind::clamp || getBounds()->size() != 2))
    return emitOpError()
           << "has bounds, which are the lowest and the highest value of a "
              "clamp; write clamp(...) bounds [low, high]";
  if (getPermutation() && getKind() != UnitKind::transpose)
    return emitOpError() << "has a permutation, but is not a transpose";
  return success();
}
