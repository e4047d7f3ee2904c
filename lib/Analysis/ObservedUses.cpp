//===- ObservedUses.cpp - Up to the use that is observed ------------------===//

#include "QuantPrep/Analysis/ObservedUses.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;

ObservedUses::ObservedUses(const UnitGraph &graph, PassesOn passesOn,
                           IsObserved isObserved)
    : graph(graph), isObserved(std::move(isObserved)),
      behind(graph.getUnits().size()) {
  for (const Unit &unit : graph.getUnits()) {
    if (!passesOn(unit))
      continue;
    SmallVector<const UnitOperand *> operands = getSharedOperands(unit);
    if (!operands.empty())
      behind[graph.getIndex(unit)] = &find(*operands.front()->uses.front());
  }
}

const OpOperand &ObservedUses::find(const OpOperand &use) const {
  const Unit *maker =
      isObserved(use) ? nullptr : graph.getProducer(getUnobserved(use.get()));
  const OpOperand *further = maker ? behind[graph.getIndex(*maker)] : nullptr;
  return further ? *further : use;
}
