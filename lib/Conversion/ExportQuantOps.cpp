//===- ExportQuantOps.cpp - For tools that read the quant dialect ---------===//

#include "QuantPrep/Conversion/Passes.h"
#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/IR/QuantizedTypes.h"

#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

namespace quantprep {
#define GEN_PASS_DEF_EXPORTQUANTOPS
#include "QuantPrep/Conversion/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Upstream's ops take codes of the type that they have as floats.
static LogicalResult verifyExportable(Operation *op, Type real, Type codes) {
  Type expressed = getQuantizedElement(codes).getExpressedType();
  if (getElementTypeOrSelf(real) == expressed)
    return success();
  return op->emitOpError() << "has floats of " << getElementTypeOrSelf(real)
                           << " and codes of " << expressed
                           << ", which quant ops do not take; cast to "
                           << expressed << " before preparation";
}

namespace {
struct ExportQuantOpsPass
    : quantprep::impl::ExportQuantOpsBase<ExportQuantOpsPass> {
  using ExportQuantOpsBase::ExportQuantOpsBase;

  void runOnOperation() final {
    bool exportable = true;
    getOperation()->walk([&](Operation *op) {
      if (auto quantize = dyn_cast<QuantizeOp>(op))
        exportable &= succeeded(verifyExportable(
            op, quantize.getInput().getType(), quantize.getType()));
      else if (auto dequantize = dyn_cast<DequantizeOp>(op))
        exportable &= succeeded(verifyExportable(
            op, dequantize.getType(), dequantize.getInput().getType()));
    });
    if (!exportable)
      return signalPassFailure();
    getOperation()->walk([](Operation *op) {
      IRRewriter rewriter(op);
      if (auto quantize = dyn_cast<QuantizeOp>(op))
        rewriter.replaceOpWithNewOp<quant::QuantizeCastOp>(
            op, op->getResultTypes(), quantize.getInput());
      else if (auto dequantize = dyn_cast<DequantizeOp>(op))
        rewriter.replaceOpWithNewOp<quant::DequantizeCastOp>(
            op, op->getResultTypes(), dequantize.getInput());
    });
  }
};
} // namespace
