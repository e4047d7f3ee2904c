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
#include "llvm/Support/WithColor.h"

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

/// All dialects, and a context to run modules in.
class RunToolContext {
public:
  /// `tool` is what errors about files begin with.
  explicit RunToolContext(llvm::StringRef tool)
      : tool(tool), context(makeRegistry()) {
    execution::loadExecutionDialects(context);
    // Functions have weights in them.
    context.printOpOnDiagnostic(false);
  }

  mlir::MLIRContext &get() { return context; }

  /// Null after an error.
  mlir::OwningOpRef<mlir::ModuleOp>
  parse(llvm::StringRef path, const std::shared_ptr<llvm::SourceMgr> &sources) {
    std::string message;
    auto file = mlir::openInputFile(path, &message);
    if (!file) {
      llvm::WithColor::error(llvm::errs(), tool) << message << '\n';
      return nullptr;
    }
    sources->AddNewSourceBuffer(std::move(file), llvm::SMLoc());
    return mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
  }

private:
  static mlir::DialectRegistry makeRegistry() {
    mlir::DialectRegistry registry;
    mlir::registerAllDialects(registry);
    mlir::registerAllExtensions(registry);
    quantprep::registerAllDialects(registry);
    return registry;
  }

  llvm::StringRef tool;
  mlir::MLIRContext context;
};

} // namespace quantprep

#endif // QUANTPREP_TOOLS_RUNTOOL_H
