//===- BackendSupport.h - Does the backend take a match (F16) ---*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_BACKENDSUPPORT_H
#define QUANTPREP_ANALYSIS_BACKENDSUPPORT_H

#include "QuantPrep/Analysis/TargetDType.h"
#include "QuantPrep/Config/Backend.h"
#include "QuantPrep/Matching/Fusions.h"

namespace quantprep {

/// What a qconfig makes of a unit (F13, F20): the dtype wanted of an operand by
/// its role, and the dtype of the output. Not to be asked without a qconfig.
class UnitDTypes {
public:
  UnitDTypes(qprep::UnitKind kind, qprep::QConfigAttr qconfig);

  TargetDType getOperand(qprep::OperandRole role) const;
  TargetDType getOutput() const;
  bool isDynamic() const;

private:
  qprep::UnitKind kind;
  qprep::QConfigAttr qconfig;
};

/// Kinds whose scale gets the weight's observer whatever its dtype (F20).
bool observesWeightAlways(qprep::UnitKind kind);

/// What an operand is observed with: the weight's spec over its own channels,
/// or the activation's (F20).
qprep::ObserverAttr getOperandSpec(const UnitOperand &operand,
                                   qprep::QConfigAttr qconfig);

/// What the output of a match is observed with: the activation's spec, unless
/// the pattern overrides it for this dtype; under fake quantization in that
/// form (F21, F30).
qprep::ObserverAttr getOutputSpec(qprep::PatternOp pattern,
                                  qprep::QConfigAttr qconfig, bool qat);

/// Whether one of the pattern's dtype configs agrees with the operands of the
/// root and the output of the last unit (F16). Constraints take the specs of
/// `qconfig`, that of the unit at hand. Empty if so, else the reason why not.
std::string checkSupport(const Fusion &match, qprep::PatternOp pattern,
                         qprep::QConfigAttr root, qprep::QConfigAttr last,
                         qprep::QConfigAttr qconfig);

/// The observation type of a match, by the number of tensor operands of its
/// root where the pattern asks for it (F6).
bool sharesObserver(const Fusion &match, qprep::PatternOp pattern);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_BACKENDSUPPORT_H
