//===- TestBoundaryDTypes.cpp - Print dtypes of boundary values -----------===//
//
// -test-boundary-dtypes: for each value that gets somewhere by a call, a branch
// or a loop, the dtype that is solved for it, and how it is observed.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/BoundaryDTypes.h"
#include "QuantPrep/IR/Values.h"
#include "TestPasses.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct TestBoundaryDTypesPass
    : PassWrapper<TestBoundaryDTypesPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestBoundaryDTypesPass)

  StringRef getArgument() const final { return "test-boundary-dtypes"; }
  StringRef getDescription() const final {
    return "Print dtypes of boundary values";
  }

  void runOnOperation() final {
    BoundaryDTypes::Functions functions;
    FunctionConfigTables::Shared tables = getAnalysis<ModuleConfigTables>();
    for (auto function : getOperation().getOps<FunctionOpInterface>()) {
      if (function.isExternal())
        continue;
      std::unique_ptr<FunctionDTypes> read = FunctionDTypes::create(
          function, getAnalysisManager().nest(function), tables);
      if (!read)
        return signalPassFailure();
      functions[function] = std::move(read);
    }
    const auto &flow = getAnalysis<ValueFlow>();
    BoundaryDTypes dtypes(flow, functions);
    if (failed(dtypes.solve()))
      return signalPassFailure();
    for (Value value : flow.getPassedValues())
      print(value, dtypes);
  }

  static void print(Value value, const BoundaryDTypes &dtypes) {
    llvm::outs() << getLocationName(value.getLoc()) << ": ";
    auto it = dtypes.getDTypes().find(value);
    if (it == dtypes.getDTypes().end()) {
      llvm::outs() << "uninitialized\n";
      return;
    }
    const BoundaryDType &known = it->second;
    llvm::outs() << toType(known.dtype, value.getContext());
    if (known.spec)
      llvm::outs() << (known.isWeight ? " as weight" : " as activation");
    if (known.outside)
      llvm::outs() << " outside";
    llvm::outs() << '\n';
  }
};
} // namespace

void quantprep::test::registerTestBoundaryDTypes() {
  PassRegistration<TestBoundaryDTypesPass>();
}
