//===- FunctionVerifier.h - Checks of one prepared function -----*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_FUNCTIONVERIFIER_H
#define QUANTPREP_TRANSFORMS_FUNCTIONVERIFIER_H

#include "FunctionStep.h"
#include "QuantPrep/Analysis/CommonObservers.h"
#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/Models/ValueFacts.h"

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
                   QuantizedOutside &isQuantizedOutside)
      : graph(graph), sources(sources), common(common),
        commonThroughMovement(commonThroughMovement), facts(function),
        symbols(symbols), isQuantizedOutside(isQuantizedOutside),
        callees(findConfig(function)) {}

  mlir::LogicalResult verify();
  /// The same for placement=value. What was decided for a unit stands there for
  /// observers of its values, not for what it demands (T5, T10).
  mlir::LogicalResult verifyByValue();

private:
  mlir::InFlightDiagnostic emitError(mlir::Operation *op) {
    valid = false;
    return op->emitOpError();
  }

  void verifySharing(const Unit &unit, mlir::Value result);
  void verifySharing(const Unit &unit, const ObservedResult &result);
  void verifyMovement(const Unit &unit, mlir::Value result);
  void verifyDemands(const Unit &unit);
  bool isOperandPlaced(const mlir::OpOperand &use) const;
  void verifyDemand(const Unit &unit, const UnitOperand &operand,
                    qprep::QConfigAttr qconfig);
  qprep::QConfigAttr getQConfig(const Unit &unit);
  void reportDemand(mlir::OpOperand &use, mlir::Type wanted,
                    const ObservedSource &source);
  bool isFromMatch(mlir::Value value);

  const UnitGraph &graph;
  const ObservedSources &sources;
  const CommonObservers &common, &commonThroughMovement;
  ValueFacts facts;
  mlir::SymbolTableCollection &symbols;
  QuantizedOutside &isQuantizedOutside;
  Callees callees;
  llvm::DenseMap<mlir::Attribute, qprep::QConfigAttr> qconfigs;
  bool valid = true;
};

} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_FUNCTIONVERIFIER_H
