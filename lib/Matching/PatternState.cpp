//===- PatternState.cpp - How far a match has come ------------------------===//
//
// What can only be asked when all nodes of a pattern have their values.
//
//===----------------------------------------------------------------------===//

#include "PatternState.h"
#include "PatternConstraints.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

void State::bind(const Goal &goal) {
  Frame &frame = frames[goal.at.frame];
  frame.bound[goal.at.node] = goal.value;
  frame.inverted[goal.at.node] = goal.inverted;
  if (!frame.seen[goal.at.node])
    frame.seen[goal.at.node] = goal.value;
}

/// What a node computes from: the operand of its first op, if it is repeated.
Value State::getSource(unsigned frame, unsigned index) const {
  for (const MatchedPlace &place : llvm::reverse(matched))
    if (place.at.frame == frame && place.at.node == index && !place.passes)
      return place.maker->operands.empty() ? Value()
                                           : place.maker->operands.front();
  // Spelled by another pattern, or an optional node that is missing.
  ArrayRef<unsigned> operands = getNode({frame, index}).operands;
  return operands.empty() ? Value() : frames[frame].bound[operands.front()];
}

bool State::fitsNode(unsigned frame, unsigned index) const {
  auto node = cast<NodeOp>(getNode({frame, index}).op);
  Value bound = frames[frame].bound[index], seen = frames[frame].seen[index];
  Value source = getSource(frame, index);
  // An optional node that is missing has nothing to fit.
  if (!bound || !source || bound == source)
    return true;
  if (!quantprep::fits(node, seen, source) &&
      !quantprep::fits(node, bound, source))
    return false;
  if (node.getAnonymous()) {
    // The anchor is apart from what it reads, if by a name at all.
    Operation *op = bound.getDefiningOp(),
              *other = frames.front().bound.back().getDefiningOp();
    other = op == other ? source.getDefiningOp() : other;
    if (other && haveOwnNames(op, other))
      return false;
  }
  if (node.getSqueezes()) {
    unsigned before = getNode({frame, index}).operands.front();
    if (!squeezes(getSource(frame, before), frames[frame].seen[before], bound))
      return false;
  }
  if (!node.getTrims())
    return true;
  for (unsigned user = index + 1; user < frames[frame].bound.size(); ++user)
    if (llvm::is_contained(getNode({frame, user}).operands, index))
      if (auto op =
              frames[frame].bound[user].getDefiningOp<QuantizableOpInterface>())
        return trims(source, bound, op.getWindowStrides());
  return false;
}

/// Whether a parameter has the dimensions that the first reduction over given
/// dimensions runs over.
bool State::spansReduction(unsigned frame, Value parameter) const {
  for (unsigned index = 0; index < frames[frame].bound.size(); ++index) {
    auto node = dyn_cast<NodeOp>(getNode({frame, index}).op);
    if (node && node.getOver() != ReducedDims::any)
      return spans(parameter, getSource(frame, index),
                   frames[frame].seen[index]) ||
             spans(parameter, getSource(frame, index),
                   frames[frame].bound[index]);
  }
  return false;
}

bool State::fits(const ValueFacts &facts) const {
  for (unsigned frame = 0; frame < frames.size(); ++frame) {
    const Frame &at = frames[frame];
    for (unsigned index = 0; index < at.bound.size(); ++index) {
      const KindPatternNode &node = getNode({frame, index});
      if (!at.bound[index])
        continue;
      if (isa<NodeOp>(node.op)) {
        if (!fitsNode(frame, index))
          return false;
      } else if (isa<ReciprocalCountOp>(node.op)) {
        if (!fitsReciprocalCount(at.bound[index], at.inverted[index],
                                 at.bound[node.operands[0]],
                                 at.bound[node.operands[1]], facts))
          return false;
      } else if (auto operand = dyn_cast<OperandOp>(node.op)) {
        if (operand.getSpans() && !spansReduction(frame, at.bound[index]))
          return false;
      }
    }
  }
  return true;
}

SmallVector<Operation *> State::getOps() const {
  SmallVector<Operation *> ops;
  for (const MatchedPlace &place : matched) {
    ops.push_back(place.maker->op);
    llvm::append_range(ops, place.maker->absorbed);
  }
  return ops;
}

/// What a place is in the body of the pattern that is asked for, as far as it
/// is an operand there.
Operation *State::resolve(Place place) const {
  for (;;) {
    const Frame &frame = frames[place.frame];
    Operation *op = getNode(place).op;
    // An optional node that is missing is its operand.
    if (auto node = dyn_cast<NodeOp>(op); node && node.getOptional()) {
      unsigned operand = getNode(place).operands.front();
      if (frame.bound[place.node] == frame.bound[operand]) {
        place.node = operand;
        continue;
      }
    }
    if (!isa<OperandOp>(op) || !frame.spelled)
      return op;
    ArrayRef<unsigned> outer = getNode(*frame.spelled).operands;
    unsigned position = llvm::find(frame.pattern->operands, place.node) -
                        frame.pattern->operands.begin();
    if (position >= outer.size())
      return op;
    place = {frame.spelled->frame, outer[position]};
  }
}

Match State::getMatch() const {
  Match match;
  llvm::SmallPtrSet<Operation *, 16> seen;
  for (const MatchedPlace &place : matched) {
    if (!seen.insert(place.maker->op).second)
      continue;
    MatchedOp op{place.maker, {}};
    for (Place operand : place.operands)
      op.operandNodes.push_back(resolve(operand));
    match.push_back(std::move(op));
  }
  return match;
}
