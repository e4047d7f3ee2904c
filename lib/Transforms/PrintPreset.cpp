//===- PrintPreset.cpp - Prints a preset as a file ------------------------===//

#include "QuantPrep/Config/Presets.h"
#include "QuantPrep/Transforms/Passes.h"

#include "llvm/ADT/StringExtras.h"

namespace quantprep {
#define GEN_PASS_DEF_PRINTPRESET
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace quantprep;

namespace {
struct PrintPresetPass : impl::PrintPresetBase<PrintPresetPass> {
  using PrintPresetBase::PrintPresetBase;
  void runOnOperation() final {
    std::optional<llvm::StringRef> text;
    if (!backend)
      text = getPresetText(PresetClass::QConfig, name);
    if (!text)
      text = getPresetText(PresetClass::Backend, name);
    if (text) {
      llvm::outs() << *text;
      return markAllAnalysesPreserved();
    }
    auto known = [](PresetClass presetClass) {
      return llvm::join(getPresetNames(presetClass), ", ");
    };
    mlir::emitError(getOperation().getLoc())
        << "unknown preset '" << name << "'; known are qconfigs "
        << known(PresetClass::QConfig) << " and backends "
        << known(PresetClass::Backend);
    signalPassFailure();
  }
};
} // namespace
