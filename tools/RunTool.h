//===- RunTool.h - What tools share that run functions ----------*- C++ -*-===//

#ifndef QUANTPREP_TOOLS_RUNTOOL_H
#define QUANTPREP_TOOLS_RUNTOOL_H

#include "ToolDiagnostics.h"

#include "QuantPrep/Execution/Program.h"
#include "QuantPrep/InitAll.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/SourceMgr.h"

namespace quantprep {

/// What to run, and on what. Made after the options of LLVM are forgotten,
/// which have a --threads, too.
struct RunToolOptions {
  /// Forgotten with the options of LLVM is the category of those that have
  /// none, so that --help would not list them.
  llvm::cl::OptionCategory category{"Options"};
  llvm::cl::list<std::string> inputs{
      "input", llvm::cl::cat(category), llvm::cl::CommaSeparated,
      llvm::cl::value_desc("FILE,..."),
      llvm::cl::desc("Files and globs of arrays, .npy or .npz")};
  llvm::cl::opt<std::string> entry{
      "entry", llvm::cl::cat(category), llvm::cl::value_desc("NAME"),
      llvm::cl::desc("Function to run (default: the only public one)")};
  llvm::cl::opt<unsigned> threads{
      "threads", llvm::cl::cat(category), llvm::cl::init(0),
      llvm::cl::value_desc("N"),
      llvm::cl::desc("Runs that go at once (default: one per core)")};
};

/// All dialects, a context to run modules in, and its diagnostics.
class RunToolContext {
public:
  RunToolContext()
      : context(makeRegistry()), handler(shown, &context),
        diagnostics(context) {
    execution::loadExecutionDialects(context);
    // Functions have weights in them.
    context.printOpOnDiagnostic(false);
  }

  mlir::MLIRContext &get() { return context; }

  /// Null after an error.
  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef path) {
    std::string message;
    auto file = mlir::openInputFile(path, &message);
    if (!file) {
      mlir::emitError(mlir::UnknownLoc::get(&context)) << message;
      return nullptr;
    }
    // Of several files, the handler finds each by its name.
    shown.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBuffer(file->getMemBufferRef()),
        llvm::SMLoc());
    auto &sources = parsed.emplace_back(std::make_shared<llvm::SourceMgr>());
    sources->AddNewSourceBuffer(std::move(file), llvm::SMLoc());
    auto module = mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
    if (module)
      diagnostics.addModule(*module);
    return module;
  }

private:
  static mlir::DialectRegistry makeRegistry() {
    mlir::DialectRegistry registry;
    mlir::registerAllDialects(registry);
    mlir::registerAllExtensions(registry);
    quantprep::registerAllDialects(registry);
    return registry;
  }

  mlir::MLIRContext context;
  std::vector<std::shared_ptr<llvm::SourceMgr>> parsed;
  llvm::SourceMgr shown;
  mlir::SourceMgrDiagnosticHandler handler;
  ToolDiagnostics diagnostics;
};

} // namespace quantprep

#endif // QUANTPREP_TOOLS_RUNTOOL_H
