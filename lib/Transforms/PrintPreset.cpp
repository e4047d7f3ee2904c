//===- PrintPreset.cpp - Prints a preset as a file ------------------------===//

#include "QuantPrep/Config/Presets.h"
#include "QuantPrep/Support/Nearest.h"
#include "QuantPrep/Transforms/Passes.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

namespace quantprep {
#define GEN_PASS_DEF_LISTPRESETS
#define GEN_PASS_DEF_PRINTPRESET
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace quantprep;

namespace {
/// The first sentence of a preset's comment: what it is.
std::string getSummary(llvm::StringRef text) {
  // Behind the line with the name of the file, and an empty one.
  for (int line = 0; line < 2; ++line)
    text = text.split('\n').second;
  std::string summary;
  while (text.consume_front("// ")) {
    auto [line, rest] = text.split('\n');
    summary += (summary.empty() ? "" : " ") + line.str();
    text = rest;
  }
  llvm::StringRef first = llvm::StringRef(summary).split(". ").first;
  return first.rtrim('.').str();
}

void listPresets(PresetClass presetClass, llvm::StringRef title) {
  llvm::outs() << title << '\n';
  for (llvm::StringRef name : getPresetNames(presetClass))
    llvm::outs() << "  " << llvm::left_justify(name, 26)
                 << getSummary(*getPresetText(presetClass, name)) << '\n';
}

struct ListPresetsPass : impl::ListPresetsBase<ListPresetsPass> {
  using ListPresetsBase::ListPresetsBase;
  void runOnOperation() final {
    listPresets(PresetClass::QConfig, "qconfigs");
    listPresets(PresetClass::Backend, "backends");
    markAllAnalysesPreserved();
  }
};

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
    llvm::SmallVector<llvm::StringRef> names =
        getPresetNames(PresetClass::QConfig);
    names.append(getPresetNames(PresetClass::Backend));
    mlir::emitError(getOperation().getLoc())
        << "unknown preset '" << name << "'; known are qconfigs "
        << known(PresetClass::QConfig) << " and backends "
        << known(PresetClass::Backend) << suggestNearest(name, names);
    signalPassFailure();
  }
};
} // namespace
