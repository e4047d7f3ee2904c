//===- ValueFlow.cpp - How values get from one place to another -----------===//

#include "QuantPrep/Analysis/ValueFlow.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Interfaces/FailingOpInterface.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Interfaces/ValuePassingOpInterface.h"

#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SCCIterator.h"

using namespace mlir;
using namespace quantprep;

namespace {
/// What calls every function, so that one walk reaches all.
struct CallGraphRoot : CalledFunction {};
} // namespace

namespace llvm {
template <> struct GraphTraits<const CalledFunction *> {
  using NodeRef = const CalledFunction *;
  using ChildIteratorType = CalledFunction *const *;
  static NodeRef getEntryNode(NodeRef root) { return root; }
  static ChildIteratorType child_begin(NodeRef node) {
    return node->callees.begin();
  }
  static ChildIteratorType child_end(NodeRef node) {
    return node->callees.end();
  }
};
} // namespace llvm

bool quantprep::isLoop(Operation *op) {
  if (auto branch = dyn_cast<RegionBranchOpInterface>(op))
    return branch.hasLoop();
  auto passing = dyn_cast<ValuePassingOpInterface>(op);
  return passing && passing.isLoop();
}

bool quantprep::passesThroughRegions(Operation *op) {
  return op->getNumRegions() != 0 &&
         isa<RegionBranchOpInterface, ValuePassingOpInterface>(op) &&
         !isa<QuantizableOpInterface>(op);
}

/// Standalone and custom functions are to their callers what is only declared
/// (F28, F29).
static bool isApart(Operation *function) {
  return annotations::isCustom(function) ||
         function->hasAttr(annotations::standalone);
}

ValueFlow::ValueFlow(Operation *module) {
  for (Region &region : module->getRegions())
    for (auto function : region.getOps<FunctionOpInterface>())
      if (!function.isExternal() && !isApart(function)) {
        functions[function].function = function;
        hasPrivate |= function.isPrivate();
      }
  module->walk<WalkOrder::PreOrder>([&](Operation *op) { visit(op); });
  addReturns();
  findFailingBlocks();
  orderFunctions();
}

/// Outer ops come first.
void ValueFlow::noteFunction(Operation *op) {
  bool isFunction = isa<FunctionOpInterface>(op);
  if (!isFunction && !passesThroughRegions(op))
    return;
  Operation *function = isFunction ? op : getFunction(op);
  for (Region &region : op->getRegions())
    functionAround[&region] = function;
}

/// Interfaces are searched once for all ops of a name.
const ValueFlow::OpTraits &ValueFlow::getTraits(Operation *op) {
  auto [it, isNew] = traits.try_emplace(op->getName());
  if (isNew)
    it->second = {isa<CallOpInterface>(op), isa<FailingOpInterface>(op),
                  // What we write ourselves refers to functions without calling
                  // them.
                  isa_and_nonnull<qprep::QPrepDialect>(op->getDialect()),
                  isa<SymbolUserOpInterface>(op) || !op->isRegistered()};
  return it->second;
}

void ValueFlow::visit(Operation *op) {
  if (op->getNumRegions() != 0)
    noteFunction(op);
  OpTraits known = getTraits(op);
  if (known.isCall)
    addCall(cast<CallOpInterface>(op));
  else if (passesThroughRegions(op))
    addRegions(op);
  else if (known.mayFail && cast<FailingOpInterface>(op).alwaysFails())
    failingBlocks.insert(op->getBlock());
  if (hasPrivate && !known.isOurs)
    noteSymbols(op, /*inProperties=*/known.usesSymbols && !known.isCall);
}

void ValueFlow::addPassed(OpOperand &use, Value value) {
  targets[&use].push_back(value);
  sources[value].push_back(&use);
}

/// A call whose operands and results are not those of the function one for one
/// (it starts a task, say) is one that we know nothing of.
void ValueFlow::addCall(CallOpInterface call) {
  auto symbol = dyn_cast_if_present<SymbolRefAttr>(call.getCallableForCallee());
  Operation *callee =
      symbol ? symbols.lookupNearestSymbolFrom(call, symbol) : nullptr;
  auto it = functions.find(callee);
  if (it == functions.end()) {
    // Whatever it is, it is called by what it is.
    if (callee)
      named.insert(symbol.getLeafReference());
    return;
  }
  CalledFunction &called = it->second;
  FunctionOpInterface function = called.function;
  if (TypeRange(call.getArgOperands()) !=
          TypeRange(function.getArgumentTypes()) ||
      TypeRange(call->getResultTypes()) !=
          TypeRange(function.getResultTypes())) {
    named.insert(symbol.getLeafReference());
    return;
  }
  called.calls.push_back(call);
  calleeOf[call] = &called;
  for (auto [operand, argument] :
       llvm::zip(call.getArgOperandsMutable(), function.getArguments()))
    addPassed(operand, argument);
  auto around = functions.find(getFunction(call));
  if (around != functions.end() &&
      knownCallees.insert({around->first, callee}).second)
    around->second.callees.push_back(&called);
}

void ValueFlow::addRegions(Operation *op) {
  withRegions.push_back(op);
  RegionBranchSuccessorMapping mapping;
  if (auto branch = dyn_cast<RegionBranchOpInterface>(op))
    branch.getSuccessorOperandInputMapping(mapping);
  else
    cast<ValuePassingOpInterface>(op).getPassedValues(mapping);
  auto add = [&](Operation *from) {
    for (OpOperand &use : from->getOpOperands())
      for (Value value : mapping.lookup(&use))
        addPassed(use, value);
  };
  // In program order, which the map has lost.
  add(op);
  for (Region &region : op->getRegions())
    for (Block &block : region)
      if (block.mightHaveTerminator())
        add(block.getTerminator());
}

/// A branch fails if all its regions do. Inner ones come last.
void ValueFlow::findFailingBlocks() {
  for (Operation *op : llvm::reverse(withRegions))
    if (!failingBlocks.empty() && !isLoop(op) &&
        llvm::all_of(op->getRegions(), [&](Region &region) {
          return region.hasOneBlock() &&
                 failingBlocks.contains(&region.front());
        }))
      failingBlocks.insert(op->getBlock());
}

bool ValueFlow::isNeverPassed(OpOperand &use) const {
  Attribute value;
  if (matchPattern(use.get(), m_Constant(&value)) &&
      isa<ub::PoisonAttrInterface>(value))
    return true;
  return failingBlocks.contains(use.getOwner()->getBlock());
}

void ValueFlow::addReturns() {
  for (auto &[op, called] : functions)
    for (Block &block : called.function.getFunctionBody()) {
      if (!block.mightHaveTerminator())
        continue;
      Operation *terminator = block.getTerminator();
      if (terminator->getNumSuccessors() != 0 ||
          TypeRange(terminator->getOperandTypes()) !=
              TypeRange(called.function.getResultTypes()))
        continue;
      for (CallOpInterface call : called.calls)
        for (auto [use, result] :
             llvm::zip(terminator->getOpOperands(), call->getResults()))
          addPassed(use, result);
    }
}

/// Functions that are named by anything but calls may be called by anybody. Ops
/// share few attribute dictionaries, each of which is searched once; of
/// properties only those of ops that say that they use symbols.
void ValueFlow::noteSymbols(Operation *op, bool inProperties) {
  auto note = [&](SymbolRefAttr symbol) {
    named.insert(symbol.getLeafReference());
  };
  DictionaryAttr dictionary = op->getDiscardableAttrDictionary();
  if (!dictionary.empty() && searched.insert(dictionary).second)
    for (NamedAttribute attr : dictionary)
      if (!isa_and_nonnull<qprep::QPrepDialect>(attr.getNameDialect()))
        attr.getValue().walk(note);
  if (inProperties)
    op->getAttrDictionary().walk(note);
}

void ValueFlow::orderFunctions() {
  CallGraphRoot root;
  for (auto &[op, called] : functions) {
    root.callees.push_back(&called);
    called.callsAreKnown = called.function.isPrivate() &&
                           !named.contains(called.function.getNameAttr());
  }
  const CalledFunction *entry = &root;
  for (auto it = llvm::scc_begin(entry); !it.isAtEnd(); ++it)
    for (const CalledFunction *called : *it) {
      if (called == entry)
        continue;
      functions[FunctionOpInterface(called->function)].isRecursive =
          it.hasCycle();
      bottomUp.push_back(called);
    }
}

ArrayRef<Value> ValueFlow::getTargets(OpOperand &use) const {
  auto it = targets.find(&use);
  return it == targets.end() ? ArrayRef<Value>() : ArrayRef<Value>(it->second);
}

ArrayRef<OpOperand *> ValueFlow::getSources(Value value) const {
  auto it = sources.find(value);
  return it == sources.end() ? ArrayRef<OpOperand *>()
                             : ArrayRef<OpOperand *>(it->second);
}

const CalledFunction *ValueFlow::getCallee(Operation *call) const {
  return calleeOf.lookup(call);
}

Operation *ValueFlow::getFunction(Operation *inside) const {
  if (isa<FunctionOpInterface>(inside))
    return inside;
  for (Region *region = inside->getParentRegion(); region;
       region = region->getParentRegion())
    if (auto it = functionAround.find(region); it != functionAround.end())
      return it->second;
  return nullptr;
}

const CalledFunction *ValueFlow::lookup(Operation *function) const {
  auto it = functions.find(function);
  return it == functions.end() ? nullptr : &it->second;
}
