//===- Resolve.cpp - One configuration out of all that was said -----------===//
//
// Precedence: options of the pass, then a configuration (file or symbol), then
// presets. Inside a configuration the later of two assignments with one key
// counts; what a preset brings along gives way to what is written out.
//
//===----------------------------------------------------------------------===//

#include "InlineBackend.h"
#include "Load.h"
#include "Options.h"
#include "Standalone.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
struct Assignment {
  Location loc;
  bool equalization;
  AssignLevel level;
  StringAttr key;
  StringAttr kind;
  IntegerAttr index;
  Attribute qconfig;
  bool optional;

  Assignment(AssignOp op)
      : loc(op.getLoc()), equalization(op.getEqualization()),
        level(op.getLevel()), key(op.getKeyAttr()), kind(op.getKindAttr()),
        index(op.getIndexAttr()), qconfig(op.getQconfigAttr()),
        optional(op.getOptional()) {}
  /// At level global, for quantization.
  Assignment(Location loc, Attribute qconfig)
      : loc(loc), equalization(false), level(AssignLevel::global),
        qconfig(qconfig), optional(false) {}

  bool isGlobal() const {
    return level == AssignLevel::global && !equalization;
  }
  bool hasKeyOf(const Assignment &other) const {
    return equalization == other.equalization && level == other.level &&
           key == other.key && kind == other.kind && index == other.index;
  }
};

class Resolver {
public:
  Resolver(ModuleOp module, const ConfigRequest &request, ConfigSource &source,
           ConfigOp result,
           llvm::function_ref<bool(FunctionOpInterface)> isPrepared)
      : module(module), request(request), source(source), result(result),
        isPrepared(isPrepared), symbols(result), builder(module.getContext()) {}

  LogicalResult resolve();

private:
  StringRef getDefaultQConfig();
  void copyQConfigs();
  void collectAssignments();
  void replace(const Assignment &assignment);
  LogicalResult resolveAssignments();
  bool prepares(Operation *op) const;
  LogicalResult resolveUserAttributes();
  LogicalResult resolveReference(Attribute &qconfig, Location loc);
  LogicalResult checkPurpose(const Assignment &assignment);
  LogicalResult expandPreset(ConfigOp preset, Location loc);
  FailureOr<FlatSymbolRefAttr> usePreset(ConfigOp preset, Attribute qconfig,
                                         Location loc);
  FailureOr<ConfigOp> getPreset(StringRef name, Location loc);
  void emitAssignments();
  void copyClusters();

  ModuleOp module;
  const ConfigRequest &request;
  ConfigSource &source;
  ConfigOp result;
  llvm::function_ref<bool(FunctionOpInterface)> isPrepared;
  SymbolTable symbols;
  OpBuilder builder;
  SmallVector<Assignment> assignments;
  llvm::StringMap<OwningOpRef<ModuleOp>> presets;
};
} // namespace

/// The global assignment of a preset, which is what its name means.
static AssignOp getGlobal(ConfigOp preset) {
  return *llvm::find_if(preset.getOps<AssignOp>(), [](AssignOp assign) {
    return assign.getLevel() == AssignLevel::global;
  });
}

//===----------------------------------------------------------------------===//
// QConfigs and their assignment
//===----------------------------------------------------------------------===//

void Resolver::copyQConfigs() {
  if (source.config)
    for (auto qconfig : source.config.getOps<QConfigOp>())
      symbols.insert(qconfig->clone());
}

/// In the place of an earlier one with the same key: order counts (F2).
void Resolver::replace(const Assignment &assignment) {
  for (Assignment &earlier : assignments)
    if (earlier.hasKeyOf(assignment)) {
      earlier = assignment;
      return;
    }
  assignments.push_back(assignment);
}

StringRef Resolver::getDefaultQConfig() {
  if (result.getMode() == Mode::dynamic)
    return "dynamic-int8";
  if (result.getQat())
    return "fbgemm-qat";
  return request.defaultPreset.empty() ? "fbgemm" : request.defaultPreset;
}

void Resolver::collectAssignments() {
  Attribute global;
  if (!request.qconfig.empty())
    global = parseReference(module.getContext(), request.qconfig);
  else if (!source.config)
    global = builder.getStringAttr(getDefaultQConfig());
  if (source.config)
    for (auto op : source.config.getOps<AssignOp>())
      replace(op);
  if (global)
    replace({module.getLoc(), global});
}

FailureOr<ConfigOp> Resolver::getPreset(StringRef name, Location loc) {
  OwningOpRef<ModuleOp> &preset = presets[name];
  if (!preset)
    preset = loadPreset(PresetClass::QConfig, name, loc);
  if (!preset)
    return failure();
  return *preset->getOps<ConfigOp>().begin();
}

/// Puts a qconfig of a preset into the result.
FailureOr<FlatSymbolRefAttr>
Resolver::usePreset(ConfigOp preset, Attribute qconfig, Location loc) {
  auto name = dyn_cast_or_null<FlatSymbolRefAttr>(qconfig);
  if (!name)
    return name;
  auto op = cast<QConfigOp>(SymbolTable::lookupSymbolIn(preset, name));
  auto existing = symbols.lookup<QConfigOp>(name.getAttr());
  if (!existing)
    symbols.insert(op->clone());
  else if (existing.getConfig() != op.getConfig()) {
    InFlightDiagnostic error =
        mlir::emitError(existing.getLoc())
        << "qconfig @" << name.getValue() << " is not that of preset '"
        << preset.getSymName()
        << "', which is used as well; give it another name";
    error.attachNote(loc) << "preset used here";
    return error;
  }
  return name;
}

/// Makes a reference a symbol of the result, or null for none.
LogicalResult Resolver::resolveReference(Attribute &qconfig, Location loc) {
  if (auto name = dyn_cast_or_null<StringAttr>(qconfig)) {
    qconfig = nullptr;
    if (name == "none")
      return success();
    FailureOr<ConfigOp> preset = getPreset(name, loc);
    if (failed(preset))
      return failure();
    auto symbol = usePreset(*preset, getGlobal(*preset).getQconfigAttr(), loc);
    if (failed(symbol))
      return failure();
    qconfig = *symbol;
    return success();
  }
  auto symbol = dyn_cast_or_null<SymbolRefAttr>(qconfig);
  if (symbol && (!isa<FlatSymbolRefAttr>(symbol) ||
                 !symbols.lookup<QConfigOp>(symbol.getRootReference())))
    return mlir::emitError(loc)
           << symbol
           << " is no qprep.qconfig of the configuration; "
              "define it there, or name a preset in quotes";
  return success();
}

/// Observers for quantization do not equalize, nor the other way round (F27).
LogicalResult Resolver::checkPurpose(const Assignment &assignment) {
  auto symbol = cast_or_null<FlatSymbolRefAttr>(assignment.qconfig);
  if (!symbol)
    return success();
  auto op = symbols.lookup<QConfigOp>(symbol.getAttr());
  QConfigAttr config = op.getConfig();
  auto isKind = [](ObserverAttr spec, ObserverKind kind) {
    return spec.getKind() == kind;
  };
  if (assignment.equalization) {
    if (isKind(config.getActivation(), ObserverKind::input_equalization) &&
        isKind(config.getWeight(), ObserverKind::weight_equalization))
      return success();
  } else if (!config.getActivation().isEqualization() &&
             !config.getWeight().isEqualization()) {
    return success();
  }
  InFlightDiagnostic error =
      mlir::emitError(assignment.loc)
      << "assigns " << symbol
      << (assignment.equalization
              ? " for equalization, which has no input_equalization and "
                "weight_equalization observers; use the preset \"equalization\""
              : " for quantization, but it observes for equalization; write "
                "qprep.assign equalization");
  error.attachNote(op.getLoc()) << "the qconfig is here";
  return error;
}

/// Adds the entries of a global preset for single kinds (F4), where the
/// configuration has none of its own.
LogicalResult Resolver::expandPreset(ConfigOp preset, Location loc) {
  for (auto op : preset.getOps<AssignOp>()) {
    Assignment entry = op;
    if (llvm::any_of(assignments, [&](const Assignment &other) {
          return other.hasKeyOf(entry);
        }))
      continue;
    auto symbol = usePreset(preset, op.getQconfigAttr(), loc);
    if (failed(symbol))
      return failure();
    entry.qconfig = *symbol;
    assignments.push_back(entry);
  }
  return success();
}

LogicalResult Resolver::resolveAssignments() {
  collectAssignments();
  std::optional<Assignment> global;
  for (Assignment &assignment : assignments) {
    if (assignment.isGlobal())
      global = assignment;
    if (failed(resolveReference(assignment.qconfig, assignment.loc)) ||
        failed(checkPurpose(assignment)))
      return failure();
  }
  auto name = dyn_cast_or_null<StringAttr>(global ? global->qconfig : nullptr);
  if (name && name != "none")
    return expandPreset(*getPreset(name, global->loc), global->loc);
  return success();
}

/// Whether an op is prepared by this configuration, as no function around it is
/// by another.
bool Resolver::prepares(Operation *op) const {
  for (; op; op = op->getParentOp())
    if (auto function = dyn_cast<FunctionOpInterface>(op);
        function && !isPrepared(function))
      return false;
  return true;
}

/// Presets that ops and functions name with `qprep.qconfig`, and qconfigs that
/// are written out there.
LogicalResult Resolver::resolveUserAttributes() {
  auto helper = module.getContext()
                    ->getLoadedDialect<QPrepDialect>()
                    ->getQconfigAttrHelper();
  DenseSet<Attribute> seen;
  for (Operation *op : request.opsWithQConfig) {
    Attribute qconfig = helper.getAttr(op);
    if (!prepares(op) || !seen.insert(qconfig).second)
      continue;
    if (auto inlined = dyn_cast<QConfigAttr>(qconfig))
      symbols.insert(QConfigOp::create(
          builder, op->getLoc(), builder.getStringAttr("inline"), inlined));
    else if (failed(resolveReference(qconfig, op->getLoc())))
      return failure();
  }
  return success();
}

void Resolver::emitAssignments() {
  builder.setInsertionPointToEnd(&result.getBody().front());
  for (unsigned level = 0; level <= getMaxEnumValForAssignLevel(); ++level)
    for (const Assignment &entry : assignments)
      if (entry.level == AssignLevel(level))
        AssignOp::create(builder, entry.loc, entry.equalization, entry.level,
                         entry.key, entry.kind, entry.index, entry.qconfig,
                         entry.optional);
}

/// Names do not matter: nothing refers to a cluster.
void Resolver::copyClusters() {
  if (source.config)
    for (auto cluster : source.config.getOps<ClusterOp>())
      symbols.insert(cluster->clone());
}

LogicalResult Resolver::resolve() {
  copyQConfigs();
  if (failed(resolveAssignments()) || failed(resolveUserAttributes()))
    return failure();
  emitAssignments();
  copyClusters();
  return inlineBackend(module.getLoc(), request, source, symbols);
}

OwningOpRef<ConfigOp> quantprep::createConfig(Location loc, StringRef name) {
  OpBuilder builder(loc.getContext());
  OwningOpRef<ConfigOp> result = ConfigOp::create(
      builder, loc, builder.getStringAttr(name),
      builder.getStringAttr("private"), /*backend=*/nullptr,
      /*inputs_quantized=*/nullptr, /*outputs_quantized=*/nullptr,
      /*entry=*/nullptr, /*qat=*/false, Placement::graph, Mode::static_,
      /*reset_functions=*/false, /*on_device=*/false, /*strict=*/false);
  result->getBody().emplaceBlock();
  return result;
}

LogicalResult quantprep::resolveConfig(
    ModuleOp module, const ConfigRequest &request, ConfigSource &source,
    ConfigOp result, llvm::function_ref<bool(FunctionOpInterface)> isPrepared) {
  if (failed(setOptions(module, request, source.config, result)))
    return failure();
  return Resolver(module, request, source, result, isPrepared).resolve();
}
