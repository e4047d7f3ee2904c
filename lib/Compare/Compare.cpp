//===- Compare.cpp - A float and a quantized module on the same data ------===//

#include "QuantPrep/Compare/Compare.h"
#include "QuantPrep/Compare/UnitValues.h"
#include "QuantPrep/Execution/Npz.h"
#include "QuantPrep/Execution/RunAll.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;
using execution::Array;
using execution::Program;

namespace {
/// A value of both modules.
struct Pair {
  UnitValue *reference, *quantized;
};

/// Runs both programs on the same inputs, and compares.
class Comparer {
public:
  Comparer(const Program &reference, const Program &quantized,
           const execution::Inputs &inputs,
           const execution::Inputs &otherInputs, ArrayRef<Decoder> decoders,
           unsigned numResults, const std::vector<std::vector<int64_t>> &labels,
           unsigned threads)
      : reference(reference), quantized(quantized), inputs(inputs),
        otherInputs(otherInputs), decoders(decoders), numResults(numResults),
        labels(labels), sums(threads), choices(threads) {
    for (auto &thread : sums)
      thread.resize(decoders.size());
    for (auto &thread : choices)
      thread.resize(numResults);
  }

  std::optional<execution::RunFailure> run(unsigned thread, int64_t run) {
    SmallVector<Array> values, others;
    if (auto failure = reference.run(inputs.getRun(run), values, nullptr))
      return failure;
    if (auto failure = quantized.run(otherInputs.getRun(run), others, nullptr))
      return failure;
    ArrayRef<int64_t> right;
    if (!labels.empty())
      right = labels[run];
    for (size_t i = 0; i < decoders.size(); ++i) {
      if (getNumElements(values[i]) != getNumElements(others[i]))
        return execution::RunFailure{
            "result #" + std::to_string(i) +
                " of the quantized function, or the value of a unit, has " +
                std::to_string(getNumElements(others[i])) +
                " elements, and that of the float function " +
                std::to_string(getNumElements(values[i])),
            std::nullopt};
      sums[thread][i].add(values[i], {}, others[i], decoders[i]);
      if (i < numResults)
        choices[thread][i].add(values[i], {}, others[i], decoders[i], right);
    }
    return std::nullopt;
  }

  Sums getSums(size_t index) const {
    Sums all;
    for (const auto &thread : sums)
      all.merge(thread[index]);
    return all;
  }
  Choices getChoices(size_t index) const {
    Choices all;
    for (const auto &thread : choices)
      all.merge(thread[index]);
    return all;
  }

private:
  const Program &reference, &quantized;
  const execution::Inputs &inputs, &otherInputs;
  ArrayRef<Decoder> decoders;
  unsigned numResults;
  const std::vector<std::vector<int64_t>> &labels;
  std::vector<std::vector<Sums>> sums;
  std::vector<std::vector<Choices>> choices;
};
} // namespace

FailureOr<std::vector<std::vector<int64_t>>>
compare::readLabels(ModuleOp module, const Request &request, int64_t runs) {
  std::vector<std::vector<int64_t>> labels;
  if (request.labels.empty())
    return labels;
  std::vector<int64_t> all;
  for (const std::string &path : request.inputs) {
    auto arrays = execution::readArrays(path);
    if (!arrays)
      return emitError(module.getLoc())
             << "cannot read '" << path
             << "': " << llvm::toString(arrays.takeError());
    auto found = llvm::find_if(*arrays, [&](const auto &array) {
      return array.name == request.labels;
    });
    if (found == arrays->end())
      return emitError(module.getLoc())
             << "file '" << path << "' has no array '" << request.labels
             << "', which --labels names";
    if (found->array.type.kind != 'i' && found->array.type.kind != 'u')
      return emitError(module.getLoc())
             << "array '" << request.labels << "' of file '" << path << "' is "
             << execution::formatArrayType(found->array.shape,
                                           found->array.type)
             << "; numbers of classes are needed, as integers";
    std::vector<double> numbers(getNumElements(found->array));
    Decoder().decode(found->array, 0, numbers);
    all.insert(all.end(), numbers.begin(), numbers.end());
  }
  if (all.empty() || all.size() % runs != 0)
    return emitError(module.getLoc()) << all.size() << " labels for " << runs
                                      << " runs; as many are needed for each";
  size_t each = all.size() / runs;
  for (int64_t run = 0; run < runs; ++run)
    labels.emplace_back(all.begin() + run * each,
                        all.begin() + (run + 1) * each);
  return labels;
}

static bool isComparable(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && execution::ElementType::of(type.getElementType());
}

/// The values that both have, by label.
static std::vector<Pair> pairValues(LabelledModule &reference,
                                    LabelledModule &quantized,
                                    Comparison &comparison) {
  llvm::StringMap<UnitValue *> byLabel;
  for (UnitValue &value : reference.getValues())
    for (const ConvertedUnit &unit : value.units)
      byLabel[unit.label] = &value;
  std::vector<Pair> pairs;
  llvm::StringSet<> known;
  for (UnitValue &value : quantized.getValues()) {
    for (const ConvertedUnit &unit : value.units)
      known.insert(unit.label);
    UnitValue *other = byLabel.lookup(value.getLabel());
    // Codes of channels have no scale in common.
    bool isOneScale =
        !value.units.back().scale || value.units.back().scale.size() == 1;
    if (!other || !isOneScale || !isComparable(value.op->getResult(0)) ||
        !isComparable(other->op->getResult(0)))
      comparison.onlyQuantized.push_back(value.getLabel().str());
    else
      pairs.push_back({other, &value});
  }
  for (UnitValue &value : reference.getValues())
    for (const ConvertedUnit &unit : value.units)
      if (!known.contains(unit.label))
        comparison.onlyFloat.push_back(unit.label.str());
  return pairs;
}

/// The rows of the units that an op reads from, through ops of none.
static std::vector<unsigned>
findSources(Operation *op, const DenseMap<Operation *, unsigned> &rows) {
  std::vector<unsigned> sources;
  SetVector<Value> values(op->operand_begin(), op->operand_end());
  for (size_t i = 0; i < values.size(); ++i) {
    Operation *producer = values[i].getDefiningOp();
    if (!producer)
      continue;
    if (auto row = rows.find(producer); row != rows.end())
      sources.push_back(row->second);
    else
      values.insert(producer->operand_begin(), producer->operand_end());
  }
  return sources;
}

/// A row for each unit, without what it costs. Compiling takes the ops apart,
/// so that this is before it.
static void addRows(ArrayRef<Pair> pairs, Comparison &comparison) {
  DenseMap<Operation *, unsigned> rows;
  for (const Pair &pair : pairs) {
    UnitValue &value = *pair.quantized;
    std::vector<unsigned> sources = findSources(value.op, rows);
    for (const ConvertedUnit &unit : value.units) {
      UnitRow row;
      row.label = unit.label.str();
      row.kind = stringifyEnum(unit.kind).str();
      row.form = stringifyEnum(unit.form).str();
      row.measuredAt = value.getLabel().str();
      row.step = getDecoder(value.units.back()).scale;
      row.sources = std::exchange(sources, {unsigned(comparison.units.size())});
      comparison.units.push_back(std::move(row));
    }
    rows[value.op] = comparison.units.size() - 1;
  }
}

static void setSums(ArrayRef<Pair> pairs, const Comparer &comparer,
                    unsigned numResults, Comparison &comparison) {
  auto row = comparison.units.begin();
  for (auto [index, pair] : llvm::enumerate(pairs))
    for (size_t i = 0; i < pair.quantized->units.size(); ++i)
      row++->sums = comparer.getSums(numResults + index);
}

FailureOr<Comparison> compare::compareModules(ModuleOp reference,
                                              ModuleOp quantized,
                                              const Request &request) {
  auto other = LabelledModule::create(quantized, request.entry, false);
  auto first = LabelledModule::create(reference, request.entry,
                                      hasFoldedUnits(quantized));
  if (failed(other) || failed(first))
    return failure();
  func::FuncOp function = first->getFunction();
  if (function.getNumResults() != other->getFunction().getNumResults())
    return emitError(other->getFunction().getLoc())
           << "has " << other->getFunction().getNumResults()
           << " results, and the float function " << function.getNumResults()
           << "; give the module that was quantized from it";
  Comparison comparison;
  comparison.numNested = other->getNumNested();
  unsigned numResults = function.getNumResults();
  std::vector<Pair> pairs = pairValues(*first, *other, comparison);
  std::vector<Decoder> decoders(numResults);
  SmallVector<Value> referenceValues, values;
  for (const Pair &pair : pairs) {
    referenceValues.push_back(pair.reference->op->getResult(0));
    values.push_back(pair.quantized->op->getResult(0));
    decoders.push_back(getDecoder(pair.quantized->units.back()));
  }
  addRows(pairs, comparison);
  auto inputs =
      execution::Inputs::load(function, request.inputs, request.labels);
  auto otherInputs = execution::Inputs::load(other->getFunction(),
                                             request.inputs, request.labels);
  if (failed(inputs) || failed(otherInputs))
    return failure();
  auto labels = readLabels(reference, request, inputs->getNumRuns());
  auto program = first->compile(referenceValues);
  auto otherProgram = other->compile(values);
  if (failed(labels) || failed(program) || failed(otherProgram))
    return failure();
  execution::RunOptions options;
  options.threads = request.threads;
  int64_t runs = inputs->getNumRuns();
  Comparer comparer(**program, **otherProgram, *inputs, *otherInputs, decoders,
                    numResults, *labels,
                    execution::getNumThreads(options, runs));
  auto run = [&](unsigned thread, int64_t run) {
    return comparer.run(thread, run);
  };
  auto done = execution::forEachRun(function.getLoc(), options, runs, run);
  if (failed(done))
    return failure();
  comparison.runs = *done;
  for (unsigned i = 0; i < numResults; ++i) {
    comparison.results.push_back(comparer.getSums(i));
    comparison.choices.push_back(comparer.getChoices(i));
  }
  setSums(pairs, comparer, numResults, comparison);
  return comparison;
}
