//===- Standalone.cpp - Configurations of standalone functions ------------===//
//
// A standalone function is prepared by a configuration of its own, nested in
// that of its callers (F28). What it leaves out comes from there: the qconfig
// of the call, the backend. Functions inside nested modules are not looked at.
//
//===----------------------------------------------------------------------===//

#include "Standalone.h"
#include "ExtendBackend.h"
#include "QuantPrep/Config/Callees.h"
#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Matching/UnitLabels.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace {
/// A standalone function, and its calls with the qconfigs they have.
struct Called {
  StandaloneOp entry;
  FunctionOpInterface function;
  SmallVector<std::pair<Operation *, AssignedAttr>, 1> calls;
};

/// The functions that one configuration calls standalone or custom.
class CalleeResolver {
public:
  CalleeResolver(ModuleOp module, const ConfigRequest &request,
                 ConfigOp written, ConfigOp result, const FunctionNames &names,
                 DenseMap<Operation *, StandaloneOp> &claimed)
      : module(module), request(request), written(written), result(result),
        names(names), claimed(claimed), functions(module), symbols(result),
        mapping(result) {}

  /// `caller` is the function that `result` prepares; null: all that are not
  /// standalone.
  LogicalResult resolve(FunctionOpInterface caller);

private:
  LogicalResult resolveNamed();
  LogicalResult resolveCustom();
  LogicalResult checkReplacement(CustomOp op);
  StandaloneOp findEntry(StringAttr name);
  void visitCalls(FunctionOpInterface caller);
  LogicalResult prepare(Called &called);
  FailureOr<AssignedAttr> getCallQConfig(Called &called);
  OwningOpRef<ConfigOp> write(Called &called, ConfigOp own);
  LogicalResult writeBackend(ConfigOp source);

  ModuleOp module;
  const ConfigRequest &request;
  ConfigOp written, result;
  const FunctionNames &names;
  /// Over all configurations, by which entry a function is standalone.
  DenseMap<Operation *, StandaloneOp> &claimed;
  SymbolTable functions, symbols;
  QConfigMapping mapping;
  llvm::MapVector<StringAttr, Called> standalone;
  FunctionNames calledNames;
};
} // namespace

static bool matches(StandaloneOp op, StringRef name) {
  if (op.getFunction())
    return *op.getFunction() == name;
  return llvm::Regex(("^(" + *op.getNameRegex() + ")").str()).match(name);
}

FunctionNames quantprep::findStandalone(ModuleOp module, ConfigOp written) {
  FunctionNames names;
  SmallVector<StandaloneOp> entries;
  if (written)
    written.walk([&](StandaloneOp op) { entries.push_back(op); });
  if (entries.empty())
    return names;
  FunctionNames called;
  module.walk([&](Operation *op) {
    if (StringAttr name = getCalleeName(op))
      called.insert(name);
  });
  for (auto function : module.getOps<FunctionOpInterface>())
    for (StandaloneOp op : entries)
      if (!function.isExternal() && matches(op, function.getName()) &&
          (op.getFunction() || called.contains(function.getNameAttr())))
        names.insert(function.getNameAttr());
  return names;
}

//===----------------------------------------------------------------------===//
// Which functions
//===----------------------------------------------------------------------===//

/// A name goes before regexes, of which the first counts.
StandaloneOp CalleeResolver::findEntry(StringAttr name) {
  StandaloneOp found;
  for (auto op : written.getOps<StandaloneOp>()) {
    if ((found && op.getNameRegex()) || !matches(op, name))
      continue;
    found = op;
    if (op.getFunction())
      break;
  }
  return found;
}

/// Functions named by symbol need not be called to be prepared by themselves.
LogicalResult CalleeResolver::resolveNamed() {
  for (auto op : written.getOps<StandaloneOp>()) {
    if (!op.getFunction())
      continue;
    auto function = functions.lookup<FunctionOpInterface>(*op.getFunction());
    if (!function || function.isExternal()) {
      InFlightDiagnostic diag =
          op.emitError() << "standalone function " << op.getFunctionAttr()
                         << (function ? " has no body to prepare"
                                      : " is no function of the module");
      if (function)
        diag.attachNote(function.getLoc()) << "declared here";
      return diag;
    }
    standalone.insert({op.getFunctionAttr().getAttr(), {op, function, {}}});
  }
  return success();
}

void CalleeResolver::visitCalls(FunctionOpInterface caller) {
  // Calls directly in a module, so far (F2).
  UnitCounter counter;
  UnitLabeler labeler;
  caller.walk<WalkOrder::PreOrder>([&](Operation *op) {
    StringAttr name = getCalleeName(op);
    if (name)
      calledNames.insert(name);
    if (!name || !names.contains(name))
      return;
    auto function = functions.lookup<FunctionOpInterface>(name);
    StandaloneOp entry = findEntry(name);
    if (!entry)
      return;
    Unit unit{UnitKind::standalone, op, {op}, {}};
    auto [it, isNew] = standalone.insert({name, {entry, function, {}}});
    std::string label = labeler.next(unit.kind, op->getLoc());
    it->second.calls.emplace_back(
        op, mapping.getAssigned(unit, label, counter.next(unit), caller));
  });
}

LogicalResult CalleeResolver::resolve(FunctionOpInterface caller) {
  if (!written)
    return success();
  if (failed(resolveNamed()))
    return failure();
  if (caller)
    visitCalls(caller);
  else
    for (auto function : module.getOps<FunctionOpInterface>())
      if (!names.contains(function.getNameAttr()))
        visitCalls(function);
  for (auto &[name, called] : standalone)
    if (failed(prepare(called)))
      return failure();
  for (auto op : written.getOps<StandaloneOp>())
    if (op.getNameRegex() && llvm::none_of(standalone, [&](const auto &it) {
          return it.second.entry == op;
        }))
      op.emitWarning() << "no function that is called matches '"
                       << *op.getNameRegex() << "'";
  return resolveCustom();
}

//===----------------------------------------------------------------------===//
// Their configurations
//===----------------------------------------------------------------------===//

/// The one qconfig that all calls have; without a configuration of its own a
/// function cannot be prepared in two ways.
FailureOr<AssignedAttr> CalleeResolver::getCallQConfig(Called &called) {
  AssignedAttr first = called.calls.front().second;
  for (auto [call, assigned] : called.calls) {
    if (assigned.getQconfig() == first.getQconfig())
      continue;
    InFlightDiagnostic diag = call->emitError();
    diag << "standalone function @" << called.function.getName()
         << " is called here with ";
    auto print = [&](AssignedAttr answer) {
      if (answer.getQconfig())
        diag << "qconfig @"
             << answer.getQconfig().getLeafReference().getValue();
      else
        diag << "no qconfig";
    };
    print(assigned);
    diag << " and elsewhere with ";
    print(first);
    diag << "; assign one to all calls, or give it a configuration with "
            "assignments of its own";
    diag.attachNote(called.calls.front().first->getLoc()) << "also called here";
    return diag;
  }
  return first;
}

/// A backend that is named but stands further out comes along.
LogicalResult CalleeResolver::writeBackend(ConfigOp source) {
  SymbolTable inner(source);
  BackendOp backend;
  if (!source.getBackendAttr())
    backend = cast<BackendOp>(symbols.lookup(
        cast<FlatSymbolRefAttr>(result.getBackendAttr()).getAttr()));
  else if (auto name = dyn_cast<FlatSymbolRefAttr>(source.getBackendAttr());
           name && !inner.lookup(name.getAttr()))
    backend = dyn_cast_or_null<BackendOp>(
        mlir::SymbolTable::lookupSymbolIn(written, name));
  if (!backend)
    return success();
  OwningOpRef<BackendOp> whole = copyWhole(backend);
  if (!whole)
    return failure();
  source.setBackendAttr(FlatSymbolRefAttr::get(inner.insert(whole.release())));
  return success();
}

/// Whether it says which qconfigs units get; equalization is apart (F27).
static bool hasAssignments(ConfigOp config) {
  return llvm::any_of(config.getOps<AssignOp>(),
                      [](AssignOp op) { return !op.getEqualization(); });
}

/// The configuration of a function as its user could have written it out. Null
/// after an error.
OwningOpRef<ConfigOp> CalleeResolver::write(Called &called, ConfigOp own) {
  OwningOpRef<ConfigOp> source =
      own ? OwningOpRef<ConfigOp>(own.clone())
          : createConfig(called.entry.getLoc(), called.function.getName());
  if (failed(writeBackend(*source)))
    return nullptr;
  SymbolTable names(*source);
  for (auto cluster : written.getOps<ClusterOp>())
    if (!names.lookup(cluster.getSymName()))
      names.insert(cluster->clone());
  if (hasAssignments(*source))
    return source;
  FailureOr<AssignedAttr> assigned = getCallQConfig(called);
  if (failed(assigned))
    return nullptr;
  FlatSymbolRefAttr qconfig;
  if (SymbolRefAttr name = assigned->getQconfig()) {
    Operation *copy = symbols.lookup(name.getLeafReference())->clone();
    qconfig = FlatSymbolRefAttr::get(SymbolTable(*source).insert(copy));
  }
  auto builder = OpBuilder::atBlockEnd(&source->getBody().front());
  AssignOp::create(builder, called.entry.getLoc(), /*equalization=*/false,
                   AssignLevel::global, {}, {}, {}, qconfig,
                   /*optional=*/false);
  return source;
}

LogicalResult CalleeResolver::prepare(Called &called) {
  auto [it, isNew] = claimed.try_emplace(called.function, called.entry);
  if (!isNew) {
    InFlightDiagnostic diag =
        called.entry.emitError()
        << "function @" << called.function.getName()
        << " is standalone in two configurations; list it in one";
    diag.attachNote(it->second.getLoc()) << "also listed here";
    return diag;
  }
  ConfigOp own;
  if (FlatSymbolRefAttr name = called.entry.getConfigAttr())
    own = cast<ConfigOp>(mlir::SymbolTable::lookupSymbolIn(written, name));
  if (called.calls.empty() && (!own || !hasAssignments(own)))
    return called.entry.emitError()
           << "standalone function @" << called.function.getName()
           << " is not called, so that no call gives it a qconfig; give it a "
              "configuration with assignments of its own";

  OwningOpRef<ConfigOp> source = write(called, own);
  if (!source)
    return failure();
  StringRef name = called.function.getName();
  OwningOpRef<ConfigOp> inner = createConfig(source->getLoc(), name);
  ConfigRequest inside;
  inside.entry = name;
  inside.qat = result.getQat();
  inside.opsWithQConfig = request.opsWithQConfig;
  ConfigSource from;
  from.config = *source;
  from.scope = module;
  if (failed(resolveConfig(module, inside, from, *inner,
                           [&](FunctionOpInterface function) {
                             return function == called.function;
                           })) ||
      failed(CalleeResolver(module, request, own, *inner, names, claimed)
                 .resolve(called.function)))
    return failure();
  auto symbol = FlatSymbolRefAttr::get(symbols.insert(inner.release()));
  auto builder = OpBuilder::atBlockEnd(&result.getBody().front());
  StandaloneOp::create(builder, called.entry.getLoc(),
                       FlatSymbolRefAttr::get(called.function), StringAttr(),
                       symbol);
  return success();
}

//===----------------------------------------------------------------------===//
// Custom functions
//===----------------------------------------------------------------------===//

LogicalResult CalleeResolver::checkReplacement(CustomOp op) {
  auto function = functions.lookup<FunctionOpInterface>(op.getFunction());
  auto observed = functions.lookup<FunctionOpInterface>(op.getObserved());
  if (!function || !observed)
    return op.emitError() << (function ? "observed replacement "
                                       : "custom function ")
                          << (function ? op.getObservedAttr()
                                       : op.getFunctionAttr())
                          << " is no function of the module";
  if (function.getFunctionType() == observed.getFunctionType())
    return success();
  InFlightDiagnostic diag = op.emitError()
                            << "observed replacement " << op.getObservedAttr()
                            << " has type " << observed.getFunctionType()
                            << ", but that of " << op.getFunctionAttr()
                            << " is wanted: " << function.getFunctionType();
  diag.attachNote(function.getLoc()) << "custom function here";
  diag.attachNote(observed.getLoc()) << "observed replacement here";
  return diag;
}

LogicalResult CalleeResolver::resolveCustom() {
  DenseMap<Attribute, CustomOp> seen;
  for (auto op : written.getOps<CustomOp>()) {
    auto [it, isNew] = seen.try_emplace(op.getFunctionAttr(), op);
    if (!isNew) {
      InFlightDiagnostic diag = op.emitError()
                                << "custom function " << op.getFunctionAttr()
                                << " has a replacement already; keep one";
      diag.attachNote(it->second.getLoc()) << "given here";
      return diag;
    }
    if (failed(checkReplacement(op)))
      return failure();
    if (!calledNames.contains(op.getFunctionAttr().getAttr()))
      op.emitWarning() << "custom function " << op.getFunctionAttr()
                       << " is not called";
    result.getBody().front().push_back(op->clone());
  }
  return success();
}

/// Most configurations do not, and large modules have many symbols to look up.
static bool speaksOfCallees(ConfigOp config) {
  return !config.getOps<StandaloneOp>().empty() ||
         !config.getOps<CustomOp>().empty();
}

LogicalResult quantprep::resolveCallees(ModuleOp module,
                                        const ConfigRequest &request,
                                        ConfigOp written, ConfigOp result,
                                        const FunctionNames &standalone) {
  if (!written || !speaksOfCallees(written))
    return success();
  DenseMap<Operation *, StandaloneOp> claimed;
  return CalleeResolver(module, request, written, result, standalone, claimed)
      .resolve(nullptr);
}

void quantprep::markCallees(ModuleOp module, ConfigOp result) {
  if (!speaksOfCallees(result))
    return;
  SymbolTable functions(module);
  Builder builder(module.getContext());
  auto getIndexes = [&](DenseI64ArrayAttr attr) {
    return attr ? attr : builder.getDenseI64ArrayAttr({});
  };
  result.walk([&](StandaloneOp op) {
    auto config = cast<ConfigOp>(mlir::SymbolTable::lookupSymbolIn(
        op->getParentOp(), op.getConfigAttr()));
    functions.lookup(*op.getFunction())
        ->setDiscardableAttr(
            annotations::standalone,
            StandaloneAttr::get(builder.getContext(), getReference(config),
                                getIndexes(config.getInputsQuantizedAttr()),
                                getIndexes(config.getOutputsQuantizedAttr())));
  });
  result.walk([&](CustomOp op) {
    for (StringRef name : {op.getFunction(), op.getObserved()})
      if (Operation *function = functions.lookup(name);
          !function->hasAttr(annotations::standalone))
        function->setDiscardableAttr(annotations::custom,
                                     builder.getUnitAttr());
  });
}
