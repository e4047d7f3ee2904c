//===- FunctionVerifier.h - Checks of one prepared function -----*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_FUNCTIONVERIFIER_H
#define QUANTPREP_ANALYSIS_FUNCTIONVERIFIER_H

#include "QuantPrep/Analysis/CommonObservers.h"
#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Config/Callees.h"

#include "mlir/IR/SymbolTable.h"

namespace quantprep {

inline constexpr llvm::StringLiteral lostHint =
    "probably a pass after qprep-prepare changed the module; run qprep-prepare "
    "again";

/// The spec of a place, its observer's or its own.
qprep::ObserverAttr getSpec(qprep::ObservationOpInterface place,
                            mlir::SymbolTableCollection &symbols);

/// Observers by name, places that are not shared yet by spec.
mlir::Attribute getIdentity(qprep::ObservationOpInterface place);

bool contains(const Places &places, mlir::Attribute identity);

/// Whether a place says how its value is quantized, by our own account: neither
/// equalization nor the user's own observation.
bool isOwnPlace(qprep::ObservationOpInterface place,
                mlir::SymbolTableCollection &symbols);

/// Of the places of one source: the observers (getIdentity), the dtypes that it
/// is observed as, and, in a list, the last observer of ours, if there is one.
CommonObservers::Facts getFacts(const Places &places,
                                mlir::SymbolTableCollection &symbols,
                                mlir::MLIRContext *context);

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

/// Checks one function.
class FunctionVerifier {
public:
  FunctionVerifier(mlir::FunctionOpInterface function, const UnitGraph &graph,
                   const ObservedSources &sources,
                   const CommonObservers &common,
                   const CommonObservers &commonThroughMovement,
                   mlir::SymbolTableCollection &symbols,
                   QuantizedOutside &isQuantizedOutside);

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
  void verifyRead(mlir::OpOperand &use, mlir::Type dtype);
  void verifyValue(mlir::Value value, qprep::ValuePlanAttr plan);
  bool isReadByValue(mlir::OpOperand &use) const;
  void reportOperand(mlir::OpOperand &use, mlir::Type wanted, mlir::Value value,
                     const Places &places);
  void verifyQConfig(const Unit &unit);
  void verifySharing(const Unit &unit, mlir::Value result);
  void verifySharing(const Unit &unit, const ObservedResult &result);
  void verifyMovement(const Unit &unit, mlir::Value result);

  mlir::FunctionOpInterface function;
  const UnitGraph &graph;
  const ObservedSources &sources;
  const CommonObservers &common, &commonThroughMovement;
  mlir::SymbolTableCollection &symbols;
  QuantizedOutside &isQuantizedOutside;
  bool byValue;
  /// Those that have been looked up.
  llvm::DenseSet<mlir::Attribute> qconfigs;
  bool valid = true;
};

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_FUNCTIONVERIFIER_H
