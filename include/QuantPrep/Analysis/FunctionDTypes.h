//===- FunctionDTypes.h - Target dtypes of one function's units -*- C++ -*-===//
//
// One pass over the units in program order: a unit's answer needs only those of
// the producers of its operands. Of values that come from other functions or
// through regions it is told.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_ANALYSIS_FUNCTIONDTYPES_H
#define QUANTPREP_ANALYSIS_FUNCTIONDTYPES_H

#include "QuantPrep/Analysis/BackendSupport.h"
#include "QuantPrep/Analysis/BoundaryDType.h"
#include "QuantPrep/Analysis/Equalization.h"
#include "QuantPrep/Analysis/FunctionStep.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallBitVector.h"

namespace quantprep {

/// The units of one function, and what is decided for them.
class FunctionDTypes {
public:
  /// Null after an error: annotations that do not fit, or are missing.
  static std::unique_ptr<FunctionDTypes>
  create(mlir::Operation *function, mlir::AnalysisManager analyses,
         FunctionConfigTables::Shared tables);

  /// Decides for every unit. May be run again when more is known.
  void solve(const BoundaryDTypeMap &passed);
  /// Writes the plans of units, and of what returns listed results (F25). Fails
  /// after an error about one of those. `isObservedByCalls`: whether an output
  /// is left to the calls (T8).
  mlir::LogicalResult
  annotate(llvm::function_ref<bool(mlir::Value)> isObservedByCalls);
  /// Says them.
  void emitRemarks() const;

  /// The dtype that a value is made or handed on in.
  TargetDType getMade(mlir::Value value) const;
  /// What the output of a unit of this function is observed with by F21; null
  /// for other values.
  qprep::ObserverAttr getOutputSpec(mlir::Value value) const;
  /// Whether a value is quantized, but by no observer of the module.
  bool isQuantizedOutside(mlir::Value value) const;

  /// Calls back with the operands that units require quantized by a static
  /// observer, and its spec (F17). The producers' dtypes are not looked at.
  void forEachDemand(
      llvm::function_ref<void(mlir::Value, qprep::ObserverAttr, bool isWeight)>
          callback) const;

private:
  /// What is known of a unit that has been visited.
  struct Result {
    TargetDType output;
    /// Operands that the unit itself puts an observer on.
    llvm::SmallBitVector observed;
    bool outputObserved = false;
    bool shares = false;
    /// Whether the search of B9 finds an observer from the output upwards.
    bool leadsToObserver = false;
    qprep::Decision decision = qprep::Decision::float_;
    /// Null if it is observed.
    mlir::StringAttr rule, reason;

    bool isQuantized() const {
      return decision == qprep::Decision::observed ||
             decision == qprep::Decision::shared;
    }
  };
  /// Why a unit is not observed; an empty rule if it is.
  struct Reason {
    llvm::StringRef rule;
    std::string text;
  };

  FunctionDTypes(FunctionStep step, const Fusions &matches);
  mlir::LogicalResult checkAnnotations();
  void visitUnmatched(const Unit &unit, qprep::QConfigAttr qconfig);
  void visitCall(const Unit &unit);
  void visitMatch(const Fusion &match);
  Reason checkUnit(const Fusion &match, qprep::QConfigAttr qconfig) const;
  Reason checkSharing(const Fusion &match) const;
  Reason checkFollowing(const Fusion &match) const;
  void collectRequired();
  void addRequired(const Unit &unit, qprep::QConfigAttr qconfig);
  void collectListedResults();
  bool wantsSharing(const Fusion &match) const;
  void setFloat(const Unit &unit, qprep::Decision decision,
                const Reason &reason);
  void setQuantized(const Fusion &match, const Unit &unit,
                    qprep::Decision decision);
  void setDecision(const Unit &unit, qprep::Decision decision,
                   const Reason &reason);

  llvm::SmallVector<TargetDType> getWanted(const Unit &unit) const;
  /// Whether an operand is observed here (F17, F19, F20). `isFirst`: it is the
  /// first activation.
  bool isObserved(const Unit &unit, const UnitOperand &operand,
                  TargetDType wanted, bool isFirst) const;
  qprep::PlanAttr makePlan(const Unit &unit, const Equalization &equalization,
                           llvm::function_ref<bool(mlir::Value)> byCalls) const;
  llvm::SmallVector<qprep::ValuePlanAttr>
  planOperands(const Unit &unit, const Equalization &equalization) const;
  llvm::SmallVector<qprep::ValuePlanAttr>
  planResults(const Unit &unit,
              llvm::function_ref<bool(mlir::Value)> byCalls) const;
  mlir::LogicalResult planReturns(annotations::Writer &writer) const;
  mlir::FailureOr<qprep::ValuePlanAttr>
  planReturn(mlir::OpOperand &operand) const;

  TargetDType getMade(mlir::Value value, const Unit *maker) const;
  const BoundaryDType *getPassed(mlir::Value value) const;
  bool findsObserver(const Unit &unit, const UnitOperand &operand) const;
  bool findsSharedObserver(const Unit &unit) const;
  void setLeadsToObserver(const Unit &unit);
  qprep::QConfigAttr getQConfig(const Unit &unit) const {
    return qconfigs[graph.getIndex(unit)];
  }
  Result &at(const Unit &unit) { return results[graph.getIndex(unit)]; }
  const Result &at(const Unit &unit) const {
    return results[graph.getIndex(unit)];
  }

  FunctionStep step;
  const UnitGraph &graph;
  const Fusions &matches;
  const Backend &backend;
  const QConfigMapping &mapping;
  const Callees &callees;
  /// Ops would look at their location for it.
  mlir::MLIRContext *context;
  const BoundaryDTypeMap *passed = nullptr;
  std::vector<Result> results;
  /// Values, and what they are observed with for units that do not follow;
  /// empty if the backend has none that do (B16).
  llvm::DenseSet<std::pair<mlir::Value, qprep::ObserverAttr>> required;
  /// What each unit is assigned; null for none.
  std::vector<qprep::QConfigAttr> qconfigs;
};

/// How a dtype is written: `f32` for float of any width, `none` for no dtype.
mlir::Type toType(const TargetDType &dtype, mlir::MLIRContext *context);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_FUNCTIONDTYPES_H
