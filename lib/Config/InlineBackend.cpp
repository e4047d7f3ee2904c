//===- InlineBackend.cpp - The backend of a configuration -----------------===//

#include "InlineBackend.h"
#include "ExtendBackend.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static StringRef getDefaultBackend(ConfigOp config,
                                   const ConfigRequest &request) {
  if (config.getPlacement() == Placement::value)
    return "torchscript";
  return request.defaultPreset.empty() ? "native" : request.defaultPreset;
}

/// Preset names are strings. `preset` keeps the IR of one alive.
static FailureOr<BackendOp> findBackend(Attribute name, Location loc,
                                        ConfigSource &source,
                                        OwningOpRef<ModuleOp> &preset) {
  if (auto presetName = dyn_cast<StringAttr>(name)) {
    preset = loadPreset(PresetClass::Backend, presetName, loc);
    if (!preset)
      return failure();
    return *preset->getOps<BackendOp>().begin();
  }
  auto symbol = cast<FlatSymbolRefAttr>(name);
  for (Operation *scope :
       {source.config.getOperation(), source.scope.getOperation()})
    if (scope)
      if (auto backend = dyn_cast_or_null<BackendOp>(
              SymbolTable::lookupSymbolIn(scope, symbol)))
        return backend;
  return mlir::emitError(loc)
         << symbol
         << " is no qprep.backend in the configuration or beside it; define "
            "it, or name a preset";
}

LogicalResult quantprep::inlineBackend(Location loc,
                                       const ConfigRequest &request,
                                       ConfigSource &source,
                                       SymbolTable &symbols) {
  auto result = cast<ConfigOp>(symbols.getOp());
  MLIRContext *context = result.getContext();
  Attribute name;
  if (!request.backend.empty()) {
    name = parseReference(context, request.backend);
  } else if (source.config && source.config.getBackendAttr()) {
    name = source.config.getBackendAttr();
    loc = source.config.getLoc();
  } else if (source.file && !source.config) {
    BackendOp only = *source.scope.getOps<BackendOp>().begin();
    name = FlatSymbolRefAttr::get(only);
  } else {
    name = StringAttr::get(context, getDefaultBackend(result, request));
  }
  OwningOpRef<ModuleOp> preset;
  FailureOr<BackendOp> backend = findBackend(name, loc, source, preset);
  if (failed(backend))
    return failure();
  OwningOpRef<BackendOp> whole = copyWhole(*backend);
  if (!whole)
    return failure();
  BackendOp copy = whole.release();
  // Only what is generated later refers to it; qconfigs keep their names.
  if (symbols.lookup(copy.getSymName()))
    copy.setSymName((copy.getSymName() + "_backend").str());
  result.setBackendAttr(FlatSymbolRefAttr::get(symbols.insert(copy)));
  return success();
}
