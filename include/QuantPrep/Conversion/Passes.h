//===- Passes.h - From observed values to integers --------------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_PASSES_H
#define QUANTPREP_CONVERSION_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace quantprep {
/// What becomes of a quantized unit that has no integer form.
enum class FloatOption { Allow, Forbid };

#define GEN_PASS_DECL
#include "QuantPrep/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "QuantPrep/Conversion/Passes.h.inc"
} // namespace quantprep

#endif // QUANTPREP_CONVERSION_PASSES_H
