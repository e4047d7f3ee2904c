//===- ObserverStatistics.cpp - Statistics between IR and numbers ---------===//

#include "QuantPrep/IR/ObserverStatistics.h"

#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

std::optional<statistics::Spec>
quantprep::getStatisticsSpec(ObserverAttr observer) {
  statistics::Spec spec;
  spec.axis = observer.getAxis();
  spec.blockSize = observer.getBlockSize().value_or(1);
  switch (observer.getKind()) {
  case ObserverKind::minmax:
  case ObserverKind::per_channel_minmax:
  case ObserverKind::input_equalization:
  case ObserverKind::weight_equalization:
    break;
  case ObserverKind::moving_average_minmax:
  case ObserverKind::moving_average_per_channel_minmax:
    spec.movingAverage = true;
    break;
  case ObserverKind::histogram:
    spec.histogram = true;
    break;
  case ObserverKind::fixed_qparams:
  case ObserverKind::placeholder:
  case ObserverKind::recording:
  case ObserverKind::noop:
  case ObserverKind::reuse_input:
    return std::nullopt;
  }
  if (observer.getDynamic())
    return std::nullopt;
  return spec;
}

statistics::Quantization quantprep::getQuantization(ObserverAttr spec) {
  statistics::Quantization quantization;
  std::tie(quantization.quantMin, quantization.quantMax) = spec.getLimits();
  Scheme scheme = *spec.getScheme();
  quantization.isSymmetric = scheme == Scheme::per_tensor_symmetric ||
                             scheme == Scheme::per_channel_symmetric;
  auto type = cast<IntegerType>(spec.getDtype());
  auto [low, high] = dtypeRange(type);
  // As PyTorch: the middle of the dtype, or of limits of one's own.
  if (type.isUnsigned())
    quantization.symmetricZeroPoint =
        quantization.quantMin == low && quantization.quantMax == high
            ? (high + 1) / 2
            : (quantization.quantMin + quantization.quantMax) / 2;
  if (FloatAttr eps = spec.getEps())
    quantization.eps = static_cast<float>(eps.getValueAsDouble());
  return quantization;
}

std::vector<statistics::Range>
quantprep::getConfiguredRanges(ObserverAttr spec,
                               const statistics::Statistics &seen) {
  if (!seen.getSpec().movingAverage)
    return seen.getData().ranges;
  // F3.
  constexpr double averagingConstant = 0.01;
  FloatAttr constant = spec.getAveragingConstant();
  return seen.getAverages(constant ? constant.getValueAsDouble()
                                   : averagingConstant);
}

//===----------------------------------------------------------------------===//
// To attributes
//===----------------------------------------------------------------------===//

template <typename T>
static DenseResourceElementsAttr
makeResource(MLIRContext *context, ArrayRef<int64_t> shape, Type elementType,
             ArrayRef<T> values) {
  ArrayRef<char> bytes(reinterpret_cast<const char *>(values.data()),
                       values.size() * sizeof(T));
  std::string key =
      "statistics_" + llvm::utohexstr(llvm::xxh3_64bits(llvm::StringRef(
                                          bytes.data(), bytes.size())),
                                      /*LowerCase=*/true);
  auto &interface = DenseResourceElementsHandle::getManagerInterface(context);
  auto *entry = interface.getBlobManager().lookup(key);
  bool isThere =
      entry && entry->getBlob() && entry->getBlob()->getData() == bytes;
  auto handle =
      isThere
          ? DenseResourceElementsHandle(
                entry, context->getLoadedDialect<BuiltinDialect>())
          : interface.insert(key, HeapAsmResourceBlob::allocateAndCopyWithAlign(
                                      bytes, alignof(T),
                                      /*dataIsMutable=*/false));
  return DenseResourceElementsAttr::get(
      RankedTensorType::get(shape, elementType), handle);
}

static HistogramAttr toAttribute(MLIRContext *context,
                                 const statistics::Histogram &histogram) {
  if (histogram.isEmpty())
    return {};
  ArrayRef<int64_t> counts = histogram.getCounts();
  return HistogramAttr::get(
      context, histogram.getExponent(), histogram.getFirst(),
      makeResource(context, {int64_t(counts.size())},
                   IntegerType::get(context, 64), counts));
}

static PassesAttr toAttribute(MLIRContext *context,
                              ArrayRef<statistics::Pass> passes) {
  if (passes.empty())
    return {};
  SmallVector<int64_t> runs;
  SmallVector<double> ranges;
  for (const statistics::Pass &pass : passes) {
    runs.push_back(pass.run);
    for (const statistics::Range &range : pass.ranges)
      ranges.append({range.min, range.max});
  }
  int64_t count = passes.size(), channels = passes.front().ranges.size();
  return PassesAttr::get(
      context,
      makeResource(context, {count}, IntegerType::get(context, 64),
                   ArrayRef<int64_t>(runs)),
      makeResource(context, {count, channels, 2}, Float64Type::get(context),
                   ArrayRef<double>(ranges)));
}

StatisticsAttr quantprep::toAttribute(MLIRContext *context,
                                      const statistics::Statistics &seen) {
  const statistics::Data &data = seen.getData();
  if (data.count == 0)
    return {};
  SmallVector<double> min, max;
  for (const statistics::Range &range : data.ranges) {
    min.push_back(range.min);
    max.push_back(range.max);
  }
  return StatisticsAttr::get(
      context, DenseF64ArrayAttr::get(context, min),
      DenseF64ArrayAttr::get(context, max), data.count, data.runs,
      data.infinite, data.nan, ::toAttribute(context, data.histogram),
      ::toAttribute(context, ArrayRef<statistics::Pass>(data.passes)));
}

//===----------------------------------------------------------------------===//
// From attributes
//===----------------------------------------------------------------------===//

namespace {
class StatisticsReader {
public:
  explicit StatisticsReader(ObserverOp observer) : observer(observer) {}

  FailureOr<statistics::Data> read(StatisticsAttr attr) {
    statistics::Data data;
    for (auto [min, max] :
         llvm::zip(attr.getMin().asArrayRef(), attr.getMax().asArrayRef()))
      data.ranges.emplace_back(min, max);
    data.count = attr.getCount();
    data.runs = attr.getRuns();
    data.infinite = attr.getInfinite();
    data.nan = attr.getNan();
    if (failed(readHistogram(attr, data)) || failed(readPasses(attr, data)))
      return failure();
    return data;
  }

private:
  template <typename T>
  FailureOr<ArrayRef<T>> readResource(DenseResourceElementsAttr attr) {
    const AsmResourceBlob *blob = attr.getRawHandle().getBlob();
    size_t wanted = attr.getType().getNumElements() * sizeof(T);
    if (blob && blob->getData().size() == wanted)
      return blob->getDataAs<T>();
    return observer.emitOpError()
           << "has statistics whose resource '" << attr.getRawHandle().getKey()
           << (blob ? "' has " + Twine(blob->getData().size()) + " bytes, not "
                    : "' is not in the file; it needs ")
           << wanted
           << " bytes; write the module with its resources, or calibrate again";
  }

  LogicalResult readHistogram(StatisticsAttr attr, statistics::Data &data) {
    HistogramAttr histogram = attr.getHistogram();
    if (!histogram)
      return success();
    auto counts = readResource<int64_t>(histogram.getCounts());
    if (failed(counts))
      return failure();
    data.histogram = statistics::Histogram(histogram.getExponent(),
                                           histogram.getFirst(), counts->vec());
    return success();
  }

  LogicalResult readPasses(StatisticsAttr attr, statistics::Data &data) {
    PassesAttr passes = attr.getPasses();
    if (!passes)
      return success();
    auto runs = readResource<int64_t>(passes.getRuns());
    auto ranges = readResource<double>(passes.getRanges());
    if (failed(runs) || failed(ranges))
      return failure();
    for (auto [index, run] : llvm::enumerate(*runs)) {
      statistics::Pass pass{run, {}};
      for (size_t i = 0; i < data.ranges.size(); ++i) {
        const double *ends =
            ranges->data() + 2 * (index * data.ranges.size() + i);
        pass.ranges.emplace_back(ends[0], ends[1]);
      }
      data.passes.push_back(std::move(pass));
    }
    return success();
  }

  ObserverOp observer;
};
} // namespace

FailureOr<statistics::Statistics>
quantprep::readStatistics(ObserverOp observer) {
  std::optional<statistics::Spec> spec = getStatisticsSpec(observer.getSpec());
  statistics::Statistics nothing(spec.value_or(statistics::Spec()));
  std::optional<StatisticsAttr> attr = observer.getStatistics();
  if (!attr)
    return nothing;
  FailureOr<statistics::Data> data = StatisticsReader(observer).read(*attr);
  if (failed(data))
    return failure();
  if (auto problem = findInconsistency(nothing.getSpec(), *data))
    return observer.emitOpError()
           << "has statistics that do not hang together: " << *problem
           << "; calibrate again";
  return statistics::Statistics(nothing.getSpec(), std::move(*data));
}
