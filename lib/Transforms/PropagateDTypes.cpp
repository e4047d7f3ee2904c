//===- PropagateDTypes.cpp - Which values will be quantized to what -------===//
//
// Functions are solved by themselves, in parallel, and told of each other until
// nothing changes. Runs after qprep-fuse-units and qprep-assign-qconfig.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/BoundaryDTypes.h"
#include "QuantPrep/Support/InParallel.h"
#include "QuantPrep/Transforms/Passes.h"

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
    // The value placement has a step of its own.
    if (qprep::ConfigOp config = findConfig(getOperation());
        config && config.getPlacement() == qprep::Placement::value) {
      markAllAnalysesPreserved();
      return;
    }
    BoundaryDTypes::Functions functions;
    if (failed(readFunctions(functions)))
      return signalPassFailure();
    if (functions.empty())
      return;
    BoundaryDTypes passed(getAnalysis<ValueFlow>(), functions);
    if (failed(passed.solve()))
      return signalPassFailure();
    std::vector<FunctionDTypes *> solved;
    for (auto &[function, dtypes] : functions)
      solved.push_back(dtypes.get());
    if (failed(
            forEachInParallel(&getContext(), solved.size(), [&](size_t index) {
              return solved[index]->annotate(
                  [&](Value value) { return passed.isObservedByCalls(value); });
            })))
      return signalPassFailure();
    for (auto &[function, dtypes] : functions)
      dtypes->emitRemarks();
    passed.annotate();
    // No analysis looks at plans.
    markAllAnalysesPreserved();
  }

  LogicalResult readFunctions(BoundaryDTypes::Functions &functions) {
    std::vector<std::pair<Operation *, AnalysisManager>> managers;
    for (auto function : getOperation().getOps<FunctionOpInterface>())
      if (!function.isExternal()) {
        functions[function] = nullptr;
        managers.emplace_back(function, getAnalysisManager().nest(function));
      }
    FunctionConfigTables::Shared tables = getAnalysis<ModuleConfigTables>();
    return forEachInParallel(
        &getContext(), managers.size(), [&](size_t index) -> LogicalResult {
          auto &[function, manager] = managers[index];
          std::unique_ptr<FunctionDTypes> &read =
              functions.find(function)->second;
          read = FunctionDTypes::create(function, manager, tables);
          return success(bool(read));
        });
  }
};
} // namespace
