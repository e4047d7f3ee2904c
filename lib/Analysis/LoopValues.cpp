//===- LoopValues.cpp - What loops carry together (B1) --------------------===//

#include "QuantPrep/Analysis/LoopValues.h"
#include "QuantPrep/IR/Values.h"

#include "llvm/ADT/IntEqClasses.h"

using namespace mlir;
using namespace quantprep;

LoopValues::LoopValues(const ValueFlow &flow) {
  std::vector<Value> carried;
  for (Value value : flow.getPassedValues())
    if (Operation *owner = getOwner(value);
        passesThroughRegions(owner) && isLoop(owner)) {
      groupOf[value] = carried.size();
      carried.push_back(value);
    }
  llvm::IntEqClasses classes(carried.size());
  for (auto [index, value] : llvm::enumerate(carried))
    for (OpOperand *source : flow.getSources(value)) {
      classes.join(index, groupOf.lookup(flow.getTargets(*source).front()));
      Value handedOn = getUnobserved(source->get());
      if (auto it = groupOf.find(handedOn);
          it != groupOf.end() && getOwner(handedOn) == getOwner(value))
        classes.join(index, it->second);
    }
  classes.compress();
  groups.resize(classes.getNumClasses());
  for (auto [index, value] : llvm::enumerate(carried)) {
    groupOf[value] = classes[index];
    groups[classes[index]].push_back(value);
  }
}

ArrayRef<Value> LoopValues::getGroup(Value value) const {
  auto it = groupOf.find(value);
  return it == groupOf.end() ? ArrayRef<Value>()
                             : ArrayRef<Value>(groups[it->second]);
}
