//===- CallDTypes.h - Dtypes at standalone and custom calls -----*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_CALLDTYPES_H
#define QUANTPREP_ANALYSIS_CALLDTYPES_H

#include "QuantPrep/Analysis/TargetDType.h"
#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/Matching/UnitGraph.h"

namespace quantprep {

/// What the call of a standalone or custom function wants and makes (F13, F28,
/// F29, B14).
struct CallDTypes {
  CallDTypes(const Unit &unit, const Callees &callees,
             qprep::QConfigAttr qconfig);

  /// One for each operand of the unit.
  llvm::SmallVector<TargetDType> inputs;
  /// One for each result.
  llvm::SmallVector<TargetDType> outputs;
  /// What results are made in that no list of a standalone function names.
  TargetDType made = TargetDType::floating();
  bool dynamic = false;
  /// Whether the results are observed at the call; else those that are
  /// quantized are so inside.
  bool observesOutputs = false;
  /// Whether the observed replacement is called instead.
  bool redirects = false;
  qprep::Decision decision = qprep::Decision::observed;
  /// Why it is not observed; both empty if it is.
  llvm::StringRef rule, reason;

private:
  void setStandalone(const Unit &unit, const Callees &callees, bool assigned);
  void setCustom(const Unit &unit, bool isLSTM, qprep::QConfigAttr qconfig);
};

/// The dtype of arguments and results that the configuration of an op lists as
/// quantized (F10).
TargetDType getListedDType(mlir::Operation *op);

/// Whether a unit is the call of a standalone or custom function.
inline bool isCall(const Unit &unit) {
  return unit.kind == qprep::UnitKind::standalone ||
         unit.kind == qprep::UnitKind::custom;
}

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_CALLDTYPES_H
