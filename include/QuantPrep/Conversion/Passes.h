//===- Passes.h - From observed values to integers --------------*- C++ -*-===//

#ifndef QUANTPREP_CONVERSION_PASSES_H
#define QUANTPREP_CONVERSION_PASSES_H

#include "QuantPrep/Support/EnumParser.h"

#include "QuantPrep/Support/CheckedPass.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace quantprep {
/// What becomes of a quantized unit that has no integer form.
enum class FloatOption { Allow, Forbid };
} // namespace quantprep

/// Unknown values are answered with the known ones.
namespace llvm::cl {
template <>
class parser<quantprep::FloatOption>
    : public quantprep::EnumParser<quantprep::FloatOption> {
  using EnumParser::EnumParser;
};
} // namespace llvm::cl

namespace quantprep {

#define GEN_PASS_DECL
#include "QuantPrep/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "QuantPrep/Conversion/Passes.h.inc"
} // namespace quantprep

#endif // QUANTPREP_CONVERSION_PASSES_H
