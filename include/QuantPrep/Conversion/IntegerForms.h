//===- IntegerForms.h - Integer forms of foreign ops ------------*- C++ -*-===//
//
// They must be external models: the ops are not ours, and the interface is not
// theirs.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_CONVERSION_INTEGERFORMS_H
#define QUANTPREP_CONVERSION_INTEGERFORMS_H

#include "QuantPrep/Conversion/IntegerLowering.h"

#include "mlir/IR/DialectRegistry.h"

#include "QuantPrep/Conversion/IntegerFormOpInterface.h.inc"

namespace quantprep {
void registerTosaIntegerForms(mlir::DialectRegistry &registry);
void registerTensorIntegerForms(mlir::DialectRegistry &registry);
void registerLinalgIntegerForms(mlir::DialectRegistry &registry);
/// All of them.
void registerIntegerForms(mlir::DialectRegistry &registry);
} // namespace quantprep

#endif // QUANTPREP_CONVERSION_INTEGERFORMS_H
