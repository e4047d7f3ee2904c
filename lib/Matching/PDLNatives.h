//===- PDLNatives.h - What PDL patterns may call ----------------*- C++ -*-===//

#ifndef QUANTPREP_MATCHING_PDLNATIVES_H
#define QUANTPREP_MATCHING_PDLNATIVES_H

#include "QuantPrep/Matching/PDLPatterns.h"

#include "mlir/Dialect/PDL/IR/PDLOps.h"

namespace quantprep {
enum class NativeArgument { Value, Op, Kind, Axis };

/// A function that a pattern may call. Upstream's interpreter checks neither
/// the name nor the arguments, so that patterns are checked against this.
struct NativeFunction {
  llvm::StringRef name;
  llvm::SmallVector<NativeArgument, 2> arguments;
  mlir::LogicalResult (*function)(MarkingRewriter &rewriter,
                                  llvm::ArrayRef<mlir::PDLValue> arguments);
};

/// What is asked of a value while matching.
llvm::ArrayRef<NativeFunction> getNativeConstraints();
/// What a rewrite says of a match.
llvm::ArrayRef<NativeFunction> getNativeMarks();

/// The names of the two that the checks know more about.
inline constexpr llvm::StringLiteral kMarkUnit = "MarkUnit";
inline constexpr llvm::StringLiteral kMarkMember = "MarkMember";

/// Whether a pattern does nothing but mark, in a form that upstream's
/// conversion and interpreter can take. Emits what is wrong.
mlir::LogicalResult checkPDLPattern(mlir::pdl::PatternOp pattern);
} // namespace quantprep

#endif // QUANTPREP_MATCHING_PDLNATIVES_H
