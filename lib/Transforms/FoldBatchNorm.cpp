//===- FoldBatchNorm.cpp - Batch norms become part of layers --------------===//

#include "BatchNormFolder.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Models/ExternalModels.h"
#include "QuantPrep/Support/EraseDead.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/PDL/IR/PDL.h"
#include "mlir/Dialect/PDLInterp/IR/PDLInterp.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/ShapedOpInterfaces.h"
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

//===----------------------------------------------------------------------===//
// Folding
//===----------------------------------------------------------------------===//

static bool isFinite(const ChannelVector &vector) {
  return llvm::all_of(vector.values,
                      [](double value) { return std::isfinite(value); });
}

/// Whether the layer can take the chain; if not, its units know why.
bool BatchNormFolder::prepare(FoldableLayer &layer,
                              const BatchNormChain &chain) {
  std::string reason = layer.read();
  const ChannelAffine &affine = chain.affine;
  if (reason.empty() && !layer.isElided() &&
      (affine.scale.isElided() || affine.shift.isElided()))
    reason = "its parameters were printed without their elements";
  if (reason.empty() && (!isFinite(affine.scale) || !isFinite(affine.shift)))
    reason = "its scale or shift is not finite";
  if (reason.empty())
    return true;
  for (const BatchNormPart &part : chain.parts)
    explain(*part.unit, reason);
  return false;
}

/// Remembers on the layer what it has taken, and forgets that.
void BatchNormFolder::drop(const BatchNormChain &chain, FoldableLayer &layer) {
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
static void bypass(const BatchNormChain &chain) {
  for (const BatchNormPart &part : llvm::reverse(chain.parts))
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
  BatchNormChain chain = findAfter(*layer);
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
  BatchNormChain chain = findBefore(*layer);
  if (!isBatchNorm(chain) || !prepare(*layer, chain))
    return;
  if (std::string reason = layer->checkInput(chain.affine); !reason.empty()) {
    for (const BatchNormPart &part : chain.parts)
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
  quantprep::eraseDead(unused.getArrayRef());
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
      if (failed(folder.verify()))
        isValid = false;
      else
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
