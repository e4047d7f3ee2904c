//===- PrintSensitivity.cpp - What each unit costs, as text or JSON -------===//

#include "QuantPrep/Compare/Sensitivity.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace quantprep;
using namespace quantprep::compare;
using llvm::raw_ostream;

namespace json = llvm::json;

static std::string formatDistance(const Distance &distance) {
  return llvm::formatv("{0} dB, {1:F2} % the same choice",
                       formatDecibels(distance.sums.getSqnr()),
                       distance.getAgreement());
}

static llvm::ArrayRef<SensitivityRow> getTop(const Sensitivity &sensitivity,
                                             unsigned top) {
  llvm::ArrayRef<SensitivityRow> rows = sensitivity.rows;
  return top ? rows.take_front(top) : rows;
}

static void printText(const Sensitivity &sensitivity, unsigned top,
                      raw_ostream &os) {
  std::vector<std::vector<std::string>> table = {
      {"quantized alone", "result sqnr dB", "same choice", "fused with it"}};
  for (const SensitivityRow &row : getTop(sensitivity, top))
    table.push_back({row.labels.back(),
                     formatDecibels(row.alone.sums.getSqnr()),
                     llvm::formatv("{0:F2} %", row.alone.getAgreement()),
                     llvm::join(llvm::ArrayRef(row.labels).drop_back(), ", ")});
  printTable(table, os);
  os << "\nall quantized: " << formatDistance(sensitivity.all) << '\n';
  for (const MixedStep &step : sensitivity.steps)
    os << step.label << (step.toFloat ? " float: " : " quantized again: ")
       << formatDistance(step.distance) << '\n';
  if (sensitivity.written)
    os << "quantized by the written configuration: "
       << formatDistance(*sensitivity.written) << '\n';
  if (!sensitivity.isReached)
    os << "the target is not reached: it gets to "
       << formatDistance(sensitivity.written ? *sensitivity.written
                         : sensitivity.steps.empty()
                             ? sensitivity.all
                             : sensitivity.steps.back().distance)
       << '\n';
}

static void printDistance(json::OStream &os, const Distance &distance) {
  os.attribute("sqnr", toJson(distance.sums.getSqnr()));
  os.attribute("exact", distance.sums.difference == 0);
  os.attribute("agreement", distance.getAgreement() / 100);
}

static void printJson(const Sensitivity &sensitivity, unsigned top,
                      raw_ostream &stream) {
  json::OStream os(stream, /*IndentSize=*/2);
  auto printList = [&](llvm::StringRef name,
                       llvm::ArrayRef<std::string> labels) {
    os.attributeArray(name, [&] {
      for (const std::string &label : labels)
        os.value(json::fixUTF8(label));
    });
  };
  os.object([&] {
    os.attribute("version", 1);
    os.attributeArray("sensitivity", [&] {
      for (const SensitivityRow &row : getTop(sensitivity, top))
        os.object([&] {
          os.attribute("label", json::fixUTF8(row.labels.back()));
          printList("units", row.labels);
          printDistance(os, row.alone);
        });
    });
    os.attributeObject("all", [&] { printDistance(os, sensitivity.all); });
    os.attributeArray("steps", [&] {
      for (const MixedStep &step : sensitivity.steps)
        os.object([&] {
          os.attribute("label", json::fixUTF8(step.label));
          os.attribute("to", step.toFloat ? "float" : "quantized");
          printDistance(os, step.distance);
        });
    });
    printList("float", sensitivity.floatUnits);
    if (sensitivity.written)
      os.attributeObject("written",
                         [&] { printDistance(os, *sensitivity.written); });
    os.attribute("reached", sensitivity.isReached);
  });
  stream << '\n';
}

void compare::print(const Sensitivity &sensitivity, Format format, unsigned top,
                    raw_ostream &os) {
  if (format == Format::Json)
    printJson(sensitivity, top, os);
  else
    printText(sensitivity, top, os);
}
