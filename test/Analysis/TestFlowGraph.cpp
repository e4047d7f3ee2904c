//===- TestFlowGraph.cpp - Print what reaches each unit -------------------===//
//
// -test-flow-graph: for each operand that a unit reads, the uses that it comes
// from, and the observers that all of them have in common.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Analysis/ReachingObservers.h"
#include "QuantPrep/IR/Values.h"
#include "TestPasses.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct TestFlowGraphPass
    : PassWrapper<TestFlowGraphPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestFlowGraphPass)

  StringRef getArgument() const final { return "test-flow-graph"; }
  StringRef getDescription() const final { return "Print what reaches units"; }

  void runOnOperation() final {
    std::vector<std::unique_ptr<UnitGraph>> units;
    SmallVector<const UnitGraph *> functions;
    getOperation().walk([&](FunctionOpInterface function) {
      units.push_back(std::make_unique<UnitGraph>(function));
      functions.push_back(units.back().get());
    });
    ValueFlow flow(getOperation());
    FlowGraph graph(flow, TransparentUnits(functions, movesData, isObserved));
    ReachingObservers reaching(graph, [](const OpOperand &use) {
      ReachingObservers::Facts facts;
      for (qprep::ObservationOpInterface observation : getObservations(use))
        facts.push_back(observation.getObserverAttr());
      return facts;
    });
    for (const UnitGraph *function : functions)
      for (const Unit &unit : function->getUnits())
        for (const UnitOperand &operand : unit.operands)
          print(unit, *operand.uses.front(), graph, reaching);
  }

  static void print(const Unit &unit, OpOperand &use, const FlowGraph &graph,
                    const ReachingObservers &reaching) {
    llvm::outs() << getLocationName(unit.anchor->getLoc()) << " reads";
    graph.forEachOrigin(use, [](const OpOperand &origin, bool isArgument) {
      Value value = getUnobserved(origin.get());
      llvm::outs() << ' ' << getLocationName(value.getLoc())
                   << (isArgument ? " (by calls)" : "");
    });
    llvm::outs() << ", observed by";
    for (Attribute fact : reaching.get(use))
      llvm::outs() << ' ' << fact;
    llvm::outs() << '\n';
  }
};
} // namespace

void quantprep::test::registerTestFlowGraph() {
  PassRegistration<TestFlowGraphPass>();
}
