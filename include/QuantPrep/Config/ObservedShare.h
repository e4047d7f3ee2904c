//===- ObservedShare.h - Preparation that observes nothing ------*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_OBSERVEDSHARE_H
#define QUANTPREP_CONFIG_OBSERVEDSHARE_H

#include "QuantPrep/IR/QPrepOps.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace quantprep {

/// Whether preparation put an observation anywhere, and why it did not. A user
/// who asked for quantization must not get none in silence.
class ObservedShare {
public:
  /// The configuration is one that qprep-attach-config made.
  explicit ObservedShare(qprep::ConfigOp config) : config(config) {}

  /// To be called on every op of the prepared module.
  void visit(mlir::Operation *op);

  /// A warning if nothing is observed: with the commonest reason and the
  /// backend presets that would do, or with what is in the way of there being
  /// units, or of their having qconfigs. In a strict configuration it is an
  /// error, and failure.
  mlir::LogicalResult report() const;

private:
  struct Reason {
    unsigned count = 0;
    /// Of the units, in the order in which they came.
    llvm::SmallSetVector<qprep::UnitKind, 4> kinds;
    /// Of the first unit.
    mlir::SymbolRefAttr qconfig;
  };

  void explain(const Reason &reason, mlir::Diagnostic &diag) const;

  qprep::ConfigOp config;
  bool isObserved = false;
  /// Whether any op computes on float tensors.
  bool onFloats = false;
  bool hasNestedModule = false;
  unsigned units = 0;
  unsigned withQConfig = 0;
  /// The first op that computes on buffers of floats; null for none.
  mlir::Operation *onBuffers = nullptr;
  /// By rule and reason.
  llvm::MapVector<std::pair<mlir::StringAttr, mlir::StringAttr>, Reason>
      reasons;
};

} // namespace quantprep

#endif // QUANTPREP_CONFIG_OBSERVEDSHARE_H
