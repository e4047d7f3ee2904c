//===- quant-prep-run.cpp - Runs a function of a module on arrays ---------===//

#include "../RunTool.h"

#include "QuantPrep/Execution/Npz.h"
#include "QuantPrep/Execution/RunAll.h"
#include "QuantPrep/Support/IgnoredSignals.h"

#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"

#include <cstring>

using namespace llvm;
using namespace quantprep::execution;

namespace {
struct Options : quantprep::RunToolOptions {
  cl::opt<std::string> module{cl::Positional, cl::Required, cl::desc("MODULE")};
  cl::opt<std::string> output{
      "output", cl::cat(category), cl::Required, cl::value_desc("FILE"),
      cl::desc("Where results go: a .npz with an array for each, named by its "
               "index, with the runs in front")};
  cl::alias outputAlias{"o", cl::aliasopt(output), cl::NotHidden,
                        cl::desc("Same as --output")};
};

/// Keeps the results of all runs.
class Collector : public RunObserver {
public:
  explicit Collector(int64_t numRuns) : results(numRuns) {}

  ObservationSink *begin(unsigned, int64_t) override { return nullptr; }
  void end(unsigned, int64_t run, SmallVectorImpl<Array> &arrays) override {
    results[run].assign(arrays.begin(), arrays.end());
  }

  std::vector<SmallVector<Array>> results;
};
} // namespace

/// One array for each result, with the runs in front; none, with an error, if
/// runs have results of different shapes.
static std::optional<std::vector<NamedArray>>
stack(mlir::func::FuncOp function, ArrayRef<SmallVector<Array>> runs) {
  std::vector<NamedArray> stacked;
  for (auto [index, first] : enumerate(runs.front())) {
    Array all{first.type, {int64_t(runs.size())}, nullptr};
    all.shape.append(first.shape);
    all.data = allocateElements(all.getNumBytes());
    int64_t bytes = first.getNumBytes();
    for (auto [run, results] : enumerate(runs)) {
      const Array &result = results[index];
      if (result.shape != first.shape) {
        mlir::emitError(function.getLoc())
            << "result #" << index << " of @" << function.getName() << " is "
            << formatArrayType(result.shape, result.type) << " in run " << run
            << ", but " << formatArrayType(first.shape, first.type)
            << " in the first; give runs whose results have one shape";
        return std::nullopt;
      }
      if (all.data)
        std::memcpy(all.data.get() + run * bytes, result.data.get(), bytes);
    }
    if (!all.data) {
      mlir::emitError(function.getLoc())
          << "there is no memory for the " << all.getNumBytes()
          << " bytes of result #" << index;
      return std::nullopt;
    }
    stacked.push_back({std::to_string(index), std::move(all)});
  }
  return stacked;
}

static mlir::LogicalResult run(mlir::ModuleOp module, const Options &options) {
  auto function = findEntry(module, options.entry, "--entry");
  if (failed(function))
    return mlir::failure();
  std::vector<std::string> paths(options.inputs.begin(), options.inputs.end());
  auto inputs = Inputs::load(*function, paths, "--input");
  if (failed(inputs))
    return mlir::failure();
  auto program = Program::compile(*function);
  if (failed(program))
    return mlir::failure();
  RunOptions runOptions;
  runOptions.threads = options.threads;
  Collector collector(inputs->getNumRuns());
  if (failed(runAll(**program, *inputs, runOptions, collector)))
    return mlir::failure();
  auto arrays = stack(*function, collector.results);
  if (!arrays)
    return mlir::failure();
  if (Error error = writeNpz(options.output, *arrays)) {
    WithColor::error(errs(), "quant-prep-run")
        << "cannot write '" << options.output
        << "': " << toString(std::move(error)) << '\n';
    return mlir::failure();
  }
  return mlir::success();
}

int main(int argc, char **argv) {
  quantprep::keepIgnoredSignals();
  InitLLVM init(argc, argv);
  cl::ResetCommandLineParser();
  Options options;
  cl::SetVersionPrinter(quantprep::printVersion);
  cl::ParseCommandLineOptions(
      argc, argv,
      "Runs a function of a module on arrays: float, prepared or integer, of "
      "tosa or linalg\n\n"
      "  quant-prep-run model.mlir --input=test.npz --output=results.npz\n");
  quantprep::RunToolContext context;
  auto module = context.parse(options.module);
  return module && succeeded(run(*module, options)) ? EXIT_SUCCESS
                                                    : EXIT_FAILURE;
}
