//===- UnitParameters.h - Weights and biases of units -----------*- C++ -*-===//

#ifndef QUANTPREP_LIB_COMPARE_UNITPARAMETERS_H
#define QUANTPREP_LIB_COMPARE_UNITPARAMETERS_H

#include "QuantPrep/Matching/UnitGraph.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseMap.h"

namespace quantprep::compare {

/// A bias that the accumulator would not hold raises the scales of its weight,
/// as in the integer form: the weight's observer gets them.
mlir::LogicalResult fitAccumulators(mlir::ModuleOp calibrated);

/// Adds to a module, for each observer whose parameters are not those that
/// follow from what it has seen, one that has these. Their names, by the name
/// of that observer.
mlir::FailureOr<llvm::DenseMap<mlir::StringAttr, mlir::FlatSymbolRefAttr>>
addSeenObservers(mlir::ModuleOp module);

/// A constant of a unit that is another one in the float module.
struct ChangedParameter {
  const Unit *unit;
  /// The constant as it is, and as the float module has it.
  mlir::Operation *constant, *original;
};

/// The weights and biases of units of a function that differ from those of the
/// units with their labels in the float function.
llvm::SmallVector<ChangedParameter>
findChangedParameters(const UnitGraph &units, const UnitGraph &floatUnits);

} // namespace quantprep::compare

#endif // QUANTPREP_LIB_COMPARE_UNITPARAMETERS_H
