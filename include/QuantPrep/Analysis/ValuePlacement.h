//===- ValuePlacement.h - Which values are observed (T4-T12) ----*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_VALUEPLACEMENT_H
#define QUANTPREP_ANALYSIS_VALUEPLACEMENT_H

#include "QuantPrep/Analysis/ValueNeeds.h"
#include "QuantPrep/Matching/Fusions.h"

#include <map>

namespace quantprep {

/// The part of the value placement that goes along execution: from the entry
/// function on, into each call, a value that needs an observer gets one where
/// it is made, unless it is observed already. A function is looked at once for
/// each set of arguments that its calls observe, and gets what any of them
/// needs (B15). Of these sets there may be exponentially many in the depth of
/// calls: behind the first ones, arguments are taken as not observed, so that
/// an add or cat of them may stay float (T11), and what hands them back (T10)
/// may be observed by the call as well.
class ValuePlacement {
public:
  ValuePlacement(const ConfigTables &tables, const ValueFlow &flow);

  /// To be called for every function that can be reached, callees first.
  void addFunction(const UnitGraph &graph, const Fusions &matches);

  /// Places observers from this function on. An error has been emitted if
  /// values want two observers (T7) or branches do not agree (T12).
  mlir::LogicalResult run(mlir::FunctionOpInterface entry);

  bool isReached(mlir::Operation *function) const;
  /// The observer for a value itself; false for none.
  ValueNeed getPlaced(mlir::Value value) const { return placed.lookup(value); }
  /// What a value needs, also because a loop carries it together with what is
  /// observed (B1).
  ValueNeed getCarried(mlir::Value value);
  /// Whether a value is observed at all, in at least one call: itself, or what
  /// it holds on its way here.
  bool isObserved(mlir::Value value) const {
    return everObserved.contains(value);
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
  /// Which arguments, or results, are observed.
  using States = std::vector<bool>;
  /// How many different ones of a function's arguments are looked at.
  static constexpr size_t mostStates = 32;
  struct Plan {
    mlir::FunctionOpInterface function;
    std::vector<Step> steps;
    llvm::DenseSet<mlir::Value> returned;
    /// What is known of the results, by what is known of the arguments.
    std::map<States, States> done;
    bool isActive = false;
    /// The unit that the function consists of (T4).
    std::optional<qprep::UnitKind> onlyKind;
  };
  /// One run of a function.
  struct Frame {
    Plan *plan;
    States arguments;
    llvm::DenseSet<mlir::Value> observed;
    size_t next = 0;
  };

  void addSteps(Plan &plan);
  std::optional<qprep::UnitKind> findOnlyKind(const UnitGraph &graph) const;
  std::optional<qprep::UnitKind> getMadeKind(mlir::Operation *op) const;
  bool fuses(qprep::UnitKind first, qprep::UnitKind second) const;
  void addDelays(const UnitGraph &graph, const Fusions &matches);

  void runOnce(mlir::FunctionOpInterface entry);
  void enter(Plan &plan, States arguments);
  void leave();
  bool visitCall(Frame &frame, mlir::Operation *call);
  void visitMade(Frame &frame, mlir::Operation *op);
  void visitPassed(Frame &frame, mlir::Operation *terminator);
  void visitEntered(Frame &frame, mlir::Operation *op);
  void visitLoop(Frame &frame, mlir::Operation *loop);
  void visitLeft(Frame &frame, mlir::Operation *op);
  void visitBranches(Frame &frame, mlir::OpResult result);
  void visitCarried(Frame &frame, mlir::Value value);
  void emitDisagreement();

  bool isObserved(const Frame &frame, mlir::Value value) const;
  void setObserved(Frame &frame, mlir::Value value);
  bool passesOn(const Frame &frame, const Unit &unit) const;
  bool shouldObserve(const Frame &frame, mlir::Value value) const;
  bool isPassed(const Frame &frame, mlir::Value value) const;
  bool belongsToCaller(const Frame &frame, mlir::Value value) const;
  bool isRegionArgument(const Frame &frame, mlir::Value value) const;
  void place(Frame &frame, mlir::Value value, const ValueNeed &need);
  void record(Frame &frame, mlir::Value value, const ValueNeed &need);
  void recordCarried(Frame &frame, mlir::Value value, const ValueNeed &need);
  void takeAsFloat(const Frame &frame, mlir::Value value);
  void begin(mlir::Value value, const ValueNeed &need);
  void addBehind(mlir::Value value,
                 llvm::SmallVectorImpl<mlir::Value> &values) const;
  ValueNeed getSharedPlaced(mlir::Value value);

  const ValueFlow &flow;
  const Backend &backend;
  ValueNeeds needs;
  llvm::DenseMap<mlir::Operation *, Plan> plans;
  llvm::DenseMap<mlir::Value, mlir::Value> delays;
  llvm::DenseMap<mlir::Value, ValueNeed> placed;
  /// What loops carry, and arguments of functions, that only need to be
  /// observed because something else that goes round with them is (B1).
  llvm::DenseMap<mlir::Value, ValueNeed> begun;
  llvm::DenseSet<mlir::Value> everObserved;
  /// What loops have been looked at without, in this run.
  llvm::DenseSet<mlir::Value> takenAsFloat;
  std::vector<Frame> stack;
  /// A result that only some branches observe (T12), and one branch of each
  /// kind; null for none.
  struct {
    mlir::OpResult result;
    mlir::OpOperand *observed, *unobserved;
  } disagreement = {};
  /// Whether a value was placed that had been passed by: the run is repeated.
  bool isLate = false;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_VALUEPLACEMENT_H
