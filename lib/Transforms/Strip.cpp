#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Transforms/Strip.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace quantprep {
#define GEN_PASS_DEF_STRIP
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

namespace {
struct StripPass : quantprep::impl::StripBase<StripPass> {
  using StripBase::StripBase;
  void runOnOperation() final {
    getOperation()->emitError("not there yet");
    signalPassFailure();
  }
};
} // namespace

void quantprep::stripPreparation(mlir::Operation *module) {
  for (auto config : llvm::make_early_inc_range(
           module->getRegion(0).getOps<qprep::ConfigOp>()))
    if (config->hasAttr("qprep.generated"))
      config->erase();
}
