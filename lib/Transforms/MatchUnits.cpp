//===- MatchUnits.cpp - Units of a function -------------------------------===//

#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Matching/Fusions.h"
#include "QuantPrep/Transforms/Passes.h"
#include "UnitFuser.h"

#include "mlir/Dialect/PDL/IR/PDL.h"
#include "mlir/Dialect/PDLInterp/IR/PDLInterp.h"

namespace quantprep {
#define GEN_PASS_DEF_MATCHUNITS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool quantprep::touchesFloatTensors(Operation *op, bool inAndOut) {
  bool reads = llvm::any_of(op->getOperandTypes(), isFloatTensor);
  bool makes = llvm::any_of(op->getResultTypes(), isFloatTensor);
  return inAndOut ? reads && makes : reads || makes;
}

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
         OpMatchGraph::getOwner(op) == op &&
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
  annotateAlone(op, kind);
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
    markOthersPreserved<UnitGraph, Fusions>();
  }

  std::shared_ptr<const Clusters> clusters;
  std::shared_ptr<const LoadedPatterns> ownPatterns;
};
} // namespace
