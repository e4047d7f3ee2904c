//===- SharingGroups.cpp - Union-find with provenance ---------------------===//

#include "QuantPrep/Analysis/SharingGroups.h"

#include <deque>

using namespace mlir;
using namespace quantprep;

void SharingGroups::share(unsigned a, unsigned b, Operation *reason) {
  if (a == b)
    return;
  classes.join(a, b);
  edges.push_back({a, b, reason});
}

SmallVector<Operation *> SharingGroups::getPath(unsigned from,
                                                unsigned to) const {
  struct Step {
    unsigned at;
    Operation *reason;
  };
  DenseMap<unsigned, SmallVector<Step, 2>> next;
  for (const Edge &edge : edges) {
    next[edge.a].push_back({edge.b, edge.reason});
    next[edge.b].push_back({edge.a, edge.reason});
  }
  // Breadth first; for each observation reached, where from and why.
  DenseMap<unsigned, Step> reached;
  std::deque<unsigned> queue{from};
  reached[from] = {from, nullptr};
  while (!queue.empty() && !reached.contains(to)) {
    unsigned at = queue.front();
    queue.pop_front();
    for (const Step &step : next[at])
      if (reached.try_emplace(step.at, Step{at, step.reason}).second)
        queue.push_back(step.at);
  }
  SmallVector<Operation *> path;
  for (unsigned at = to; at != from && reached.contains(at);
       at = reached[at].at)
    if (path.empty() || path.back() != reached[at].reason)
      path.push_back(reached[at].reason);
  std::reverse(path.begin(), path.end());
  return path;
}
