//===- SharingGroups.cpp - Union-find with provenance ---------------------===//

#include "QuantPrep/Analysis/SharingGroups.h"

#include <deque>

using namespace mlir;
using namespace quantprep;

void SharingGroups::share(unsigned a, unsigned b, Operation *reason) {
  if (a == b)
    return;
  classes.join(a, b);
  edges[a].push_back({b, reason});
  edges[b].push_back({a, reason});
}

SmallVector<Operation *> SharingGroups::getPath(unsigned from,
                                                unsigned to) const {
  // Breadth first; for each place reached, where from and why.
  DenseMap<unsigned, Edge> reached;
  std::deque<unsigned> queue{from};
  reached[from] = {from, nullptr};
  while (!queue.empty() && !reached.contains(to)) {
    unsigned at = queue.front();
    queue.pop_front();
    for (const Edge &edge : edges[at])
      if (reached.try_emplace(edge.to, Edge{at, edge.reason}).second)
        queue.push_back(edge.to);
  }
  SmallVector<Operation *> path;
  for (unsigned at = to; at != from && reached.contains(at);
       at = reached[at].to)
    if (path.empty() || path.back() != reached[at].reason)
      path.push_back(reached[at].reason);
  std::reverse(path.begin(), path.end());
  return path;
}
