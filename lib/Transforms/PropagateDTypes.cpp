//===- PropagateDTypes.cpp - Which values will be quantized to what -------===//
//
// Functions are solved by themselves, in parallel, and told of each other until
// nothing changes. Runs after qprep-fuse-units and qprep-assign-qconfig.
//
//===----------------------------------------------------------------------===//

#include "PassedDTypes.h"

#include "mlir/IR/Threading.h"

namespace quantprep {
#define GEN_PASS_DEF_PROPAGATEDTYPES
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;

namespace {
struct PropagateDTypesPass
    : quantprep::impl::PropagateDTypesBase<PropagateDTypesPass> {
  using PropagateDTypesBase::PropagateDTypesBase;

  void runOnOperation() final {
    PassedDTypes::Functions functions;
    std::vector<std::pair<Operation *, AnalysisManager>> managers;
    for (auto function : getOperation().getOps<FunctionOpInterface>())
      if (!function.isExternal()) {
        functions[function] = nullptr;
        managers.emplace_back(function, getAnalysisManager().nest(function));
      }
    FunctionConfigTables::Shared tables = getAnalysis<ModuleConfigTables>();
    if (failed(failableParallelForEach(
            &getContext(), managers, [&](auto &entry) -> LogicalResult {
              auto &[function, manager] = entry;
              auto dtypes = FunctionDTypes::create(function, manager, tables);
              bool created = bool(dtypes);
              functions.find(function)->second = std::move(dtypes);
              return success(created);
            })))
      return signalPassFailure();
    if (functions.empty())
      return;
    PassedDTypes passed(getAnalysis<ValueFlow>(), functions);
    if (failed(passed.solve()))
      return signalPassFailure();
    for (auto &[function, dtypes] : functions)
      dtypes->annotate();
    passed.annotate();
    markAnalysesPreserved<ModuleConfigTables, UnitGraph, UnitMatches,
                          ValueFlow>();
  }
};
} // namespace
