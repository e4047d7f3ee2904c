//===- QPrepConfigOps.cpp - Configuration as IR ---------------------------===//

#include "ShadowedPatterns.h"

#include "QuantPrep/IR/QPrepOps.h"
#include "QuantPrep/Support/Nearest.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

//===----------------------------------------------------------------------===//
// ConfigOp
//===----------------------------------------------------------------------===//

static LogicalResult verifyIndexes(ConfigOp op, StringRef name,
                                   std::optional<ArrayRef<int64_t>> indexes) {
  for (int64_t index : indexes.value_or(ArrayRef<int64_t>()))
    if (index < 0)
      return op.emitOpError()
             << "has a negative index in " << name << ": " << index;
  return success();
}

/// An option that nobody knows would be without effect.
static LogicalResult verifyOptions(ConfigOp op) {
  for (NamedAttribute attr : op->getDiscardableAttrs()) {
    StringRef name = attr.getName();
    if (!name.contains('.'))
      return op.emitOpError()
             << "has no option '" << name << "'"
             << suggestNearest(name, ConfigOp::getAttributeNames());
  }
  return success();
}

LogicalResult ConfigOp::verify() {
  return failure(
      failed(verifyOptions(*this)) ||
      failed(verifyIndexes(*this, "inputs_quantized", getInputsQuantized())) ||
      failed(verifyIndexes(*this, "outputs_quantized", getOutputsQuantized())));
}

/// A nested configuration is for standalone functions (F28).
static LogicalResult verifyNested(ConfigOp nested) {
  auto parent = cast<ConfigOp>(nested->getParentOp());
  for (auto op : parent.getOps<StandaloneOp>())
    if (op.getConfigAttr() &&
        op.getConfigAttr().getAttr() == nested.getSymNameAttr())
      return success();
  return nested.emitOpError() << "is inside another one, but no "
                                 "qprep.standalone there is prepared with @"
                              << nested.getSymName();
}

LogicalResult ConfigOp::verifyRegions() {
  for (Operation &op : getBody().front())
    if (!isa<QConfigOp, AssignOp, BackendOp, ClusterOp, StandaloneOp, CustomOp,
             ConfigOp>(op))
      return op.emitOpError()
             << "does not belong in a qprep.config, which has "
                "qprep.qconfig, qprep.assign, qprep.backend, qprep.cluster, "
                "qprep.standalone, qprep.custom and nested qprep.config";
  for (auto nested : getOps<ConfigOp>())
    if (failed(verifyNested(nested)))
      return failure();
  return verifyNoneShadowed<ClusterOp>(getBody().front());
}

/// Whether it is, or is inside, the configuration that qprep-attach-config
/// made.
static bool isResolved(Operation *op) {
  auto generated = op->getContext()
                       ->getLoadedDialect<QPrepDialect>()
                       ->getGeneratedAttrHelper();
  for (; op; op = op->getParentOp())
    if (isa<ConfigOp>(op) && generated.isAttrPresent(op))
      return true;
  return false;
}

/// The passes that read it rely on it.
static LogicalResult verifyResolved(ConfigOp op,
                                    SymbolTableCollection &symbolTable) {
  auto backend = dyn_cast_or_null<FlatSymbolRefAttr>(op.getBackendAttr());
  if (!backend || !isa_and_nonnull<BackendOp>(
                      symbolTable.lookupSymbolIn(op, backend.getAttr())))
    return op.emitOpError() << "is generated, but has no backend inside it; "
                               "run qprep-attach-config instead of editing it";
  for (auto assign : op.getOps<AssignOp>())
    if (isa_and_nonnull<StringAttr>(assign.getQconfigAttr()))
      return assign.emitOpError()
             << "assigns the preset " << assign.getQconfigAttr()
             << " in a generated qprep.config, which has no presets; run "
                "qprep-attach-config instead of editing it";
  for (auto standalone : op.getOps<StandaloneOp>())
    if (!standalone.getFunctionAttr() || !standalone.getConfigAttr())
      return standalone.emitOpError()
             << "in a generated qprep.config needs a function and a "
                "configuration; run qprep-attach-config instead of editing it";
  return success();
}

LogicalResult ConfigOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  if (isResolved(*this))
    return verifyResolved(*this, symbolTable);
  auto backend = dyn_cast_or_null<FlatSymbolRefAttr>(getBackendAttr());
  if (!backend)
    return success();
  for (Operation *scope : {getOperation(), (*this)->getParentOp()})
    if (scope->hasTrait<OpTrait::SymbolTable>() &&
        isa_and_nonnull<BackendOp>(
            symbolTable.lookupSymbolIn(scope, backend.getAttr())))
      return success();
  return emitOpError() << "prepares for " << backend
                       << ", which is no qprep.backend inside it or beside it";
}

//===----------------------------------------------------------------------===//
// AssignOp
//===----------------------------------------------------------------------===//

/// llvm::Regex has POSIX syntax. Perl's character classes are read as plain
/// letters there, in silence.
static LogicalResult verifyRegex(Operation *op, StringRef text) {
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\')
      continue;
    if (llvm::isAlnum(text[i + 1]))
      return op->emitOpError()
             << "regex '" << text << "' has '\\" << text[i + 1]
             << "', which POSIX regexes do not know; write a "
                "bracket expression, such as [0-9]";
    ++i;
  }
  std::string error;
  if (!llvm::Regex(text).isValid(error))
    return op->emitOpError()
           << "regex '" << text << "' does not compile: " << error;
  return success();
}

static SmallVector<StringRef> getKindNames() {
  SmallVector<StringRef> names;
  for (unsigned kind = 0; kind <= getMaxEnumValForUnitKind(); ++kind)
    if (symbolizeUnitKind(kind))
      names.push_back(stringifyEnum(UnitKind(kind)));
  return names;
}

/// The generic form can leave out, or add, what a level does not take.
static LogicalResult verifyTarget(AssignOp op) {
  AssignLevel level = op.getLevel();
  if (level == AssignLevel::attribute)
    return op.emitOpError() << "has level attribute, which is not assigned but "
                               "set on an op or a function";
  bool isOrder = level == AssignLevel::order;
  bool wantsKind = isOrder || level == AssignLevel::kind;
  bool wantsKey = level != AssignLevel::global && level != AssignLevel::kind;
  if (bool(op.getKeyAttr()) != wantsKey ||
      bool(op.getKindAttr()) != wantsKind || bool(op.getIndexAttr()) != isOrder)
    return op.emitOpError()
           << "has level " << stringifyEnum(level) << ", which "
           << (wantsKey ? "takes a key, " : "takes no key, ")
           << (wantsKind ? "a kind, " : "no kind, ")
           << (isOrder ? "and an index" : "and no index");
  return success();
}

LogicalResult AssignOp::verify() {
  if (failed(verifyTarget(*this)))
    return failure();
  if (StringAttr kind = getKindAttr();
      kind && !kind.getValue().contains('.') && !symbolizeUnitKind(kind))
    return emitOpError() << "unknown kind '" << kind.getValue()
                         << "'; a kind of unit (see docs/dialect.md) or the "
                            "name of an op with its dialect is required"
                         << suggestNearest(kind, getKindNames());
  if (getLevel() == AssignLevel::name_regex)
    return verifyRegex(*this, getKeyAttr());
  if (IntegerAttr index = getIndexAttr(); index && index.getInt() < 0)
    return emitOpError() << "counts units from 0, got: " << index.getInt();
  return success();
}

LogicalResult AssignOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  auto symbol = dyn_cast_or_null<FlatSymbolRefAttr>(getQconfigAttr());
  auto config = cast<ConfigOp>((*this)->getParentOp());
  if (!symbol || isa_and_nonnull<QConfigOp>(
                     symbolTable.lookupSymbolIn(config, symbol.getAttr())))
    return success();
  SmallVector<StringRef> known;
  for (auto qconfig : config.getOps<QConfigOp>())
    known.push_back(qconfig.getSymName());
  return emitOpError() << "assigns " << symbol
                       << ", which is no qprep.qconfig of this config"
                       << suggestNearest(symbol.getValue(), known);
}

//===----------------------------------------------------------------------===//
// StandaloneOp, CustomOp
//===----------------------------------------------------------------------===//

LogicalResult StandaloneOp::verify() {
  if (bool(getFunctionAttr()) == bool(getNameRegexAttr()))
    return emitOpError() << "names functions either by symbol or by name_regex";
  return getNameRegexAttr() ? verifyRegex(*this, *getNameRegex()) : success();
}

LogicalResult
StandaloneOp::verifySymbolUses(SymbolTableCollection &symbolTable) {
  FlatSymbolRefAttr config = getConfigAttr();
  if (!config || isa_and_nonnull<ConfigOp>(symbolTable.lookupSymbolIn(
                     (*this)->getParentOp(), config.getAttr())))
    return success();
  return emitOpError() << "is prepared with " << config
                       << ", which is no qprep.config inside this one";
}

LogicalResult CustomOp::verify() {
  if (getFunctionAttr() == getObservedAttr())
    return emitOpError() << "replaces " << getFunctionAttr()
                         << " by itself; name its observed replacement";
  return success();
}
