//===- Compare.cpp - A float and a quantized module on the same data ------===//

#include "QuantPrep/Compare/Compare.h"

#include "ClassLabels.h"
#include "QuantPrep/Compare/UnitValues.h"
#include "QuantPrep/Execution/RunAll.h"
#include "QuantPrep/IR/Annotations.h"
#include "QuantPrep/Support/InParallel.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"

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

/// One of the two modules, on its way to a program.
struct Side {
  explicit Side(ModuleOp original) : original(original) {}

  ModuleOp original;
  FailureOr<LabelledModule> module = failure();
  /// What is compared, after the results.
  SmallVector<Value> values;
  FailureOr<execution::Inputs> inputs = failure();
  FailureOr<std::unique_ptr<Program>> program = failure();

  LogicalResult label(StringRef entry, bool fold) {
    module = LabelledModule::create(original, entry, fold);
    return module;
  }
  func::FuncOp getFunction() { return module->getFunction(); }
  LogicalResult load(const Request &request) {
    inputs = execution::Inputs::load(getFunction(), request.inputs, "--input",
                                     request.labels);
    return inputs;
  }
  LogicalResult compile() {
    program = module->compile(values);
    return program;
  }
  std::optional<execution::RunFailure>
  run(int64_t run, SmallVectorImpl<Array> &results) const {
    return (*program)->run(inputs->getRun(run), results, nullptr);
  }
};

/// Runs both programs on the same inputs, and compares.
class Comparer {
public:
  Comparer(const Side &reference, const Side &quantized,
           ArrayRef<Decoder> decoders, unsigned numResults,
           const ClassLabels &labels, unsigned threads)
      : reference(reference), quantized(quantized), decoders(decoders),
        numResults(numResults), labels(labels), sums(threads),
        choices(threads) {
    for (auto &thread : sums)
      thread.resize(decoders.size());
    for (auto &thread : choices)
      thread.resize(numResults);
  }

  std::optional<execution::RunFailure> run(unsigned thread, int64_t run) {
    SmallVector<Array> values, others;
    if (auto failure = reference.run(run, values))
      return failure;
    if (auto failure = quantized.run(run, others))
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
      if (i >= numResults)
        continue;
      if (auto failure = checkNumbers(values[i], i, "float"))
        return failure;
      if (auto failure = checkNumbers(others[i], i, "quantized"))
        return failure;
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
  const Side &reference, &quantized;
  ArrayRef<Decoder> decoders;
  unsigned numResults;
  const ClassLabels &labels;
  std::vector<std::vector<Sums>> sums;
  std::vector<std::vector<Choices>> choices;
};
} // namespace

static bool areComparable(Value value, Value other) {
  RankedTensorType types[] = {dyn_cast<RankedTensorType>(value.getType()),
                              dyn_cast<RankedTensorType>(other.getType())};
  for (RankedTensorType type : types)
    if (!type || !execution::ElementType::of(type.getElementType()))
      return false;
  return !types[0].hasStaticShape() || !types[1].hasStaticShape() ||
         types[0].getNumElements() == types[1].getNumElements();
}

namespace {
/// The values of one module, by what their units are called.
class ValuesByName {
public:
  explicit ValuesByName(std::vector<UnitValue> &values) {
    for (UnitValue &value : values)
      for (auto [unit, key] : llvm::zip_equal(value.units, value.keys)) {
        byKey[key] = &value;
        byLabel[unit.label].push_back(&value);
      }
  }

  /// Forms of a module may have another kind for one unit.
  UnitValue *find(StringRef key, StringRef label) const {
    if (UnitValue *value = byKey.lookup(key))
      return value;
    auto values = byLabel.find(label);
    return values != byLabel.end() && values->second.size() == 1
               ? values->second.front()
               : nullptr;
  }

private:
  llvm::StringMap<UnitValue *> byKey;
  llvm::StringMap<SmallVector<UnitValue *, 1>> byLabel;
};
} // namespace

/// The values that both have.
static std::vector<Pair> pairValues(LabelledModule &reference,
                                    LabelledModule &quantized,
                                    Comparison &comparison) {
  ValuesByName floats(reference.getValues());
  ValuesByName others(quantized.getValues());
  std::vector<Pair> pairs;
  for (UnitValue &value : quantized.getValues()) {
    UnitValue *other = floats.find(value.keys.back(), value.getLabel());
    // Codes of channels have no scale in common.
    bool isOneScale =
        !value.units.back().scale || value.units.back().scale.size() == 1;
    if (other && isOneScale &&
        areComparable(value.op->getResult(0), other->op->getResult(0)))
      pairs.push_back({other, &value});
    else if (StringRef(value.keys.back()).ends_with("#0"))
      // Others are of units whose value is quantized in two ways.
      comparison.onlyQuantized.push_back(value.getLabel().str());
  }
  for (UnitValue &value : reference.getValues())
    for (auto [unit, key] : llvm::zip_equal(value.units, value.keys))
      if (!others.find(key, unit.label))
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

/// A module that other passes have lowered may have lost all names, but not
/// what it is a form of.
static LogicalResult checkCommonUnits(LabelledModule &first,
                                      LabelledModule &other, ModuleOp quantized,
                                      ArrayRef<Pair> pairs) {
  if (!pairs.empty() || first.getValues().empty())
    return success();
  bool isLowered = llvm::any_of(quantized.getOps<FunctionOpInterface>(),
                                [](FunctionOpInterface function) {
                                  return function->hasAttr(annotations::units);
                                });
  if (!isLowered && !other.getValues().empty())
    return emitError(other.getFunction().getLoc())
           << "has no unit with the label of a unit of the float module, as '"
           << first.getValues().front().getLabel()
           << "'; give the module that was quantized from it, with the same "
              "names in locations";
  emitWarning(quantized.getLoc())
      << "no unit has the label of a unit of the float module, so that only "
         "results are compared; labels are names in locations, which "
         "--mlir-print-debuginfo and bytecode keep";
  return success();
}

/// What is compared of both, and how it is decoded.
static FailureOr<std::vector<Pair>> chooseValues(Side &reference,
                                                 Side &quantized,
                                                 std::vector<Decoder> &decoders,
                                                 Comparison &comparison) {
  std::vector<Pair> pairs =
      pairValues(*reference.module, *quantized.module, comparison);
  if (failed(checkCommonUnits(*reference.module, *quantized.module,
                              quantized.original, pairs)))
    return failure();
  for (const Pair &pair : pairs) {
    reference.values.push_back(pair.reference->op->getResult(0));
    quantized.values.push_back(pair.quantized->op->getResult(0));
    decoders.push_back(getDecoder(pair.quantized->units.back()));
  }
  addRows(pairs, comparison);
  return pairs;
}

FailureOr<Comparison> compare::compareModules(ModuleOp reference,
                                              ModuleOp quantized,
                                              const Request &request) {
  Side sides[] = {Side(reference), Side(quantized)};
  Side &first = sides[0], &other = sides[1];
  auto forBoth = [&](auto work) {
    return forBothContexts(reference.getContext(), quantized.getContext(),
                           [&](int i) { return work(sides[i]); });
  };
  bool fold = hasFoldedUnits(quantized);
  if (failed(forBoth([&](Side &side) {
        return side.label(request.entry, fold && &side == &first);
      })))
    return failure();
  unsigned numResults = first.getFunction().getNumResults();
  if (numResults != other.getFunction().getNumResults())
    return emitError(other.getFunction().getLoc())
           << "has " << other.getFunction().getNumResults()
           << " results, and the float function " << numResults
           << "; give the module that was quantized from it";
  Comparison comparison;
  comparison.numNested = other.module->getNumNested();
  std::vector<Decoder> decoders(numResults);
  auto pairs = chooseValues(first, other, decoders, comparison);
  if (failed(pairs) || failed(first.load(request)) ||
      failed(other.load(request)))
    return failure();
  auto labels = readLabels(first.getFunction(), *first.inputs, request.labels);
  if (failed(labels) ||
      failed(forBoth([](Side &side) { return side.compile(); })))
    return failure();
  execution::RunOptions options;
  options.threads = request.threads;
  int64_t runs = first.inputs->getNumRuns();
  Comparer comparer(first, other, decoders, numResults, *labels,
                    execution::getNumThreads(options, runs));
  auto run = [&](unsigned thread, int64_t run) {
    return comparer.run(thread, run);
  };
  auto done =
      execution::forEachRun(first.getFunction().getLoc(), options, runs, run);
  if (failed(done))
    return failure();
  comparison.runs = *done;
  for (unsigned i = 0; i < numResults; ++i) {
    comparison.results.push_back(comparer.getSums(i));
    comparison.choices.push_back(comparer.getChoices(i));
  }
  setSums(*pairs, comparer, numResults, comparison);
  return comparison;
}
