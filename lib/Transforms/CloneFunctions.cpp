//===- CloneFunctions.cpp - One function per qconfig (T1, T2) -------------===//
//
// What the path of a function is assigned holds for what it calls, unless that
// has an assignment of its own. A function that is reached with two answers is
// cloned. Runs after qprep-attach-config, on the module as it was written.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Transforms/Passes.h"

namespace quantprep {
#define GEN_PASS_DEF_CLONEFUNCTIONS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// A function under one answer; null: no path on the way to it has one.
using Version = std::pair<Operation *, AssignedAttr>;

class FunctionCloner {
public:
  FunctionCloner(ModuleOp module, const ValueFlow &flow,
                 const QConfigMapping &mapping);

  /// Whether a function was cloned.
  bool run();

private:
  Version getVersion(Operation *function, AssignedAttr inherited) const;
  void reach(Version root);
  void makeFunctions();
  void redirectCalls(const Version &version, Operation *function);

  ModuleOp module;
  const ValueFlow &flow;
  llvm::DenseMap<Operation *, AssignedAttr> own;
  /// Each version, in the order reached, and what it is in the end.
  llvm::MapVector<Version, Operation *> versions;
  llvm::DenseMap<StringAttr, Operation *> functionOf;
};
} // namespace

FunctionCloner::FunctionCloner(ModuleOp module, const ValueFlow &flow,
                               const QConfigMapping &mapping)
    : module(module), flow(flow) {
  for (const CalledFunction *called : flow.getFunctions()) {
    FunctionOpInterface function = called->function;
    own[function] = mapping.getAssigned(function);
    functionOf[function.getNameAttr()] = function;
  }
}

Version FunctionCloner::getVersion(Operation *function,
                                   AssignedAttr inherited) const {
  AssignedAttr answer = own.lookup(function);
  return {function, answer ? answer : inherited};
}

void FunctionCloner::reach(Version root) {
  SmallVector<Version> worklist{root};
  while (!worklist.empty()) {
    Version version = worklist.pop_back_val();
    if (!versions.insert({version, nullptr}).second)
      continue;
    for (const CalledFunction *callee :
         llvm::reverse(flow.lookup(version.first)->callees))
      worklist.push_back(
          getVersion(FunctionOpInterface(callee->function), version.second));
  }
}

/// The first version of a function is the function itself.
void FunctionCloner::makeFunctions() {
  SymbolTable symbols(module);
  Builder builder(module.getContext());
  DenseMap<Operation *, Operation *> last;
  for (auto &[version, made] : versions) {
    auto [original, answer] = version;
    auto [it, isFirst] = last.try_emplace(original, original);
    made = isFirst ? original : original->clone();
    if (!isFirst) {
      symbols.insert(made, std::next(it->second->getIterator()));
      SymbolTable::setSymbolVisibility(made, SymbolTable::Visibility::Private);
      made->setDiscardableAttr(annotations::generated, builder.getUnitAttr());
      made->setDiscardableAttr(annotations::origin,
                               FlatSymbolRefAttr::get(original));
      it->second = made;
    }
  }
}

void FunctionCloner::redirectCalls(const Version &version,
                                   Operation *function) {
  function->walk([&](CallOpInterface call) {
    StringAttr name = getCalleeName(call);
    Operation *callee = name ? functionOf.lookup(name) : nullptr;
    auto it = callee ? versions.find(getVersion(callee, version.second))
                     : versions.end();
    if (it != versions.end() && it->second != callee)
      redirectCall(call, FlatSymbolRefAttr::get(callee),
                   FlatSymbolRefAttr::get(it->second));
  });
}

bool FunctionCloner::run() {
  // From outside first, so that what anybody may call stays what it is.
  auto reachAll = [&](function_ref<bool(const CalledFunction &)> isRoot) {
    for (auto function : module.getOps<FunctionOpInterface>())
      if (const CalledFunction *called = flow.lookup(function);
          called && isRoot(*called))
        reach(getVersion(function, {}));
  };
  reachAll([](const CalledFunction &called) {
    return !called.callsAreKnown || called.calls.empty();
  });
  // Functions that only call each other.
  DenseSet<Operation *> reached;
  for (auto &[version, made] : versions)
    reached.insert(version.first);
  reachAll([&](const CalledFunction &called) {
    return !reached.contains(FunctionOpInterface(called.function));
  });
  makeFunctions();
  for (auto &[version, made] : versions) {
    if (version.second)
      made->setDiscardableAttr(annotations::assigned, version.second);
    redirectCalls(version, made);
  }
  return versions.size() != flow.getFunctions().size();
}

namespace {
struct CloneFunctionsPass
    : quantprep::impl::CloneFunctionsBase<CloneFunctionsPass> {
  using CloneFunctionsBase::CloneFunctionsBase;

  void runOnOperation() final {
    const ConfigTables *tables =
        getAnalysis<ModuleConfigTables>().lookup(findConfig(getOperation()));
    if (!tables) {
      getOperation().emitError() << "there is no configuration in the module; "
                                    "run qprep-attach-config first";
      return signalPassFailure();
    }
    // Once, for the steps on functions. Who calls whom is a question if there
    // are several.
    if (llvm::hasNItemsOrMore(getOperation().getOps<FunctionOpInterface>(), 2))
      getAnalysis<ValueFlow>();
    if (!tables->mapping.namesPaths())
      return markAllAnalysesPreserved();
    markAnalysesPreserved<ModuleConfigTables>();
    if (!FunctionCloner(getOperation(), getAnalysis<ValueFlow>(),
                        tables->mapping)
             .run())
      markAnalysesPreserved<ValueFlow>();
  }
};
} // namespace
