//===- BoundaryDTypes.h - Dtypes across calls, branches, loops --*- C++ -*-===//
//
// What the functions of a module tell each other (T8, B15), what branches agree
// on (B22), and what goes around loops (B1).
//
// A group of boundary values has one dtype. Units ask for dtypes of arguments,
// and the sources of these are observed; results have the dtypes they are made
// in. Dtypes only ever rise, from float to quantized, so that a worklist of
// groups comes to an end, recursive functions or not.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_BOUNDARYDTYPES_H
#define QUANTPREP_ANALYSIS_BOUNDARYDTYPES_H

#include "QuantPrep/Analysis/BoundaryGroups.h"
#include "QuantPrep/Analysis/FunctionDTypes.h"

namespace quantprep {

class BoundaryDTypes {
public:
  using Functions =
      llvm::MapVector<mlir::Operation *, std::unique_ptr<FunctionDTypes>>;

  BoundaryDTypes(const ValueFlow &flow, Functions &functions);

  /// Solves all functions together. Fails after errors about loops that cannot
  /// be quantized as one.
  mlir::LogicalResult solve();
  /// What is known of boundary values; those that are not here are
  /// uninitialized: nothing that has a dtype gets there.
  const BoundaryDTypeMap &getDTypes() const { return passed; }
  /// T8: whether a value is made only to be returned to calls that observe it.
  bool isObservedByCalls(mlir::Value value) const {
    return value.hasOneUse() && observedByCalls.contains(&*value.use_begin());
  }
  /// Writes the plans of boundary ops and functions, where something is
  /// quantized.
  void annotate();

private:
  using Group = BoundaryGroup;
  using Kind = BoundaryGroup::Kind;
  using Sources = llvm::ArrayRef<mlir::OpOperand *>;
  /// What is known of a group.
  struct State {
    /// What the first unit that reads a member requires; as a weight or not.
    qprep::ObserverAttr demand;
    bool isWeight = false;
    BoundaryDType dtype;
  };
  /// The sources of a group that do not agree.
  struct Conflict {
    mlir::OpOperand *first = nullptr, *second = nullptr;
  };

  bool isIncluded(mlir::Value value, Kind kind) const;
  bool asksSources(const Group &group) const;
  void collectDemands(mlir::Operation *function);
  std::pair<qprep::ObserverAttr, bool> findDemand(const Group &group) const;
  bool update(unsigned index, bool onlyDemands);
  void updateAll(llvm::SetVector<unsigned> worklist, bool onlyDemands,
                 llvm::SetVector<mlir::Operation *> &changed);
  BoundaryDType evaluate(const Group &group, Conflict &conflict) const;
  void joinSources(const Group &group, Sources sources, BoundaryDType &dtype,
                   Conflict &conflict) const;
  mlir::LogicalResult reportConflicts() const;

  bool isUndecided(mlir::OpOperand &use) const;
  /// What is wanted of a use that hands on; null for nothing.
  const BoundaryDType *getWanted(mlir::OpOperand &use) const;
  BoundaryDType getDType(mlir::OpOperand &use) const;
  BoundaryDType getMade(mlir::OpOperand &use) const;
  BoundaryDType getDType(const Group &group, mlir::OpOperand &source) const;
  FunctionDTypes *getFunction(mlir::Operation *inside) const;
  bool isClosed(const CalledFunction &called) const;
  const State &getState(const Group &group) const {
    return states[groups.getIndex(group)];
  }

  void findObservedByCalls();
  qprep::ValuePlanAttr plan(mlir::OpOperand &use) const;
  qprep::ValuePlanAttr plan(mlir::Value value) const;
  qprep::PlanAttr plan(mlir::Operation *op) const;

  const ValueFlow &flow;
  Functions &functions;
  const BoundaryGroups groups;
  /// By the index of a group.
  std::vector<State> states;
  BoundaryDTypeMap passed;
  /// For operands of returns whose observation the calls make: its spec.
  llvm::DenseMap<mlir::OpOperand *, qprep::ObserverAttr> observedByCalls;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_BOUNDARYDTYPES_H
