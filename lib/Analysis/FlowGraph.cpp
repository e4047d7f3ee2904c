//===- FlowGraph.cpp - What reaches a use ---------------------------------===//

#include "QuantPrep/Analysis/FlowGraph.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Values.h"

#include "llvm/ADT/SCCIterator.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace llvm {
template <> struct GraphTraits<const FlowNode *> {
  using NodeRef = const FlowNode *;
  using ChildIteratorType = FlowNode *const *;
  static NodeRef getEntryNode(NodeRef root) { return root; }
  static ChildIteratorType child_begin(NodeRef node) {
    return node->predecessors.begin();
  }
  static ChildIteratorType child_end(NodeRef node) {
    return node->predecessors.end();
  }
};
} // namespace llvm

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

TransparentUnits::TransparentUnits(ArrayRef<const UnitGraph *> functions,
                                   IsTransparent isTransparent,
                                   IsObserved isObserved)
    : endsAt(std::move(isObserved)) {
  for (const UnitGraph *graph : functions)
    for (const Unit &unit : graph->getUnits()) {
      if (!isTransparent(unit))
        continue;
      SmallVector<const UnitOperand *> operands = getSharedOperands(unit);
      if (operands.empty())
        continue;
      const OpOperand &top = getTop(*operands.front()->uses.front());
      answers[unit.anchor] = {&unit, &top};
    }
}

const OpOperand &TransparentUnits::getTop(const OpOperand &use) const {
  if (answers.empty() || isObserved(use))
    return use;
  Operation *producer = getUnobserved(use.get()).getDefiningOp();
  auto it = producer ? answers.find(producer) : answers.end();
  return it == answers.end() ? use : *it->second.top;
}

TransparentUnits::Uses
TransparentUnits::getSharedUses(const OpOperand &use) const {
  Operation *producer = getUnobserved(use.get()).getDefiningOp();
  auto it =
      producer && !isObserved(use) ? answers.find(producer) : answers.end();
  if (it == answers.end())
    return {&use};
  Uses uses;
  for (const UnitOperand *operand : getSharedOperands(*it->second.unit))
    uses.push_back(operand->uses.front());
  return uses;
}

//===----------------------------------------------------------------------===//
// Nodes and edges
//===----------------------------------------------------------------------===//

FlowGraph::FlowGraph(const ValueFlow &flow, TransparentUnits given)
    : flow(flow), units(std::move(given)) {
  if (flow.getPassedValues().empty())
    return;
  addReached();
  addNodes();
  for (const CalledFunction *called : flow.getFunctions())
    addReturned(*called);
  addEdges();
  findComponents();
}

/// The functions that placement=value goes into from the entry.
void FlowGraph::addReached() {
  if (flow.getFunctions().empty())
    return;
  ConfigOp config = findConfig(flow.getFunctions().front()->function);
  if (!config || config.getPlacement() != Placement::value)
    return;
  byValue = true;
  std::string name = getPreparedEntry(config);
  SmallVector<const CalledFunction *> worklist;
  for (const CalledFunction *called : flow.getFunctions())
    if (FunctionOpInterface function = called->function;
        function.getName() == name) {
      entry = function;
      worklist.push_back(called);
    }
  while (!worklist.empty()) {
    const CalledFunction *called = worklist.pop_back_val();
    if (reached.insert(called->function).second)
      llvm::append_range(worklist, called->callees);
  }
}

/// Not so where a branch always fails (T12), nor in what placement=value does
/// not reach from the entry (T8).
bool FlowGraph::isForwarded(OpOperand &use) const {
  return !flow.isNeverPassed(use) &&
         (reached.empty() ||
          reached.contains(flow.getFunction(use.getOwner())));
}

/// Whether the arguments of a function are observed by its calls: all calls
/// are known, and none is its own, or placement=value prepares it for those
/// there are (T8). Others observe what they need in place.
bool FlowGraph::isSettledByCalls(const CalledFunction &called) const {
  return called.isClosed() || (byValue && called.function != entry);
}

void FlowGraph::addNodes() {
  for (Value value : flow.getPassedValues()) {
    auto argument = dyn_cast<BlockArgument>(value);
    const CalledFunction *called =
        argument ? flow.lookup(argument.getOwner()->getParentOp()) : nullptr;
    if (called && !isSettledByCalls(*called))
      continue;
    std::unique_ptr<FlowNode> &node = nodes[value];
    node = std::make_unique<FlowNode>();
    node->isArgumentOfFunction = called != nullptr;
  }
}

FlowNode *FlowGraph::getNode(Value value) const {
  auto it = nodes.find(value);
  return it == nodes.end() ? nullptr : it->second.get();
}

const FlowNode *FlowGraph::lookup(Value value) const { return getNode(value); }

FlowNode *FlowGraph::getSource(const OpOperand &use) const {
  const OpOperand &top = units.getTop(use);
  return units.isObserved(top) ? nullptr : getNode(getUnobserved(top.get()));
}

void FlowGraph::addEdge(FlowNode &node, FlowEdge edge) {
  node.edges.push_back(edge);
  if (edge.from)
    node.predecessors.push_back(edge.from);
}

/// What the callee of a call returns as this result; null for other values, and
/// for calls of functions that have not been looked at, which call themselves.
const FlowGraph::Returned *FlowGraph::getReturned(Value value) const {
  auto result = dyn_cast<OpResult>(value);
  const CalledFunction *callee =
      result ? flow.getCallee(result.getOwner()) : nullptr;
  auto it = callee ? returns.find(callee->function) : returns.end();
  return it == returns.end() ? nullptr : &it->second[result.getResultNumber()];
}

static OpOperand &getCallOperand(Operation *call, unsigned argument) {
  return cast<CallOpInterface>(call).getArgOperandsMutable()[argument];
}

/// Callees come before their callers, but for recursion.
void FlowGraph::addReturned(const CalledFunction &called) {
  if (called.calls.empty())
    return;
  FunctionOpInterface function = called.function;
  SmallVector<Returned, 1> found(function.getNumResults());
  CallOpInterface call = called.calls.front();
  for (auto [result, returned] : llvm::zip(call->getResults(), found))
    for (OpOperand *use : flow.getSources(result))
      if (isForwarded(*use))
        // What a list shares with is all returned.
        for (const OpOperand *at : units.getSharedUses(*use))
          addReturned(returned, called, *at, use->getOwner());
  returns[function] = std::move(found);
}

void FlowGraph::addReturned(Returned &returned, const CalledFunction &called,
                            const OpOperand &use, Operation *forwards) {
  auto add = [&](FlowEdge edge) {
    if (!returned.node) {
      returnedNodes.push_back(std::make_unique<FlowNode>());
      returned.node = returnedNodes.back().get();
    }
    addEdge(*returned.node, edge);
  };
  SmallVector<const OpOperand *, 2> worklist{&use};
  while (!worklist.empty()) {
    const OpOperand &top = units.getTop(*worklist.pop_back_val());
    Value value = getUnobserved(top.get());
    FlowNode *from = getSource(top);
    auto argument = dyn_cast<BlockArgument>(value);
    const Returned *inner = from ? getReturned(value) : nullptr;
    if (from && from->isArgumentOfFunction && !called.isRecursive) {
      returned.arguments.insert(argument.getArgNumber());
    } else if (inner) {
      if (inner->node)
        add({nullptr, inner->node, value.getDefiningOp()});
      for (unsigned index : llvm::reverse(inner->arguments))
        worklist.push_back(&getCallOperand(value.getDefiningOp(), index));
    } else {
      add({&top, from, forwards});
    }
  }
}

void FlowGraph::addEdges() {
  auto add = [&](FlowNode &node, OpOperand &use) {
    addEdge(node, {&units.getTop(use), getSource(use), use.getOwner()});
  };
  for (auto &[value, node] : nodes) {
    const Returned *returned = getReturned(value);
    if (!returned) {
      for (OpOperand *source : flow.getSources(value))
        if (isForwarded(*source))
          add(*node, *source);
      continue;
    }
    Operation *call = value.getDefiningOp();
    if (returned->node)
      addEdge(*node, {nullptr, returned->node, call});
    for (unsigned argument : returned->arguments)
      add(*node, getCallOperand(call, argument));
  }
}

//===----------------------------------------------------------------------===//
// Components
//===----------------------------------------------------------------------===//

void FlowGraph::findComponents() {
  FlowNode root;
  for (auto &[value, node] : nodes)
    root.predecessors.push_back(node.get());
  const FlowNode *start = &root;
  for (auto it = llvm::scc_begin(start); !it.isAtEnd(); ++it)
    if (it->front() != start)
      components.emplace_back(it->begin(), it->end());
}

void FlowGraph::forEachOrigin(const OpOperand &use,
                              OriginCallback callback) const {
  if (const FlowNode *node = getSource(use))
    forEachOrigin(*node, callback);
  else
    callback(units.getTop(use), /*isArgument=*/false);
}

void FlowGraph::forEachOrigin(const FlowNode &node,
                              OriginCallback callback) const {
  struct Step {
    const FlowNode *node;
    /// The use that it ends at, for none.
    const OpOperand *use;
    bool isArgument;
  };
  SmallVector<Step> worklist{{&node, nullptr, false}};
  DenseSet<const FlowNode *> seen;
  while (!worklist.empty()) {
    auto [at, use, isArgument] = worklist.pop_back_val();
    if (!at) {
      callback(*use, isArgument);
      continue;
    }
    if (!seen.insert(at).second)
      continue;
    for (const FlowEdge &edge : llvm::reverse(at->edges))
      worklist.push_back(
          {edge.from, edge.use, isArgument || at->isArgumentOfFunction});
  }
}
