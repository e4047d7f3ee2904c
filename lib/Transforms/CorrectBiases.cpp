//===- CorrectBiases.cpp - Biases without the mean of rounding errors -----===//
//
// A copy of the module has an observer of its own in front of each layer, and
// runs on the data. What these have seen gives the mean of each input channel.
//
//===----------------------------------------------------------------------===//

#include "FoldContraction.h"
#include "QuantPrep/Analysis/Remarks.h"
#include "QuantPrep/Execution/RunAll.h"
#include "QuantPrep/IR/ObserverStatistics.h"
#include "QuantPrep/IR/QuantizedTypes.h"
#include "QuantPrep/Support/EraseDead.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/SymbolTable.h"

namespace quantprep {
#define GEN_PASS_DEF_CORRECTBIASES
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::execution;
using namespace quantprep::qprep;

namespace {
/// Sums of the codes of each channel. Integers, so that their order does not
/// matter.
struct CodeSums {
  std::vector<int64_t> sums;
  int64_t count = 0;

  void add(const statistics::Buffer &buffer, int64_t axis,
           const QParamsGrid &grid);
  void merge(const CodeSums &other);
};

/// A layer whose bias is corrected.
struct CorrectedLayer {
  FoldableLayer layer;
  ObserverOp inputObserver;
  QParamsGrid input;
  /// Of all channels, or of each output channel.
  QParamsGrid weight;
};

/// Sums codes of the inputs of layers, which are numbered from `firstId` on.
class InputSums : public ObservationPlan, public RunObserver {
public:
  InputSums(ArrayRef<CorrectedLayer> layers, int64_t firstId)
      : layers(layers), firstId(firstId) {}

  bool isCollected(ObserverOp observer) override {
    return observer.getId() >= firstId;
  }
  void noteConstant(ObserverOp) override {}
  ObservationSink &getConstants() override { return constants; }
  void setNumThreads(unsigned count);
  ObservationSink *begin(unsigned thread, int64_t) override {
    return &sinks[thread];
  }
  void end(unsigned, int64_t, SmallVectorImpl<Array> &) override {}

  CodeSums take(size_t layer) const;

private:
  struct Sink : ObservationSink {
    const InputSums *parent = nullptr;
    std::vector<CodeSums> sums;

    void observe(int64_t observer, const statistics::Buffer &values) override;
  };
  struct NoSink : ObservationSink {
    void observe(int64_t, const statistics::Buffer &) override {}
  };

  ArrayRef<CorrectedLayer> layers;
  int64_t firstId;
  NoSink constants;
  std::vector<Sink> sinks;
};

struct CorrectBiasesPass
    : quantprep::impl::CorrectBiasesBase<CorrectBiasesPass> {
  using CorrectBiasesBase::CorrectBiasesBase;

  void getDependentDialects(DialectRegistry &registry) const final {
    CorrectBiasesBase::getDependentDialects(registry);
    registerExecutionDialects(registry);
  }

  void runOnOperation() final {
    if (failed(run()))
      signalPassFailure();
  }

private:
  LogicalResult run();
  LogicalResult collectLayers();
  std::string add(const Unit &unit, SymbolTableCollection &symbols);
  LogicalResult observe(InputSums &sums, int64_t firstId);
  LogicalResult execute(func::FuncOp function, InputSums &sums);

  std::vector<CorrectedLayer> layers;
};
} // namespace

//===----------------------------------------------------------------------===//
// While the model runs
//===----------------------------------------------------------------------===//

void CodeSums::add(const statistics::Buffer &buffer, int64_t axis,
                   const QParamsGrid &grid) {
  std::vector<statistics::Dim> others = buffer.dims;
  statistics::Dim channels = others[axis];
  others.erase(others.begin() + axis);
  sums.resize(channels.size);
  auto addRun = [&](const float *run, int64_t size, int64_t stride) {
    for (int64_t i = 0; i < size; ++i)
      for (int64_t c = 0; c < channels.size; ++c)
        sums[c] += grid.quantize(run[i * stride + c * channels.stride], 0);
    count += size;
  };
  statistics::forEachRun(static_cast<const float *>(buffer.data),
                         std::move(others), addRun);
}

void CodeSums::merge(const CodeSums &other) {
  sums.resize(std::max(sums.size(), other.sums.size()));
  for (auto [sum, added] : llvm::zip(sums, other.sums))
    sum += added;
  count += other.count;
}

void InputSums::Sink::observe(int64_t observer,
                              const statistics::Buffer &values) {
  size_t index = observer - parent->firstId;
  const CorrectedLayer &layer = parent->layers[index];
  sums[index].add(values, *layer.layer.getInputAxis(), layer.input);
}

void InputSums::setNumThreads(unsigned count) {
  sinks.resize(count);
  for (Sink &sink : sinks) {
    sink.parent = this;
    sink.sums.resize(layers.size());
  }
}

CodeSums InputSums::take(size_t layer) const {
  CodeSums all;
  for (const Sink &sink : sinks)
    all.merge(sink.sums[layer]);
  return all;
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// The observer of what an operand reads; null without one.
static ObserverOp getObserver(OpOperand &operand,
                              SymbolTableCollection &symbols) {
  auto place = operand.get().getDefiningOp<ObservationOpInterface>();
  return place && place.getObserverAttr()
             ? symbols.lookupNearestSymbolFrom<ObserverOp>(
                   place, place.getObserverAttr())
             : ObserverOp();
}

/// How values become codes; no scales without parameters.
static QParamsGrid getGrid(ObserverOp observer) {
  QParamsGrid grid;
  if (!observer || !observer.getQparams())
    return grid;
  statistics::Quantization codes = getQuantization(observer.getSpec());
  grid.low = codes.quantMin;
  grid.high = codes.quantMax;
  llvm::append_range(grid.scales,
                     observer.getQparams()->getScale().asArrayRef());
  llvm::append_range(grid.zeroPoints,
                     observer.getQparams()->getZeroPoint().asArrayRef());
  return grid;
}

/// Says why a layer stays as it is; empty if it is corrected.
std::string CorrectBiasesPass::add(const Unit &unit,
                                   SymbolTableCollection &symbols) {
  std::optional<FoldableLayer> layer = FoldableLayer::create(unit);
  if (!layer)
    return "its channels are not told apart";
  if (unit.kind == UnitKind::conv_transpose2d)
    return "its elements are sums of parts of the weight that differ";
  OpOperand *input = layer->getInput();
  if (!input || !layer->getInputAxis() ||
      !getElementTypeOrSelf(input->get().getType()).isF32())
    return "the channels of its input are not told apart, or are no f32";
  ObserverOp inputObserver = getObserver(*input, symbols);
  QParamsGrid inputs = getGrid(inputObserver),
              weights = getGrid(getObserver(*layer->getWeight(), symbols));
  if (!inputs.isPerTensor())
    return "its input has no static parameters for the tensor";
  if (!weights.isPerTensor() &&
      int64_t(weights.scales.size()) != layer->countChannels())
    return "its weight has no parameters for the tensor or for each channel";
  if (!weights.isPerTensor() && !perChannel)
    return "its weight has a scale for each channel, which per-channel=false "
           "leaves out";
  if (!layer->hasBias())
    return "it has no bias";
  if (std::string reason = layer->read(); !reason.empty())
    return reason;
  layers.push_back({std::move(*layer), inputObserver, std::move(inputs),
                    std::move(weights)});
  return {};
}

static void remarkSkipped(Operation *layer, StringRef reason) {
  emitRemark(layer->getContext(), layer->getLoc(), "correct-biases", layer)
      << ("its bias is not corrected: " + reason).str();
}

LogicalResult CorrectBiasesPass::collectLayers() {
  bool isValid = true;
  SymbolTableCollection symbols;
  layers.clear();
  getOperation().walk([&](FunctionOpInterface function) {
    UnitGraph graph(function, Reading::prepared);
    if (failed(graph.verify())) {
      isValid = false;
      return;
    }
    for (const Unit &unit : graph.getUnits())
      if (isLayer(unit.kind))
        if (std::string reason = add(unit, symbols); !reason.empty())
          remarkSkipped(unit.anchor, reason);
  });
  return success(isValid);
}

/// Runs a copy of the module that shows the inputs of layers to observers of
/// their own.
LogicalResult CorrectBiasesPass::observe(InputSums &sums, int64_t firstId) {
  IRMapping mapping;
  OwningOpRef<ModuleOp> copy = cast<ModuleOp>(getOperation()->clone(mapping));
  SymbolTable table(*copy);
  for (auto [index, layer] : llvm::enumerate(layers)) {
    ObserverOp observer = layer.inputObserver.clone();
    observer.setId(firstId + index);
    StringAttr name = table.insert(observer);
    OpOperand *input = layer.layer.getInput();
    Operation *reader = mapping.lookup(input->getOwner());
    OpOperand &operand = reader->getOpOperand(input->getOperandNumber());
    OpBuilder builder(reader);
    Value value = operand.get();
    operand.set(ObserveOp::create(builder, reader->getLoc(), value.getType(),
                                  value, FlatSymbolRefAttr::get(name),
                                  /*spec=*/ObserverAttr())
                    .getResult());
  }
  auto function = findEntry(*copy, entry, "entry=");
  return failed(function) ? failure() : execute(*function, sums);
}

LogicalResult CorrectBiasesPass::execute(func::FuncOp function,
                                         InputSums &sums) {
  FailureOr<Inputs> data = failure();
  {
    // What calibration has warned of.
    ScopedDiagnosticHandler handler(&getContext(), [](Diagnostic &diagnostic) {
      return success(diagnostic.getSeverity() == DiagnosticSeverity::Warning);
    });
    data = Inputs::load(function, inputs, "inputs=");
  }
  if (failed(data))
    return failure();
  auto program = Program::compile(function, &sums);
  if (failed(program))
    return failure();
  RunOptions options;
  options.threads = threads;
  sums.setNumThreads(getNumThreads(options, data->getNumRuns()));
  return runAll(**program, *data, options, sums);
}

/// What a code stands for, or a mean of codes, not rounded to float32.
static double toReal(const QParamsGrid &grid, double code, size_t index) {
  return double(float(grid.scales[index])) *
         (code - double(grid.zeroPoints[index]));
}

/// What rounding the weight adds to the mean of each channel.
static std::optional<std::vector<double>> getMeanError(const CorrectedLayer &at,
                                                       const CodeSums &seen) {
  std::vector<double> means;
  for (int64_t sum : seen.sums)
    means.push_back(toReal(at.input, double(sum) / double(seen.count), 0));
  return at.layer.sumOverInputs(means, [&](double element, int64_t channel) {
    size_t index = at.weight.isPerTensor() ? 0 : channel;
    double code = double(at.weight.quantize(float(element), index));
    return toReal(at.weight, code, index) - element;
  });
}

LogicalResult CorrectBiasesPass::run() {
  if (failed(collectLayers()))
    return failure();
  if (layers.empty())
    return success();
  int64_t firstId = 0;
  getOperation().walk([&](ObserverOp observer) {
    firstId = std::max<int64_t>(firstId, observer.getId() + 1);
  });
  InputSums sums(layers, firstId);
  if (failed(observe(sums, firstId)))
    return failure();
  for (auto [index, layer] : llvm::enumerate(layers)) {
    Operation *op = layer.layer.getOp();
    CodeSums seen = sums.take(index);
    if (seen.count == 0) {
      remarkSkipped(op, "no run reaches it");
      continue;
    }
    auto error = getMeanError(layer, seen);
    if (!error) {
      remarkSkipped(op, "its weight does not say which channels of its input "
                        "belong to which group");
      continue;
    }
    for (double &value : *error)
      value = -value;
    layer.layer.shiftBias(*error);
    eraseDead(layer.layer.getReplaced());
  }
  return success();
}
