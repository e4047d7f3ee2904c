//===- PatternConstraints.h - What nodes of patterns ask for ----*- C++ -*-===//
//
// The constraints that a node or an operand of a pattern puts on one value, or
// on the values before and behind a node.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_UNITS_PATTERNCONSTRAINTS_H
#define QUANTPREP_LIB_UNITS_PATTERNCONSTRAINTS_H

#include "QuantPrep/Matching/KindPattern.h"

namespace quantprep {

bool fits(qprep::OperandOp operand, mlir::Value value, const ValueFacts &facts);

/// `inverted`: the model divides where the pattern multiplies, or the other way
/// round, so that the constant is the reciprocal.
bool fits(qprep::ScalarOp scalar, mlir::Value value, bool inverted,
          const ValueFacts &facts);

/// The constant is the number of elements of `whole` for one of `sum`,
/// inverted.
bool fitsReciprocalCount(mlir::Value constant, bool inverted, mlir::Value sum,
                         mlir::Value whole, const ValueFacts &facts);

/// What a node asks besides its kind of the op that makes `result`; `source` is
/// its first operand, or that of the first one of a repeated node.
bool fits(qprep::NodeOp node, mlir::Value result, mlir::Value source);

/// Whether a parameter has the dimensions that a reduction runs over.
bool spans(mlir::Value parameter, mlir::Value from, mlir::Value to);

/// A reshape that leaves out those dimensions of `whole` that are 1 in `kept`,
/// or makes those 1 that `kept` has not.
bool squeezes(mlir::Value whole, mlir::Value kept, mlir::Value result);

/// A slice of `whole` from the origin that cuts off what a window with these
/// strides does not look at.
bool trims(mlir::Value whole, mlir::Value kept,
           llvm::ArrayRef<int64_t> strides);

} // namespace quantprep

#endif // QUANTPREP_LIB_UNITS_PATTERNCONSTRAINTS_H
