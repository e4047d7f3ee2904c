//===- QConfigMapping.cpp - Which qconfig a unit gets (F2) ----------------===//

#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

std::string quantprep::getCanonicalPath(StringRef path) {
  std::string text = path.str();
  std::replace(text.begin(), text.end(), '/', '.');
  return text;
}

std::string quantprep::getFunctionPath(FunctionOpInterface function) {
  auto path = annotations::get<StringAttr>(function, annotations::module);
  return getCanonicalPath(path ? path.getValue() : function.getName());
}

std::string quantprep::getOrderKey(StringRef module, StringRef kind,
                                   int64_t index) {
  return (module + "|" + kind + "|" + std::to_string(index)).str();
}

llvm::Regex quantprep::getPathRegex(StringRef text) {
  return llvm::Regex(("^(" + text + ")").str());
}

StringRef quantprep::getEnclosingPath(StringRef path) {
  size_t at = path.find_last_of("./");
  return at == StringRef::npos ? StringRef() : path.take_front(at);
}

QConfigMapping::QConfigMapping(ConfigOp source, bool equalization)
    : config(source), equalization(equalization) {
  for (auto op : source.getBody().getOps<QConfigOp>()) {
    qconfigs[op.getSymNameAttr()] = op.getConfig();
    references[op.getSymNameAttr()] = getReference(op);
  }
  global = getAnswer({}, AssignLevel::global);
  for (auto op : source.getBody().getOps<AssignOp>()) {
    if (op.getEqualization() != equalization)
      continue;
    AssignedAttr answer =
        getAnswer(dyn_cast_or_null<FlatSymbolRefAttr>(op.getQconfigAttr()),
                  op.getLevel());
    switch (op.getLevel()) {
    case AssignLevel::global:
      global = answer;
      break;
    case AssignLevel::kind:
      byKind[*op.getKind()] = answer;
      break;
    case AssignLevel::name_regex:
      byRegex.emplace_back(getPathRegex(*op.getKey()), answer);
      break;
    case AssignLevel::name:
      byName[getCanonicalPath(*op.getKey())] = answer;
      break;
    case AssignLevel::order:
      byOrder[getOrderKey(getCanonicalPath(*op.getKey()), *op.getKind(),
                          *op.getIndex())] = answer;
      break;
    case AssignLevel::attribute:
      llvm_unreachable("no assignment has this level");
    }
  }
}

/// A qprep.qconfig attribute on an op of the unit, or on the function around.
AssignedAttr QConfigMapping::findByAttribute(const Unit &unit,
                                             Operation *function) const {
  Attribute attr;
  for (Operation *op : unit.members)
    if (Attribute own = annotations::get<Attribute>(op, annotations::qconfig))
      attr = own;
  if (!attr)
    attr = annotations::get<Attribute>(function, annotations::qconfig);
  if (!attr)
    return {};
  FlatSymbolRefAttr qconfig;
  if (auto symbol = dyn_cast<FlatSymbolRefAttr>(attr))
    qconfig = symbol;
  else if (auto preset = dyn_cast<StringAttr>(attr); preset && preset != "none")
    qconfig = FlatSymbolRefAttr::get(preset);
  else if (auto inlined = dyn_cast<QConfigAttr>(attr))
    for (auto op : ConfigOp(config).getBody().getOps<QConfigOp>())
      if (op.getConfig() == inlined && !qconfig)
        qconfig = FlatSymbolRefAttr::get(op.getSymNameAttr());
  return getAnswer(qconfig, AssignLevel::attribute);
}

AssignedAttr QConfigMapping::findByOrder(StringRef path, const Unit &unit,
                                         const UnitOrder &order) const {
  if (byOrder.empty())
    return {};
  StringRef module = getEnclosingPath(path);
  if (AssignedAttr answer = byOrder.lookup(getOrderKey(
          module, unit.anchor->getName().getStringRef(), order.ofOp)))
    return answer;
  return byOrder.lookup(
      getOrderKey(module, stringifyEnum(unit.kind), order.ofKind));
}

/// The path itself, the name of one of the ops, or the nearest enclosing path.
AssignedAttr QConfigMapping::findByName(StringRef path,
                                        const Unit &unit) const {
  if (byName.empty())
    return {};
  if (AssignedAttr answer = byName.lookup(path))
    return answer;
  for (Operation *op : llvm::reverse(ArrayRef(unit.members).drop_back()))
    if (AssignedAttr answer =
            byName.lookup(getCanonicalPath(getLocationName(op->getLoc()))))
      return answer;
  return findByPath(path);
}

/// The path itself or the nearest enclosing one.
AssignedAttr QConfigMapping::findByPath(StringRef path) const {
  for (; !path.empty(); path = getEnclosingPath(path))
    if (AssignedAttr answer = byName.lookup(path))
      return answer;
  return {};
}

/// The label as it is, or with dots.
AssignedAttr QConfigMapping::findByRegex(StringRef label,
                                         StringRef path) const {
  for (auto &[regex, answer] : byRegex)
    if (regex.match(label) || regex.match(path))
      return answer;
  return {};
}

AssignedAttr QConfigMapping::findByKind(const Unit &unit) const {
  if (byKind.empty())
    return {};
  if (AssignedAttr answer =
          byKind.lookup(unit.anchor->getName().getStringRef()))
    return answer;
  return byKind.lookup(stringifyEnum(unit.kind));
}

UnitOrder UnitCounter::next(const Unit &unit) {
  std::string module = getCanonicalPath(
      getEnclosingPath(getLocationName(unit.anchor->getLoc())));
  unsigned ofKind = seen[module + "|" + stringifyEnum(unit.kind).str()]++;
  unsigned ofOp =
      seen[module + "|" + unit.anchor->getName().getStringRef().str()]++;
  return {ofKind, ofOp};
}

/// Of a qconfig that the configuration does not have too; null for none.
AssignedAttr QConfigMapping::getAnswer(FlatSymbolRefAttr qconfig,
                                       AssignLevel level) const {
  MLIRContext *context = ConfigOp(config)->getContext();
  if (!qconfig)
    return AssignedAttr::get(context, SymbolRefAttr(), level);
  if (SymbolRefAttr known = references.lookup(qconfig.getAttr()))
    return AssignedAttr::get(context, known, level);
  SymbolRefAttr around = getReference(config);
  SmallVector<FlatSymbolRefAttr> nested(around.getNestedReferences());
  nested.push_back(qconfig);
  return AssignedAttr::get(
      context, SymbolRefAttr::get(around.getRootReference(), nested), level);
}

AssignedAttr QConfigMapping::getAssigned(FunctionOpInterface function) const {
  return findByPath(getFunctionPath(function));
}

AssignedAttr QConfigMapping::getAssigned(const Unit &unit, StringRef label,
                                         const UnitOrder &order,
                                         Operation *function) const {
  std::string path = getCanonicalPath(label);
  if (!equalization)
    if (AssignedAttr answer = findByAttribute(unit, function))
      return answer;
  if (AssignedAttr answer = findByOrder(path, unit, order))
    return answer;
  if (AssignedAttr answer = findByName(path, unit))
    return answer;
  // T1: what the function's path has, or was inherited from its callers.
  if (!equalization && namesPaths())
    if (AssignedAttr inherited = annotations::getAssigned(function))
      return inherited;
  if (AssignedAttr answer = findByRegex(label, path))
    return answer;
  if (AssignedAttr answer = findByKind(unit))
    return answer;
  return global;
}

QConfigAttr QConfigMapping::getQConfig(AssignedAttr assigned) const {
  if (!assigned || !assigned.getQconfig())
    return {};
  return qconfigs.lookup(assigned.getQconfig().getLeafReference());
}

QConfigAttr QConfigMapping::getQConfig(const Unit &unit) const {
  return getQConfig(equalization ? annotations::getEqualization(unit.anchor)
                                 : annotations::getAssigned(unit.anchor));
}
