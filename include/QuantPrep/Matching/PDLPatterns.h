//===- PDLPatterns.h - Unit patterns of the user's own ----------*- C++ -*-===//
//
// Patterns over ops, read from PDL files at run time. Their rewrites only mark
// what the ops of a match are (docs/user-patterns.md); nothing is rewritten
// (B3).
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_MATCHING_PDLPATTERNS_H
#define QUANTPREP_MATCHING_PDLPATTERNS_H

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/Rewrite/FrozenRewritePatternSet.h"
#include "mlir/Rewrite/PatternApplicator.h"
#include <mutex>

namespace quantprep {

/// What one match of a pattern says.
struct UnitMarks {
  struct Role {
    mlir::Value value;
    qprep::OperandRole role;
    std::optional<int64_t> axis;
  };

  qprep::UnitKind kind = qprep::UnitKind::opaque;
  /// The ops of the unit; the anchor is first.
  llvm::SmallVector<mlir::Operation *, 4> members;
  /// Values that are operands of these roles; the others have their op's own.
  llvm::SmallVector<Role, 4> roles;
};

/// The patterns of some files, checked and ready to match.
class PDLPatterns {
public:
  /// Reads PDL as IR (text or bytecode) or, from files named .pdll, as PDLL.
  /// Emits what is wrong. The dialects pdl and pdl_interp must be loaded.
  static mlir::FailureOr<std::shared_ptr<const PDLPatterns>>
  load(llvm::ArrayRef<std::string> files, mlir::MLIRContext *context);

private:
  friend class PDLMatcher;
  explicit PDLPatterns(mlir::RewritePatternSet &&patterns)
      : patterns(std::move(patterns)) {}

  mlir::FrozenRewritePatternSet patterns;
};

/// Patterns for a function pass. A report listens to errors from the time that
/// its pass is initialized, which may be later than this: they are kept until
/// the pass runs.
class LoadedPatterns {
public:
  LoadedPatterns(llvm::ArrayRef<std::string> files, mlir::MLIRContext *context);

  /// Emits what was wrong with the files, once for all functions.
  mlir::LogicalResult check() const;
  /// Null if there are no files, or they are wrong.
  const PDLPatterns *get() const { return patterns.get(); }

private:
  mlir::MLIRContext *context;
  std::shared_ptr<const PDLPatterns> patterns;
  mutable std::vector<mlir::Diagnostic> errors;
  bool isValid = true;
  mutable std::once_flag emitted;
};

/// The rewriter that native functions see: it knows the function's values, and
/// collects marks.
class MarkingRewriter : public mlir::PatternRewriter {
public:
  MarkingRewriter(mlir::MLIRContext *context, const ValueFacts &facts)
      : PatternRewriter(context), facts(facts) {}

  const ValueFacts &facts;
  UnitMarks marks;
};

/// Matches patterns at the ops of one function, in one thread.
class PDLMatcher {
public:
  PDLMatcher(const PDLPatterns &patterns, mlir::MLIRContext *context,
             const ValueFacts &facts);

  /// The first match rooted at `op` that is accepted: greater benefits first,
  /// then in the order of files and patterns.
  std::optional<UnitMarks>
  match(mlir::Operation *op,
        llvm::function_ref<bool(const UnitMarks &)> accepts);

private:
  mlir::PatternApplicator applicator;
  MarkingRewriter rewriter;
};

} // namespace quantprep

#endif // QUANTPREP_MATCHING_PDLPATTERNS_H
