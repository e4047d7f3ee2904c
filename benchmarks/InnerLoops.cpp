//===- InnerLoops.cpp - What the passes do most often ---------------------===//
//
// Google Benchmark on the loops inside the passes: sharing groups, the unit
// graph, and matching.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/SharingGroups.h"
#include "QuantPrep/InitAll.h"
#include "QuantPrep/Matching/UnitGraph.h"
#include "QuantPrep/Transforms/Passes.h"

#include "benchmark/benchmark.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace quantprep;

namespace {
/// A chain of sigmoids in one function.
class Chain {
public:
  explicit Chain(int64_t length) {
    DialectRegistry registry;
    registry.insert<func::FuncDialect, tosa::TosaDialect>();
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    std::string type = "tensor<4xf32>",
                text = "func.func @f(%x0: " + type + ") -> " + type + " {\n";
    for (int64_t i = 1; i <= length; ++i)
      text += "%x" + std::to_string(i) + " = tosa.sigmoid %x" +
              std::to_string(i - 1) + " : (" + type + ") -> " + type + "\n";
    text += "return %x" + std::to_string(length) + " : " + type + "\n}\n";
    module = parseSourceString<ModuleOp>(text, &context);
  }

  void match() {
    PassManager pm(&context);
    pm.addNestedPass<func::FuncOp>(createMatchUnits());
    if (failed(pm.run(*module)))
      abort();
  }
  Operation *getFunction() { return &module->getBody()->front(); }

private:
  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

static void shareInAChain(benchmark::State &state) {
  for (auto _ : state) {
    SharingGroups groups(state.range(0));
    for (unsigned i = 1; i < state.range(0); ++i)
      groups.share(i - 1, i, nullptr);
    benchmark::DoNotOptimize(groups.getLeader(state.range(0) - 1));
  }
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(shareInAChain)->Range(1 << 10, 1 << 18);

static void matchUnits(benchmark::State &state) {
  Chain chain(state.range(0));
  for (auto _ : state)
    chain.match();
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(matchUnits)->Range(1 << 10, 1 << 16);

static void readUnitGraph(benchmark::State &state) {
  Chain chain(state.range(0));
  chain.match();
  for (auto _ : state)
    benchmark::DoNotOptimize(UnitGraph(chain.getFunction()).getUnits().size());
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(readUnitGraph)->Range(1 << 10, 1 << 16);

BENCHMARK_MAIN();
