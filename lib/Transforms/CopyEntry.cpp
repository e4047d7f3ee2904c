//===- CopyEntry.cpp - The copy that is prepared on device (T16) ----------===//
//
// Runs after qprep-attach-config. What follows prepares the copy instead of the
// entry function.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"
#include "TakenName.h"

#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Transforms/Inliner.h"
#include "mlir/Transforms/InliningUtils.h"

namespace quantprep {
#define GEN_PASS_DEF_COPYENTRY
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Each function that calls the next one twice doubles what is inlined. Memory
/// ends somewhere behind this.
static constexpr uint64_t mostOps = 10'000'000;

/// How many ops a function has when all calls are inlined; recursion counts
/// once.
static uint64_t countInlined(Operation *function, const ValueFlow &flow) {
  DenseMap<Operation *, uint64_t> counts;
  for (const CalledFunction *called : flow.getFunctions()) {
    FunctionOpInterface callee = called->function;
    uint64_t &count = counts[callee];
    callee->walk([&](Operation *) { ++count; });
    uint64_t total = count;
    for (CallOpInterface call : called->calls)
      if (uint64_t &around = counts[flow.getFunction(call)]; around <= mostOps)
        around += total;
  }
  return counts.lookup(function);
}

/// Inlines calls until there are none. A function that calls itself has no end
/// of them.
static LogicalResult inlineCalls(FunctionOpInterface function,
                                 mlir::SymbolTable &symbols) {
  InlinerInterface interface(function.getContext());
  InlinerConfig config;
  // A call, and how many functions it was inlined through.
  SmallVector<std::pair<CallOpInterface, unsigned>> worklist;
  auto collect = [&](Operation *root, unsigned depth) {
    root->walk(
        [&](CallOpInterface call) { worklist.push_back({call, depth}); });
  };
  collect(function, 0);
  size_t functions = llvm::range_size(
      cast<ModuleOp>(symbols.getOp()).getOps<FunctionOpInterface>());
  while (!worklist.empty()) {
    auto [call, depth] = worklist.pop_back_val();
    auto callee = dyn_cast_or_null<CallableOpInterface>(call.resolveCallable());
    // What is only declared, or not known, stays a call.
    if (!callee || !callee.getCallableRegion())
      continue;
    if (depth > functions)
      return call->emitError()
             << "cannot be inlined for on-device preparation, since the "
                "function calls itself (T16); leave on-device out";
    Block *block = call->getBlock();
    Operation *before = call->getPrevNode(), *after = call->getNextNode();
    if (failed(inlineCall(interface, config.getCloneCallback(), call, callee,
                          callee.getCallableRegion())))
      return call->emitError() << "cannot be inlined, which on-device "
                                  "preparation wants (T16); leave it out";
    call->erase();
    Operation *at = before ? before->getNextNode() : &block->front();
    for (; at && at != after; at = at->getNextNode())
      collect(at, depth + 1);
  }
  return success();
}

namespace {
struct CopyEntryPass : quantprep::impl::CopyEntryBase<CopyEntryPass> {
  using CopyEntryBase::CopyEntryBase;

  void getDependentDialects(DialectRegistry &registry) const final {
    CopyEntryBase::getDependentDialects(registry);
    func::registerInlinerExtension(registry);
  }

  void runOnOperation() final {
    ConfigOp config = findConfig(getOperation());
    if (!config || !config.getOnDevice() || !config.getEntry())
      return markAllAnalysesPreserved();
    markAnalysesPreserved<ModuleConfigTables>();
    mlir::SymbolTable symbols(getOperation());
    FailureOr<FunctionOpInterface> found =
        lookupEntry(config, *config.getEntry());
    if (failed(found))
      return signalPassFailure();
    FunctionOpInterface entry = *found;
    std::string name = getPreparedEntry(config);
    if (Operation *taken = symbols.lookup(name)) {
      InFlightDiagnostic diag = entry->emitError()
                                << "is copied to @" << name
                                << " for on-device preparation (T16)";
      addTakenName(diag, taken);
      return signalPassFailure();
    }
    if (countInlined(entry, getAnalysis<ValueFlow>()) > mostOps) {
      entry->emitError() << "has more than " << mostOps
                         << " ops with all calls inlined, which on-device "
                            "preparation wants (T16); leave it out";
      return signalPassFailure();
    }
    auto copy = cast<FunctionOpInterface>(entry->clone());
    mlir::SymbolTable::setSymbolName(copy, name);
    copy->setDiscardableAttr(annotations::generated,
                             mlir::UnitAttr::get(&getContext()));
    copy->setDiscardableAttr(annotations::origin,
                             FlatSymbolRefAttr::get(entry));
    symbols.insert(copy, std::next(entry->getIterator()));
    if (failed(inlineCalls(copy, symbols)))
      signalPassFailure();
  }
};
} // namespace
