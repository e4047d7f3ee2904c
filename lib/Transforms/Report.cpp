//===- Report.cpp - Write what was decided, and where observers are -------===//
//
// The pass around lib/Report: reads the module, writes the file, and if an
// earlier pass of the pipeline fails, writes that.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Report/Report.h"
#include "QuantPrep/Support/WholeFile.h"
#include "QuantPrep/Transforms/Passes.h"

#include <mutex>

namespace quantprep {
#define GEN_PASS_DEF_REPORT
#include "QuantPrep/Transforms/Passes.h.inc"
} // namespace quantprep

using namespace mlir;
using namespace quantprep;

namespace {
/// Remembers the warnings and the first error of a context, and lets every
/// diagnostic go on to the handlers before it.
class DiagnosticWatch {
public:
  explicit DiagnosticWatch(MLIRContext *context) : context(context) {
    handler = context->getDiagEngine().registerHandler(
        [this](Diagnostic &diagnostic) -> LogicalResult {
          remember(diagnostic);
          return failure();
        });
  }
  ~DiagnosticWatch() { context->getDiagEngine().eraseHandler(handler); }
  DiagnosticWatch(const DiagnosticWatch &) = delete;
  DiagnosticWatch &operator=(const DiagnosticWatch &) = delete;

  MLIRContext *getContext() const { return context; }
  std::optional<report::Failure> takeFailure() {
    std::lock_guard<std::mutex> lock(mutex);
    return std::exchange(error, std::nullopt);
  }
  std::vector<report::Message> takeWarnings() {
    std::lock_guard<std::mutex> lock(mutex);
    return std::exchange(warnings, {});
  }

private:
  void remember(Diagnostic &diagnostic) {
    report::Message message{diagnostic.str(), {}};
    if (auto loc = diagnostic.getLocation()->findInstanceOf<FileLineColLoc>())
      message.location = (loc.getFilename().getValue() + ":" +
                          Twine(loc.getLine()) + ":" + Twine(loc.getColumn()))
                             .str();
    std::lock_guard<std::mutex> lock(mutex);
    if (diagnostic.getSeverity() == DiagnosticSeverity::Warning)
      warnings.push_back(std::move(message));
    else if (diagnostic.getSeverity() == DiagnosticSeverity::Error && !error)
      error = report::Failure{std::move(message)};
  }

  MLIRContext *context;
  DiagnosticEngine::HandlerID handler;
  std::mutex mutex;
  std::optional<report::Failure> error;
  std::vector<report::Message> warnings;
};

/// A pass that fails ends the pipeline, so that this one never runs. What went
/// wrong is therefore watched from initialization on, and written when the pass
/// goes away without having run. Errors of passes behind this one are not a
/// failed preparation.
struct ReportPass : quantprep::impl::ReportBase<ReportPass> {
  using ReportBase::ReportBase;
  /// A clone reports what it runs on; the watch stays with the original.
  ReportPass(const ReportPass &other) : ReportBase(other) {}
  ~ReportPass() override { reportFailure(); }

  LogicalResult initialize(MLIRContext *context) final {
    watch = std::make_unique<DiagnosticWatch>(context);
    return success();
  }

  void runOnOperation() final {
    FailureOr<report::Model> model = report::buildModel(getOperation());
    if (failed(model)) {
      reportFailure();
      return signalPassFailure();
    }
    // A clone has no watch.
    if (watch)
      model->warnings = watch->takeWarnings();
    if (failed(write(*model, getOperation().getLoc())))
      signalPassFailure();
    watch.reset();
    markAllAnalysesPreserved();
  }

private:
  template <typename Contents>
  LogicalResult write(const Contents &contents, Location loc) {
    llvm::Error error = printWholeFile(
        output, [&](raw_ostream &os) { report::print(contents, format, os); });
    if (!error)
      return success();
    return emitError(loc) << "cannot write the report to '" << output
                          << "': " << llvm::toString(std::move(error))
                          << "; name a file in a folder that exists and can "
                             "be written to";
  }

  void reportFailure() {
    if (!watch)
      return;
    MLIRContext *context = watch->getContext();
    std::optional<report::Failure> seen = watch->takeFailure();
    watch.reset();
    // The error itself has been emitted, and so is one in writing it.
    if (seen)
      (void)write(*seen, UnknownLoc::get(context));
  }

  std::unique_ptr<DiagnosticWatch> watch;
};
} // namespace
