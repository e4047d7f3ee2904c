//===- Backend.cpp - What a backend supports ------------------------------===//

#include "QuantPrep/Config/Backend.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

Backend::Backend(ConfigOp config) : config(config) {
  auto name = cast<FlatSymbolRefAttr>(config.getBackendAttr());
  backend = cast<BackendOp>(
      mlir::SymbolTable::lookupSymbolIn(config.getOperation(), name));
  for (auto pattern : backend.getBody().getOps<PatternOp>()) {
    KindPattern compiled(pattern, pattern.getBody());
    byName[pattern.getSymNameAttr()] = pattern;
    if (compiled.length() == 1)
      entries.try_emplace(unsigned(compiled.getLastKind()), pattern);
    patterns.add(std::move(compiled));
  }
}

SymbolRefAttr Backend::getReference(const KindPattern &pattern) const {
  StringAttr name = cast<PatternOp>(pattern.source).getSymNameAttr();
  return SymbolRefAttr::get(
      ConfigOp(config).getSymNameAttr(),
      {FlatSymbolRefAttr::get(BackendOp(backend).getSymNameAttr()),
       FlatSymbolRefAttr::get(name)});
}

PatternOp Backend::getPattern(SymbolRefAttr reference) const {
  return byName.lookup(reference.getLeafReference());
}

PatternOp Backend::getEntry(UnitKind kind) const {
  return entries.lookup(unsigned(kind));
}
