//===- Remarks.h - Decisions as remarks -------------------------*- C++ -*-===//

#ifndef QUANTPREP_ANALYSIS_REMARKS_H
#define QUANTPREP_ANALYSIS_REMARKS_H

#include "mlir/IR/Remarks.h"

namespace quantprep {

/// Options of a remark: its name is the label of the rule that decided.
inline mlir::remark::RemarkOpts ruleRemark(llvm::StringRef rule) {
  return mlir::remark::RemarkOpts::name(rule).category("qprep");
}

} // namespace quantprep

#endif // QUANTPREP_ANALYSIS_REMARKS_H
