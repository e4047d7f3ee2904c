//===- AssignmentUse.cpp - Assignments that match nothing -----------------===//

#include "QuantPrep/Config/AssignmentUse.h"
#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static std::string kindKey(StringRef kind) { return ("kind|" + kind).str(); }
static std::string nameKey(StringRef path) { return ("name|" + path).str(); }

AssignmentUse::AssignmentUse(ConfigOp config) {
  if (!config)
    return;
  for (auto op : config.getBody().getOps<AssignOp>()) {
    AssignLevel level = op.getLevel();
    if (op.getOptional() || level == AssignLevel::global)
      continue;
    used[op] = false;
    if (level == AssignLevel::name_regex) {
      byRegex.emplace_back(getPathRegex(*op.getKey()), op);
      continue;
    }
    hasNames |= level == AssignLevel::name;
    hasOrders |= level == AssignLevel::order;
    std::string key = level == AssignLevel::kind ? kindKey(*op.getKind())
                      : level == AssignLevel::name
                          ? nameKey(getCanonicalPath(*op.getKey()))
                          : getOrderKey(getCanonicalPath(*op.getKey()),
                                        *op.getKind(), *op.getIndex());
    byKey[key].push_back(op);
  }
}

void AssignmentUse::markUsed(StringRef key) {
  auto it = byKey.find(key);
  if (it == byKey.end())
    return;
  for (Operation *op : it->second)
    used[op] = true;
  byKey.erase(it);
}

void AssignmentUse::visitNames(StringRef path) {
  for (; !path.empty(); path = getEnclosingPath(path))
    markUsed(nameKey(path));
}

void AssignmentUse::visit(Operation *op) {
  if (byKey.empty() && byRegex.empty())
    return;
  if (auto function = dyn_cast<FunctionOpInterface>(op)) {
    seen.clear();
    if (hasNames)
      visitNames(getFunctionPath(function));
  }
  ComputeUnitAttr unit = annotations::getUnit(op);
  if (!unit)
    return;
  StringRef written = getLocationName(op->getLoc());
  visitUnit(written, getCanonicalPath(written), op->getName().getStringRef(),
            stringifyEnum(unit.getKind()));
}

void AssignmentUse::visitUnit(StringRef written, StringRef path,
                              StringRef opName, StringRef kind) {
  markUsed(kindKey(opName));
  markUsed(kindKey(kind));
  if (hasNames)
    visitNames(path);
  if (hasOrders) {
    StringRef module = getEnclosingPath(path);
    markUsed(
        getOrderKey(module, opName, seen[(module + "|" + opName).str()]++));
    markUsed(getOrderKey(module, kind, seen[(module + "|" + kind).str()]++));
  }
  llvm::erase_if(byRegex, [&](auto &entry) {
    if (!entry.first.match(written) && !entry.first.match(path))
      return false;
    used[entry.second] = true;
    return true;
  });
}

void AssignmentUse::warn() const {
  for (auto &[op, isUsed] : used)
    if (!isUsed)
      op->emitWarning()
          << "matches no unit of the module; check its spelling, or "
             "remove it (the report lists kinds and names of units)";
}
