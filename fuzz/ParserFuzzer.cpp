//===- ParserFuzzer.cpp - libFuzzer target on text of the dialect ---------===//
//
// Bytes are read as MLIR. What parses and verifies is printed and read again,
// written as bytecode and read again. Some of it, as this takes a hundred times
// as long, is prepared with whatever configuration it holds; what is prepared
// verifies, and strips back to the input. Configurations and PDL patterns are
// also given as files to the preparation of a small model.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/InitAll.h"
#include "QuantPrep/Pipelines/Pipelines.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/PDL/IR/PDL.h"
#include "mlir/Dialect/PDL/IR/PDLOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;

namespace {
const DialectRegistry &getRegistry() {
  static const DialectRegistry registry = [] {
    DialectRegistry registry;
    registry
        .insert<func::FuncDialect, linalg::LinalgDialect, pdl::PDLDialect,
                scf::SCFDialect, tensor::TensorDialect, tosa::TosaDialect>();
    quantprep::registerAllDialects(registry);
    return registry;
  }();
  return registry;
}

/// Ends the program, so that the fuzzer keeps the input.
void require(bool condition, const char *what) {
  if (condition)
    return;
  llvm::errs() << "FOUND: " << what << '\n';
  abort();
}

std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module->print(os, OpPrintingFlags().printGenericOpForm());
  return text;
}

void checkRoundTrips(ModuleOp module, MLIRContext &context) {
  std::string text;
  llvm::raw_string_ostream(text) << module;
  // A resource that is read again gets another name in the same context.
  if (text.find("dense_resource") != std::string::npos)
    return;
  OwningOpRef<ModuleOp> again = parseSourceString<ModuleOp>(text, &context);
  require(bool(again), "what was printed does not parse");
  require(print(*again) == print(module), "what was printed parses as another");

  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  require(succeeded(writeBytecodeToFile(module, os)), "no bytecode");
  OwningOpRef<ModuleOp> read = parseSourceString<ModuleOp>(bytes, &context);
  require(bool(read), "bytecode does not read");
  require(print(*read) == print(module), "bytecode reads as another");
}

/// Whether the passes succeed; if not, they say why.
bool run(PassManager &pm, ModuleOp module, bool &sawError, const char *silent) {
  sawError = false;
  bool succeeds = succeeded(pm.run(module));
  require(succeeds || sawError, silent);
  return succeeds;
}

bool prepare(ModuleOp module, const quantprep::PrepareOptions &options,
             bool &sawError) {
  PassManager pm(module.getContext());
  quantprep::buildPreparePipeline(pm, options);
  return run(pm, module, sawError, "preparation fails and does not say why");
}

void checkPreparation(ModuleOp module, bool &sawError) {
  OwningOpRef<ModuleOp> copy = module.clone();
  // What stripping gives for the module as it came. It refuses what uses
  // generated symbols, which text can do and a model that was prepared cannot.
  PassManager strip(module.getContext());
  strip.addPass(quantprep::createStrip());
  if (!run(strip, module, sawError, "strip fails and does not say why"))
    return;
  if (!prepare(*copy, quantprep::PrepareOptions(), sawError))
    return;
  require(succeeded(verify(*copy)), "what is prepared does not verify");
  require(succeeded(strip.run(*copy)), "strip fails on what is prepared");
  require(print(*copy) == print(module), "strip does not give the input back");
}

/// The text as a file, which the options name, for a model with a unit or two.
void checkAsFile(StringRef text, bool isPattern, MLIRContext &context,
                 bool &sawError) {
  static const std::string path = [] {
    SmallString<64> path;
    require(!llvm::sys::fs::createTemporaryFile("fuzzed", "mlir", path),
            "no temporary file");
    return path.str().str();
  }();
  std::error_code error;
  llvm::raw_fd_ostream(path, error) << text;
  require(!error, "the temporary file cannot be written");

  quantprep::PrepareOptions options;
  if (isPattern)
    options.patterns.push_back(path);
  else
    options.config = path;
  OwningOpRef<ModuleOp> model = parseSourceString<ModuleOp>(R"(
    func.func @f(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
      %0 = tosa.tanh %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
      %1 = tosa.add %0, %x : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
      return %1 : tensor<2x4xf32>
    })",
                                                            &context);
  prepare(*model, options, sawError);
}

/// Whether this text is one of those that are prepared.
bool isChosen(StringRef text) { return llvm::xxh3_64bits(text) % 16 == 0; }
} // namespace

extern "C" const char *__asan_default_options() {
  // libMLIR is not built with the sanitizer, so that its allocators do not
  // unpoison what our inlined copies of them poison.
  return "allow_user_poisoning=0";
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  MLIRContext context(getRegistry(), MLIRContext::Threading::DISABLED);
  bool sawError = false;
  context.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
    sawError |= diagnostic.getSeverity() == DiagnosticSeverity::Error;
    return success();
  });
  // A string of its own: the lexer reads the zero behind the end.
  std::string text(reinterpret_cast<const char *>(data), size);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  if (!module) {
    // Upstream's parser of tosa ops with a NaN mode is silent about a missing
    // attribute name.
    bool isUpstream = text.empty() || text.find("tosa.") != std::string::npos;
    require(sawError || isUpstream, "text does not parse, and nobody says why");
    return 0;
  }
  checkRoundTrips(*module, context);
  if (!isChosen(text))
    return 0;
  bool isPattern = !module->getOps<pdl::PatternOp>().empty();
  if (isPattern || !module->getOps<quantprep::qprep::ConfigOp>().empty())
    checkAsFile(text, isPattern, context, sawError);
  checkPreparation(*module, sawError);
  return 0;
}
