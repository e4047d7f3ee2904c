//===- Config.cpp - Attaching and finding the configuration ---------------===//

#include "QuantPrep/Config/Config.h"
#include "Load.h"
#include "QuantPrep/IR/Annotations.h"
#include "Standalone.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

LogicalResult quantprep::attachConfig(ModuleOp module,
                                      const ConfigRequest &request) {
  FailureOr<ConfigSource> source = loadConfig(module, request.config);
  if (failed(source))
    return failure();
  ConfigOp written = source->config;
  OwningOpRef<ConfigOp> result = createConfig(
      written ? written.getLoc() : module.getLoc(), "qprep_config");
  FunctionNames standalone = findStandalone(module, written);
  auto isPrepared = [&](FunctionOpInterface function) {
    return !standalone.contains(function.getNameAttr());
  };
  if (failed(resolveConfig(module, request, *source, *result, isPrepared)) ||
      failed(resolveCallees(module, request, written, *result, standalone)))
    return failure();
  module.getContext()
      ->getLoadedDialect<QPrepDialect>()
      ->getGeneratedAttrHelper()
      .setAttr(*result, mlir::UnitAttr::get(module.getContext()));
  ConfigOp attached = result.release();
  SymbolTable(module).insert(attached);
  markCallees(module, attached);
  return success();
}

/// A mark that the user left or edited may name anything.
static ConfigOp findNested(ModuleOp module, ConfigOp config,
                           StandaloneAttr standalone) {
  auto nested = dyn_cast_or_null<ConfigOp>(
      mlir::SymbolTable::lookupSymbolIn(module, standalone.getConfig()));
  return nested && config->isProperAncestor(nested) ? nested : ConfigOp();
}

ConfigOp quantprep::findConfig(Operation *op) {
  auto generated = op->getContext()
                       ->getLoadedDialect<QPrepDialect>()
                       ->getGeneratedAttrHelper();
  StandaloneAttr standalone;
  for (; op; op = op->getParentOp()) {
    if (auto attr =
            annotations::get<StandaloneAttr>(op, annotations::standalone))
      standalone = attr;
    auto module = dyn_cast<ModuleOp>(op);
    if (!module)
      continue;
    // It was put at the end, so that this does not walk all functions.
    for (Operation &child : llvm::reverse(*module.getBody()))
      if (auto config = dyn_cast<ConfigOp>(child);
          config && generated.isAttrPresent(config))
        return standalone ? findNested(module, config, standalone) : config;
  }
  return nullptr;
}

std::string quantprep::getPreparedEntry(ConfigOp config) {
  std::string entry = config.getEntry().value_or("").str();
  return config.getOnDevice() ? "observe_" + entry : entry;
}

FailureOr<FunctionOpInterface> quantprep::lookupEntry(ConfigOp config,
                                                      StringRef name) {
  auto function = dyn_cast_or_null<FunctionOpInterface>(
      mlir::SymbolTable::lookupSymbolIn(config->getParentOp(), name));
  if (function && !function.isExternal())
    return function;
  return config.emitError() << "entry '" << name << "' is no function of the "
                            << "module with a body; was it renamed or removed "
                               "after qprep-attach-config? run it again";
}

SymbolRefAttr quantprep::getReference(Operation *symbol) {
  SmallVector<FlatSymbolRefAttr> path;
  for (; symbol && !isa<ModuleOp>(symbol); symbol = symbol->getParentOp())
    path.push_back(FlatSymbolRefAttr::get(symbol));
  std::reverse(path.begin(), path.end());
  return SymbolRefAttr::get(path.front().getAttr(),
                            ArrayRef(path).drop_front());
}
