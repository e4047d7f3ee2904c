//===- Advice.cpp - What of a calibrated module costs accuracy ------------===//

#include "Advice.h"

#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Models/ConstantElements.h"
#include "Ranges.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <numeric>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;
using namespace quantprep::report;
using statistics::Histogram;

/// Fewer values than these are no distribution.
static constexpr int64_t minCount = 10000;

/// The share of the range that the outermost 0.01 % of the values take, half of
/// them on either side.
static double getOutlierShare(const Histogram &histogram, int64_t count) {
  ArrayRef<int64_t> counts = histogram.getCounts();
  int64_t allowed = count / 20000;
  auto countOuter = [&](auto range) {
    int64_t bins = 0, seen = 0;
    for (int64_t bin : range) {
      seen += bin;
      if (seen > allowed)
        break;
      ++bins;
    }
    return bins;
  };
  int64_t outer = countOuter(counts) + countOuter(llvm::reverse(counts));
  return double(outer) / double(counts.size());
}

/// What is left of the values: log2 of signal to error, as bits of a sine.
static double getEffectiveBits(const Histogram &histogram,
                               statistics::Range codes, double scale) {
  double signal = 0, error = 0;
  for (auto [index, count] : llvm::enumerate(histogram.getCounts())) {
    double value = histogram.getLowerEdge(index) + histogram.getWidth() / 2;
    double beyond = value - std::clamp(value, codes.min, codes.max);
    signal += double(count) * value * value;
    error += double(count) * (scale * scale / 12 + beyond * beyond);
  }
  if (signal == 0 || error == 0)
    return 8;
  return (10 * std::log10(signal / error) - 1.76) / 6.02;
}

/// The largest over the smallest of the channels' largest magnitudes.
static double getChannelSpread(const ConstantElements &weight, int64_t axis) {
  ArrayRef<int64_t> shape = weight.type.getShape();
  if (weight.isElided() || weight.isSplat() || axis >= int64_t(shape.size()))
    return 1;
  int64_t inner = std::accumulate(shape.begin() + axis + 1, shape.end(),
                                  int64_t(1), std::multiplies<int64_t>());
  std::vector<double> largest(shape[axis], 0);
  for (auto [index, value] : llvm::enumerate(weight.values)) {
    double &channel = largest[(index / inner) % shape[axis]];
    channel = std::max(channel, std::abs(value));
  }
  // A channel of zeros needs no precision.
  llvm::erase_if(largest, [](double value) { return value == 0; });
  if (largest.empty())
    return 1;
  return *llvm::max_element(largest) / *llvm::min_element(largest);
}

namespace {
class Collector {
public:
  explicit Collector(const FunctionModel &function) : function(function) {
    for (const UnitEntry &entry : function.getUnits())
      if (entry.unit)
        entries[entry.unit] = &entry;
    for (ObserverOp observer : function.getObservers())
      observers[observer.getSymNameAttr()] = observer;
  }

  std::vector<Advice> collect();

private:
  const UnitEntry *findUnit(ObservationOpInterface place, bool isRead);
  void adviseValues(ObserverOp observer, const UnitEntry &entry);
  void adviseWeight(ObserverOp observer, ObservationOpInterface place,
                    const UnitEntry &entry);
  void add(const UnitEntry &entry, std::string message, StringRef qconfig);

  const FunctionModel &function;
  DenseMap<const Unit *, const UnitEntry *> entries;
  DenseMap<Attribute, ObserverOp> observers;
  std::vector<Advice> advice;
};
} // namespace

void Collector::add(const UnitEntry &entry, std::string message,
                    StringRef qconfig) {
  std::string label = function.describe(entry).label, text;
  llvm::raw_string_ostream os(text);
  os << "qprep.assign name \"";
  llvm::printEscapedString(label, os);
  os << "\" " << qconfig;
  advice.push_back({label, std::move(message), text});
}

/// The unit that makes the value, else the first that reads it there.
const UnitEntry *Collector::findUnit(ObservationOpInterface place,
                                     bool isRead) {
  const UnitGraph &graph = function.getGraph();
  const Unit *unit =
      isRead ? nullptr : graph.getProducer(getUnobserved(place.getInput()));
  for (OpOperand *use : function.getUses(place))
    if (!unit)
      unit = graph.getUnit(use->getOwner());
  return unit ? entries.lookup(unit) : nullptr;
}

void Collector::adviseValues(ObserverOp observer, const UnitEntry &entry) {
  ObserverRanges ranges = describeRanges(observer);
  const statistics::Data &data = ranges.seen.getData();
  if (data.histogram.isEmpty() || data.count < minCount)
    return;
  std::string name = ("@" + observer.getSymName()).str();
  if (double share = getOutlierShare(data.histogram, data.count); share > 0.5)
    add(entry,
        llvm::formatv("0.01 % of the values of {0} take {1:F0} % of its range",
                      name, 100 * share),
        "none");
  if (ranges.saturated && *ranges.saturated > 0.001)
    add(entry,
        llvm::formatv("{0:F2} % of the values of {1} are beyond its codes",
                      100 * *ranges.saturated, name),
        "none");
  if (ranges.chosen.size() != 1 ||
      observer.getSpec().getKind() == ObserverKind::fixed_qparams)
    return;
  double bits =
      getEffectiveBits(data.histogram, ranges.getCodes(0, observer.getSpec()),
                       ranges.chosen.front().scale);
  if (bits < 4)
    add(entry,
        llvm::formatv("the codes of {0} have {1:F1} effective bits", name,
                      bits),
        "none");
}

/// One scale for all channels is that of the largest.
void Collector::adviseWeight(ObserverOp observer, ObservationOpInterface place,
                             const UnitEntry &entry) {
  if (observer.getSpec().isPerChannel() || !observer.getSpec().hasQParams())
    return;
  std::optional<ConstantElements> weight =
      readElements(getUnobserved(place.getInput()));
  if (!weight)
    return;
  for (const UnitOperand &operand : entry.unit->operands) {
    std::optional<int64_t> axis = operand.attr.getAxis();
    if (operand.getRole() != OperandRole::weight || !axis ||
        operand.value != getUnobserved(place.getInput()))
      continue;
    double spread = getChannelSpread(*weight, *axis);
    if (spread <= 64)
      continue;
    bool isUnsigned = llvm::any_of(observers, [](const auto &other) {
      return ObserverOp(other.second).getSpec().getDtype().isUnsignedInteger();
    });
    add(entry,
        llvm::formatv("channels of its weight differ by a factor of {0:F0}, "
                      "and @{1} has one scale for all",
                      spread, observer.getSymName()),
        isUnsigned ? "\"fbgemm\"" : "\"tosa\"");
  }
}

std::vector<Advice> Collector::collect() {
  DenseSet<Attribute> seen;
  for (ObservationOpInterface place : function.getPlaces()) {
    ObserverOp observer = observers.lookup(place.getObserverAttr().getAttr());
    if (!observer || !hasRanges(observer) ||
        !seen.insert(place.getObserverAttr()).second)
      continue;
    SmallVector<OpOperand *> uses = function.getUses(place);
    bool isWeight = function.getRole(place, uses) == OperandRole::weight;
    const UnitEntry *entry = findUnit(place, isWeight);
    if (!entry)
      continue;
    if (isWeight)
      adviseWeight(observer, place, *entry);
    else
      adviseValues(observer, *entry);
  }
  return std::move(advice);
}

std::vector<Advice> report::collectAdvice(const FunctionModel &function) {
  return Collector(function).collect();
}
