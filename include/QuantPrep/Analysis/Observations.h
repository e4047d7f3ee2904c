//===- Observations.h - Where values are observed ---------------*- C++ -*-===//
//
// Questions about the places of a prepared function that the report and the
// verifier both ask.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_OBSERVATIONS_H
#define QUANTPREP_ANALYSIS_OBSERVATIONS_H

#include "QuantPrep/Matching/UnitGraph.h"

namespace quantprep {

using Places = llvm::SmallVector<qprep::ObservationOpInterface, 2>;

/// The places a value goes through before this use reads it, in data order.
Places getPlaces(const mlir::OpOperand &use);

/// The places that every use of a value goes through, in data order: those of
/// its own, as opposed to those for single operands of its users.
Places getOwnPlaces(mlir::Value value);

/// The dtype that a value has where it is handed on to, by `qprep.passed`: that
/// of an argument of a function or region, or of a result of a call, branch or
/// loop. f32 where nothing is said.
mlir::Type getPassedDType(mlir::Value value);

/// T8: whether a value is made only to be returned to calls that observe it, by
/// the `qprep.passed` of the function.
bool isObservedByCalls(mlir::Value value);

/// What was decided for a unit; null before qprep-propagate-dtypes.
qprep::DecisionAttr getDecision(const Unit &unit);

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

/// Whether a use reads its value through a place.
bool isObserved(const mlir::OpOperand &use);

/// Operands that a sharing unit shares with: the first activation of float, or
/// all elements of the list that it belongs to.
llvm::SmallVector<const UnitOperand *> getSharedOperands(const Unit &unit);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_OBSERVATIONS_H
