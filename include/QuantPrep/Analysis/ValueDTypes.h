//===- ValueDTypes.h - Dtypes that placement=value gives --------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_VALUEDTYPES_H
#define QUANTPREP_ANALYSIS_VALUEDTYPES_H

#include "QuantPrep/Analysis/FlowGraph.h"
#include "QuantPrep/Analysis/ValuePlacement.h"

namespace quantprep {

/// The dtypes that values are read as: that of the observer that a value has,
/// itself or by what it comes from. It is quantized if it is so in any call, as
/// a body is observed for what any of them needs (B15); f32 if in none, and
/// none for what is no float tensor.
class ValueDTypes {
public:
  ValueDTypes(const ValueFlow &flow,
              llvm::ArrayRef<const UnitGraph *> functions,
              ValuePlacement &placement);

  mlir::Type get(mlir::Value value) const;

private:
  bool isTransparent(const Unit &unit) const;
  mlir::Type getObserved(mlir::Value value) const;
  mlir::Type getForwarded(const mlir::OpOperand &use) const;
  const mlir::OpOperand *getSource(mlir::Value value) const;

  ValuePlacement &placement;
  const ValueNeeds &needs;
  FlowGraph graph;
  /// Of boundary values that are quantized.
  llvm::DenseMap<const FlowNode *, mlir::Type> known;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_VALUEDTYPES_H
