//===- StatisticsAttrs.cpp - Verifiers of what calibration finds ----------===//
//
// What attributes say by themselves. Whether they fit the spec of an observer
// is in QPrepObserverOps.cpp, what is in resources in ObserverStatistics.cpp:
// those come behind everything else in a text.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/IR/QPrepDialect.h"
#include "QuantPrep/Statistics/Histogram.h"

#include "mlir/IR/Builders.h"

#include <cmath>

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

FailureOr<DenseF64ArrayAttr> qprep::parseF64List(AsmParser &parser) {
  SmallVector<double> values;
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        return parser.parseFloat(values.emplace_back());
      }))
    return failure();
  return parser.getBuilder().getDenseF64ArrayAttr(values);
}

void qprep::printF64List(AsmPrinter &printer, DenseF64ArrayAttr list) {
  printer << '[';
  llvm::interleaveComma(list.asArrayRef(), printer, [&](double value) {
    printer.printFloat(llvm::APFloat(value));
  });
  printer << ']';
}

/// Whether a resource is a tensor of this rank and element type.
static bool isTensorOf(DenseResourceElementsAttr attr, int64_t rank,
                       Type elementType) {
  ShapedType type = attr.getType();
  return type.hasStaticShape() && type.getRank() == rank &&
         type.getElementType() == elementType && type.getNumElements() > 0;
}

LogicalResult
HistogramAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                      int64_t exponent, int64_t first,
                      DenseResourceElementsAttr counts) {
  using statistics::Histogram;
  if (!isTensorOf(counts, 1, IntegerType::get(counts.getContext(), 64)) ||
      counts.getType().getNumElements() > Histogram::maxBins)
    return emitError() << "counts must be a tensor of 1 to "
                       << Histogram::maxBins
                       << " elements of type i64, got: " << counts.getType();
  // Edges of bins are doubles, and numbers of bins 32 bits.
  if (exponent < Histogram::smallestExponent || exponent > 1023)
    return emitError() << "exponent must be from "
                       << Histogram::smallestExponent
                       << " to 1023, got: " << exponent;
  if (first < INT32_MIN || first > INT32_MAX)
    return emitError() << "first must be a number of 32 bits, got: " << first;
  return success();
}

LogicalResult PassesAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 DenseResourceElementsAttr runs,
                                 DenseResourceElementsAttr ranges) {
  if (!isTensorOf(runs, 1, IntegerType::get(runs.getContext(), 64)))
    return emitError() << "runs must be a tensor<?xi64>, got: "
                       << runs.getType();
  if (!isTensorOf(ranges, 3, Float64Type::get(ranges.getContext())) ||
      ranges.getType().getDimSize(0) != runs.getType().getDimSize(0) ||
      ranges.getType().getDimSize(2) != 2)
    return emitError() << "ranges must be a tensor<"
                       << runs.getType().getDimSize(0)
                       << "x?x2xf64>, a minimum and a maximum for each run "
                          "and channel, got: "
                       << ranges.getType();
  return success();
}

/// B18.
static bool isRange(double low, double high) {
  bool isEmpty = low == HUGE_VAL && high == -HUGE_VAL;
  return isEmpty || (std::isfinite(low) && std::isfinite(high) && low <= high);
}

LogicalResult StatisticsAttr::verify(
    function_ref<InFlightDiagnostic()> emitError, DenseF64ArrayAttr min,
    DenseF64ArrayAttr max, int64_t count, int64_t runs, int64_t infinite,
    int64_t nan, HistogramAttr histogram, PassesAttr passes) {
  if (min.empty() || min.size() != max.size())
    return emitError() << "min and max must have as many values, and at least "
                          "one, got: "
                       << min.size() << " and " << max.size();
  for (auto [low, high] : llvm::zip(min.asArrayRef(), max.asArrayRef()))
    if (!isRange(low, high))
      return emitError() << "min and max must be finite, min not the greater, "
                            "or infinity and -infinity for no finite value, "
                            "got: "
                         << low << " and " << high;
  if (count < 1)
    return emitError() << "count must be at least 1, got: " << count;
  for (auto [name, number] :
       {std::pair("runs", runs), {"infinite", infinite}, {"nan", nan}})
    if (number < 0)
      return emitError() << name << " must not be negative, got: " << number;
  if (infinite > count || nan > count - infinite)
    return emitError() << "count must include infinite and nan, got: count = "
                       << count << ", infinite = " << infinite
                       << ", nan = " << nan;
  if (histogram && min.size() != 1)
    return emitError() << "a histogram is of a whole tensor, but there are "
                       << min.size() << " minima";
  if (passes && passes.getRanges().getType().getDimSize(1) != min.size())
    return emitError() << "passes have "
                       << passes.getRanges().getType().getDimSize(1)
                       << " ranges each, but there are " << min.size()
                       << " minima";
  return success();
}

LogicalResult QParamsAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  DenseF64ArrayAttr scale,
                                  DenseI64ArrayAttr zeroPoint) {
  if (scale.empty() || scale.size() != zeroPoint.size())
    return emitError() << "scale and zero_point must have as many values, and "
                          "at least one, got: "
                       << scale.size() << " and " << zeroPoint.size();
  for (double value : scale.asArrayRef())
    if (!(value > 0) || !std::isfinite(value))
      return emitError() << "scale must be positive and finite, got: " << value;
  return success();
}
