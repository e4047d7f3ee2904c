//===- ImportStatistics.cpp - Adds what the runtime library has written ---===//

#include "ObserverTable.h"
#include "QuantPrep/Transforms/Passes.h"

#include "llvm/Support/JSON.h"

namespace quantprep {
#define GEN_PASS_DEF_IMPORTSTATISTICS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace json = llvm::json;

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

namespace quantprep::statistics {
/// "min" and "max", where null stands for no finite value.
static bool readRanges(json::ObjectMapper &object, std::vector<Range> &ranges,
                       json::Path path) {
  std::vector<std::optional<double>> min, max;
  if (!object.map("min", min) || !object.map("max", max))
    return false;
  if (min.size() != max.size()) {
    path.report("min and max must have as many entries");
    return false;
  }
  for (auto [low, high] : llvm::zip(min, max))
    ranges.push_back(low && high ? Range(*low, *high) : Range());
  return true;
}

static bool fromJSON(const json::Value &value, Histogram &histogram,
                     json::Path path) {
  json::ObjectMapper object(value, path);
  int64_t exponent, first;
  std::vector<int64_t> counts;
  if (!object || !object.map("exponent", exponent) ||
      !object.map("first", first) || !object.map("counts", counts))
    return false;
  exponent = std::clamp<int64_t>(exponent, INT32_MIN, INT32_MAX);
  histogram = Histogram(exponent, first, std::move(counts));
  return true;
}

static bool fromJSON(const json::Value &value, Pass &pass, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("run", pass.run) &&
         readRanges(object, pass.ranges, path);
}

static bool fromJSON(const json::Value &value, Data &data, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && readRanges(object, data.ranges, path) &&
         object.map("count", data.count) &&
         object.map("infinite", data.infinite) && object.map("nan", data.nan) &&
         object.map("runs", data.runs) &&
         object.mapOptional("histogram", data.histogram) &&
         object.mapOptional("passes", data.passes);
}
} // namespace quantprep::statistics

namespace {
struct Entry {
  int64_t id;
  statistics::Data data;
};

struct StatisticsFile {
  int64_t version;
  std::vector<Entry> observers;
};

bool fromJSON(const json::Value &value, Entry &entry, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("id", entry.id) &&
         object.map("statistics", entry.data);
}

bool fromJSON(const json::Value &value, StatisticsFile &file, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("version", file.version) &&
         object.map("observers", file.observers);
}
} // namespace

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct ImportStatisticsPass
    : quantprep::impl::ImportStatisticsBase<ImportStatisticsPass> {
  using ImportStatisticsBase::ImportStatisticsBase;

  LogicalResult initializeOptions(
      StringRef options,
      function_ref<LogicalResult(const Twine &)> errorHandler) final {
    return Pass::initializeOptions(toFileOption(options), errorHandler);
  }

  void runOnOperation() final {
    if (failed(run()))
      signalPassFailure();
  }

private:
  LogicalResult run() {
    Location loc = getOperation().getLoc();
    auto loaded = readJSON<StatisticsFile>(
        file, loc, "is no file of statistics",
        "name one that QPREP_RUNTIME_OUTPUT has written");
    if (failed(loaded))
      return failure();
    if (loaded->version != 1)
      return emitError(loc) << "'" << file << "' has version "
                            << loaded->version << ", known is version 1";
    llvm::DenseMap<int64_t, ObserverOp> observers;
    for (auto &[path, observer] : collectObservers(getOperation())) {
      auto [it, isNew] = observers.try_emplace(observer.getId(), observer);
      if (isNew)
        continue;
      InFlightDiagnostic diag = observer.emitOpError()
                                << "has id " << observer.getId()
                                << ", and so has one of another module; "
                                   "import into one module at a time";
      diag.attachNote(it->second.getLoc()) << "the other observer is here";
      return diag;
    }
    for (Entry &entry : loaded->observers)
      if (failed(add(entry, observers.lookup(entry.id))))
        return failure();
    return success();
  }

  LogicalResult add(Entry &entry, ObserverOp observer) {
    if (!observer)
      return emitError(getOperation().getLoc())
             << "'" << file << "' has statistics of observer " << entry.id
             << ", but the module has no observer with that id; import into "
                "the module that qprep-lower-observers ran on";
    std::optional<statistics::Spec> spec =
        getStatisticsSpec(observer.getSpec());
    if (!spec || entry.data.count == 0)
      return success();
    if (auto problem = findInconsistency(*spec, entry.data))
      return observer.emitOpError()
             << "cannot take the statistics of '" << file << "': " << *problem;
    return addStatistics(observer, {*spec, std::move(entry.data)}, file);
  }
};
} // namespace
