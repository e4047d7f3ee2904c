//===- ImportQParams.cpp - Takes scales and zero points from a file -------===//

#include "ObserverTable.h"
#include "QuantPrep/Transforms/Passes.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"

#include <cmath>

namespace quantprep {
#define GEN_PASS_DEF_IMPORTQPARAMS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

namespace json = llvm::json;

namespace {
struct Entry {
  std::vector<double> scale;
  std::vector<int64_t> zeroPoint;
};

bool fromJSON(const json::Value &value, Entry &entry, json::Path path) {
  json::ObjectMapper object(value, path);
  return object && object.map("scale", entry.scale) &&
         object.map("zero_point", entry.zeroPoint);
}

struct ImportQParamsPass
    : quantprep::impl::ImportQParamsBase<ImportQParamsPass> {
  using ImportQParamsBase::ImportQParamsBase;

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
    auto entries = readJSON<std::map<std::string, Entry>>(
        file, getOperation().getLoc(), "has no quantization parameters",
        R"(it must be {"OBSERVER": {"scale": [..], "zero_point": [..]}})");
    if (failed(entries))
      return failure();
    // As the report has them: without the modules that they are nested in.
    llvm::StringMap<SmallVector<ObserverOp, 1>> observers;
    getOperation().walk([&](ObserverOp observer) {
      observers[observer.getSymName()].push_back(observer);
    });
    for (auto &[name, entry] : *entries) {
      auto it = observers.find(name);
      if (it == observers.end())
        return emitError(getOperation().getLoc())
               << "'" << file << "' names an observer '" << name
               << "', which the module has not; names are those of the report";
      if (it->second.size() > 1) {
        InFlightDiagnostic diag =
            it->second[0].emitOpError()
            << "is named by '" << file
            << "', and so is one of another module; import into one module "
               "at a time";
        diag.attachNote(it->second[1].getLoc()) << "the other is here";
        return diag;
      }
      if (failed(set(it->second.front(), entry)))
        return failure();
    }
    return success();
  }

  /// What the observer's verifier would say, said of the file.
  LogicalResult set(ObserverOp observer, const Entry &entry) {
    auto refuse = [&]() {
      return observer.emitOpError()
             << "cannot take the parameters of '" << file << "': ";
    };
    ObserverAttr spec = observer.getSpec();
    if (!spec.hasQParams())
      return refuse() << "its spec (" << stringifyEnum(spec.getKind())
                      << (spec.getDynamic() ? ", dynamic" : "") << ") has none";
    size_t size = entry.scale.size();
    if (size == 0 || entry.zeroPoint.size() != size)
      return refuse() << "there are " << size << " scales and "
                      << entry.zeroPoint.size() << " zero points";
    if (!spec.getAxis() && size != 1)
      return refuse() << "there are " << size
                      << " scales, but the observer has one for the tensor";
    if (auto seen = observer.getStatistics();
        seen && seen->getMin().size() != int64_t(size))
      return refuse() << "there are " << size << " scales, but it saw "
                      << seen->getMin().size() << " channels";
    for (double scale : entry.scale)
      if (!(scale > 0) || !std::isfinite(scale))
        return refuse() << "scale must be positive and finite, got: " << scale;
    auto [low, high] = spec.getLimits();
    for (int64_t zeroPoint : entry.zeroPoint)
      if (zeroPoint < low || zeroPoint > high)
        return refuse() << "zero point must be from " << low << " to " << high
                        << ", got: " << zeroPoint;
    Builder builder(&getContext());
    observer.setQparamsAttr(QParamsAttr::get(
        &getContext(), builder.getDenseF64ArrayAttr(entry.scale),
        builder.getDenseI64ArrayAttr(entry.zeroPoint)));
    return success();
  }
};
} // namespace
