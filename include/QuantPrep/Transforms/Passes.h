//===- Passes.h - Passes of QuantPrep ---------------------------*- C++ -*-===//

#ifndef QUANTPREP_TRANSFORMS_PASSES_H
#define QUANTPREP_TRANSFORMS_PASSES_H

#include "QuantPrep/IR/QPrepDialect.h"
#include "QuantPrep/Report/ReportFormat.h"
#include "QuantPrep/Transforms/PlacementOptions.h"
#include "QuantPrep/Transforms/QParamsMethod.h"

#include "QuantPrep/Support/CheckedPass.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/Pass.h"

namespace quantprep {
#define GEN_PASS_DECL
#include "QuantPrep/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

#endif // QUANTPREP_TRANSFORMS_PASSES_H
