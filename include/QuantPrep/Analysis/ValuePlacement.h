//===- ValuePlacement.h - Which values are observed (T4-T12) ----*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_VALUEPLACEMENT_H
#define QUANTPREP_ANALYSIS_VALUEPLACEMENT_H

#include "QuantPrep/Analysis/CallContexts.h"
#include "QuantPrep/Analysis/DelayedObservations.h"
#include "QuantPrep/Analysis/ValueNeeds.h"

#include "llvm/ADT/BitVector.h"

namespace quantprep {

/// The part of the value placement that goes along execution: a value that
/// needs an observer gets one where it is made, unless it is observed already.
///
/// What is observed in a function depends on the arguments that a call passes
/// observed, as a condition (CallCondition): a function is looked at once for
/// all of its calls, and gets what any of them needs (B15). Functions tell each
/// other what they find by boundary values. What comes from elsewhere may be
/// known only after a function has been looked at: what its calls pass, and
/// that a value that a loop carries is observed in another place (B1). It is
/// looked at again then, and no other function is.
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
  ValueNeed getPlaced(mlir::Value value) const;
  /// What a value needs, also because a loop carries it together with what is
  /// observed (B1).
  ValueNeed getCarried(mlir::Value value);
  /// Whether a value is observed at all, in at least one call: itself, or what
  /// it holds on its way here.
  bool isObserved(mlir::Value value) const {
    return observedSometimes.contains(value);
  }
  /// The value that is observed instead (T4): the value itself for most.
  mlir::Value getDelayed(mlir::Value value) const { return delays.get(value); }
  ValueNeeds &getNeeds() { return needs; }

private:
  /// One thing that happens when a function runs.
  struct Step {
    enum Kind { make, call, enter, pass, leave } kind;
    mlir::Operation *op;
  };
  /// A result that only some branches observe (T12), and one branch of each
  /// kind; null for none.
  struct Disagreement {
    mlir::OpResult result;
    mlir::OpOperand *observed = nullptr, *unobserved = nullptr;
  };
  struct Body {
    mlir::FunctionOpInterface function;
    std::vector<Step> steps;
    llvm::DenseSet<mlir::Value> returned;
    bool isEntry = false;
    /// Position among those that are reached, callees first, and the positions
    /// of those that it calls, and that call it.
    unsigned index = 0;
    llvm::SmallVector<unsigned, 1> callees, callers;

    // What has been found, the last time that it was looked at.

    /// When its results are observed; empty until it has been looked at.
    std::optional<std::vector<CallCondition>> results;
    llvm::DenseMap<mlir::Value, ValueNeed> placed;
    /// The time before.
    llvm::DenseMap<mlir::Value, ValueNeed> placedBefore;
    /// What is there from the start when it is looked at again.
    llvm::DenseMap<mlir::Value, ValueNeed> kept;
    /// When values are observed, in the calls of the function.
    llvm::DenseMap<mlir::Value, CallCondition> conditions;
    Disagreement disagreement;
    /// What its loops have been looked at without.
    std::vector<mlir::Value> takenAsFloat;

    // While it is looked at.

    bool isVisited = false;
    size_t nextStep = 0;
    /// The callees of the calls up to there.
    std::vector<mlir::Operation *> called;
    /// When its results were observed, and how many values had begun to be.
    std::optional<std::vector<CallCondition>> resultsBefore;
    size_t begunBefore = 0;
  };
  /// The functions to be looked at in this round, callees first, and in the
  /// next one.
  struct Rounds {
    llvm::BitVector now, next;
  };

  void addSteps(Body &body);
  void findReached(mlir::FunctionOpInterface entry);
  void settleCalls(llvm::BitVector stale);
  void visit(Body &first, Rounds &rounds);
  void enter(Body &entered);
  Body *visitStep();
  void leave(unsigned first, Rounds &rounds);
  void addCallees(llvm::BitVector &functions) const;
  Body *visitCall(mlir::Operation *call);
  void visitMade(mlir::Operation *op);
  void visitPassed(mlir::Operation *terminator);
  void visitEntered(mlir::Operation *op);
  void visitLoop(mlir::Operation *loop);
  void visitLeft(mlir::Operation *op);
  void visitBranches(mlir::OpResult result);
  void visitCarried(mlir::Value value);
  void setResults();
  mlir::LogicalResult reportDisagreement() const;

  const Body *getBody(mlir::Value value) const;
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
  ValueNeed getFound(mlir::Value value) const;
  ValueNeed getSharedPlaced(mlir::Value value);

  const ValueFlow &flow;
  const Backend &backend;
  ValueNeeds needs;
  DelayedObservations delays;
  llvm::DenseMap<mlir::Operation *, Body> bodies;
  /// Those that are called from the entry on, callees first.
  std::vector<Body *> reached;
  /// What loops carry, and arguments of functions, that only need to be
  /// observed because something else that goes round with them is (B1).
  llvm::DenseMap<mlir::Value, ValueNeed> begun;
  llvm::DenseSet<mlir::Value> observedSometimes;
  /// The functions whose loops have been looked at without a value.
  llvm::DenseMap<mlir::Value, llvm::SmallSetVector<unsigned, 1>> takers;
  /// The function that is looked at.
  Body *body = nullptr;
  /// What calls pass, as it was found before.
  CallContexts contexts;
  /// The functions in which something is observed that has been looked at
  /// without.
  llvm::BitVector late;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_VALUEPLACEMENT_H
