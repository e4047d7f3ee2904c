//===- CommonObservers.cpp - What observes all of a value -----------------===//

#include "QuantPrep/Analysis/CommonObservers.h"
#include "QuantPrep/IR/Values.h"

#include "llvm/ADT/SCCIterator.h"

using namespace mlir;
using namespace quantprep;

namespace llvm {
template <> struct GraphTraits<PassedNode *> {
  using NodeRef = PassedNode *;
  using ChildIteratorType = PassedNode *const *;
  static NodeRef getEntryNode(NodeRef root) { return root; }
  static ChildIteratorType child_begin(NodeRef node) {
    return node->from.begin();
  }
  static ChildIteratorType child_end(NodeRef node) { return node->from.end(); }
};
} // namespace llvm

/// What two have in common.
static void intersect(std::optional<CommonObservers::Facts> &facts,
                      const CommonObservers::Facts &others) {
  if (!facts)
    facts = others;
  else
    llvm::erase_if(*facts, [&](Attribute fact) {
      return !llvm::is_contained(others, fact);
    });
}

CommonObservers::CommonObservers(const ValueFlow &flow,
                                 const ObservedSources &sources,
                                 bool throughMovement, GetFacts getFacts)
    : flow(flow), sources(sources), throughMovement(throughMovement),
      getFacts(std::move(getFacts)) {
  for (Value value : flow.getPassedValues())
    nodes[value] = std::make_unique<PassedNode>();
  for (Value value : flow.getPassedValues())
    add(*nodes[value], value);
  solve();
}

void CommonObservers::add(PassedNode &node, Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    if (const CalledFunction *called =
            flow.lookup(argument.getOwner()->getParentOp());
        called && !sources.isObservedByCallers(*called)) {
      node.facts = getFacts({});
      return;
    }
  for (OpOperand *source : flow.getSources(value)) {
    if (!sources.handsOn(*source))
      continue;
    const OpOperand &top = sources.getTop(*source, throughMovement);
    Places places = sources.getPlacesOn(top);
    auto it = nodes.find(getUnobserved(top.get()));
    if (places.empty() && it != nodes.end())
      node.from.push_back(it->second.get());
    else
      intersect(node.facts, getFacts(places));
  }
}

/// What goes around in a loop, or a recursion, is one; all that it comes from
/// is solved before it.
void CommonObservers::solve() {
  PassedNode root;
  for (Value value : flow.getPassedValues())
    root.from.push_back(nodes[value].get());
  PassedNode *entry = &root;
  for (auto it = llvm::scc_begin(entry); !it.isAtEnd(); ++it) {
    std::optional<Facts> facts;
    for (const PassedNode *node : *it) {
      if (node->facts)
        intersect(facts, *node->facts);
      for (const PassedNode *from : node->from)
        if (from->facts)
          intersect(facts, *from->facts);
    }
    for (PassedNode *node : *it)
      node->facts = facts;
  }
}

CommonObservers::Facts CommonObservers::find(const OpOperand &use) const {
  const OpOperand &top = sources.getTop(use, throughMovement);
  Places places = sources.getPlacesOn(top);
  Value value = getUnobserved(top.get());
  return places.empty() && nodes.contains(value) ? find(value)
                                                 : getFacts(places);
}

CommonObservers::Facts CommonObservers::find(Value value) const {
  auto it = nodes.find(value);
  return it == nodes.end() ? Facts() : it->second->facts.value_or(Facts());
}
