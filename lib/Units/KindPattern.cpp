//===- KindPattern.cpp - Patterns over kinds ------------------------------===//

#include "QuantPrep/Units/KindPattern.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

PatternSubject::~PatternSubject() = default;

KindPattern::KindPattern(Operation *source, Region &body) : source(source) {
  DenseMap<Operation *, unsigned> indexes;
  for (Operation &op : body.front()) {
    KindPatternNode node{&op, {}};
    for (Value operand : op.getOperands())
      node.operands.push_back(indexes.lookup(operand.getDefiningOp()));
    indexes[&op] = nodes.size();
    if (isa<OperandOp>(op))
      operands.push_back(nodes.size());
    nodes.push_back(std::move(node));
  }
}

SmallVector<UnitKind, 2> KindPattern::getLastKinds() const {
  llvm::SmallSetVector<UnitKind, 2> kinds;
  const KindPatternNode *at = &nodes.back();
  while (auto node = dyn_cast<NodeOp>(at->op)) {
    kinds.insert(node.getKind());
    // x / c stands for x (1 / c).
    if (node.getKind() == UnitKind::mul && node.getNumOperands() > 1)
      kinds.insert(UnitKind::div);
    if (!node.getOptional())
      break;
    at = &nodes[at->operands.front()];
  }
  return kinds.takeVector();
}

size_t KindPattern::length() const {
  return llvm::count_if(nodes, [](const KindPatternNode &node) {
    auto op = dyn_cast<NodeOp>(node.op);
    return op && !op.getOptional();
  });
}

static bool isInside(const KindPattern &pattern) {
  auto cluster = dyn_cast<ClusterOp>(pattern.source);
  return cluster && cluster.getInside();
}

/// A last node may be spelled by a pattern that was added before.
SmallVector<UnitKind, 2>
KindPatternSet::getSpelledKinds(const KindPattern &pattern) const {
  SmallVector<UnitKind, 2> kinds = pattern.getLastKinds();
  for (size_t i = 0; i < kinds.size(); ++i)
    for (auto &[last, others] : byLastKind)
      for (const KindPattern &other : others)
        if (isInside(other) && other.source != pattern.source &&
            cast<ClusterOp>(other.source).getKind() == kinds[i] &&
            !llvm::is_contained(kinds, UnitKind(last)))
          kinds.push_back(UnitKind(last));
  return kinds;
}

void KindPatternSet::add(KindPattern pattern) {
  for (UnitKind kind : getSpelledKinds(pattern)) {
    std::vector<KindPattern> &all = byLastKind[unsigned(kind)];
    auto shorter = llvm::find_if(all, [&](const KindPattern &other) {
      return other.length() < pattern.length();
    });
    all.insert(shorter, pattern);
  }
}

ArrayRef<KindPattern> KindPatternSet::getEndingWith(UnitKind kind) const {
  auto it = byLastKind.find(unsigned(kind));
  if (it == byLastKind.end())
    return {};
  return it->second;
}
