//===- PlaceInserter.h - Puts places into a function ------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_PLACEINSERTER_H
#define QUANTPREP_TRANSFORMS_PLACEINSERTER_H

#include "QuantPrep/IR/OpMaker.h"
#include "QuantPrep/IR/QPrepOps.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TinyPtrVector.h"

namespace quantprep {

/// Inserts observations with inline specs, in the order of the calls.
class PlaceInserter {
public:
  explicit PlaceInserter(mlir::MLIRContext *context) : observes(context) {}

  /// Puts a place behind what makes the value, and behind those already there;
  /// the observed value. `rule` labels the remark.
  mlir::Value insert(mlir::Value value, qprep::ObserverAttr spec,
                     llvm::StringRef rule);
  /// Lets all uses of a value read it through one place, which is returned.
  qprep::ObservationOpInterface observeAllUses(mlir::Value value,
                                               qprep::ObserverAttr spec,
                                               llvm::StringRef rule);
  /// The place inserted here that reads a value directly and has this spec;
  /// null for none.
  mlir::Operation *find(mlir::Value value, qprep::ObserverAttr spec) const;

private:
  qprep::ObserveOp makeObserve(mlir::OpBuilder &builder, mlir::Value value,
                               qprep::ObserverAttr spec) const;
  /// The last place inserted on a value; null for none.
  mlir::Operation *findLast(mlir::Value value) const;

  OpMaker<qprep::ObserveOp> observes;
  /// The next place on a value, or at the start of a block, goes behind the
  /// last. Without those that are found in the IR.
  llvm::DenseMap<mlir::Value, llvm::TinyPtrVector<mlir::Operation *>> places;
  llvm::DenseMap<mlir::Block *, mlir::Operation *> lastAtStart;
};

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_PLACEINSERTER_H
