//===- FunctionVerifier.h - Checks of one prepared function -----*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_FUNCTIONVERIFIER_H
#define QUANTPREP_ANALYSIS_FUNCTIONVERIFIER_H

#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/ReachingObservers.h"
#include "QuantPrep/Config/Callees.h"

#include "mlir/IR/SymbolTable.h"

namespace quantprep {

inline constexpr llvm::StringLiteral lostHint =
    "probably a pass after qprep-prepare changed the module; run qprep-prepare "
    "again";

/// The spec of an observation, its observer's or its own.
qprep::ObserverAttr getSpec(qprep::ObservationOpInterface observation,
                            mlir::SymbolTableCollection &symbols);

/// Observers by name, observations that are not shared yet by spec.
mlir::Attribute getIdentity(qprep::ObservationOpInterface observation);

bool contains(const Observations &observations, mlir::Attribute identity);

/// Whether an observation says how its value is quantized, by our own account:
/// neither equalization nor the user's own observation.
bool isOwnObservation(qprep::ObservationOpInterface observation,
                      mlir::SymbolTableCollection &symbols);

/// Which values are quantized by no observer of the module: arguments that the
/// caller quantizes (F10), and results that a callee does (B14, F29).
class QuantizedOutside {
public:
  explicit QuantizedOutside(const ValueFlow &flow) : flow(flow) {}
  bool operator()(mlir::Value value);

private:
  struct Function {
    explicit Function(qprep::ConfigOp config)
        : config(config), callees(config) {}
    qprep::ConfigOp config;
    Callees callees;
  };
  const ValueFlow &flow;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<Function>> functions;
};

/// What observes the values of a module, wherever they come from.
struct ObservedModule {
  ObservedModule(const ValueFlow &flow,
                 llvm::ArrayRef<const UnitGraph *> functions,
                 mlir::SymbolTableCollection &symbols);

  /// The observations on a use that say how its value is quantized. Not those
  /// for equalization (F27).
  Observations getObservations(const mlir::OpOperand &use) const;

  const ValueFlow &flow;
  mlir::SymbolTableCollection &symbols;
  QuantizedOutside isQuantizedOutside;
  /// Through units that share, and through those that move data as well. The
  /// facts of a use are its observers (getIdentity), the dtypes that it is
  /// observed as, and, in a list, the last observer of ours, if there is one.
  FlowGraph sharingGraph, movementGraph;
  ReachingObservers throughSharing, throughMovement;

private:
  ReachingObservers::Facts getFacts(const mlir::OpOperand &use) const;
};

/// Checks one function.
class FunctionVerifier {
public:
  FunctionVerifier(const UnitGraph &graph, ObservedModule &observed);

  /// Whether all that is planned is there (B7), and with placement=graph what
  /// shares has one observer.
  mlir::LogicalResult verify();

private:
  mlir::InFlightDiagnostic emitError(mlir::Operation *op) {
    valid = false;
    return op->emitOpError();
  }
  void verifyPlan(mlir::Operation *op);
  void verifyOperand(mlir::OpOperand &use, qprep::ValuePlanAttr plan,
                     bool isRead);
  void verifyChangedOperands(const Unit &unit, qprep::PlanAttr plan,
                             bool isRead);
  void verifyRead(mlir::OpOperand &use, mlir::Type dtype);
  bool isReadAs(mlir::OpOperand &use, mlir::Type dtype);
  void verifyValue(mlir::Value value, qprep::ValuePlanAttr plan);
  bool isReadByValue(mlir::OpOperand &use) const;
  void reportOperand(mlir::OpOperand &use, mlir::Type wanted, mlir::Value value,
                     const Observations &observations);
  void verifyQConfig(const Unit &unit);
  void verifySharing(const Unit &unit, mlir::Value result);
  void verifySharing(const Unit &unit, mlir::Value result,
                     llvm::ArrayRef<mlir::Operation *> calls);
  void verifySharing(const Unit &unit, mlir::OpOperand &use,
                     const mlir::OpOperand &origin,
                     qprep::ObservationOpInterface result);
  void verifyMovement(const Unit &unit, mlir::Value result);

  const UnitGraph &graph;
  ObservedModule &observed;
  mlir::SymbolTableCollection &symbols;
  bool byValue;
  /// Those that have been looked up.
  llvm::DenseSet<mlir::Attribute> qconfigs;
  bool valid = true;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_FUNCTIONVERIFIER_H
