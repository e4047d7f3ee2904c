//===- Help.cpp - What --help begins with ---------------------------------===//

#include "Help.h"

#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <vector>

namespace {
struct Group {
  llvm::StringRef title;
  std::vector<llvm::StringRef> passes;
};
} // namespace

static const Group groups[] = {
    {"Whole jobs", {"qprep-prepare", "qprep-quantize"}},
    {"Around preparation",
     {"qprep-fold-batch-norm", "qprep-report", "qprep-verify-prepared",
      "qprep-strip", "qprep-list-presets", "qprep-print-preset"}},
    {"Ranges, scales and zero points",
     {"qprep-calibrate", "qprep-lower-observers", "qprep-import-statistics",
      "qprep-merge-statistics", "qprep-choose-qparams", "qprep-import-qparams",
      "qprep-correct-biases"}},
    {"To integers",
     {"qprep-convert", "qprep-lower-to-integer", "qprep-lower-quantize",
      "qprep-export-quant-ops"}},
    {"Steps of qprep-prepare, one by one",
     {"qprep-attach-config", "qprep-copy-entry", "qprep-clone-functions",
      "qprep-match-units", "qprep-fuse-units", "qprep-assign-qconfig",
      "qprep-propagate-dtypes", "qprep-propagate-values",
      "qprep-insert-observers", "qprep-share-observers",
      "qprep-add-reset-functions", "qprep-clear-annotations"}},
};

bool quantprep::wantsHelp(llvm::ArrayRef<const char *> arguments) {
  return llvm::any_of(arguments, [](llvm::StringRef argument) {
    return argument == "--help" || argument == "-help" || argument == "-h";
  });
}

/// The summary of a pass, without the labels of rules at its end.
static llvm::StringRef getSummary(llvm::StringRef pass) {
  const mlir::PassInfo *info = mlir::PassInfo::lookup(pass);
  return info ? info->getPassDescription().split(" (").first : "";
}

void quantprep::printOwnHelp(llvm::raw_ostream &os) {
  os << "QuantPrep prepares float models for quantization, and quantizes "
        "them.\n"
        "\n"
        "  quant-prep-opt model.mlir --qprep-prepare -o prepared.mlir\n"
        "  quant-prep-opt model.mlir --qprep-prepare "
        "--qprep-report=format=text -o prepared.mlir\n"
        "  quant-prep-opt model.mlir --qprep-quantize=inputs=data.npz -o "
        "int8.mlir\n"
        "  quant-prep-opt /dev/null --qprep-list-presets -o /dev/null\n";
  for (const Group &group : groups) {
    os << '\n' << group.title << ":\n";
    for (llvm::StringRef pass : group.passes)
      os << "  --" << llvm::left_justify(pass, 27) << getSummary(pass) << '\n';
  }
  os << "\nOptions of a pass are written --qprep-prepare='qconfig=tosa "
        "backend=tosa'; they are\nlisted below under the pass, and in "
        "docs/passes.md. What follows are all options,\nthose of LLVM and MLIR "
        "first.\n\n";
}
