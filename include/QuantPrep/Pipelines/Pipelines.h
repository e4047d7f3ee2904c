//===- Pipelines.h - The steps of pipelines ---------------------*- C++ -*-===//

#ifndef QUANTPREP_PIPELINES_PIPELINES_H
#define QUANTPREP_PIPELINES_PIPELINES_H

#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/Support/EnumParser.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"

namespace quantprep {
/// The form that qprep-quantize ends with.
enum class QuantizedForm { Reference, Integer };
/// Of which layers the biases are corrected, by their weights.
enum class CorrectedBiases { None, PerTensor, All };
} // namespace quantprep

/// Unknown values are answered with the known ones.
namespace llvm::cl {
template <>
class parser<quantprep::QuantizedForm>
    : public quantprep::EnumParser<quantprep::QuantizedForm> {
  using EnumParser::EnumParser;
};
template <>
class parser<quantprep::CorrectedBiases>
    : public quantprep::EnumParser<quantprep::CorrectedBiases> {
  using EnumParser::EnumParser;
};
} // namespace llvm::cl

namespace quantprep {

#define GEN_PASS_DECL
#include "QuantPrep/Pipelines/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "QuantPrep/Pipelines/Passes.h.inc"

/// Adds the steps of preparation to a pass manager of a module.
void buildPreparePipeline(mlir::OpPassManager &pm,
                          const PrepareOptions &options);

/// Adds the steps from a float module to one whose observers have parameters.
void buildCalibratePipeline(mlir::OpPassManager &pm,
                            const QuantizeOptions &options);

/// Adds the steps from a float module to a quantized one.
void buildQuantizePipeline(mlir::OpPassManager &pm,
                           const QuantizeOptions &options);
} // namespace quantprep

#endif // QUANTPREP_PIPELINES_PIPELINES_H
