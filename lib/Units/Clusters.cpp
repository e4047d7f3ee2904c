//===- Clusters.cpp - Clusters of kinds -----------------------------------===//

#include "QuantPrep/Units/Clusters.h"

#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace quantprep;

static const struct {
  const char *folder;
  const char *name;
  const char *text;
} builtinClusters[] = {
#include "Clusters.cpp.inc"
};

Clusters::Clusters(MLIRContext *context) {
  source = parseSourceString<ModuleOp>(builtinClusters[0].text, context,
                                       builtinClusters[0].name);
  assert(source && "the built-in clusters do not parse");
  for (auto cluster : source->getOps<qprep::ClusterOp>())
    patterns.add(KindPattern(cluster, cluster.getBody()));
}
