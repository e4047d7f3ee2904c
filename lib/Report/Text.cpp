//===- Text.cpp - The report for people -----------------------------------===//

#include "Advice.h"
#include "Ranges.h"

#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Report/Report.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <map>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

using Row = SmallVector<std::string>;

/// Columns are as wide as their widest cell; the last is not padded.
static void printTable(ArrayRef<Row> rows, raw_ostream &os) {
  SmallVector<size_t> widths(rows.front().size());
  for (const Row &row : rows)
    for (auto [width, cell] : llvm::zip_equal(widths, row))
      width = std::max(width, cell.size());
  for (const Row &row : rows) {
    for (auto [cell, width] :
         llvm::zip(ArrayRef(row).drop_back(), ArrayRef(widths)))
      os << llvm::left_justify(cell, width) << "  ";
    os << row.back() << '\n';
  }
}

/// The rule, and what it says; empty for what is observed or shared.
static std::string getReason(const UnitInfo &info) {
  std::string reason = info.rule.str();
  if (!info.reason.empty())
    reason += (reason.empty() ? "" : ": ") + info.reason.str();
  return reason;
}

//===----------------------------------------------------------------------===//
// Totals
//===----------------------------------------------------------------------===//

/// Whether models have a kind as a part of norms, softmaxes and activation
/// functions, and hardly by itself.
static bool isPiece(UnitKind kind) {
  switch (kind) {
  case UnitKind::div_sqrt:
  case UnitKind::erf:
  case UnitKind::exp:
  case UnitKind::log:
  case UnitKind::pow:
  case UnitKind::reciprocal:
  case UnitKind::reduce_max:
  case UnitKind::reduce_sum:
  case UnitKind::rsqrt:
  case UnitKind::sqrt:
  case UnitKind::square:
    return true;
  default:
    return false;
  }
}

namespace {
using Decided = std::array<unsigned, getMaxEnumValForDecision() + 1>;

struct Totals {
  unsigned units = 0, places = 0;
  Decided decided = {};
  /// Of all products, and of those with a parameter.
  int64_t macs = 0, observedMacs = 0;
  int64_t parameterMacs = 0, observedParameterMacs = 0;
  /// Units of several ops, by kind.
  std::map<std::string, unsigned> composites;
  /// Units that are pieces of composites, by kind; ops that are computed twice.
  std::map<std::string, unsigned> loose;
  unsigned copies = 0;
  llvm::DenseSet<Operation *> observers;
  std::map<std::string, Decided> byKind;
  std::map<std::string, unsigned> byReason;
  std::map<UnitForm, unsigned> byForm;

  void add(const FunctionModel &function) {
    for (const UnitEntry &entry : function.getUnits()) {
      UnitInfo info = function.describe(entry);
      ++units;
      ++decided[unsigned(info.decision)];
      if (info.form)
        ++byForm[*info.form];
      ++byKind[info.kind.str()][unsigned(info.decision)];
      if (std::string reason = getReason(info); !reason.empty())
        ++byReason[reason];
      macs += info.macs;
      bool isObserved = info.decision == Decision::observed;
      observedMacs += isObserved ? info.macs : 0;
      if (info.parameter.value_or(false)) {
        parameterMacs += info.macs;
        observedParameterMacs += isObserved ? info.macs : 0;
      }
      if (info.members.size() > 1)
        ++composites[info.kind.str()];
      if (entry.unit && info.decision != Decision::skipped &&
          isPiece(entry.unit->kind))
        ++loose[info.kind.str()];
      for (Operation *member : info.members)
        copies +=
            annotations::get<IntegerAttr>(member, annotations::copy) != nullptr;
    }
    for (ObserverOp observer : function.getObservers())
      observers.insert(observer);
    places += function.getPlaces().size();
  }
};
} // namespace

static Row makeRow(StringRef first, const Decided &decided) {
  Row row{first.str()};
  for (unsigned count : decided)
    row.push_back(std::to_string(count));
  return row;
}

static void printShare(int64_t part, int64_t whole, raw_ostream &os) {
  os << llvm::format("%.1f %%", 100.0 * part / whole) << " of " << whole;
}

/// A line of kinds with counts; none without any.
static void printKinds(StringRef what,
                       const std::map<std::string, unsigned> &kinds,
                       raw_ostream &os) {
  if (kinds.empty())
    return;
  os << what << ' ';
  llvm::ListSeparator comma;
  for (const auto &[kind, count] : kinds)
    os << comma << kind << ' ' << count;
  os << '\n';
}

static void printTotals(const Model &model, raw_ostream &os) {
  Totals totals;
  for (const std::unique_ptr<FunctionModel> &function : model.functions)
    totals.add(*function);
  os << "functions  " << model.functions.size() << '\n'
     << "observers  " << totals.observers.size() << ", " << totals.places
     << " observations\n"
     << "observed   ";
  if (totals.units == 0) {
    os << "no units\n";
    return;
  }
  printShare(totals.decided[unsigned(Decision::observed)], totals.units, os);
  os << " units, ";
  if (totals.macs == 0) {
    os << "no macs to observe\n";
  } else {
    printShare(totals.observedMacs, totals.macs, os);
    os << " macs";
    if (totals.parameterMacs != totals.macs) {
      os << ", of products with a parameter ";
      if (totals.parameterMacs == 0)
        os << "none";
      else
        printShare(totals.observedParameterMacs, totals.parameterMacs, os);
    }
    os << '\n';
  }
  printKinds("composites", totals.composites, os);
  printKinds("loose     ", totals.loose, os);
  if (!totals.loose.empty() && totals.copies != 0)
    os << "hint       ops that compute what another one does: " << totals.copies
       << "; --canonicalize --cse before preparation may leave fewer loose "
          "pieces\n";
  if (!totals.byForm.empty())
    os << "form       "
       << llvm::join(llvm::map_range(totals.byForm,
                                     [](const auto &form) {
                                       return std::to_string(form.second) +
                                              " " +
                                              stringifyEnum(form.first).str();
                                     }),
                     ", ")
       << '\n';

  std::vector<Row> rows{{"units"}};
  for (unsigned i = 0; i < totals.decided.size(); ++i)
    rows.front().push_back(stringifyEnum(Decision(i)).str());
  rows.push_back(makeRow("all", totals.decided));
  for (const auto &[kind, decided] : totals.byKind)
    rows.push_back(makeRow(kind, decided));
  os << '\n';
  printTable(rows, os);
  if (totals.byReason.empty())
    return;
  rows.assign(1, {"units", "not observed since"});
  for (const auto &[reason, count] : totals.byReason)
    rows.push_back({std::to_string(count), reason});
  os << '\n';
  printTable(rows, os);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// The kind; of a fused unit also what it is fused with.
static std::string getKindCell(const UnitInfo &info) {
  if (info.pattern.size() < 2)
    return info.kind.str();
  return (info.kind + " (" + llvm::join(info.pattern, " < ") + ")").str();
}

/// What the decision comes with: the observers, or why there are none.
static std::string getDetail(const UnitInfo &info) {
  if (info.decision != Decision::observed && info.decision != Decision::shared)
    return getReason(info);
  if (info.form && !info.reason.empty())
    return info.reason.str();
  std::string detail = llvm::join(info.observers, ", ");
  if (!info.sharedWith.empty())
    detail += "; with " + llvm::join(info.sharedWith, ", ");
  if (!info.folded.empty())
    detail += "; folded " + llvm::join(info.folded, ", ");
  return detail;
}

static Row getRow(const FunctionModel &function, const UnitEntry &entry) {
  UnitInfo info = function.describe(entry);
  std::string qconfig = info.qconfig.empty() ? "-" : info.qconfig.str();
  if (info.level)
    qconfig += (" (" + stringifyEnum(*info.level) + ")").str();
  std::string decision = stringifyEnum(info.decision).str();
  if (info.form)
    decision = stringifyEnum(*info.form).str();
  SmallVector<unsigned> path = function.getNumbering().getPath(entry.anchor);
  auto orDash = [](std::string text) { return text.empty() ? "-" : text; };
  return {llvm::formatv("{0:$[.]}", llvm::make_range(path.begin(), path.end())),
          orDash(info.label),
          getKindCell(info),
          std::to_string(info.macs),
          orDash(getFileLine(entry.anchor)),
          qconfig,
          decision,
          getDetail(info)};
}

static Row getRangeRow(ObserverOp observer) {
  ObserverAttr spec = observer.getSpec();
  RangeText text = describeInWords(describeRanges(observer));
  std::string kind =
      (stringifyEnum(spec.getKind()) + " " + dtypeName(spec.getDtype())).str();
  return {observer.getSymName().str(),
          kind,
          text.seen,
          text.scale,
          text.zeroPoint,
          text.saturated};
}

static void printRanges(const FunctionModel &function, raw_ostream &os) {
  if (llvm::none_of(function.getObservers(), hasRanges))
    return;
  std::vector<Row> rows{
      {"observer", "kind", "range", "scale", "zero point", "saturated"}};
  for (ObserverOp observer : function.getObservers())
    if (hasRanges(observer) || getStatisticsSpec(observer.getSpec()))
      rows.push_back(getRangeRow(observer));
  os << '\n';
  printTable(rows, os);
}

static void printAdvice(const FunctionModel &function, raw_ostream &os) {
  std::vector<Row> rows{{"advice for", "what may cost accuracy", "entry"}};
  for (const Advice &advice : collectAdvice(function))
    rows.push_back({advice.label, advice.message, advice.entry});
  if (rows.size() == 1)
    return;
  os << '\n';
  printTable(rows, os);
}

static void printFunction(const FunctionModel &function, raw_ostream &os) {
  os << "\nfunction " << function.getName() << '\n';
  if (function.getListed().empty()) {
    os << (function.getUnits().empty() ? "no units\n" : "no such units\n");
    printRanges(function, os);
    return printAdvice(function, os);
  }
  std::vector<Row> rows{{"index", "label", "kind", "macs", "line", "qconfig",
                         "decision", "observers, or why not"}};
  for (const UnitEntry &entry : function.getListed())
    rows.push_back(getRow(function, entry));
  printTable(rows, os);
  printRanges(function, os);
  printAdvice(function, os);
}

void report::printText(const Model &model, raw_ostream &os) {
  printTotals(model, os);
  for (const Message &warning : model.warnings)
    os << "warning: "
       << (warning.location.empty() ? "" : warning.location + ": ")
       << warning.message << '\n';
  for (const std::unique_ptr<FunctionModel> &function : model.functions)
    printFunction(*function, os);
}

void report::printText(const Failure &failure, raw_ostream &os) {
  os << "preparation failed\n";
  if (!failure.location.empty())
    os << failure.location << ": ";
  os << failure.message << '\n';
}
