//===- ObservedSources.h - What observes an operand -------------*- C++ -*-===//
//
// The observers of an operand of a prepared module, wherever they are: on its
// use, before units that share, at the calls of its function, where a branch or
// a loop is entered, or inside of one.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_OBSERVEDSOURCES_H
#define QUANTPREP_ANALYSIS_OBSERVEDSOURCES_H

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/ObservedUses.h"
#include "QuantPrep/Analysis/ValueFlow.h"

namespace quantprep {

/// Where a value comes from, and what it has been through on the last use of
/// it.
struct ObservedSource {
  mlir::Value value;
  /// In data order; none if nothing observes it.
  Places places;
  /// Whether it is one of what the calls of a function pass as an argument.
  bool isPassed = false;
};

/// A result that is observed where it is made, or by a call of the function
/// that returns it.
struct ObservedResult {
  /// In data order; none if nothing observes it.
  Places places;
  /// The calls that it has been returned through, the innermost first.
  llvm::SmallVector<mlir::Operation *, 1> calls;
};

class ObservedSources {
public:
  /// The places on a use that count.
  using GetPlaces = std::function<Places(const mlir::OpOperand &)>;

  ObservedSources(const ValueFlow &flow, GetPlaces getPlaces)
      : flow(flow), getPlaces(std::move(getPlaces)) {}

  void addFunction(const UnitGraph &graph);

  /// The observers of a use (F23): its own, else those found upwards through
  /// units that share or (if `throughMovement`) move data, along their first
  /// operands, and wherever values are handed on from. Arguments come from
  /// `calls`, the innermost first, as long as these call the function; others
  /// from all calls. What no branch
  /// ever hands on is left out.
  llvm::SmallVector<ObservedSource, 1>
  find(const mlir::OpOperand &use, bool throughMovement,
       llvm::ArrayRef<mlir::Operation *> calls = {}) const;

  Places getPlacesOn(const mlir::OpOperand &use) const {
    return getPlaces(use);
  }

  /// The use that the search from a use ends at in its function.
  const mlir::OpOperand &getTop(const mlir::OpOperand &use,
                                bool throughMovement) const;

  /// Whether a use ever hands its value on: not so where a branch always fails
  /// (T12), nor in what placement=value does not reach from the entry (T8).
  bool handsOn(mlir::OpOperand &use) const;

  /// Whether the arguments of a function are observed by its calls: all calls
  /// are known, and none is its own, or placement=value prepares it for those
  /// there are (T8). Others observe what they need in place.
  bool isObservedByCallers(const CalledFunction &called) const;

  /// Where a result is observed: once, or by each call that it is returned to.
  llvm::SmallVector<ObservedResult, 1> findResults(mlir::Value result) const;

private:
  struct Function {
    ObservedUses throughShared, throughMovement;
    bool isPlacedByCallers;
  };

  void addReached(const CalledFunction *entry);

  const ValueFlow &flow;
  GetPlaces getPlaces;
  /// What placement=value prepares; empty for the other placement.
  llvm::DenseSet<mlir::Operation *> reached;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<Function>> functions;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_OBSERVEDSOURCES_H
