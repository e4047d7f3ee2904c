//===- AssignmentUse.cpp - Assignments that match nothing -----------------===//

#include "QuantPrep/Config/AssignmentUse.h"
#include "QuantPrep/Config/QConfigMapping.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Support/Nearest.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static std::string kindKey(StringRef kind) { return ("kind|" + kind).str(); }
static std::string nameKey(StringRef path) { return ("name|" + path).str(); }

AssignmentUse::AssignmentUse(ConfigOp config) : config(config) {
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
  for (; !path.empty(); path = getEnclosingPath(path)) {
    markUsed(nameKey(path));
    labels.insert(path);
  }
}

/// A unit is found by the name of each of its ops, which is no path around it.
void AssignmentUse::visitMember(StringRef path) {
  if (path.empty())
    return;
  markUsed(nameKey(path));
  labels.insert(path);
}

void AssignmentUse::visit(Operation *op) {
  if (byKey.empty() && byRegex.empty())
    return;
  if (auto function = dyn_cast<FunctionOpInterface>(op)) {
    seen.clear();
    labeler = UnitLabeler();
    if (hasNames)
      visitNames(getFunctionPath(function));
  }
  ComputeUnitAttr unit = annotations::getUnit(op);
  if (!unit) {
    if (hasNames && annotations::getMember(op))
      visitMember(getCanonicalPath(getLocationName(op->getLoc())));
    return;
  }
  anyNamed |= !getLocationName(op->getLoc()).empty();
  std::string label = labeler.next(unit.getKind(), op->getLoc());
  visitUnit(label, getCanonicalPath(label), op->getName().getStringRef(),
            stringifyEnum(unit.getKind()));
}

void AssignmentUse::visitUnit(StringRef label, StringRef path, StringRef opName,
                              StringRef kind) {
  markUsed(kindKey(opName));
  markUsed(kindKey(kind));
  if (hasNames)
    visitNames(path);
  else if (!byRegex.empty())
    labels.insert(label);
  if (hasOrders) {
    StringRef module = getEnclosingPath(path);
    markUsed(
        getOrderKey(module, opName, seen[(module + "|" + opName).str()]++));
    markUsed(getOrderKey(module, kind, seen[(module + "|" + kind).str()]++));
  }
  llvm::erase_if(byRegex, [&](auto &entry) {
    if (!entry.first.match(label) && !entry.first.match(path))
      return false;
    used[entry.second] = true;
    return true;
  });
}

/// What the assignment may have meant.
void AssignmentUse::explain(InFlightDiagnostic &diag, AssignOp op) const {
  bool isNamed = op.getLevel() == AssignLevel::name ||
                 op.getLevel() == AssignLevel::name_regex;
  if (!isNamed) {
    diag << "; check its spelling, or remove it (the report lists kinds and "
            "labels of units)";
    return;
  }
  SmallVector<StringRef> known(labels.keys());
  llvm::sort(known);
  SmallVector<StringRef> nearest = findNearest(*op.getKey(), known);
  if (!nearest.empty())
    diag << "; the nearest labels are '" << llvm::join(nearest, "', '") << "'";
  else if (anyNamed)
    diag << "; check its spelling, or remove it (the report lists the labels "
            "of units)";
  if (!anyNamed)
    diag << "; no unit of the module has a name, so that they are labelled by "
            "kind, as conv2d_0: names are kept in text that is written with "
            "--mlir-print-debuginfo, and in bytecode";
}

LogicalResult AssignmentUse::report() const {
  bool isStrict = config && ConfigOp(config).getStrict();
  bool isUnused = false;
  for (auto &[op, isUsed] : used) {
    if (isUsed)
      continue;
    isUnused = true;
    InFlightDiagnostic diag = isStrict ? op->emitError() : op->emitWarning();
    diag << "matches no unit of the module";
    explain(diag, cast<AssignOp>(op));
  }
  return failure(isStrict && isUnused);
}
