//===- PrintSvg.cpp - A comparison as a picture ---------------------------===//

#include "QuantPrep/Compare/Compare.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace quantprep;
using namespace quantprep::compare;

namespace {
// Pixels, and the decibels that fill a bar.
constexpr int margin = 16, rowHeight = 18, labelWidth = 260, barWidth = 400;
constexpr double most = 60;
} // namespace

static void printText(int x, int y, const std::string &text,
                      llvm::raw_ostream &os) {
  os << llvm::formatv("<text x=\"{0}\" y=\"{1}\">", x, y);
  llvm::printHTMLEscaped(text, os);
  os << "</text>\n";
}

static void printRow(const UnitRow &row, int y, llvm::raw_ostream &os) {
  double sqnr = row.sums.getSqnr();
  double length = std::isnan(sqnr) ? 0 : std::clamp(sqnr / most, 0.0, 1.0);
  int baseline = y + rowHeight - 5;
  printText(margin, baseline, row.label + " (" + row.kind + ")", os);
  os << llvm::formatv("<rect x=\"{0}\" y=\"{1}\" width=\"{2:F1}\" "
                      "height=\"{3}\" fill=\"hsl({4:F0}, 70%, 60%)\"/>\n",
                      margin + labelWidth, y + 2, length * barWidth,
                      rowHeight - 4, 360 * getHue(sqnr));
  printText(margin + labelWidth + int(length * barWidth) + 6, baseline,
            formatDecibels(sqnr) + (std::isinf(sqnr) ? "" : " dB"), os);
}

void compare::printSvg(const Comparison &comparison, llvm::raw_ostream &os) {
  int width = 2 * margin + labelWidth + barWidth + 80;
  int height = 2 * margin + rowHeight * int(comparison.units.size() + 1);
  os << llvm::formatv("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                      "width=\"{0}\" height=\"{1}\" "
                      "font-family=\"sans-serif\" font-size=\"11\">\n",
                      width, height);
  os << "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
  printText(margin, margin + rowHeight - 5,
            llvm::formatv("signal to noise of {0} units in program order, {1} "
                          "runs",
                          comparison.units.size(), comparison.runs),
            os);
  for (auto [index, row] : llvm::enumerate(comparison.units))
    printRow(row, margin + rowHeight * int(index + 1), os);
  os << "</svg>\n";
}
