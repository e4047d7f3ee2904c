//===- ValueDTypes.cpp - Dtypes that placement=value gives ----------------===//

#include "QuantPrep/Analysis/ValueDTypes.h"
#include "QuantPrep/Analysis/Observations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;

/// Components in order: what a component comes from has been solved before it.
ValueDTypes::ValueDTypes(const ValueFlow &flow,
                         ArrayRef<const UnitGraph *> functions,
                         ValuePlacement &placement)
    : placement(placement), needs(placement.getNeeds()),
      graph(flow, TransparentUnits(
                      functions,
                      [&](const Unit &unit) { return isTransparent(unit); },
                      [this](const OpOperand &use) {
                        return bool(getObserved(getUnobserved(use.get())));
                      })) {
  for (const FlowGraph::Component &component : graph.getComponents()) {
    Type dtype;
    auto isQuantized = [&] { return dtype && !dtype.isF32(); };
    for (const FlowNode *node : component)
      for (const FlowEdge &edge : node->edges)
        if (!isQuantized())
          dtype = edge.from ? known.lookup(edge.from) : getForwarded(*edge.use);
    if (isQuantized())
      for (const FlowNode *node : component)
        known[node] = dtype;
  }
}

/// T10: whether the result of a unit is observed by what the unit reads.
bool ValueDTypes::isTransparent(const Unit &unit) const {
  return needs.getRole(unit) == ValueRole::passes &&
         placement.isObserved(unit.anchor->getResult(0)) &&
         !getSharedOperands(unit).empty();
}

/// The dtype of a value by its own observer, or of what a loop carries by that
/// of its group; null if what it comes from decides.
Type ValueDTypes::getObserved(Value value) const {
  ValueNeed need = placement.getPlaced(value);
  bool isCarried = !need && needs.isCarried(value);
  if (isCarried && placement.isObserved(value))
    need = placement.getCarried(value);
  if (need)
    return need.spec.getDtype();
  return isCarried ? Float32Type::get(value.getContext()) : Type();
}

/// The use in its function that a value is made of and observed by: the first
/// operand of a unit that passes its observer on, or of an op that brings a
/// weight into the shape that a unit reads. Null for none.
const OpOperand *ValueDTypes::getSource(Value value) const {
  if (const Unit *unit = needs.getProducer(value))
    return isTransparent(*unit) ? getSharedOperands(*unit).front()->uses.front()
                                : nullptr;
  auto op = value.getDefiningOp<QuantizableOpInterface>();
  return op && op.movesData() ? &op->getOpOperand(0) : nullptr;
}

/// Null if a use is not quantized.
Type ValueDTypes::getForwarded(const OpOperand &use) const {
  for (const OpOperand *at = &use; at;) {
    if (const FlowNode *node = graph.getSource(*at))
      return known.lookup(node);
    Value value = getUnobserved(graph.getUnits().getTop(*at).get());
    if (Type dtype = getObserved(value))
      return dtype;
    at = getSource(value);
  }
  return {};
}

Type ValueDTypes::get(Value value) const {
  if (!isFloatTensor(value.getType()))
    return NoneType::get(value.getContext());
  Type dtype = getObserved(value);
  if (const FlowNode *node = dtype ? nullptr : graph.lookup(value))
    dtype = known.lookup(node);
  else if (const OpOperand *source = dtype ? nullptr : getSource(value))
    dtype = getForwarded(*source);
  return dtype ? dtype : Type(Float32Type::get(value.getContext()));
}
