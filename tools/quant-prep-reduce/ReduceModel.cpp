//===- ReduceModel.cpp - qprep-reduce -------------------------------------===//
//
// Delta debugging: parts of half the size, then of a quarter, down to one, are
// taken away where the module stays interesting, until nothing more goes.
//
//===----------------------------------------------------------------------===//

#include "ReduceModel.h"

#include "QuantPrep/Support/CheckedPass.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Iterators.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Reducer/Tester.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/ToolOutputFile.h"

namespace quantprep {
#define GEN_PASS_DECL_REDUCEMODEL
#define GEN_PASS_REGISTRATION_REDUCEMODEL
#define GEN_PASS_DEF_REDUCEMODEL
#include "Passes.h.inc"
} // namespace quantprep

using namespace mlir;

void quantprep::registerReducePasses() { registerReduceModel(); }

//===----------------------------------------------------------------------===//
// Edits
//===----------------------------------------------------------------------===//

/// All ops that an edit may address, in the order of a walk.
static SmallVector<Operation *> getOps(ModuleOp module) {
  SmallVector<Operation *> ops;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op != module && !op->hasTrait<OpTrait::IsTerminator>())
      ops.push_back(op);
  });
  return ops;
}

/// Erases ops without effects whose results nobody uses.
static void eraseDeadOps(ModuleOp module) {
  module.walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
    if (isOpTriviallyDead(op))
      op->erase();
  });
}

/// Takes ops away that hand a value on in the place of their result: an operand
/// of the same type. What comes before stays in use.
static void bypassOps(ArrayRef<Operation *> ops) {
  auto module = ops.front()->getParentOfType<ModuleOp>();
  for (Operation *op : llvm::reverse(ops)) {
    for (Value result : op->getResults())
      for (Value operand : op->getOperands())
        if (operand.getType() == result.getType())
          result.replaceAllUsesWith(operand);
    if (op->getNumResults() != 0 && op->use_empty())
      op->erase();
  }
  eraseDeadOps(module);
}

/// An argument of the function in the place of `value`; null if there can be
/// none.
static Value addArgument(Value value) {
  Operation *op = value.getDefiningOp();
  auto function = dyn_cast<FunctionOpInterface>(op->getParentOp());
  if (!function || !op->getBlock()->isEntryBlock() ||
      failed(function.insertArgument(function.getNumArguments(),
                                     value.getType(), {}, value.getLoc())))
    return {};
  return function.getArguments().back();
}

/// Takes ops away; what is used of them is handed to the function.
static void cutOps(ArrayRef<Operation *> ops) {
  for (Operation *op : llvm::reverse(ops)) {
    for (Value result : op->getResults())
      if (!result.use_empty())
        if (Value argument = addArgument(result))
          result.replaceAllUsesWith(argument);
    if (op->use_empty())
      op->erase();
  }
}

/// Erases arguments that nobody uses, of functions that nobody calls.
static void eraseUnusedArguments(ModuleOp module) {
  for (auto function : module.getOps<FunctionOpInterface>()) {
    if (function.isExternal() ||
        !SymbolTable::symbolKnownUseEmpty(function, module))
      continue;
    BitVector unused(function.getNumArguments());
    for (BlockArgument argument : function.getArguments())
      if (argument.use_empty())
        unused.set(argument.getArgNumber());
    (void)function.eraseArguments(unused);
  }
}

/// Results of functions: each function with its number.
static SmallVector<std::pair<FunctionOpInterface, unsigned>>
getResults(ModuleOp module) {
  SmallVector<std::pair<FunctionOpInterface, unsigned>> results;
  for (auto function : module.getOps<FunctionOpInterface>())
    for (unsigned i = 0; i < function.getNumResults(); ++i)
      results.push_back({function, i});
  return results;
}

static void
dropResults(ArrayRef<std::pair<FunctionOpInterface, unsigned>> results) {
  for (auto [function, number] : llvm::reverse(results)) {
    for (Block &block : function.getFunctionBody())
      if (Operation *end = block.getTerminator();
          end->hasTrait<OpTrait::ReturnLike>())
        end->eraseOperand(number);
    BitVector dropped(function.getNumResults());
    dropped.set(number);
    (void)function.eraseResults(dropped);
  }
}

/// Ops with elements that are not all the same.
static SmallVector<Operation *> getConstants(ModuleOp module) {
  SmallVector<Operation *> constants;
  for (Operation *op : getOps(module))
    for (NamedAttribute attr : op->getAttrs())
      if (auto elements = dyn_cast<DenseElementsAttr>(attr.getValue());
          elements && !elements.isSplat() && elements.size() != 0) {
        constants.push_back(op);
        break;
      }
  return constants;
}

static void simplifyConstants(ArrayRef<Operation *> constants) {
  for (Operation *op : constants)
    for (NamedAttribute attr : op->getAttrs())
      if (auto elements = dyn_cast<DenseElementsAttr>(attr.getValue());
          elements && elements.size() != 0)
        op->setAttr(attr.getName(),
                    DenseElementsAttr::get(elements.getType(),
                                           *elements.value_begin<Attribute>()));
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

/// What each edit has to make less, so that the search ends.
static size_t getSize(ModuleOp module) {
  return getOps(module).size() + getResults(module).size() +
         getConstants(module).size();
}

namespace {
class Reducer {
public:
  Reducer(ModuleOp module, const Tester &tester)
      : module(module), tester(tester) {}

  /// Whether the test could be run, and finds it interesting.
  FailureOr<bool> isInteresting(ModuleOp candidate);

  /// Fails after an error has been emitted.
  LogicalResult run();

private:
  /// Tries `edit` on a copy, which becomes the module if it stays interesting.
  FailureOr<bool> attempt(llvm::function_ref<void(ModuleOp)> edit);

  /// Edits parts of a list of things; sets `changed` if one was edited.
  template <typename List, typename Edit>
  LogicalResult reduceList(List list, Edit edit, bool &changed);

  ModuleOp module;
  const Tester &tester;
};
} // namespace

FailureOr<bool> Reducer::isInteresting(ModuleOp candidate) {
  SmallString<64> path;
  int fd = -1;
  if (std::error_code error =
          llvm::sys::fs::createTemporaryFile("qprep-reduce", "mlir", fd, path))
    return module.emitError()
           << "cannot make a file for the test: " << error.message();
  llvm::ToolOutputFile file(path, fd);
  // Names and places stay: configurations and messages have them.
  candidate->print(file.os(), OpPrintingFlags().enableDebugInfo());
  file.os() << '\n';
  file.os().close();
  return tester.isInteresting(path) == Tester::Interestingness::True;
}

FailureOr<bool> Reducer::attempt(llvm::function_ref<void(ModuleOp)> edit) {
  OwningOpRef<ModuleOp> candidate = module.clone();
  edit(*candidate);
  eraseUnusedArguments(*candidate);
  if (getSize(*candidate) >= getSize(module))
    return false;
  {
    ScopedDiagnosticHandler ignoreErrors(
        module.getContext(), [](Diagnostic &) { return success(); });
    if (failed(verify(*candidate)))
      return false;
  }
  FailureOr<bool> interesting = isInteresting(*candidate);
  if (succeeded(interesting) && *interesting)
    module.getBodyRegion().takeBody(candidate->getBodyRegion());
  return interesting;
}

template <typename List, typename Edit>
LogicalResult Reducer::reduceList(List list, Edit edit, bool &changed) {
  for (size_t size = list(module).size(); size > 0; size /= 2) {
    // From the end: what is used later goes before what it uses.
    for (size_t end = list(module).size(); end > 0;) {
      size_t begin = end > size ? end - size : 0;
      FailureOr<bool> reduced = attempt([&](ModuleOp candidate) {
        auto things = list(candidate);
        edit(ArrayRef(things).slice(begin, end - begin));
      });
      if (failed(reduced))
        return failure();
      changed |= *reduced;
      end = std::min(begin, size_t(list(module).size()));
    }
  }
  return success();
}

LogicalResult Reducer::run() {
  FailureOr<bool> interesting = isInteresting(module);
  if (failed(interesting))
    return failure();
  if (!*interesting)
    return module.emitError("the test exits with 0, which says that the module "
                            "is not interesting; it has to exit with 1");
  bool changed = true;
  while (changed) {
    changed = false;
    if (failed(reduceList(getOps, bypassOps, changed)) ||
        failed(reduceList(getOps, cutOps, changed)) ||
        failed(reduceList(getResults, dropResults, changed)) ||
        failed(reduceList(getConstants, simplifyConstants, changed)))
      return failure();
  }
  return success();
}

namespace {
struct ReduceModelPass : quantprep::impl::ReduceModelBase<ReduceModelPass> {
  using ReduceModelBase::ReduceModelBase;

  void runOnOperation() final {
    if (test.empty()) {
      getOperation().emitError("qprep-reduce wants test=PROGRAM");
      return signalPassFailure();
    }
    std::vector<std::string> arguments(testArgs.begin(), testArgs.end());
    Tester tester(test, arguments);
    if (failed(Reducer(getOperation(), tester).run()))
      signalPassFailure();
  }
};
} // namespace
