//===- Load.cpp - Where configurations come from --------------------------===//

#include "Load.h"

#include "QuantPrep/Support/Nearest.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The configurations of a module that its user wrote; a file may hold just a
/// generated one, printed and saved.
static SmallVector<ConfigOp> getConfigs(ModuleOp module) {
  auto generated = module.getContext()
                       ->getLoadedDialect<QPrepDialect>()
                       ->getGeneratedAttrHelper();
  SmallVector<ConfigOp> all = llvm::to_vector(module.getOps<ConfigOp>());
  auto written = llvm::to_vector(llvm::make_filter_range(
      all, [&](ConfigOp op) { return !generated.isAttrPresent(op); }));
  return written.empty() ? all : SmallVector<ConfigOp>(written);
}

/// The only configuration of a module, or null.
static FailureOr<ConfigOp> getOnlyConfig(ModuleOp module, StringRef advice) {
  SmallVector<ConfigOp> configs = getConfigs(module);
  if (configs.empty())
    return ConfigOp();
  if (configs.size() == 1)
    return configs.front();
  InFlightDiagnostic error = mlir::emitError(configs[1].getLoc())
                             << "more than one qprep.config; " << advice;
  for (ConfigOp config : configs)
    error.attachNote(config.getLoc()) << "@" << config.getSymName() << " here";
  return error;
}

static FailureOr<ConfigSource> loadFile(ModuleOp module, StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return mlir::emitError(module.getLoc())
           << "cannot open '" << path << "': " << buffer.getError().message();
  ConfigSource source;
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(*buffer), SMLoc());
  source.file = parseSourceFile<ModuleOp>(sources, module.getContext());
  if (!source.file)
    return failure();
  source.scope = *source.file;
  FailureOr<ConfigOp> config =
      getOnlyConfig(*source.file, "a configuration file has one");
  if (failed(config))
    return failure();
  source.config = *config;
  // A saved backend preset is a file of one backend.
  if (!source.config &&
      !llvm::hasSingleElement(source.scope.getOps<BackendOp>()))
    return mlir::emitError(source.scope.getLoc())
           << "no qprep.config at the top level of '" << path
           << "', and not just one qprep.backend";
  return source;
}

static FailureOr<ConfigSource> loadSymbol(ModuleOp module, StringRef name) {
  Operation *op = SymbolTable::lookupSymbolIn(module, name);
  if (auto config = dyn_cast_or_null<ConfigOp>(op)) {
    ConfigSource source;
    source.config = config;
    source.scope = module;
    return source;
  }
  InFlightDiagnostic error = mlir::emitError(module.getLoc())
                             << "config=@" << name
                             << " names no qprep.config of the module";
  if (op)
    error.attachNote(op->getLoc()) << "it is this " << op->getName();
  for (ConfigOp config : getConfigs(module))
    error.attachNote(config.getLoc())
        << "there is @" << config.getSymName() << " here";
  return error;
}

FailureOr<ConfigSource> quantprep::loadConfig(ModuleOp module,
                                              StringRef option) {
  if (option.consume_front("@"))
    return loadSymbol(module, option);
  if (!option.empty())
    return loadFile(module, option);
  FailureOr<ConfigOp> config =
      getOnlyConfig(module, "choose one with config=@name");
  if (failed(config))
    return failure();
  ConfigSource source;
  source.config = *config;
  source.scope = module;
  return source;
}

Attribute quantprep::parseReference(MLIRContext *context, StringRef option) {
  if (option.consume_front("@"))
    return FlatSymbolRefAttr::get(context, option);
  return StringAttr::get(context, option);
}

OwningOpRef<ModuleOp> quantprep::loadPreset(PresetClass presetClass,
                                            StringRef name, Location loc) {
  std::optional<StringRef> text = getPresetText(presetClass, name);
  if (!text) {
    mlir::emitError(loc) << (presetClass == PresetClass::QConfig
                                 ? "unknown preset '"
                                 : "unknown backend preset '")
                         << name << "'; known are "
                         << llvm::join(getPresetNames(presetClass), ", ")
                         << suggestNearest(name, getPresetNames(presetClass));
    return nullptr;
  }
  // Tests verify the presets; once is enough.
  ParserConfig parser(loc.getContext(), /*verifyAfterParse=*/false);
  return parseSourceString<ModuleOp>(*text, parser, name);
}
