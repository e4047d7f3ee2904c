//===- ObservationInserter.h - Puts observations into a function ------------*-
// C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_PLACEINSERTER_H
#define QUANTPREP_TRANSFORMS_PLACEINSERTER_H

#include "QuantPrep/IR/QPrepOps.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TinyPtrVector.h"

namespace quantprep {

/// Inserts observations with inline specs, in the order of the calls.
class ObservationInserter {
public:
  /// Puts an observation behind what makes the value, and behind those already
  /// there; the observed value. `rule` labels the remark.
  mlir::Value insert(mlir::Value value, qprep::ObserverAttr spec,
                     llvm::StringRef rule);
  /// Lets all uses of a value, those of observations that are there too, read
  /// it through one observation, which is returned.
  qprep::ObservationOpInterface observeAllUses(mlir::Value value,
                                               qprep::ObserverAttr spec,
                                               llvm::StringRef rule);
  /// The observation that reads a value directly and has this inline spec; null
  /// for none.
  qprep::ObservationOpInterface find(mlir::Value value,
                                     qprep::ObserverAttr spec) const;

private:
  qprep::ObservationOpInterface make(mlir::OpBuilder &builder,
                                     mlir::Value value,
                                     qprep::ObserverAttr spec,
                                     llvm::StringRef rule);

  /// The observations that read a value directly, in order.
  llvm::DenseMap<mlir::Value, llvm::TinyPtrVector<mlir::Operation *>>
      observationsOn;
  /// The last observation that was put on an argument of a block.
  llvm::DenseMap<mlir::Block *, mlir::Operation *> lastAtStart;
};

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_PLACEINSERTER_H
