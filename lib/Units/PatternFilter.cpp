//===- PatternFilter.cpp - What cannot match ------------------------------===//

#include "PatternFilter.h"
#include "PatternConstraints.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

bool PatternFilter::mayBe(const KindPatternNode &node, Value value) const {
  if (auto scalar = dyn_cast<ScalarOp>(node.op))
    return fits(scalar, value, /*inverted=*/false, facts);
  if (auto operand = dyn_cast<OperandOp>(node.op))
    return fits(operand, value, facts);
  if (isa<ReciprocalCountOp>(node.op))
    return facts.isConstant(value);
  if (node.kinds.all())
    return true;
  const Maker *maker = subject.getMaker(value);
  if (!maker)
    return false;
  return node.kinds.test(unsigned(maker->kind)) ||
         (spellings &&
          (node.kinds & spellings->getSpelledBy(maker->kind)).any()) ||
         subject.passes(*maker);
}

/// A pattern that has an optional node last may end with what is before it.
bool PatternFilter::mayEnd(const KindPattern &pattern, unsigned index,
                           const Maker &last) const {
  const KindPatternNode &wanted = pattern.nodes[index];
  auto node = dyn_cast<NodeOp>(wanted.op);
  if (!node ||
      (spellings && spellings->isSpelledInside(node.getKind(), last.kind)))
    return true;
  if (node.getOptional() && mayEnd(pattern, wanted.operands.front(), last))
    return true;
  if (last.kind != node.getKind())
    return last.kind == getInverse(node.getKind());
  // Several ops may combine the operands.
  if (node.getRepeated() || wanted.operands.size() > last.operands.size())
    return true;
  return llvm::all_of(wanted.operands, [&](unsigned operand) {
    return llvm::any_of(last.operands, [&](Value value) {
      return mayBe(pattern.nodes[operand], value);
    });
  });
}

bool PatternFilter::mayEndWith(const KindPattern &pattern, Value result) const {
  const Maker *last = subject.getMaker(result);
  return last && mayEnd(pattern, pattern.nodes.size() - 1, *last);
}
