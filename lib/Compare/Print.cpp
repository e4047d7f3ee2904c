//===- Print.cpp - A comparison as text, JSON or a graph ------------------===//

#include "QuantPrep/Compare/Compare.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/GraphWriter.h"
#include "llvm/Support/JSON.h"

#include <cmath>
#include <tuple>

using namespace quantprep;
using namespace quantprep::compare;
using llvm::raw_ostream;
using llvm::StringRef;

namespace json = llvm::json;

std::string compare::formatDecibels(double decibels) {
  if (std::isnan(decibels))
    return "no number";
  if (std::isinf(decibels))
    return decibels > 0 ? "exact" : "no signal";
  return llvm::formatv("{0:F2}", decibels);
}

static double getShare(int64_t part, int64_t whole) {
  return 100.0 * double(part) / double(whole);
}

/// Rows with the worst first, those that are alike in program order.
static std::vector<const UnitRow *> sortRows(const Comparison &comparison,
                                             unsigned top) {
  std::vector<const UnitRow *> rows;
  for (const UnitRow &row : comparison.units)
    rows.push_back(&row);
  auto getKey = [](const UnitRow *row) {
    double sqnr = row->sums.getSqnr();
    // The rows are elements of one array.
    return std::tuple(!std::isnan(sqnr), std::isnan(sqnr) ? 0 : sqnr, row);
  };
  llvm::sort(rows, [&](const UnitRow *a, const UnitRow *b) {
    return getKey(a) < getKey(b);
  });
  if (top != 0 && rows.size() > top)
    rows.resize(top);
  return rows;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

void compare::printTable(llvm::ArrayRef<std::vector<std::string>> rows,
                         raw_ostream &os) {
  std::vector<size_t> widths(rows.front().size());
  for (const auto &row : rows)
    for (auto [width, cell] : llvm::zip_equal(widths, row))
      width = std::max(width, cell.size());
  for (const auto &row : rows) {
    std::string line;
    llvm::raw_string_ostream cells(line);
    for (auto [cell, width] : llvm::zip_equal(row, widths))
      cells << llvm::left_justify(cell, width) << "  ";
    os << StringRef(line).rtrim() << '\n';
  }
}

/// In steps of the integers where there are any, else as a number.
static std::string formatLargest(const Sums &sums, double step) {
  if (step == 0)
    return llvm::formatv("{0:E3}", sums.largest).str();
  return llvm::formatv("{0:F1} steps", sums.largest / step).str();
}

static void printLabels(StringRef what, llvm::ArrayRef<std::string> labels,
                        raw_ostream &os) {
  if (!labels.empty())
    os << what << ": " << llvm::join(labels, ", ") << '\n';
}

static void printText(const Comparison &comparison, unsigned top,
                      raw_ostream &os) {
  os << comparison.runs << " runs\n\n";
  std::vector<std::vector<std::string>> table = {
      {"result", "sqnr dB", "cosine", "largest difference", "same choice"}};
  for (auto [index, sums] : llvm::enumerate(comparison.results)) {
    const Choices &choices = comparison.choices[index];
    table.push_back(
        {std::to_string(index), formatDecibels(sums.getSqnr()),
         llvm::formatv("{0:F6}", sums.getCosine()), formatLargest(sums, 0),
         choices.count == 0
             ? "-"
             : llvm::formatv("{0:F2} %", getShare(choices.same, choices.count))
                   .str()});
  }
  printTable(table, os);
  for (auto [index, choices] : llvm::enumerate(comparison.choices))
    if (choices.labelled)
      os << llvm::formatv(
          "result {0}: right choice {1:F2} % float, {2:F2} % quantized, of "
          "{3}\n",
          index, getShare(choices.referenceRight, choices.labelled),
          getShare(choices.otherRight, choices.labelled), choices.labelled);
  os << '\n';
  printLabels("not in the quantized module", comparison.onlyFloat, os);
  printLabels("not compared", comparison.onlyQuantized, os);
  if (comparison.numNested)
    os << "not compared since they are in branches or loops: "
       << comparison.numNested << " units\n";
  table = {{"unit", "kind", "form", "sqnr dB", "cosine", "largest difference",
            "measured at"}};
  for (const UnitRow *row : sortRows(comparison, top))
    table.push_back({row->label, row->kind, row->form,
                     formatDecibels(row->sums.getSqnr()),
                     llvm::formatv("{0:F6}", row->sums.getCosine()),
                     formatLargest(row->sums, row->step),
                     row->measuredAt == row->label ? "" : row->measuredAt});
  printTable(table, os);
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

/// JSON has no infinity: what is exact has none.
json::Value compare::toJson(double number) {
  if (!std::isfinite(number))
    return nullptr;
  return number;
}

static void printSums(json::OStream &os, const Sums &sums) {
  os.attribute("sqnr", compare::toJson(sums.getSqnr()));
  os.attribute("cosine", compare::toJson(sums.getCosine()));
  os.attribute("max_difference", compare::toJson(sums.largest));
  os.attribute("exact", sums.difference == 0);
}

static void printJson(const Comparison &comparison, unsigned top,
                      raw_ostream &stream) {
  json::OStream os(stream, /*IndentSize=*/2);
  os.object([&] {
    os.attribute("version", 1);
    os.attribute("runs", comparison.runs);
    os.attributeArray("results", [&] {
      for (auto [index, sums] : llvm::enumerate(comparison.results))
        os.object([&, index = index, &sums = sums] {
          const Choices &choices = comparison.choices[index];
          os.attribute("result", int64_t(index));
          printSums(os, sums);
          os.attribute("agreement", choices.count
                                        ? json::Value(double(choices.same) /
                                                      double(choices.count))
                                        : json::Value(nullptr));
          if (!choices.labelled)
            return;
          os.attribute("top1_float", double(choices.referenceRight) /
                                         double(choices.labelled));
          os.attribute("top1_quantized",
                       double(choices.otherRight) / double(choices.labelled));
        });
    });
    os.attributeArray("units", [&] {
      for (const UnitRow *row : sortRows(comparison, top))
        os.object([&] {
          os.attribute("label", json::fixUTF8(row->label));
          os.attribute("kind", row->kind);
          os.attribute("form", row->form);
          os.attribute("measured_at", json::fixUTF8(row->measuredAt));
          printSums(os, row->sums);
          os.attribute("max_steps",
                       row->step == 0
                           ? json::Value(nullptr)
                           : compare::toJson(row->sums.largest / row->step));
        });
    });
    auto printList = [&](StringRef name, llvm::ArrayRef<std::string> labels) {
      os.attributeArray(name, [&] {
        for (const std::string &label : labels)
          os.value(json::fixUTF8(label));
      });
    };
    printList("only_float", comparison.onlyFloat);
    printList("not_compared", comparison.onlyQuantized);
    os.attribute("nested", int64_t(comparison.numNested));
  });
  stream << '\n';
}

//===----------------------------------------------------------------------===//
// Graphviz
//===----------------------------------------------------------------------===//

double compare::getHue(double decibels) {
  return std::isnan(decibels) ? 0 : std::clamp(decibels / 40, 0.0, 1.0) / 3;
}

static void printDot(const Comparison &comparison, raw_ostream &os) {
  os << "digraph comparison {\n  node [shape=box, style=filled];\n";
  for (auto [index, row] : llvm::enumerate(comparison.units)) {
    double sqnr = row.sums.getSqnr();
    std::string label = row.label + "\n" + row.kind + ", " + row.form + "\n" +
                        formatDecibels(sqnr) + (std::isinf(sqnr) ? "" : " dB");
    os << "  n" << index << " [label=\"" << llvm::DOT::EscapeString(label)
       << "\", fillcolor=\""
       << llvm::formatv("{0:F3} 0.550 1.000", getHue(sqnr)) << "\"];\n";
  }
  for (auto [index, row] : llvm::enumerate(comparison.units))
    for (unsigned source : row.sources)
      os << "  n" << source << " -> n" << index << ";\n";
  os << "}\n";
}

void compare::print(const Comparison &comparison, Format format, unsigned top,
                    raw_ostream &os) {
  switch (format) {
  case Format::Text:
    return printText(comparison, top, os);
  case Format::Json:
    return printJson(comparison, top, os);
  case Format::Dot:
    return printDot(comparison, os);
  case Format::Svg:
    return printSvg(comparison, os);
  }
}
