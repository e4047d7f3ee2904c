//===- ParserFuzzer.cpp - libFuzzer target on text of the dialect ---------===//
//
// Bytes are read as MLIR. What parses and verifies is printed and read again,
// written as bytecode and read again, and prepared with whatever configuration
// it holds; what is prepared verifies, and strips back to the input.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/InitAll.h"
#include "QuantPrep/Pipelines/Pipelines.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace {
const DialectRegistry &getRegistry() {
  static const DialectRegistry registry = [] {
    DialectRegistry registry;
    registry.insert<func::FuncDialect, linalg::LinalgDialect, scf::SCFDialect,
                    tensor::TensorDialect, tosa::TosaDialect>();
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

void checkPreparation(ModuleOp module, bool &sawError) {
  OwningOpRef<ModuleOp> copy = module.clone();
  // What stripping gives for the module as it came.
  PassManager strip(module.getContext());
  strip.addPass(quantprep::createStrip());
  require(succeeded(strip.run(module)), "strip fails");
  PassManager prepare(module.getContext());
  quantprep::buildPreparePipeline(prepare, quantprep::PrepareOptions());
  sawError = false;
  if (failed(prepare.run(*copy))) {
    require(sawError, "preparation fails and does not say why");
    return;
  }
  require(succeeded(verify(*copy)), "what is prepared does not verify");
  require(succeeded(strip.run(*copy)), "strip fails on what is prepared");
  require(print(*copy) == print(module), "strip does not give the input back");
}
} // namespace

extern "C" const char *__asan_default_options() {
  // libMLIR is not built with the sanitizer; see docs/architecture.md.
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
    require(sawError || text.empty(),
            "text does not parse, and nobody says why");
    return 0;
  }
  checkRoundTrips(*module, context);
  checkPreparation(*module, sawError);
  return 0;
}
