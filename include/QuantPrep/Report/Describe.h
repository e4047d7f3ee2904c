//===- Describe.h - One op of a prepared module, in words -------*- C++ -*-===//

#ifndef QUANTPREP_REPORT_DESCRIBE_H
#define QUANTPREP_REPORT_DESCRIBE_H

#include "mlir/IR/BuiltinOps.h"

namespace quantprep::report {

/// What was decided for the unit that an op belongs to, or what an observer (of
/// an observation) collects and has seen, as Markdown. Empty for other ops, and
/// for units of a module that is not prepared.
std::string describeOp(mlir::Operation *op, mlir::ModuleOp module);

} // namespace quantprep::report

#endif // QUANTPREP_REPORT_DESCRIBE_H
