//===- UnaryGraph.h - Elementwise graphs of one input -----------*- C++ -*-===//

#ifndef QUANTPREP_MATCHING_UNARYGRAPH_H
#define QUANTPREP_MATCHING_UNARYGRAPH_H

#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Models/ValueFacts.h"

#include "llvm/ADT/SetVector.h"

namespace quantprep {

/// Ops that compute each element of a result from the element of one value that
/// is no parameter: one op, a chain, a diamond, bodies.
struct UnaryGraph {
  /// In no order but that the last op comes first.
  llvm::SmallSetVector<mlir::Operation *, 8> ops;
  mlir::Value input;
};

/// The largest such graph that ends with an op; none if there is none. Nobody
/// else reads what is computed in it. `mayTake` is asked of ops before the
/// last.
std::optional<UnaryGraph>
findUnaryGraph(QuantizableOpInterface last, const ValueFacts &facts,
               llvm::function_ref<bool(QuantizableOpInterface)> mayTake);

} // namespace quantprep

#endif // QUANTPREP_MATCHING_UNARYGRAPH_H
