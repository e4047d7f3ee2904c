//===- Clusters.cpp - Clusters of kinds -----------------------------------===//

#include "QuantPrep/Matching/Clusters.h"

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
  // Tests verify them; once is enough.
  ParserConfig parser(context, /*verifyAfterParse=*/false);
  for (const auto &file : builtinClusters) {
    sources.push_back(
        parseSourceString<ModuleOp>(file.text, parser, file.name));
    assert(sources.back() && "the built-in clusters do not parse");
    for (auto cluster : sources.back()->getOps<qprep::ClusterOp>())
      patterns.add(KindPattern(cluster, cluster.getBody()));
  }
  patterns.finish();
}
