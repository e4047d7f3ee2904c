//===- ValuePlacement.h - Which values are observed (T4-T12) ----*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_VALUEPLACEMENT_H
#define QUANTPREP_ANALYSIS_VALUEPLACEMENT_H

#include "QuantPrep/Analysis/CallContexts.h"
#include "QuantPrep/Analysis/ValueNeeds.h"
#include "QuantPrep/Matching/Fusions.h"

namespace quantprep {

/// The part of the value placement that goes along execution: a value that
/// needs an observer gets one where it is made, unless it is observed already.
/// What is observed in a function depends on the arguments that a call passes
/// observed, as a condition (CallCondition): a function is looked at once for
/// all of its calls, and gets what any of them needs (B15).
class ValuePlacement {
public:
  ValuePlacement(const ConfigTables &tables, const ValueFlow &flow);

  /// To be called for every function of the module, callees first.
  void addFunction(const UnitGraph &graph, const Fusions &matches);

  /// Places observers from this function on. An error has been emitted if
  /// values want two observers (T7) or branches do not agree (T12).
  mlir::LogicalResult solve(mlir::FunctionOpInterface entry);

  bool isReached(mlir::Operation *function) const;
  /// The observer for a value itself; false for none.
  ValueNeed getPlaced(mlir::Value value) const { return placed.lookup(value); }
  /// What a value needs, also because a loop carries it together with what is
  /// observed (B1).
  ValueNeed getCarried(mlir::Value value);
  /// Whether a value is observed at all, in at least one call: itself, or what
  /// it holds on its way here.
  bool isObserved(mlir::Value value) const {
    return observedSometimes.contains(value);
  }
  /// The value that is observed instead (T4): the value itself for most.
  mlir::Value getDelayed(mlir::Value value) const;
  ValueNeeds &getNeeds() { return needs; }

private:
  /// One thing that happens when a function runs.
  struct Step {
    enum Kind { make, call, enter, pass, leave } kind;
    mlir::Operation *op;
  };
  struct Body {
    mlir::FunctionOpInterface function;
    std::vector<Step> steps;
    llvm::DenseSet<mlir::Value> returned;
    /// The unit that the function consists of (T4).
    std::optional<qprep::UnitKind> onlyKind;
    bool isEntry = false;
    /// When its results are observed; empty until it has been looked at.
    std::optional<std::vector<CallCondition>> results;
  };

  void addSteps(Body &body);
  std::optional<qprep::UnitKind> findOnlyKind(const UnitGraph &graph) const;
  std::optional<qprep::UnitKind> getMadeKind(mlir::Operation *op) const;
  bool fuses(qprep::UnitKind first, qprep::UnitKind second) const;
  void addDelays(const UnitGraph &graph, const Fusions &matches);

  std::vector<Body *> findReached(mlir::FunctionOpInterface entry);
  void visitAll(llvm::ArrayRef<Body *> reached);
  void visit();
  void visitCall(mlir::Operation *call);
  void visitMade(mlir::Operation *op);
  void visitPassed(mlir::Operation *terminator);
  void visitEntered(mlir::Operation *op);
  void visitLoop(mlir::Operation *loop);
  void visitLeft(mlir::Operation *op);
  void visitBranches(mlir::OpResult result);
  void visitCarried(mlir::Value value);
  void setResults();
  void emitDisagreement();

  CallCondition getCondition(mlir::Value value) const;
  void setCondition(mlir::Value value, const CallCondition &condition);
  void setObserved(mlir::Value value) {
    setCondition(value, CallCondition::always());
  }
  bool isObservedAlways(mlir::Value value) const;
  bool isObservedSometimes(mlir::Value value) const;
  bool isTakenAsFloat(mlir::Value value) const;
  CallCondition getPassedOn(const Unit &unit) const;
  CallCondition getShouldObserve(mlir::Value value) const;
  bool isPassed(mlir::Value value) const;
  bool belongsToCaller(mlir::Value value) const;
  bool isRegionArgument(mlir::Value value) const;
  void place(mlir::Value value, const ValueNeed &need);
  void record(mlir::Value value, const ValueNeed &need);
  void recordCarried(mlir::Value value, const ValueNeed &need);
  void takeAsFloat(mlir::Value value);
  void begin(mlir::Value value, const ValueNeed &need);
  void addBehind(mlir::Value value,
                 llvm::SmallVectorImpl<mlir::Value> &values) const;
  ValueNeed getSharedPlaced(mlir::Value value);

  const ValueFlow &flow;
  const Backend &backend;
  ValueNeeds needs;
  llvm::DenseMap<mlir::Operation *, Body> bodies;
  llvm::DenseMap<mlir::Value, mlir::Value> delays;
  /// As found so far, and the last time that all functions were looked at.
  llvm::DenseMap<mlir::Value, ValueNeed> placed, placedBefore;
  /// What loops carry, and arguments of functions, that only need to be
  /// observed because something else that goes round with them is (B1).
  llvm::DenseMap<mlir::Value, ValueNeed> begun;
  /// When values are observed, in the calls of their own function.
  llvm::DenseMap<mlir::Value, CallCondition> conditions;
  llvm::DenseSet<mlir::Value> observedSometimes;
  /// What loops have been looked at without.
  llvm::DenseSet<mlir::Value> takenAsFloat;
  /// The function that is looked at.
  Body *body = nullptr;
  /// The calls as known before, and as they are found.
  CallContexts contexts, foundContexts;
  /// A result that only some branches observe (T12), and one branch of each
  /// kind; null for none.
  struct {
    mlir::OpResult result;
    mlir::OpOperand *observed, *unobserved;
  } disagreement = {};
  /// Whether something is observed that has been looked at without.
  bool isLate = false;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_VALUEPLACEMENT_H
