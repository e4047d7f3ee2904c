//===- TestValuePlacement.cpp - Print what the value placement finds ------===//
//
// -test-value-placement: for each value that a unit makes or reads, what it
// requires, whether it is observed, by an observer of its own or by what it
// comes from, and the dtype that it is read as.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/FunctionStep.h"
#include "QuantPrep/Analysis/ValueDTypes.h"
#include "QuantPrep/IR/Values.h"
#include "TestPasses.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;

namespace {
struct TestValuePlacementPass
    : PassWrapper<TestValuePlacementPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestValuePlacementPass)

  StringRef getArgument() const final { return "test-value-placement"; }
  StringRef getDescription() const final {
    return "Print what the value placement finds";
  }

  void runOnOperation() final {
    qprep::ConfigOp config = findConfig(getOperation());
    const ConfigTables &tables =
        *getAnalysis<ModuleConfigTables>().lookup(config);
    const auto &flow = getAnalysis<ValueFlow>();
    ValuePlacement placement(tables, flow);
    std::vector<const UnitGraph *> graphs;
    llvm::SetVector<Value> values;
    for (const CalledFunction *called : flow.getFunctions()) {
      FunctionOpInterface function = called->function;
      const auto &graph = getChildAnalysis<UnitGraph>(function);
      graphs.push_back(&graph);
      placement.addFunction(graph, getChildAnalysis<Fusions>(function));
      for (const Unit &unit : graph.getUnits()) {
        for (const UnitOperand &operand : unit.operands)
          values.insert(operand.value);
        values.insert_range(unit.anchor->getResults());
      }
    }
    FailureOr<FunctionOpInterface> entry =
        lookupEntry(config, getPreparedEntry(config));
    if (failed(entry) || failed(placement.solve(*entry)))
      return signalPassFailure();
    ValueDTypes dtypes(flow, graphs, placement);
    for (Value value : values)
      print(value, placement, dtypes);
  }

  static void print(Value value, ValuePlacement &placement,
                    const ValueDTypes &dtypes) {
    llvm::outs() << getLocationName(value.getLoc());
    if (ValueNeed need = placement.getNeeds().get(value))
      llvm::outs() << (need.isWeight ? " requires a weight's observer,"
                                     : " requires an observer,");
    llvm::outs() << (placement.getPlaced(value)    ? " has one"
                     : placement.isObserved(value) ? " is observed before"
                                                   : " is not observed")
                 << ", " << dtypes.get(value) << '\n';
  }
};
} // namespace

void quantprep::test::registerTestValuePlacement() {
  PassRegistration<TestValuePlacementPass>();
}
