//===- Sensitivity.cpp - What each unit costs -----------------------------===//

#include "QuantPrep/Compare/Sensitivity.h"

#include "CalibratedModule.h"
#include "MixedConfig.h"
#include "QuantPrep/Compare/SwitchedProgram.h"
#include "QuantPrep/Execution/RunAll.h"
#include "QuantPrep/Support/WholeFile.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::compare;
using execution::Array;
using Setting = SwitchedProgram::Setting;
using Values = SwitchedProgram::Values;

namespace {
/// Runs a program with different settings, and compares with all off.
class Measurer {
public:
  Measurer(SwitchedProgram &program, const execution::Inputs &inputs,
           unsigned threads)
      : program(program), inputs(inputs) {
    options.threads = threads;
    types = llvm::map_to_vector(
        ArrayRef(program.getFunction().getArgumentTypes()).drop_back(),
        [](Type type) {
          return *execution::ElementType::of(getElementTypeOrSelf(type));
        });
  }

  /// Each of the settings; those that differ late share what is before.
  FailureOr<std::vector<Distance>> measure(ArrayRef<Setting> settings);

private:
  Values getArguments(int64_t run) const;

  SwitchedProgram &program;
  const execution::Inputs &inputs;
  execution::RunOptions options;
  SmallVector<execution::ElementType> types;
};
} // namespace

Values Measurer::getArguments(int64_t run) const {
  Values values;
  for (auto [view, type] : llvm::zip_equal(inputs.getRun(run), types)) {
    Array array;
    array.type = type;
    array.shape.assign(view.shape.begin(), view.shape.end());
    // The inputs keep it.
    array.data = std::shared_ptr<char[]>(std::shared_ptr<char[]>(),
                                         const_cast<char *>(view.data));
    values.push_back(std::move(array));
  }
  return values;
}

static void add(Distance &distance, const Values &reference,
                const Values &other) {
  for (size_t i = 0; i < reference.size(); ++i)
    distance.sums.add(reference[i], {}, other[i], {});
  if (!reference.empty())
    distance.choices.add(reference[0], {}, other[0], {}, {});
}

FailureOr<std::vector<Distance>> Measurer::measure(ArrayRef<Setting> settings) {
  std::vector<std::vector<Distance>> seen(
      execution::getNumThreads(options, inputs.getNumRuns()),
      std::vector<Distance>(settings.size()));
  auto work = [&](unsigned thread,
                  int64_t run) -> std::optional<execution::RunFailure> {
    std::vector<Values> kept;
    Values reference = getArguments(run);
    if (auto failure = program.run(0, reference, program.getAllOff(), &kept))
      return failure;
    kept.push_back(reference);
    for (auto [index, value] : llvm::enumerate(reference))
      if (auto failure = checkNumbers(value, index, "float"))
        return failure;
    for (auto [index, setting] : llvm::enumerate(settings)) {
      unsigned piece = program.getFirstPiece(setting);
      Values values = kept[piece];
      if (auto failure = program.run(piece, values, setting))
        return failure;
      add(seen[thread][index], reference, values);
    }
    return std::nullopt;
  };
  if (failed(execution::forEachRun(program.getFunction().getLoc(), options,
                                   inputs.getNumRuns(), work)))
    return failure();
  std::vector<Distance> distances(settings.size());
  for (const std::vector<Distance> &thread : seen)
    for (auto [all, part] : llvm::zip_equal(distances, thread)) {
      all.sums.merge(part.sums);
      all.choices.merge(part.choices);
    }
  return distances;
}

namespace {
/// What results have to be.
struct Target {
  std::optional<double> sqnr, agreement;

  bool isReached(const Distance &distance) const {
    return (!sqnr || distance.sums.getSqnr() >= *sqnr) &&
           (!agreement || distance.getAgreement() >= *agreement);
  }
  /// What a search has to reach that reached one distance, where another one
  /// was measured then.
  Target raise(const Distance &reached, const Distance &measured) const {
    Target raised = *this;
    if (sqnr)
      raised.sqnr = *sqnr + std::max(0.0, reached.sums.getSqnr() -
                                              measured.sums.getSqnr());
    if (agreement)
      raised.agreement = std::min(
          100.0, *agreement + std::max(0.0, reached.getAgreement() -
                                                measured.getAgreement()));
    return raised;
  }
};

/// Leaves units float until the target is reached.
class MixedSearch {
public:
  /// `order`: the switches, the worst first.
  MixedSearch(Measurer &measurer, const SwitchedProgram &program,
              Setting setting, ArrayRef<unsigned> order, Sensitivity &result)
      : measurer(measurer), program(program), setting(std::move(setting)),
        remaining(order), result(result), reached(result.all) {}

  /// May be called again for more.
  LogicalResult run(const Target &wanted);
  const Distance &getReached() const { return reached; }

private:
  bool isReached(const Distance &distance) const {
    return target.isReached(distance);
  }
  bool isBetter(const Distance &a, const Distance &b) const {
    if (!target.sqnr && a.getAgreement() != b.getAgreement())
      return a.getAgreement() > b.getAgreement();
    return a.sums.getSqnr() > b.sums.getSqnr();
  }
  LogicalResult leaveFloat();
  LogicalResult quantizeAgain();
  void note(unsigned index, const Distance &distance) {
    result.steps.push_back(
        {getLabels(index).back(), !setting[index], distance});
  }

  ArrayRef<std::string> getLabels(unsigned index) const {
    return program.getSwitches()[index].labels;
  }

  Measurer &measurer;
  const SwitchedProgram &program;
  Target target;
  Setting setting;
  SmallVector<unsigned> remaining;
  Sensitivity &result;
  SmallVector<unsigned> floatUnits;
  Distance reached;
};
} // namespace

/// One of the worst, that which helps most now: how units add up is measured.
LogicalResult MixedSearch::leaveFloat() {
  constexpr size_t numCandidates = 4;
  size_t count = std::min(numCandidates, remaining.size());
  std::vector<Setting> settings;
  for (unsigned index : ArrayRef(remaining).take_front(count)) {
    settings.push_back(setting);
    program.set(settings.back(), index, false);
  }
  auto distances = measurer.measure(settings);
  if (failed(distances))
    return failure();
  size_t best = 0;
  for (size_t i = 1; i < count; ++i)
    if (isBetter((*distances)[i], (*distances)[best]))
      best = i;
  unsigned index = remaining[best];
  remaining.erase(remaining.begin() + best);
  program.set(setting, index, false);
  floatUnits.push_back(index);
  reached = (*distances)[best];
  note(index, reached);
  return success();
}

/// What was left float first may not be needed any more.
LogicalResult MixedSearch::quantizeAgain() {
  for (unsigned index : SmallVector<unsigned>(floatUnits)) {
    Setting tried = setting;
    program.set(tried, index, true);
    auto distances = measurer.measure(tried);
    if (failed(distances))
      return failure();
    if (!isReached(distances->front()))
      continue;
    setting = tried;
    reached = distances->front();
    llvm::erase(floatUnits, index);
    remaining.insert(remaining.begin(), index);
    note(index, reached);
  }
  return success();
}

LogicalResult MixedSearch::run(const Target &wanted) {
  target = wanted;
  while (!isReached(reached) && !remaining.empty())
    if (failed(leaveFloat()))
      return failure();
  result.isReached = isReached(reached);
  if (result.isReached && floatUnits.size() > 1)
    if (failed(quantizeAgain()))
      return failure();
  result.floatUnits.clear();
  for (unsigned index : floatUnits)
    llvm::append_range(result.floatUnits, getLabels(index));
  return success();
}

/// Writes the configuration, once what it makes of the module is as good as it
/// should be: the integer form rounds a little more than the units alone.
static LogicalResult writeConfig(ModuleOp reference, ModuleOp calibrated,
                                 const QuantizeOptions &options,
                                 const SensitivityRequest &request,
                                 const Target &wanted, MixedSearch &search,
                                 Sensitivity &result) {
  constexpr int attempts = 4;
  FailureOr<std::string> config;
  for (int i = 0; i < attempts; ++i) {
    config = printMixedConfig(calibrated, result.floatUnits);
    if (failed(config))
      return failure();
    auto distance = measureMixed(reference, *config, options, request);
    if (failed(distance))
      return failure();
    result.written = *distance;
    if (!result.isReached || wanted.isReached(*distance))
      break;
    if (failed(search.run(wanted.raise(search.getReached(), *distance))))
      return failure();
  }
  result.isReached &= wanted.isReached(*result.written);
  if (llvm::Error error =
          printWholeFile(request.configFile,
                         [&](llvm::raw_ostream &file) { file << *config; }))
    return emitError(reference.getLoc())
           << "cannot write '" << request.configFile
           << "': " << llvm::toString(std::move(error));
  return success();
}

/// Each unit alone, and all of them.
static FailureOr<SmallVector<unsigned>>
measureAlone(Measurer &measurer, const SwitchedProgram &program, Setting &all,
             Sensitivity &result) {
  SmallVector<unsigned> order;
  std::vector<Setting> settings;
  for (auto [index, unit] : llvm::enumerate(program.getSwitches())) {
    if (!unit.isUsed)
      continue;
    order.push_back(index);
    settings.push_back(program.getAllOff());
    settings.back()[index] = 1;
    program.set(all, index, true);
  }
  settings.push_back(all);
  auto distances = measurer.measure(settings);
  if (failed(distances))
    return failure();
  result.all = distances->back();
  auto positions = llvm::to_vector(llvm::seq<size_t>(0, order.size()));
  llvm::sort(positions, [&](size_t a, size_t b) {
    return std::pair((*distances)[a].sums.getSqnr(), a) <
           std::pair((*distances)[b].sums.getSqnr(), b);
  });
  SmallVector<unsigned> sorted;
  for (size_t position : positions) {
    sorted.push_back(order[position]);
    result.rows.push_back({program.getSwitches()[order[position]].labels,
                           (*distances)[position]});
  }
  return sorted;
}

/// How the float module is quantized again.
static QuantizeOptions getQuantizeOptions(const SensitivityRequest &request) {
  QuantizeOptions options;
  options.config = request.config;
  options.entry = request.entry;
  options.threads = request.threads;
  llvm::append_range(options.inputs, request.calibration.empty()
                                         ? request.inputs
                                         : request.calibration);
  return options;
}

FailureOr<Sensitivity>
compare::measureSensitivity(ModuleOp reference, ModuleOp quantized,
                            const SensitivityRequest &request) {
  const QuantizeOptions options = getQuantizeOptions(request);
  auto calibrated = getCalibratedModule(reference, quantized, options);
  if (failed(calibrated))
    return failure();
  auto program =
      SwitchedProgram::create(**calibrated, reference, request.entry);
  auto function = execution::findEntry(**calibrated, request.entry, "--entry");
  if (failed(program) || failed(function))
    return failure();
  auto inputs = execution::Inputs::load(*function, request.inputs, "--input",
                                        request.labels);
  if (failed(inputs))
    return failure();
  Measurer measurer(**program, *inputs, request.threads);
  Sensitivity result;
  Setting all = (*program)->getAllOff();
  auto order = measureAlone(measurer, **program, all, result);
  if (failed(order))
    return failure();
  Target target = {request.targetSqnr, request.targetAgreement};
  if (!target.sqnr && !target.agreement)
    return result;
  MixedSearch search(measurer, **program, all, *order, result);
  if (failed(search.run(target)) ||
      (!request.configFile.empty() &&
       failed(writeConfig(reference, **calibrated, options, request, target,
                          search, result))))
    return failure();
  return result;
}
