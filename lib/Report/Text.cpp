//===- Text.cpp - The report for people -----------------------------------===//

#include "QuantPrep/Report/Report.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

namespace {
/// What the summary counts.
struct Totals {
  unsigned units = 0;
  std::array<unsigned, getMaxEnumValForDecision() + 1> decided = {};
  int64_t macs = 0, observedMacs = 0;
  llvm::DenseSet<Operation *> observers;
  unsigned places = 0;

  void add(const FunctionModel &function) {
    for (const UnitEntry &entry : function.getUnits()) {
      UnitInfo info = function.describe(entry);
      ++units;
      ++decided[unsigned(info.decision)];
      macs += info.macs;
      if (info.decision == Decision::observed)
        observedMacs += info.macs;
    }
    for (ObserverOp observer : function.getObservers())
      observers.insert(observer);
    places += function.getPlaces().size();
  }
};

using Row = std::array<std::string, 6>;
} // namespace

static void printSummary(const Model &model, raw_ostream &os) {
  Totals totals;
  for (const std::unique_ptr<FunctionModel> &function : model.functions)
    totals.add(*function);
  os << "functions     " << model.functions.size() << '\n'
     << "units         " << totals.units << '\n';
  for (auto [decision, count] : llvm::enumerate(totals.decided))
    os << "  " << llvm::left_justify(stringifyEnum(Decision(decision)), 12)
       << count << '\n';
  os << "observers     " << totals.observers.size() << " at " << totals.places
     << " places\n"
     << "macs observed ";
  if (totals.macs == 0)
    os << "none to observe\n";
  else
    os << llvm::format("%.1f %%", 100.0 * totals.observedMacs / totals.macs)
       << " of " << totals.macs << '\n';
}

/// The kind; of a unit inside a match also what it is matched with.
static std::string getKindCell(const UnitInfo &info) {
  if (info.pattern.size() < 2)
    return info.kind.str();
  return (info.kind + " (" + llvm::join(info.pattern, " < ") + ")").str();
}

/// What the decision comes with: the observers, or why there are none.
static std::string getDetail(const UnitInfo &info) {
  std::string detail = llvm::join(info.observers, ", ");
  if (!info.sharedWith.empty())
    detail += "; with " + llvm::join(info.sharedWith, ", ");
  if (!info.folded.empty())
    detail += "; folded " + llvm::join(info.folded, ", ");
  if (info.decision == Decision::observed || info.decision == Decision::shared)
    return detail;
  detail = info.rule.str();
  if (!info.reason.empty())
    detail += (detail.empty() ? "" : ": ") + info.reason.str();
  return detail;
}

static Row getRow(const FunctionModel &function, const UnitEntry &entry) {
  UnitInfo info = function.describe(entry);
  std::string qconfig = info.qconfig.empty() ? "-" : info.qconfig.str();
  if (info.level)
    qconfig += (" (" + stringifyEnum(*info.level) + ")").str();
  SmallVector<unsigned> path = function.getNumbering().getPath(entry.anchor);
  std::string index =
      llvm::formatv("{0:$[.]}", llvm::make_range(path.begin(), path.end()));
  return {index,   info.name.empty() ? "-" : info.name.str(), getKindCell(info),
          qconfig, stringifyEnum(info.decision).str(),        getDetail(info)};
}

/// The last column is not padded.
static void printRow(const Row &row, ArrayRef<size_t> widths, raw_ostream &os) {
  for (auto [cell, width] : llvm::zip(ArrayRef(row).drop_back(), widths))
    os << llvm::left_justify(cell, width) << "  ";
  os << row.back() << '\n';
}

static void printTable(const FunctionModel &function, raw_ostream &os) {
  Row header = {"index",   "name",     "kind",
                "qconfig", "decision", "observers, or why not"};
  std::array<size_t, std::tuple_size_v<Row>> widths = {};
  auto widen = [&](const Row &row) {
    for (auto [width, cell] : llvm::zip(widths, row))
      width = std::max(width, cell.size());
  };
  widen(header);
  for (const UnitEntry &entry : function.getUnits())
    widen(getRow(function, entry));
  printRow(header, widths, os);
  for (const UnitEntry &entry : function.getUnits())
    printRow(getRow(function, entry), widths, os);
}

void report::printText(const Model &model, raw_ostream &os) {
  printSummary(model, os);
  for (const Message &warning : model.warnings)
    os << "warning: "
       << (warning.location.empty() ? "" : warning.location + ": ")
       << warning.message << '\n';
  for (const std::unique_ptr<FunctionModel> &function : model.functions) {
    os << "\nfunction " << function->getName() << '\n';
    if (function->getUnits().empty())
      os << "no units\n";
    else
      printTable(*function, os);
  }
}

void report::printText(const Failure &failure, raw_ostream &os) {
  os << "preparation failed\n";
  if (!failure.location.empty())
    os << failure.location << ": ";
  os << failure.message << '\n';
}
