//===- ConfigTables.cpp - A configuration made ready for look-ups ---------===//

#include "QuantPrep/Config/ConfigTables.h"
#include "QuantPrep/Config/Config.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

ConfigTables::ConfigTables(ConfigOp source)
    : config(source), backend(source), mapping(source),
      equalization(source, /*equalization=*/true), callees(source) {
  for (auto cluster : source.getOps<ClusterOp>())
    clusters.add(KindPattern(cluster, cluster.getBody()));
}

ModuleConfigTables::ModuleConfigTables(Operation *module) {
  ConfigOp config = findConfig(module);
  if (!config)
    return;
  config.walk([&](ConfigOp nested) {
    tables[nested] = std::make_unique<ConfigTables>(nested);
  });
}

const ConfigTables *ModuleConfigTables::lookup(ConfigOp config) const {
  auto it = tables.find(config);
  return it == tables.end() ? nullptr : it->second.get();
}

FunctionConfigTables::FunctionConfigTables(Operation *function, Shared shared) {
  ConfigOp config = findConfig(function);
  if (!config)
    return;
  if (shared)
    tables = shared->get().lookup(config);
  if (tables)
    return;
  own = std::make_unique<ConfigTables>(config);
  tables = own.get();
}
