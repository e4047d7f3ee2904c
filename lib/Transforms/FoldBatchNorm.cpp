//===- FoldBatchNorm.cpp - Batch norms become part of layers --------------===//
//
// Units tell what is a layer and what may be part of a batch norm; evaluating
// them per channel tells whether it is one.
//
//===----------------------------------------------------------------------===//

#include "FoldContraction.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/PDL/IR/PDL.h"
#include "mlir/Dialect/PDLInterp/IR/PDLInterp.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/ShapedOpInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/SetVector.h"

#include <cmath>

namespace quantprep {
#define GEN_PASS_DEF_FOLDBATCHNORM
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// A unit that scales and shifts each channel of a value.
struct Part {
  const Unit *unit;
  Value from;

  Value getResult() const { return unit->anchor->getResult(0); }
};

/// Units of this kind, each the only user of the one before, but for movement
/// between them.
struct Chain {
  /// In the order of the data.
  SmallVector<Part> parts;
  ChannelAffine affine{{{1}}, {{0}}};
};

/// The batch norms of one function.
class BatchNormFolder {
public:
  explicit BatchNormFolder(Operation *function) : graph(function) {}

  bool isValid() const { return graph.isValid(); }
  void run();

private:
  Chain findAfter(const FoldableLayer &layer);
  Chain findBefore(const FoldableLayer &layer);
  bool addAfter(Chain &chain, const Unit &unit, Value from,
                ArrayRef<int64_t> axes);
  bool addBefore(Chain &chain, const Unit &unit, Value to, int64_t axis);
  const Unit *getOnlyUser(Value value) const;
  void foldAfter(const Unit &unit);
  void foldBefore(const Unit &unit);
  bool prepare(FoldableLayer &layer, const Chain &chain);
  void drop(const Chain &chain, FoldableLayer &layer);
  void explain(const Unit &unit, const Twine &text) {
    reasons.try_emplace(unit.anchor, text.str());
  }
  void explainRest() const;
  void eraseDead();

  UnitGraph graph;
  /// Anchors of units that are part of a layer now. Their ops are erased last,
  /// since the graph knows them.
  llvm::DenseSet<Operation *> folded;
  std::vector<Operation *> dropped;
  /// Ops that may have lost their last user.
  llvm::SetVector<Operation *> unused;
  /// Why a unit stays.
  llvm::DenseMap<Operation *, std::string> reasons;
};
} // namespace

//===----------------------------------------------------------------------===//
// Finding batch norms
//===----------------------------------------------------------------------===//

/// A product or sum has a tensor beside the value; with a number alone it is no
/// batch norm.
static bool mayBePart(const Unit &unit) {
  switch (unit.kind) {
  case UnitKind::batch_norm:
    return true;
  case UnitKind::add:
  case UnitKind::sub:
  case UnitKind::mul:
  case UnitKind::div:
    return unit.operands.size() == 2;
  default:
    return false;
  }
}

static bool scalesChannels(const Unit &unit) {
  return unit.kind != UnitKind::add && unit.kind != UnitKind::sub;
}

/// Without a scale it is a bias, which is left where it is.
static bool isBatchNorm(const Chain &chain) {
  return llvm::any_of(
      chain.parts, [](const Part &part) { return scalesChannels(*part.unit); });
}

/// One op that moves a value which nobody else uses.
static bool isMovement(const Unit &unit) {
  bool moves = unit.kind == UnitKind::transpose ||
               unit.kind == UnitKind::reshape ||
               unit.kind == UnitKind::identity;
  return moves && unit.members.size() == 1;
}

/// The unit that alone uses a value; null if there is none, or more. What only
/// asks for sizes is no user (B23).
const Unit *BatchNormFolder::getOnlyUser(Value value) const {
  const Unit *found = nullptr;
  for (Operation *user : value.getUsers()) {
    if (isa<ShapedDimOpInterface>(user))
      continue;
    const Unit *unit = graph.getUnit(user);
    if (!unit || (found && unit != found))
      return nullptr;
    found = unit;
  }
  return found;
}

static SmallVector<int64_t> getSizes(Value value, ArrayRef<int64_t> axes) {
  SmallVector<int64_t> sizes;
  for (int64_t axis : axes)
    sizes.push_back(cast<ShapedType>(value.getType()).getDimSize(axis));
  return sizes;
}

/// Adds a unit that is affine per channel.
bool BatchNormFolder::addAfter(Chain &chain, const Unit &unit, Value from,
                               ArrayRef<int64_t> axes) {
  Value to = unit.anchor->getResult(0);
  if (!mayBePart(unit) || folded.contains(unit.anchor))
    return false;
  if (from.getType() != to.getType()) {
    explain(unit, "its result has another type than its input");
    return false;
  }
  ChannelEvaluator evaluator(from, axes, getSizes(from, axes));
  std::optional<ChannelAffine> affine = evaluator.evaluate(to, axes);
  if (!affine) {
    explain(unit, evaluator.getReason());
    return false;
  }
  chain.parts.push_back({&unit, from});
  chain.affine = compose(*affine, chain.affine);
  return true;
}

Chain BatchNormFolder::findAfter(const FoldableLayer &layer) {
  Chain chain;
  Value value = layer.getResult();
  ChannelAxes axes(layer.getResultAxes());
  while (const Unit *unit = getOnlyUser(value)) {
    if (isMovement(*unit)) {
      std::optional<ChannelAxes> moved =
          getResultAxes(unit->anchor->getOpOperand(0), axes);
      if (!moved)
        return chain;
      axes = *moved;
    } else if (!addAfter(chain, *unit, value, axes)) {
      return chain;
    }
    value = unit->anchor->getResult(0);
  }
  for (Operation *user : value.getUsers())
    if (const Unit *other = graph.getUnit(user))
      explain(*other, "its input has other users");
  return chain;
}

/// The same for a unit that makes a value. What it reads is the operand that is
/// no parameter.
bool BatchNormFolder::addBefore(Chain &chain, const Unit &unit, Value to,
                                int64_t axis) {
  if (!mayBePart(unit) || folded.contains(unit.anchor))
    return false;
  if (!getOnlyUser(to)) {
    explain(unit, "its result has other users");
    return false;
  }
  for (const UnitOperand &operand : unit.operands) {
    Value from = operand.uses.front()->get();
    if (operand.getRole() != OperandRole::input ||
        from.getType() != to.getType())
      continue;
    ChannelEvaluator evaluator(from, {axis}, getSizes(from, {axis}));
    std::optional<ChannelAffine> affine = evaluator.evaluate(to, {axis});
    if (!affine || affine->isConstant())
      continue;
    chain.parts.insert(chain.parts.begin(), {&unit, from});
    chain.affine = compose(chain.affine, *affine);
    return true;
  }
  return false;
}

Chain BatchNormFolder::findBefore(const FoldableLayer &layer) {
  Chain chain;
  OpOperand *input = layer.getInput();
  std::optional<int64_t> axis = layer.getInputAxis();
  if (!input || !axis ||
      cast<ShapedType>(input->get().getType()).isDynamicDim(*axis))
    return chain;
  Value value = input->get();
  for (;;) {
    const Unit *unit = graph.getProducer(value);
    if (!unit || unit->anchor->getResult(0) != value)
      return chain;
    if (isMovement(*unit)) {
      OpOperand &operand = unit->anchor->getOpOperand(0);
      std::optional<ChannelAxes> moved = getOperandAxes(operand, {*axis});
      if (!moved || moved->size() != 1 || moved->front() < 0 ||
          !getOnlyUser(value))
        return chain;
      axis = moved->front();
      value = operand.get();
    } else if (addBefore(chain, *unit, value, *axis)) {
      value = chain.parts.front().from;
    } else {
      return chain;
    }
  }
}

//===----------------------------------------------------------------------===//
// Folding
//===----------------------------------------------------------------------===//

static bool isFinite(const ChannelVector &vector) {
  return llvm::all_of(vector.values,
                      [](double value) { return std::isfinite(value); });
}

/// Whether the layer can take the chain; if not, its units know why.
bool BatchNormFolder::prepare(FoldableLayer &layer, const Chain &chain) {
  std::string reason = layer.read();
  const ChannelAffine &affine = chain.affine;
  if (reason.empty() && !layer.isElided() &&
      (affine.scale.isElided() || affine.shift.isElided()))
    reason = "its parameters were printed without their elements";
  if (reason.empty() && (!isFinite(affine.scale) || !isFinite(affine.shift)))
    reason = "its scale or shift is not finite";
  if (reason.empty())
    return true;
  for (const Part &part : chain.parts)
    explain(*part.unit, reason);
  return false;
}

/// Remembers on the layer what it has taken, and forgets that.
void BatchNormFolder::drop(const Chain &chain, FoldableLayer &layer) {
  Operation *op = layer.getOp();
  SmallVector<Attribute> kinds;
  SmallVector<Location> locations{op->getLoc()};
  if (auto before = op->getAttrOfType<ArrayAttr>(annotations::folded))
    llvm::append_range(kinds, before);
  for (auto [unit, from] : chain.parts) {
    kinds.push_back(
        StringAttr::get(op->getContext(), stringifyEnum(unit->kind)));
    locations.push_back(unit->anchor->getLoc());
    emitRemark(op->getContext(), unit->anchor->getLoc(), "fold-batch-norm",
               unit->anchor)
        << (stringifyEnum(unit->kind) + " is part of a layer now").str();
    folded.insert(unit->anchor);
    for (Operation *member : unit->members) {
      for (Value operand : member->getOperands())
        if (Operation *producer = operand.getDefiningOp())
          unused.insert(producer);
      member->dropAllReferences();
      dropped.push_back(member);
    }
  }
  op->setAttr(annotations::folded, ArrayAttr::get(op->getContext(), kinds));
  // The layer's own name goes first, if it has one.
  if (!getLocationName(op->getLoc()).empty())
    op->setLoc(FusedLoc::get(op->getContext(), locations));
  for (Operation *replaced : layer.getReplaced())
    unused.insert(replaced);
}

/// Users of each part read what that read, the last part first.
static void bypass(const Chain &chain) {
  for (const Part &part : llvm::reverse(chain.parts))
    part.getResult().replaceAllUsesWith(part.from);
}

/// Where a bias was added behind the layer, others read what that makes.
static void replaceResult(Value before, Value after) {
  if (before != after)
    before.replaceAllUsesExcept(after, after.getDefiningOp());
}

void BatchNormFolder::foldAfter(const Unit &unit) {
  std::optional<FoldableLayer> layer = FoldableLayer::create(unit);
  if (!layer)
    return;
  Chain chain = findAfter(*layer);
  if (!isBatchNorm(chain) || !prepare(*layer, chain))
    return;
  bypass(chain);
  Value before = layer->getResult();
  replaceResult(before, layer->foldResult(chain.affine));
  drop(chain, *layer);
}

void BatchNormFolder::foldBefore(const Unit &unit) {
  std::optional<FoldableLayer> layer = FoldableLayer::create(unit);
  if (!layer)
    return;
  Chain chain = findBefore(*layer);
  if (!isBatchNorm(chain) || !prepare(*layer, chain))
    return;
  if (std::string reason = layer->checkInput(chain.affine); !reason.empty()) {
    for (const Part &part : chain.parts)
      explain(*part.unit, reason);
    return;
  }
  bypass(chain);
  Value before = layer->getResult();
  replaceResult(before, layer->foldInput(chain.affine));
  drop(chain, *layer);
}

//===----------------------------------------------------------------------===//
// One function, the module
//===----------------------------------------------------------------------===//

void BatchNormFolder::run() {
  for (const Unit &unit : graph.getUnits())
    if (!folded.contains(unit.anchor))
      foldAfter(unit);
  for (const Unit &unit : graph.getUnits())
    if (!folded.contains(unit.anchor))
      foldBefore(unit);
  explainRest();
  eraseDead();
}

/// Batch norms, and what scales channels behind a layer.
void BatchNormFolder::explainRest() const {
  for (const Unit &unit : graph.getUnits()) {
    auto reason = reasons.find(unit.anchor);
    bool isKnown = reason != reasons.end();
    if (folded.contains(unit.anchor) || !mayBePart(unit) ||
        !scalesChannels(unit) ||
        (unit.kind != UnitKind::batch_norm && !isKnown))
      continue;
    emitRemark(unit.anchor->getContext(), unit.anchor->getLoc(),
               "fold-batch-norm", unit.anchor)
        << (stringifyEnum(unit.kind) + " is not folded: " +
            (isKnown ? StringRef(reason->second)
                     : "no convolution or linear layer is next to it"))
               .str();
  }
}

void BatchNormFolder::eraseDead() {
  for (Operation *op : dropped) {
    unused.remove(op);
    op->erase();
  }
  while (!unused.empty()) {
    Operation *op = unused.pop_back_val();
    if (!isOpTriviallyDead(op))
      continue;
    for (Value operand : op->getOperands())
      if (Operation *producer = operand.getDefiningOp())
        unused.insert(producer);
    op->erase();
  }
}

namespace {
struct FoldBatchNormPass
    : quantprep::impl::FoldBatchNormBase<FoldBatchNormPass> {
  using FoldBatchNormBase::FoldBatchNormBase;

  /// The plugin's dialect extensions may be absent; the pass brings them.
  void getDependentDialects(DialectRegistry &registry) const final {
    FoldBatchNormBase::getDependentDialects(registry);
    registerExternalModels(registry);
  }

  void runOnOperation() final {
    if (failed(checkIsFloat()))
      return signalPassFailure();
    OpPassManager matching(ModuleOp::getOperationName());
    matching.nestAny().addPass(createMatchUnits());
    if (failed(runPipeline(matching, getOperation())))
      return signalPassFailure();
    bool isValid = true;
    getOperation().walk([&](FunctionOpInterface function) {
      BatchNormFolder folder(function);
      isValid &= folder.isValid();
      if (folder.isValid())
        folder.run();
    });
    StringRef names[] = {annotations::unit, annotations::member};
    annotations::Filter units(names);
    getOperation().walk([&](Operation *op) { units.apply(op); });
    if (!isValid)
      signalPassFailure();
  }

  /// What is observed is no longer what it was.
  LogicalResult checkIsFloat() {
    for (auto config : getOperation().getOps<ConfigOp>())
      if (annotations::isGenerated(config))
        return config.emitError()
               << "the module is prepared already; run qprep-strip first, "
                  "fold, and prepare it again";
    return success();
  }
};
} // namespace
