//===- TestSharingGroups.cpp - Print what must share an observer ----------===//
//
// -test-sharing-groups: for each group of observations, the values that they
// observe, in program order. Runs after qprep-insert-observers.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/SharingConstraints.h"
#include "QuantPrep/IR/Values.h"
#include "TestPasses.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct TestSharingGroupsPass
    : PassWrapper<TestSharingGroupsPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestSharingGroupsPass)

  StringRef getArgument() const final { return "test-sharing-groups"; }
  StringRef getDescription() const final { return "Print sharing groups"; }

  void runOnOperation() final {
    ObservationList observations;
    std::vector<std::unique_ptr<UnitGraph>> units;
    SmallVector<const UnitGraph *> functions;
    getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
      observations.add(op);
      if (!isa<FunctionOpInterface>(op))
        return;
      units.push_back(std::make_unique<UnitGraph>(op));
      functions.push_back(units.back().get());
    });
    ValueFlow flow(getOperation());
    FlowGraph graph(
        flow,
        TransparentUnits(functions, handsOnObserver, [](const OpOperand &use) {
          return bool(getSharedObservation(use));
        }));
    SharingGroups groups(observations.all.size());
    SharingConstraints constraints(flow, graph, observations, groups);
    for (const UnitGraph *function : functions)
      constraints.collect(*function, Fusions(*function));
    llvm::MapVector<unsigned, SmallVector<Value>> members;
    for (auto [index, observation] : llvm::enumerate(observations.all))
      members[groups.getLeader(index)].push_back(
          getUnobserved(qprep::ObservationOpInterface(observation).getInput()));
    for (auto &[leader, values] : members) {
      llvm::outs() << "group:";
      for (Value value : values)
        llvm::outs() << ' ' << getLocationName(value.getLoc());
      llvm::outs() << '\n';
    }
  }
};
} // namespace

void quantprep::test::registerTestSharingGroups() {
  PassRegistration<TestSharingGroupsPass>();
}
