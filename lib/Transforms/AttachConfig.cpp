//===- AttachConfig.cpp - Puts the configuration into the module ----------===//
//
// The first pass of preparation. What it resolves is in lib/Config.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Transforms/Passes.h"
#include "QuantPrep/Transforms/Strip.h"

namespace quantprep {
#define GEN_PASS_DEF_ATTACHCONFIG
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

namespace {
struct AttachConfigPass : quantprep::impl::AttachConfigBase<AttachConfigPass> {
  using AttachConfigBase::AttachConfigBase;
  void runOnOperation() final {
    quantprep::stripPreparation(getOperation());
    if (failed(quantprep::attachConfig(
            getOperation(), {config, qconfig, backend, inputsQuantized,
                             outputsQuantized, entry, qat})))
      signalPassFailure();
  }
};
} // namespace
