//===- Svg.cpp - The report as a picture of ranges ------------------------===//
//
// One small picture for each observer, all of one size: what it saw, and the
// part of it that the chosen codes can say.
//
//===----------------------------------------------------------------------===//

#include "Ranges.h"

#include "QuantPrep/Report/Report.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;

using statistics::Range;

//===----------------------------------------------------------------------===//
// Drawing
//===----------------------------------------------------------------------===//

namespace {
// Pixels.
constexpr double margin = 16, top = 64;
constexpr double cellWidth = 250, cellHeight = 150;
constexpr double plotWidth = 226, plotHeight = 78, plotTop = 24;
constexpr int bars = 113; // two pixels each

constexpr StringLiteral style = R"(<style>
text { font: 11px sans-serif; fill: #333 }
.head { font-size: 15px; font-weight: bold }
.name { font-weight: bold }
.end { text-anchor: end }
.middle { text-anchor: middle }
.plot { fill: #f7f7f7 }
.codes { fill: #cfe3f5 }
.edge { stroke: #1f5f9f; stroke-width: 1 }
.inside { fill: #4477aa }
line.inside { stroke: #4477aa }
.outside { fill: #d95f02 }
.zero { stroke: #999; stroke-dasharray: 2 2 }
</style>
)";

/// What is not markup.
std::string escape(StringRef text) {
  std::string escaped;
  for (unsigned char c : text.bytes()) {
    if (c == '<' || c == '>' || c == '&' || c == '"' || c < 0x20 || c > 0x7e)
      escaped += "&#" + std::to_string(c < 0x20 ? '?' : c) + ";";
    else
      escaped += c;
  }
  return escaped;
}

/// The end of a name says more than its beginning.
std::string shorten(StringRef name, size_t length) {
  return name.size() <= length ? escape(name)
                               : "&#8230;" + escape(name.take_back(length - 1));
}

/// One picture; its origin is that of its plot.
class Cell {
public:
  Cell(ObserverOp observer, raw_ostream &os)
      : observer(observer), spec(observer.getSpec()),
        ranges(describeRanges(observer)), os(os) {}

  void draw() {
    drawTitle();
    os << llvm::formatv("<rect class=\"plot\" width=\"{0}\" height=\"{1}\"/>\n",
                        plotWidth, plotHeight);
    for (const Range &range : ranges.seen.getData().ranges)
      shown.merge(range);
    for (size_t i = 0; i < ranges.chosen.size(); ++i)
      shown.merge(ranges.getCodes(i, spec));
    if (shown.isEmpty())
      return drawText(plotWidth / 2, plotHeight / 2 + 4, "middle",
                      "no value seen");
    if (shown.min == shown.max)
      shown = {shown.min - 1, shown.max + 1};
    if (ranges.ranges.size() > 1 || ranges.chosen.size() > 1)
      drawChannels();
    else if (!ranges.seen.getData().histogram.isEmpty())
      drawHistogram();
    else
      drawRange();
    drawLabels();
  }

private:
  void drawText(double x, double y, StringRef textClass, const Twine &text) {
    os << llvm::formatv("<text class=\"{0}\" x=\"{1}\" y=\"{2}\">", textClass,
                        x, y)
       << text << "</text>\n";
  }

  void drawRect(StringRef rectClass, double x, double y, double width,
                double height) {
    os << llvm::formatv("<rect class=\"{0}\" x=\"{1:f1}\" y=\"{2:f1}\" "
                        "width=\"{3:f1}\" height=\"{4:f1}\"/>\n",
                        rectClass, x, y, width, height);
  }

  void drawLine(StringRef lineClass, double x1, double y1, double x2,
                double y2) {
    os << llvm::formatv("<line class=\"{0}\" x1=\"{1:f1}\" y1=\"{2:f1}\" "
                        "x2=\"{3:f1}\" y2=\"{4:f1}\"/>\n",
                        lineClass, x1, y1, x2, y2);
  }

  void drawTitle() {
    std::string full =
        (observer.getSymName() + ": " + stringifyEnum(spec.getKind()) + " " +
         dtypeName(spec.getDtype()))
            .str();
    os << "<title>" << escape(full) << "</title>\n";
    drawText(0, -8, "name", shorten(observer.getSymName(), 26));
    drawText(plotWidth, -8, "end", dtypeName(spec.getDtype()));
  }

  double toX(double value) const {
    return (value - shown.min) / (shown.max - shown.min) * plotWidth;
  }
  double toY(double value) const {
    return plotHeight -
           (value - shown.min) / (shown.max - shown.min) * plotHeight;
  }

  void drawCodes() {
    if (ranges.chosen.empty())
      return;
    Range codes = ranges.getCodes(0, spec);
    drawRect("codes", toX(codes.min), 0, toX(codes.max) - toX(codes.min),
             plotHeight);
  }

  void drawEdges() {
    if (shown.min < 0 && shown.max > 0)
      drawLine("zero", toX(0), 0, toX(0), plotHeight);
    if (ranges.chosen.empty())
      return;
    Range codes = ranges.getCodes(0, spec);
    for (double end : {codes.min, codes.max})
      drawLine("edge", toX(end), 0, toX(end), plotHeight);
  }

  /// Heights are logarithms of counts, so that tails are seen.
  void drawHistogram() {
    drawCodes();
    const statistics::Histogram &histogram = ranges.seen.getData().histogram;
    std::array<double, bars> sums = {};
    for (auto [i, count] : llvm::enumerate(histogram.getCounts())) {
      double middle = histogram.getLowerEdge(i) + histogram.getWidth() / 2;
      int bar = static_cast<int>(toX(middle) / plotWidth * bars);
      sums[std::clamp(bar, 0, bars - 1)] += static_cast<double>(count);
    }
    double highest = std::log1p(*llvm::max_element(sums));
    double width = plotWidth / bars;
    for (auto [i, sum] : llvm::enumerate(sums)) {
      if (sum == 0)
        continue;
      double height =
          std::max(1.0, std::log1p(sum) / highest * (plotHeight - 6));
      double x = static_cast<double>(i) * width;
      drawRect(isOutside(x + width / 2) ? "outside" : "inside", x,
               plotHeight - height, width, height);
    }
    drawEdges();
  }

  bool isOutside(double x) const {
    if (ranges.chosen.empty())
      return false;
    Range codes = ranges.getCodes(0, spec);
    return x < toX(codes.min) || x > toX(codes.max);
  }

  /// The extremes as a line, what is taken for the range as a bar.
  void drawRange() {
    drawCodes();
    const std::vector<Range> &extremes = ranges.seen.getData().ranges;
    double middle = plotHeight / 2;
    if (!extremes.empty() && !extremes[0].isEmpty()) {
      Range range = ranges.ranges.front();
      drawLine("inside", toX(extremes[0].min), middle, toX(extremes[0].max),
               middle);
      drawRect("inside", toX(range.min), middle - 8,
               std::max(1.0, toX(range.max) - toX(range.min)), 16);
    }
    drawEdges();
  }

  /// Channels from left to right, values upwards.
  void drawChannels() {
    size_t count = std::max(ranges.ranges.size(), ranges.chosen.size());
    size_t columns = std::min<size_t>(count, bars);
    double width = plotWidth / static_cast<double>(columns);
    for (size_t column = 0; column < columns; ++column) {
      Range seen, codes;
      for (size_t i = column * count / columns;
           i < (column + 1) * count / columns; ++i) {
        if (i < ranges.ranges.size())
          seen.merge(ranges.ranges[i]);
        if (i < ranges.chosen.size())
          codes.merge(ranges.getCodes(i, spec));
      }
      double x = static_cast<double>(column) * width;
      if (!codes.isEmpty())
        drawRect("codes", x, toY(codes.max), width,
                 toY(codes.min) - toY(codes.max));
      if (!seen.isEmpty())
        drawRect("inside", x + width / 4, toY(seen.max), width / 2,
                 std::max(1.0, toY(seen.min) - toY(seen.max)));
    }
    if (shown.min < 0 && shown.max > 0)
      drawLine("zero", 0, toY(0), plotWidth, toY(0));
  }

  void drawLabels() {
    drawText(0, plotHeight + 13, "", toShortText(shown.min));
    drawText(plotWidth, plotHeight + 13, "end", toShortText(shown.max));
    std::string text;
    llvm::raw_string_ostream label(text);
    if (ranges.chosen.size() == 1)
      // More digits do not fit.
      label << "scale " << llvm::format("%.4g", ranges.chosen[0].scale)
            << ", zero point " << ranges.chosen[0].zeroPoint;
    else if (!ranges.chosen.empty())
      label << ranges.chosen.size() << " channels";
    else if (ranges.ranges.size() > 1)
      label << ranges.ranges.size() << " channels, nothing chosen";
    else
      label << "nothing chosen";
    if (ranges.saturated && *ranges.saturated > 0)
      label << llvm::formatv(", {0:P3} out", *ranges.saturated);
    drawText(0, plotHeight + 27, "", text);
  }

  ObserverOp observer;
  ObserverAttr spec;
  ObserverRanges ranges;
  raw_ostream &os;
  Range shown;
};
} // namespace

static void printHead(double width, double height, raw_ostream &os) {
  os << llvm::formatv("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
                      "height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n",
                      width, height)
     << style << "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
}

static void printLegend(size_t shown, size_t others, raw_ostream &os) {
  os << llvm::formatv("<text class=\"head\" x=\"{0}\" y=\"26\">Ranges of {1} "
                      "observers</text>\n",
                      margin, shown);
  auto entry = [&](double x, StringRef entryClass, StringRef text) {
    os << llvm::formatv("<rect class=\"{0}\" x=\"{1}\" y=\"36\" width=\"10\" "
                        "height=\"10\"/><text x=\"{2}\" y=\"45\">{3}</text>\n",
                        entryClass, x, x + 14, text);
  };
  entry(margin, "inside", "values (log of counts)");
  entry(margin + 150, "outside", "beyond the codes");
  entry(margin + 270, "codes", "range of the codes");
  if (others)
    os << llvm::formatv("<text x=\"{0}\" y=\"26\">{1} others collect no values"
                        "</text>\n",
                        margin + 220, others);
}

void report::printSvg(const Model &model, raw_ostream &os) {
  SmallVector<ObserverOp> all = collectObservers(model);
  SmallVector<ObserverOp> observers;
  llvm::copy_if(all, std::back_inserter(observers), [](ObserverOp observer) {
    return hasRanges(observer) || getStatisticsSpec(observer.getSpec());
  });
  // A little wider than high.
  size_t count = std::max<size_t>(observers.size(), 1);
  size_t columns = std::clamp<size_t>(std::ceil(std::sqrt(count * 0.8)), 2, 10);
  size_t rows = llvm::divideCeil(count, columns);
  printHead(columns * cellWidth + margin, top + rows * cellHeight, os);
  printLegend(observers.size(), all.size() - observers.size(), os);
  for (auto [i, observer] : llvm::enumerate(observers)) {
    os << llvm::formatv("<g transform=\"translate({0},{1})\">\n",
                        margin + i % columns * cellWidth,
                        top + i / columns * cellHeight + plotTop);
    Cell(observer, os).draw();
    os << "</g>\n";
  }
  os << "</svg>\n";
}

void report::printSvg(const Failure &failure, raw_ostream &os) {
  printHead(800, 60, os);
  os << "<text x=\"16\" y=\"34\">preparation failed: "
     << escape(failure.location + (failure.location.empty() ? "" : ": ") +
               failure.message)
     << "</text>\n</svg>\n";
}
