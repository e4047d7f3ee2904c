//===- Clusters.h - Clusters of kinds ---------------------------*- C++ -*-===//

#ifndef QUANTPREP_MATCHING_CLUSTERS_H
#define QUANTPREP_MATCHING_CLUSTERS_H

#include "QuantPrep/Matching/KindPattern.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace quantprep {

/// The clusters of lib/Matching/clusters.mlir and lowered.mlir, ready to match.
class Clusters {
public:
  /// Parses the built-in clusters. The qprep dialect must be loaded.
  explicit Clusters(mlir::MLIRContext *context);

  const KindPatternSet &getPatterns() const { return patterns; }

private:
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> sources;
  KindPatternSet patterns;
};

} // namespace quantprep

#endif // QUANTPREP_MATCHING_CLUSTERS_H
