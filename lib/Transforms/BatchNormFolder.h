//===- BatchNormFolder.h - Batch norms become part of layers ----*- C++ -*-===//
//
// Units tell what is a layer and what may be part of a batch norm; evaluating
// them per channel tells whether it is one.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_TRANSFORMS_BATCHNORMFOLDER_H
#define QUANTPREP_LIB_TRANSFORMS_BATCHNORMFOLDER_H

#include "FoldContraction.h"
#include "QuantPrep/Matching/UnitGraph.h"
#include "QuantPrep/Models/ChannelValues.h"

#include "llvm/ADT/SetVector.h"

namespace quantprep {

/// A unit that scales and shifts each channel of a value.
struct BatchNormPart {
  const Unit *unit;
  mlir::Value from;

  mlir::Value getResult() const { return unit->anchor->getResult(0); }
};

/// Units of this kind, each the only user of the one before, but for movement
/// between them.
struct BatchNormChain {
  /// In the order of the data.
  llvm::SmallVector<BatchNormPart> parts;
  ChannelAffine affine{{{1}}, {{0}}};
};

/// Whether a unit is of a kind that scales or shifts. Whether each channel has
/// constants for it tells its evaluation.
bool mayBePart(const Unit &unit);
/// Whether a unit multiplies each channel.
bool scalesChannels(const Unit &unit);
bool isBatchNorm(const BatchNormChain &chain);

/// The batch norms of one function.
class BatchNormFolder {
public:
  explicit BatchNormFolder(mlir::Operation *function) : graph(function) {}

  /// Fails after errors about annotations that do not fit.
  mlir::LogicalResult verify() const { return graph.verify(); }
  void run();

private:
  BatchNormChain findAfter(const FoldableLayer &layer);
  BatchNormChain findBefore(const FoldableLayer &layer);
  bool addAfter(BatchNormChain &chain, const Unit &unit, mlir::Value from,
                llvm::ArrayRef<int64_t> axes);
  bool addBefore(BatchNormChain &chain, const Unit &unit, mlir::Value to,
                 int64_t axis);
  const Unit *getOnlyUser(mlir::Value value) const;
  void foldAfter(const Unit &unit);
  void foldBefore(const Unit &unit);
  bool prepare(FoldableLayer &layer, const BatchNormChain &chain);
  void drop(const BatchNormChain &chain, FoldableLayer &layer);
  void explain(const Unit &unit, const llvm::Twine &text) {
    reasons.try_emplace(unit.anchor, text.str());
  }
  void explainRest() const;
  void eraseDead();

  UnitGraph graph;
  /// Anchors of units that are part of a layer now. Their ops are erased last,
  /// since the graph knows them.
  llvm::DenseSet<mlir::Operation *> folded;
  std::vector<mlir::Operation *> dropped;
  /// Ops that may have lost their last user.
  llvm::SetVector<mlir::Operation *> unused;
  /// Why a unit stays.
  llvm::DenseMap<mlir::Operation *, std::string> reasons;
};

} // namespace quantprep

#endif // QUANTPREP_LIB_TRANSFORMS_BATCHNORMFOLDER_H
