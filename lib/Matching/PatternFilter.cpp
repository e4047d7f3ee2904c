//===- PatternFilter.cpp - What cannot match ------------------------------===//

#include "PatternFilter.h"
#include "PatternConstraints.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// Behind ops that only pass a value on there must be something that the node
/// can come down to.
bool PatternFilter::mayBeBehind(const KindPattern &pattern, unsigned index,
                                const Maker &maker) const {
  const Maker *at = &maker;
  for (unsigned step = 0; at && at->passed; ++step) {
    if (step == maxPassed)
      return false;
    at = subject.getMaker(at->passed);
  }
  for (;;) {
    const KindPatternNode &wanted = pattern.nodes[index];
    auto node = dyn_cast<NodeOp>(wanted.op);
    if (!node || wanted.operands.empty())
      return true;
    KindSet cores = KindPatternSet::getOwn(node.getKind());
    if (spellings)
      cores |= spellings->getCores(node.getKind());
    if (cores.all() || (at && cores.test(unsigned(at->kind))))
      return true;
    if (!node.getOptional() && !KindPatternSet::mayPass(node.getKind()))
      return false;
    index = wanted.operands.front();
  }
}

bool PatternFilter::mayBe(const KindPattern &pattern, unsigned index,
                          Value value) const {
  const KindPatternNode &node = pattern.nodes[index];
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
  if (maker->passed && mayBeBehind(pattern, index, *maker))
    return true;
  return node.kinds.test(unsigned(maker->kind)) ||
         (maker->plain && node.kinds.test(unsigned(maker->plain->kind))) ||
         (spellings &&
          (node.kinds & spellings->getSpelledBy(maker->kind)).any());
}

/// Whether a value may combine several operand nodes of a node.
bool PatternFilter::mayCombine(UnitKind kind, Value value) const {
  const Maker *maker = subject.getMaker(value);
  return maker && (maker->kind == kind || maker->kind == getInverse(kind) ||
                   maker->passed);
}

/// Whether a pattern for a kind that is part of others ends with an op.
bool PatternFilter::maySpell(UnitKind kind, const Maker &last,
                             unsigned depth) const {
  if (!spellings || !spellings->isSpelledInside(kind, last.kind))
    return false;
  return llvm::any_of(
      spellings->getEndingWith(last.kind), [&](const KindPattern &spelling) {
        auto cluster = cast<ClusterOp>(spelling.source);
        return cluster.getInside() && cluster.getKind() == kind &&
               mayEnd(spelling, spelling.nodes.size() - 1, last, depth + 1);
      });
}

/// A pattern that has an optional node last may end with what is before it.
/// `depth` is that of patterns inside others.
bool PatternFilter::mayEnd(const KindPattern &pattern, unsigned index,
                           const Maker &last, unsigned depth) const {
  constexpr unsigned maxDepth = 2;
  const KindPatternNode &wanted = pattern.nodes[index];
  auto node = dyn_cast<NodeOp>(wanted.op);
  if (!node || depth > maxDepth || maySpell(node.getKind(), last, depth))
    return true;
  if (node.getOptional() &&
      mayEnd(pattern, wanted.operands.front(), last, depth))
    return true;
  if (last.kind != node.getKind())
    return last.kind == getInverse(node.getKind());
  if (node.getRepeated())
    return true;
  if (wanted.operands.size() > last.operands.size())
    return llvm::any_of(last.operands, [&](Value value) {
      return mayCombine(node.getKind(), value);
    });
  return llvm::all_of(wanted.operands, [&](unsigned operand) {
    return llvm::any_of(last.operands, [&](Value value) {
      return mayBe(pattern, operand, value);
    });
  });
}

bool PatternFilter::mayEndWith(const KindPattern &pattern, Value result) const {
  const Maker *last = subject.getMaker(result);
  unsigned index = pattern.nodes.size() - 1;
  return last && (mayEnd(pattern, index, *last, 0) ||
                  (last->plain && mayEnd(pattern, index, *last->plain, 0)));
}
