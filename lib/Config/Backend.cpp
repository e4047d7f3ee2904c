//===- Backend.cpp - What a backend supports ------------------------------===//

#include "QuantPrep/Config/Backend.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

Backend::Backend(ConfigOp config) {
  auto name = cast<FlatSymbolRefAttr>(config.getBackendAttr());
  auto backend = cast<BackendOp>(
      mlir::SymbolTable::lookupSymbolIn(config.getOperation(), name));
  for (auto pattern : backend.getBody().getOps<PatternOp>()) {
    KindPattern compiled(pattern, pattern.getBody());
    following |= pattern.getFollow();
    byName[pattern.getSymNameAttr()] = pattern;
    references[pattern] = quantprep::getReference(pattern);
    if (compiled.length() == 1)
      entries.try_emplace(unsigned(compiled.getLastKinds().front()), pattern);
    patterns.add(std::move(compiled));
  }
}

PatternOp Backend::getPattern(SymbolRefAttr reference) const {
  return byName.lookup(reference.getLeafReference());
}

PatternOp Backend::getEntry(UnitKind kind) const {
  return entries.lookup(unsigned(kind));
}
