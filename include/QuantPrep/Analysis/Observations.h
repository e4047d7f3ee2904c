//===- Observations.h - Where values are observed ---------------*- C++ -*-===//
//
// Questions about the observations of a prepared function that the report and
// the verifier both ask.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_OBSERVATIONS_H
#define QUANTPREP_ANALYSIS_OBSERVATIONS_H

#include "QuantPrep/Matching/UnitGraph.h"

namespace quantprep {

using Observations = llvm::SmallVector<qprep::ObservationOpInterface, 2>;

/// The observations a value goes through before this use reads it, in data
/// order.
Observations getObservations(const mlir::OpOperand &use);

/// The observations that every use of a value goes through, in data order:
/// those of its own, as opposed to those for single operands of its users.
Observations getOwnObservations(mlir::Value value);

/// Emits an error unless an observation has an observer, which it gets by
/// qprep-share-observers.
mlir::LogicalResult checkHasObserver(qprep::ObservationOpInterface observation);

/// The arguments of all blocks of the regions of an op, in program order: those
/// that its plan has an entry for.
llvm::SmallVector<mlir::Value> getPlannedArguments(mlir::Operation *op);

/// Emits an error unless each list of a plan has one entry for each operand (of
/// the unit, on an anchor), result, and argument, or none. On an anchor those
/// of operands and results are whole if `isComplete`.
mlir::LogicalResult checkPlan(mlir::Operation *op, qprep::PlanAttr plan,
                              const Unit *unit, bool isComplete);

/// The plan for a value where it comes from: as the result of an op, or the
/// argument of a function or region. Null where nothing is planned.
qprep::ValuePlanAttr getPlan(mlir::Value value);

/// T8: whether a value is made only to be returned to calls that observe it.
bool isObservedByCalls(mlir::Value value);

/// What was decided for a unit; none before qprep-propagate-dtypes and
/// qprep-propagate-values.
std::optional<qprep::Decision> getDecision(const Unit &unit);

/// Whether preparation decided this for the unit.
bool isDecided(const Unit &unit, qprep::Decision decision);

/// Whether the result of a unit counts as observed because what it reads is: it
/// shares that one's observer, or is assigned no qconfig and lets it through
/// (T10).
bool passesOnObserver(const Unit &unit);

/// Whether all that a unit does is move data.
bool movesData(const Unit &unit);

/// Whether the search for the observer of an operand goes on behind a unit, at
/// its first operand: it passes that one's on, or moves data (B9, F23).
bool handsOnObserver(const Unit &unit);

/// Whether a use reads its value through an observation.
bool isObserved(const mlir::OpOperand &use);

/// Operands that a sharing unit shares with: the first activation of float, or
/// all elements of the list that it belongs to.
llvm::SmallVector<const UnitOperand *> getSharedOperands(const Unit &unit);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_OBSERVATIONS_H
