//===- DelayedObservations.cpp - Observed behind a relu (T4) --------------===//

#include "QuantPrep/Analysis/DelayedObservations.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void DelayedObservations::addFunction(const UnitGraph &graph,
                                      const Fusions &matches) {
  Operation *function = graph.getFunction();
  if (std::optional<UnitKind> kind = findOnlyKind(graph))
    onlyKinds[function] = *kind;
  for (const Unit &unit : graph.getUnits())
    if (const Fusion *match = matches.lookup(unit);
        match && &match->getLast() != &unit)
      delays[unit.anchor->getResult(0)] = match->getLast().anchor->getResult(0);
  function->walk([&](Operation *op) {
    if (op->getNumResults() != 1 || !op->getResult(0).hasOneUse())
      return;
    Operation *next = *op->user_begin();
    if (next->getBlock() != op->getBlock() || next->getNumResults() != 1 ||
        !(flow.getCallee(op) || flow.getCallee(next)))
      return;
    std::optional<UnitKind> first = getMadeKind(graph, op);
    std::optional<UnitKind> second = getMadeKind(graph, next);
    if (first && second && fuses(*first, *second))
      delays[op->getResult(0)] = next->getResult(0);
  });
}

Value DelayedObservations::get(Value value) const {
  Value delayed = delays.lookup(value);
  return delayed ? delayed : value;
}

/// The kind of unit that an op makes its result by, alone or as the call of a
/// function that consists of it.
std::optional<UnitKind> DelayedObservations::getMadeKind(const UnitGraph &graph,
                                                         Operation *op) const {
  if (const CalledFunction *callee = flow.getCallee(op)) {
    auto it = onlyKinds.find(callee->function);
    return it == onlyKinds.end() ? std::nullopt : std::optional(it->second);
  }
  const Unit *unit = graph.getUnit(op);
  if (!unit || unit->anchor != op || op->getNumResults() != 1)
    return std::nullopt;
  return unit->kind;
}

/// The kind of the one unit, or the one call of such a function, that a
/// function returns the result of. Beside it are constants at most.
std::optional<UnitKind>
DelayedObservations::findOnlyKind(const UnitGraph &graph) const {
  auto function = cast<FunctionOpInterface>(graph.getFunction());
  if (!function.getFunctionBody().hasOneBlock())
    return std::nullopt;
  Block &body = function.getFunctionBody().front();
  Operation *made = nullptr;
  for (Operation &op : body.without_terminator()) {
    const Unit *unit = graph.getUnit(&op);
    bool makes = unit ? unit->anchor == &op : bool(flow.getCallee(&op));
    if (passesThroughRegions(&op) || (makes && made))
      return std::nullopt;
    if (makes)
      made = &op;
  }
  Operation *terminator = body.getTerminator();
  if (!made || made->getNumResults() != 1 ||
      terminator->getNumOperands() != 1 ||
      getUnobserved(terminator->getOperand(0)) != made->getResult(0))
    return std::nullopt;
  return getMadeKind(graph, made);
}

/// Whether the backend has the two as a pattern.
bool DelayedObservations::fuses(UnitKind first, UnitKind second) const {
  return llvm::any_of(backend.getPatterns().getEndingWith(second),
                      [&](const KindPattern &pattern) {
                        auto node = dyn_cast<NodeOp>(pattern.nodes.front().op);
                        return pattern.nodes.size() == 2 && node &&
                               node.getKind() == first;
                      });
}
