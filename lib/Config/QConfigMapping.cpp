//===- QConfigMapping.cpp - Which qconfig a unit gets (F2) ----------------===//

#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/Config/Config.h"
#include "QuantPrep/IR/Annotations.h"

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
  for (auto op : source.getBody().getOps<AssignOp>()) {
    if (op.getEqualization() != equalization)
      continue;
    auto answer = dyn_cast_or_null<FlatSymbolRefAttr>(op.getQconfigAttr());
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
const QConfigMapping::Answer *
QConfigMapping::findByAttribute(const Unit &unit, Operation *function,
                                Answer &storage) const {
  Attribute attr;
  for (Operation *op : unit.members)
    if (Attribute own = annotations::get<Attribute>(op, annotations::qconfig))
      attr = own;
  if (!attr)
    attr = annotations::get<Attribute>(function, annotations::qconfig);
  if (!attr)
    return nullptr;
  storage = {};
  if (auto symbol = dyn_cast<FlatSymbolRefAttr>(attr))
    storage = symbol;
  else if (auto preset = dyn_cast<StringAttr>(attr); preset && preset != "none")
    storage = FlatSymbolRefAttr::get(preset);
  else if (auto inlined = dyn_cast<QConfigAttr>(attr))
    for (auto op : ConfigOp(config).getBody().getOps<QConfigOp>())
      if (op.getConfig() == inlined && !storage)
        storage = FlatSymbolRefAttr::get(op.getSymNameAttr());
  return &storage;
}

static const FlatSymbolRefAttr *
findIn(const llvm::StringMap<FlatSymbolRefAttr> &map, StringRef key) {
  auto it = map.find(key);
  return it == map.end() ? nullptr : &it->second;
}

const QConfigMapping::Answer *
QConfigMapping::findByOrder(StringRef path, const Unit &unit,
                            const UnitOrder &order) const {
  if (byOrder.empty())
    return nullptr;
  StringRef module = getEnclosingPath(path);
  if (const Answer *answer = findIn(
          byOrder, getOrderKey(module, unit.anchor->getName().getStringRef(),
                               order.ofOp)))
    return answer;
  return findIn(byOrder,
                getOrderKey(module, stringifyEnum(unit.kind), order.ofKind));
}

/// The path itself or the nearest enclosing one.
const QConfigMapping::Answer *QConfigMapping::findByName(StringRef path) const {
  if (byName.empty())
    return nullptr;
  for (; !path.empty(); path = getEnclosingPath(path))
    if (const Answer *answer = findIn(byName, path))
      return answer;
  return nullptr;
}

/// The path as the location has it, or with dots.
const QConfigMapping::Answer *
QConfigMapping::findByRegex(const Unit &unit, StringRef path) const {
  StringRef written = getLocationName(unit.anchor->getLoc());
  for (auto &[regex, answer] : byRegex)
    if (regex.match(written) || regex.match(path))
      return &answer;
  return nullptr;
}

const QConfigMapping::Answer *
QConfigMapping::findByKind(const Unit &unit) const {
  if (const Answer *answer =
          findIn(byKind, unit.anchor->getName().getStringRef()))
    return answer;
  return findIn(byKind, stringifyEnum(unit.kind));
}

UnitOrder UnitCounter::next(const Unit &unit) {
  std::string module = getCanonicalPath(
      getEnclosingPath(getLocationName(unit.anchor->getLoc())));
  unsigned ofKind = seen[module + "|" + stringifyEnum(unit.kind).str()]++;
  unsigned ofOp =
      seen[module + "|" + unit.anchor->getName().getStringRef().str()]++;
  return {ofKind, ofOp};
}

/// Of a qconfig that the configuration does not have too.
SymbolRefAttr QConfigMapping::getReferenceTo(Answer answer) const {
  if (SymbolRefAttr known = references.lookup(answer.getAttr()))
    return known;
  SymbolRefAttr around = getReference(config);
  SmallVector<FlatSymbolRefAttr> nested(around.getNestedReferences());
  nested.push_back(answer);
  return SymbolRefAttr::get(around.getRootReference(), nested);
}

AssignedAttr QConfigMapping::getAssigned(FunctionOpInterface function) const {
  const Answer *answer = findByName(getFunctionPath(function));
  if (!answer)
    return {};
  SymbolRefAttr reference = *answer ? getReferenceTo(*answer) : SymbolRefAttr();
  return AssignedAttr::get(function->getContext(), reference,
                           AssignLevel::name);
}

AssignedAttr QConfigMapping::getAssigned(const Unit &unit,
                                         const UnitOrder &order,
                                         Operation *function) const {
  std::string path;
  if (!byOrder.empty() || !byName.empty() || !byRegex.empty())
    path = getCanonicalPath(getLocationName(unit.anchor->getLoc()));
  Answer storage;
  const Answer *answer = nullptr;
  AssignLevel level = AssignLevel::global;
  auto tryLevel = [&](const Answer *found, AssignLevel at) {
    if (!answer && found)
      answer = found, level = at;
  };
  if (!equalization)
    tryLevel(findByAttribute(unit, function, storage), AssignLevel::attribute);
  tryLevel(findByOrder(path, unit, order), AssignLevel::order);
  tryLevel(findByName(path), AssignLevel::name);
  // T1: what the function's path has, or was inherited from its callers.
  if (!answer && !equalization && namesPaths())
    if (AssignedAttr inherited = annotations::getAssigned(function))
      return inherited;
  tryLevel(findByRegex(unit, path), AssignLevel::name_regex);
  tryLevel(findByKind(unit), AssignLevel::kind);
  tryLevel(global ? &*global : nullptr, AssignLevel::global);
  SymbolRefAttr reference =
      answer && *answer ? getReferenceTo(*answer) : SymbolRefAttr();
  return AssignedAttr::get(unit.anchor->getContext(), reference, level);
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
