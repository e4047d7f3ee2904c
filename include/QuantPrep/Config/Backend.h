//===- Backend.h - What a backend supports ----------------------*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_BACKEND_H
#define QUANTPREP_CONFIG_BACKEND_H

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Matching/KindPattern.h"

namespace quantprep {

/// The backend of a resolved configuration, ready to match.
class Backend {
public:
  /// The configuration is one that qprep-attach-config made.
  explicit Backend(qprep::ConfigOp config);

  const KindPatternSet &getPatterns() const { return patterns; }
  /// `@config::@backend::@pattern`, with all configurations around it.
  mlir::SymbolRefAttr getReference(const KindPattern &pattern) const {
    return references.lookup(pattern.source);
  }
  /// The pattern of a reference; null if it is none of this backend.
  qprep::PatternOp getPattern(mlir::SymbolRefAttr reference) const;
  /// The pattern for a kind alone: which of its operands are weight and bias
  /// (F6). Null if there is none.
  qprep::PatternOp getEntry(qprep::UnitKind kind) const;
  /// Whether any pattern follows its input (B16).
  bool hasFollowing() const { return following; }

private:
  KindPatternSet patterns;
  bool following = false;
  llvm::DenseMap<mlir::StringAttr, qprep::PatternOp> byName;
  llvm::DenseMap<unsigned, qprep::PatternOp> entries;
  llvm::DenseMap<mlir::Operation *, mlir::SymbolRefAttr> references;
};

} // namespace quantprep

#endif // QUANTPREP_CONFIG_BACKEND_H
