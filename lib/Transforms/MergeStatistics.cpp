//===- MergeStatistics.cpp - Adds what observers saw in other parts -------===//
//
// Each part is read into a context of its own: its weights and resources go
// away with it, and do not meet those of the module.
//
//===----------------------------------------------------------------------===//

#include "ObserverTable.h"
#include "QuantPrep/Transforms/Passes.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/SourceMgr.h"

namespace quantprep {
#define GEN_PASS_DEF_MERGESTATISTICS
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

static std::string toText(Attribute attr) {
  std::string text;
  llvm::raw_string_ostream(text) << attr;
  return text;
}

namespace {
class Part {
public:
  Part(StringRef path, ModuleOp module)
      : path(path), module(module),
        context(module.getContext()->getDialectRegistry(),
                MLIRContext::Threading::DISABLED) {
    context.allowUnregisteredDialects(
        module.getContext()->allowsUnregisteredDialects());
  }

  LogicalResult addTo(const std::map<std::string, ObserverOp> &observers) {
    auto report = [&](Diagnostic &diagnostic) { forward(diagnostic); };
    ScopedDiagnosticHandler handler(&context, report);
    OwningOpRef<ModuleOp> part = load();
    if (!part)
      return failure();
    auto others = collectObservers(*part);
    for (auto [name, observer] : observers)
      if (!others.count(name))
        return emitError(observer.getLoc())
               << "observer '" << name << "' is not in '" << path
               << "'; merge parts of one prepared module";
    for (auto [name, other] : others) {
      auto it = observers.find(name);
      if (it == observers.end())
        return emitError(module.getLoc())
               << "'" << path << "' has an observer '" << name
               << "', which the module has not; merge parts of one prepared "
                  "module";
      if (failed(add(it->second, other)))
        return failure();
    }
    return success();
  }

private:
  OwningOpRef<ModuleOp> load() {
    FailureOr<std::string> text = readFile(path, module.getLoc());
    if (failed(text))
      return {};
    llvm::SourceMgr sources;
    sources.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBufferCopy(*text, path), SMLoc());
    return parseSourceFile<ModuleOp>(sources, &context);
  }

  LogicalResult add(ObserverOp observer, ObserverOp other) {
    std::string spec = toText(observer.getSpec());
    std::string otherSpec = toText(other.getSpec());
    if (spec != otherSpec)
      return observer.emitOpError()
             << "has spec " << spec << ", but in '" << path << "' it has "
             << otherSpec << "; merge parts of one prepared module";
    FailureOr<statistics::Statistics> seen = readStatistics(other);
    return failed(seen) ? failure() : addStatistics(observer, *seen, path);
  }

  /// What is wrong in the part, said in the context of the module.
  void forward(Diagnostic &diagnostic) {
    MLIRContext *target = module.getContext();
    Location loc = UnknownLoc::get(target);
    if (auto file = diagnostic.getLocation()->findInstanceOf<FileLineColLoc>())
      loc = FileLineColLoc::get(target, file.getFilename().getValue(),
                                file.getLine(), file.getColumn());
    target->getDiagEngine().emit(loc, diagnostic.getSeverity())
        << diagnostic.str();
  }

  StringRef path;
  ModuleOp module;
  MLIRContext context;
};

struct MergeStatisticsPass
    : quantprep::impl::MergeStatisticsBase<MergeStatisticsPass> {
  using MergeStatisticsBase::MergeStatisticsBase;
  void runOnOperation() final {
    ModuleOp module = getOperation();
    if (from.empty()) {
      emitError(module.getLoc()) << "nothing to merge; name calibrated parts "
                                    "with from=a.mlir,b.mlir";
      return signalPassFailure();
    }
    auto observers = collectObservers(module);
    for (const std::string &path : from)
      if (failed(Part(path, module).addTo(observers)))
        return signalPassFailure();
  }
};
} // namespace
