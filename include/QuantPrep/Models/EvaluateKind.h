//===- EvaluateKind.h - Elementwise kinds on float64 ------------*- C++ -*-===//

#ifndef QUANTPREP_MODELS_EVALUATEKIND_H
#define QUANTPREP_MODELS_EVALUATEKIND_H

#include "QuantPrep/IR/QPrepDialect.h"

#include "llvm/ADT/ArrayRef.h"

#include <optional>

namespace quantprep {

/// An element of what a kind computes of these elements; none for kinds that
/// need to be told more, as the bounds of a clamp, or that compute otherwise.
std::optional<double> evaluateKind(qprep::UnitKind kind,
                                   llvm::ArrayRef<double> operands);

} // namespace quantprep

#endif // QUANTPREP_MODELS_EVALUATEKIND_H
