//===- AddResetFunctions.cpp - Functions that reset observers (T15) -------===//
//
// Runs after qprep-share-observers, when observers have names.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"
#include "TakenName.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace quantprep {
#define GEN_PASS_DEF_ADDRESETFUNCTIONS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
struct AddResetFunctionsPass
    : quantprep::impl::AddResetFunctionsBase<AddResetFunctionsPass> {
  using AddResetFunctionsBase::AddResetFunctionsBase;

  void runOnOperation() final {
    ConfigOp config = findConfig(getOperation());
    if (!config || !config.getResetFunctions() || !config.getEntry())
      return markAllAnalysesPreserved();
    SmallVector<ObserverOp> observers;
    for (auto observer : getOperation().getOps<ObserverOp>())
      if (annotations::isGenerated(observer))
        observers.push_back(observer);
    // Without observers there is nothing to reset.
    if (observers.empty())
      return markAllAnalysesPreserved();
    mlir::SymbolTable symbols(getOperation());
    std::string name = "reset_observers_" + config.getEntry()->str();
    FailureOr<FunctionOpInterface> entry =
        lookupEntry(config, getPreparedEntry(config));
    if (failed(entry))
      return signalPassFailure();
    if (Operation *taken = symbols.lookup(name)) {
      InFlightDiagnostic diag = (*entry)->emitError()
                                << "gets a function @" << name
                                << " that resets its observers (T15)";
      addTakenName(diag, taken);
      return signalPassFailure();
    }
    addFunction(name, *entry, observers, symbols);
  }

  void addFunction(StringRef name, Operation *entry,
                   ArrayRef<ObserverOp> observers, mlir::SymbolTable &symbols) {
    OpBuilder builder(&getContext());
    Location loc = entry->getLoc();
    auto function =
        func::FuncOp::create(loc, name, builder.getFunctionType({}, {}));
    function->setDiscardableAttr(annotations::generated, builder.getUnitAttr());
    symbols.insert(function, std::next(entry->getIterator()));
    builder.setInsertionPointToStart(function.addEntryBlock());
    for (ObserverOp observer : observers)
      ResetObserverOp::create(builder, observer.getLoc(),
                              observer.getSymName());
    func::ReturnOp::create(builder, loc);
  }
};
} // namespace
