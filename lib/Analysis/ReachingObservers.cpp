//===- ReachingObservers.cpp - What observes all of a value ---------------===//

#include "QuantPrep/Analysis/ReachingObservers.h"

using namespace mlir;
using namespace quantprep;

/// Components in order: what a component comes from has been solved before it.
ReachingObservers::ReachingObservers(const FlowGraph &graph, GetFacts getFacts)
    : graph(graph), getFacts(std::move(getFacts)) {
  for (const FlowGraph::Component &component : graph.getComponents()) {
    std::optional<Facts> common;
    auto meet = [&](const Facts &facts) {
      if (!common)
        common = facts;
      else
        llvm::erase_if(*common, [&](Attribute fact) {
          return !llvm::is_contained(facts, fact);
        });
    };
    for (const FlowNode *node : component)
      for (const FlowEdge &edge : node->edges) {
        if (!edge.from)
          meet(this->getFacts(*edge.use));
        else if (auto it = known.find(edge.from); it != known.end())
          meet(it->second);
      }
    if (common)
      for (const FlowNode *node : component)
        known[node] = *common;
  }
}

ReachingObservers::Facts ReachingObservers::get(const OpOperand &use) const {
  const FlowNode *node = graph.getSource(use);
  return node ? get(node) : getFacts(graph.getUnits().getTop(use));
}

ReachingObservers::Facts ReachingObservers::get(const FlowNode *node) const {
  return known.lookup(node);
}
