//===- Calibration.cpp - Statistics of all observers of a program ---------===//

#include "QuantPrep/Execution/Calibration.h"

#include "QuantPrep/IR/ObserverStatistics.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::execution;
using namespace quantprep::qprep;

/// What one thread sees.
class Calibration::Sink : public ObservationSink {
public:
  explicit Sink(const Calibration &parent) : parent(parent) {
    for (const statistics::Spec &spec : parent.specs)
      statistics.emplace_back(spec);
    complaints.resize(statistics.size());
  }

  void observe(int64_t observer, const statistics::Buffer &values) override {
    unsigned index = parent.indexById.lookup(observer);
    if (parent.isConstant[index] && run > 0)
      return;
    std::optional<std::string> &complaint = complaints[index];
    if (!complaint)
      complaint = statistics[index].observe(
          values, parent.isConstant[index] ? statistics::constantRun : run);
  }

  const Calibration &parent;
  int64_t run = statistics::constantRun;
  std::vector<statistics::Statistics> statistics;
  /// What was wrong with the values, by observer.
  std::vector<std::optional<std::string>> complaints;
};

Calibration::Calibration(ArrayRef<ObserverOp> all,
                         const DenseMap<ObserverOp, int64_t> &axisCounts,
                         bool seesConstants)
    : seesConstants(seesConstants) {
  for (ObserverOp observer : all) {
    std::optional<statistics::Spec> spec =
        getStatisticsSpec(observer.getSpec());
    if (!spec)
      continue;
    indexById[observer.getId()] = observers.size();
    observers.push_back(observer);
    if (auto count = axisCounts.find(observer); count != axisCounts.end())
      spec->axisCount = count->second;
    specs.push_back(*spec);
  }
  isConstant.resize(specs.size());
  constants = std::make_unique<Sink>(*this);
}

Calibration::~Calibration() = default;

bool Calibration::isCollected(ObserverOp observer) {
  // By number: the observer may be a copy.
  return indexById.contains(observer.getId());
}

void Calibration::noteConstant(ObserverOp observer) {
  isConstant[indexById.lookup(observer.getId())] = true;
}

ObservationSink &Calibration::getConstants() { return *constants; }

void Calibration::setNumThreads(unsigned count) {
  for (unsigned i = 0; i < count; ++i)
    sinks.push_back(std::make_unique<Sink>(*this));
}

ObservationSink *Calibration::begin(unsigned thread, int64_t run) {
  sinks[thread]->run = run;
  return sinks[thread].get();
}

LogicalResult Calibration::take(
    function_ref<void(ObserverOp, const statistics::Statistics &)> result) {
  bool valid = true;
  for (size_t index = 0; index < observers.size(); ++index) {
    ObserverOp observer = observers[index];
    statistics::Statistics all(specs[index]);
    std::optional<std::string> complaint;
    auto merge = [&](const Sink &sink) {
      if (!complaint)
        complaint = sink.complaints[index];
      if (!complaint)
        complaint = all.merge(sink.statistics[index],
                              isConstant[index] ? statistics::SameRun::Keep
                                                : statistics::SameRun::Refuse);
    };
    if (seesConstants)
      merge(*constants);
    for (const std::unique_ptr<Sink> &sink : sinks)
      merge(*sink);
    if (complaint) {
      observer.emitOpError() << "cannot be shown its values: " << *complaint;
      valid = false;
      continue;
    }
    result(observer, all);
  }
  return success(valid);
}
