//===- ListedDType.h - What is quantized outside (F10) ----------*- C++ -*-===//

#ifndef QUANTPREP_CONFIG_LISTEDDTYPE_H
#define QUANTPREP_CONFIG_LISTEDDTYPE_H

#include "QuantPrep/IR/QPrepOps.h"

namespace quantprep {

/// The dtype of arguments and results that a configuration lists as quantized
/// outside: u8, but for a backend in it that takes others only, whose first it
/// is.
mlir::IntegerType getListedDType(qprep::ConfigOp config);

} // namespace quantprep

#endif // QUANTPREP_CONFIG_LISTEDDTYPE_H
