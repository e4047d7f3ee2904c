//===- BoundaryGroups.cpp - Boundary values that are one ------------------===//

#include "QuantPrep/Analysis/BoundaryGroups.h"
#include "QuantPrep/IR/Values.h"

#include "llvm/ADT/IntEqClasses.h"

using namespace mlir;
using namespace quantprep;

using Kind = BoundaryGroup::Kind;

OpOperand &quantprep::getCallOperand(Operation *call, BlockArgument argument) {
  return cast<CallOpInterface>(call)
      .getArgOperandsMutable()[argument.getArgNumber()];
}

static Kind classify(Value value, const ValueFlow &flow) {
  Operation *owner = getOwner(value);
  if (flow.lookup(owner))
    return Kind::Argument;
  if (flow.getCallee(owner))
    return Kind::CallResult;
  if (isLoop(owner))
    return Kind::Carried;
  return isa<BlockArgument>(value) ? Kind::Entered : Kind::BranchResult;
}

BoundaryGroups::BoundaryGroups(const ValueFlow &flow, IsIncluded isIncluded) {
  addGroups(flow, isIncluded);
  connectGroups(flow);
}

/// Each call has results of its own, though all come from the same return.
void BoundaryGroups::addGroups(const ValueFlow &flow, IsIncluded isIncluded) {
  std::vector<std::pair<Value, Kind>> values;
  for (Value value : flow.getPassedValues())
    if (Kind kind = classify(value, flow); isIncluded(value, kind)) {
      groupOf[value] = values.size();
      values.emplace_back(value, kind);
    }
  llvm::IntEqClasses classes(values.size());
  DenseMap<OpOperand *, unsigned> firstOf;
  for (auto [index, entry] : llvm::enumerate(values)) {
    auto [value, kind] = entry;
    if (kind == Kind::CallResult)
      continue;
    for (OpOperand *source : flow.getSources(value)) {
      classes.join(index, firstOf.try_emplace(source, index).first->second);
      Value from = getUnobserved(source->get());
      if (auto it = groupOf.find(from); kind == Kind::Carried &&
                                        it != groupOf.end() &&
                                        getOwner(from) == getOwner(value))
        classes.join(index, it->second);
    }
  }
  classes.compress();
  groups.resize(classes.getNumClasses());
  for (auto [index, entry] : llvm::enumerate(values)) {
    auto [value, kind] = entry;
    groupOf[value] = classes[index];
    BoundaryGroup &group = groups[classes[index]];
    if (group.members.empty())
      group.kind = kind;
    group.members.push_back(value);
    for (OpOperand *source : flow.getSources(value))
      group.sources.insert(source);
  }
}

const BoundaryGroup *BoundaryGroups::lookup(Value value) const {
  auto it = groupOf.find(value);
  return it == groupOf.end() ? nullptr : &groups[it->second];
}

void BoundaryGroups::connect(unsigned group, Value value) {
  auto it = groupOf.find(getUnobserved(value));
  if (it == groupOf.end() || it->second == group)
    return;
  groups[group].neighbors.insert(it->second);
  groups[it->second].neighbors.insert(group);
}

/// What a function returns of its arguments comes from the operands of a call.
void BoundaryGroups::connectGroups(const ValueFlow &flow) {
  for (auto [index, group] : llvm::enumerate(groups))
    for (OpOperand *source : group.sources) {
      connect(index, source->get());
      auto argument = dyn_cast<BlockArgument>(source->get());
      if (group.kind == Kind::CallResult && argument &&
          flow.lookup(argument.getOwner()->getParentOp()))
        for (Value result : group.members)
          connect(index,
                  getCallOperand(result.getDefiningOp(), argument).get());
    }
}
