//===- Remarks.h - Decisions as remarks -------------------------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_REMARKS_H
#define QUANTPREP_ANALYSIS_REMARKS_H

#include "QuantPrep/Matching/UnitLabels.h"

#include "mlir/IR/Remarks.h"

namespace quantprep {

/// Options of a remark on something in a function, which is `op` or around it:
/// its name is the label of the rule that decided.
mlir::remark::RemarkOpts ruleRemark(llvm::StringRef rule, mlir::Operation *op);

/// A remark on what was done for a value, labelled by the rule. The context is
/// given since the location would be looked at for it, which is far away in
/// large models, for remarks that nobody hears.
inline mlir::remark::detail::InFlightRemark
emitRemark(mlir::MLIRContext *context, mlir::Location loc, llvm::StringRef rule,
           mlir::Operation *op) {
  if (mlir::remark::detail::RemarkEngine *engine = context->getRemarkEngine())
    return engine->emitOptimizationRemarkAnalysis(loc, ruleRemark(rule, op));
  return {};
}

/// Says what was decided for a unit, labelled by the rule by which it is
/// observed, or by that of the plan, which left it, with the reason.
void emitDecision(const Unit &unit, const UnitLabels &labels,
                  qprep::PlanAttr plan, llvm::StringRef rule);

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_REMARKS_H
