//===- KindPattern.cpp - Patterns over kinds ------------------------------===//

#include "QuantPrep/Matching/KindPattern.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

MatchGraph::~MatchGraph() = default;

const Maker *MatchGraph::getComputing(Value value) const {
  const Maker *maker = getMaker(value);
  for (unsigned step = 0; maker && maker->changesNothing; ++step)
    maker = step < maxPassed ? getMaker(maker->passed) : nullptr;
  return maker;
}

UnitKind quantprep::getInverse(UnitKind kind) {
  return kind == UnitKind::mul   ? UnitKind::div
         : kind == UnitKind::div ? UnitKind::mul
                                 : kind;
}

/// An optional node that is missing is its operand.
static KindSet getKinds(NodeOp node, const KindSet &ofOperand) {
  KindSet kinds;
  kinds.set(unsigned(node.getKind()));
  kinds.set(unsigned(getInverse(node.getKind())));
  return node.getOptional() ? kinds | ofOperand : kinds;
}

KindPattern::KindPattern(Operation *source, Region &body) : source(source) {
  DenseMap<Operation *, unsigned> indexes;
  for (Operation &op : body.front()) {
    KindPatternNode node{&op, {}, KindSet().set()};
    for (Value operand : op.getOperands())
      node.operands.push_back(indexes.lookup(operand.getDefiningOp()));
    if (auto kindNode = dyn_cast<NodeOp>(op))
      node.kinds = getKinds(kindNode, node.operands.empty()
                                          ? KindSet()
                                          : nodes[node.operands.front()].kinds);
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
    if (node.getNumOperands() > 1)
      kinds.insert(getInverse(node.getKind()));
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

bool KindPattern::isOneKind() const {
  auto node = dyn_cast<NodeOp>(nodes.front().op);
  return nodes.size() == 1 && node && !node.getComplete() &&
         !node.getRepeated() && !node.getOptional() && !node.getMoves();
}

static bool isInside(const KindPattern &pattern) {
  auto cluster = dyn_cast<ClusterOp>(pattern.source);
  return cluster && cluster.getInside();
}

/// A last node may be spelled by a pattern that was added before.
SmallVector<UnitKind, 2>
KindPatternSet::getSpellings(const KindPattern &pattern) const {
  SmallVector<UnitKind, 2> kinds = pattern.getLastKinds();
  for (size_t i = 0; i < kinds.size(); ++i)
    for (auto [last, ending] : llvm::enumerate(byLastKind))
      for (const KindPattern &other : ending.patterns)
        if (isInside(other) && other.source != pattern.source &&
            cast<ClusterOp>(other.source).getKind() == kinds[i] &&
            !llvm::is_contained(kinds, UnitKind(last)))
          kinds.push_back(UnitKind(last));
  return kinds;
}

/// What ends a pattern for a kind ends what ends with that kind.
void KindPatternSet::addSpelling(UnitKind spelled, UnitKind last) {
  KindSet kinds = getSpelledBy(spelled);
  kinds.set(unsigned(spelled));
  for (auto [kind, ending] : llvm::enumerate(byLastKind))
    if (kind == unsigned(last) || ending.spelled.test(unsigned(last)))
      ending.spelled |= kinds;
}

void KindPatternSet::add(KindPattern pattern) {
  isEmpty = false;
  auto cluster = dyn_cast<ClusterOp>(pattern.source);
  for (UnitKind kind : getSpellings(pattern)) {
    Ending &ending = byLastKind[unsigned(kind)];
    auto shorter = llvm::find_if(ending.patterns, [&](const KindPattern &at) {
      return at.length() < pattern.length();
    });
    ending.patterns.insert(shorter, pattern);
    if (!cluster)
      continue;
    addSpelling(cluster.getKind(), kind);
    if (cluster.getInside())
      ending.spelledInside.set(unsigned(cluster.getKind()));
  }
}

KindSet KindPatternSet::getOwn(UnitKind kind) {
  KindSet kinds;
  kinds.set(unsigned(kind));
  kinds.set(unsigned(getInverse(kind)));
  return kinds;
}

bool KindPatternSet::mayPass(UnitKind kind) {
  return kind == UnitKind::reshape || kind == UnitKind::repeat ||
         kind == UnitKind::identity || kind == UnitKind::cast;
}

/// By the cores of kinds that are known so far.
KindSet KindPatternSet::findCores(const KindPattern &pattern) const {
  KindSet found;
  for (const KindPatternNode *at = &pattern.nodes.back();;
       at = &pattern.nodes[at->operands.front()]) {
    auto node = dyn_cast<NodeOp>(at->op);
    if (!node || at->operands.empty())
      return KindSet().set();
    found |= getCores(node.getKind()) | getOwn(node.getKind());
    if (!node.getOptional() && !mayPass(node.getKind()))
      return found;
  }
}

void KindPatternSet::finish() {
  for (bool changed = true; changed;) {
    changed = false;
    for (const Ending &ending : byLastKind)
      for (const KindPattern &pattern : ending.patterns) {
        auto cluster = dyn_cast<ClusterOp>(pattern.source);
        if (!cluster)
          continue;
        KindSet &kinds = cores[unsigned(cluster.getKind())];
        KindSet before = kinds;
        kinds |= findCores(pattern);
        changed |= kinds != before;
      }
  }
}
