//===- Report.cpp - Write what was decided, and where observers are -------===//
//
// The pass around lib/Report: reads the module, writes the file, and if an
// earlier pass of the pipeline fails, writes that.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Report/Report.h"
#include "QuantPrep/IR/Values.h"
#include "QuantPrep/Interfaces/QuantizableOpInterface.h"
#include "QuantPrep/Support/Nearest.h"
#include "QuantPrep/Support/RepeatedDiagnostic.h"
#include "QuantPrep/Support/WholeFile.h"
#include "QuantPrep/Transforms/Passes.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

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
          if (!isRepeated(diagnostic))
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

/// Whether the driver runs the pass on parts of a file: it tells no pass.
static bool isInputSplit() {
  auto &options = llvm::cl::getRegisteredOptions();
  auto split = options.find("split-input-file");
  return split != options.end() && split->second->getNumOccurrences() > 0;
}

/// The file of a part of a split file: the name says which line the part (or
/// what is wrong in it) begins at, so that each has its own. The path itself
/// for a whole file, for standard output and for devices.
static std::string getPartPath(StringRef path, unsigned line) {
  bool isDevice =
      llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path);
  if (path == "-" || isDevice || !isInputSplit())
    return path.str();
  StringRef extension = llvm::sys::path::extension(path);
  return (path.drop_back(extension.size()) + "." + Twine(std::max(line, 1u)) +
          extension)
      .str();
}

static unsigned getLine(Location loc) {
  auto place = loc->findInstanceOf<FileLineColLoc>();
  return place ? place.getLine() : 0;
}

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
    if (!isPrepared(*model))
      getOperation().emitWarning()
          << "has not been prepared, so that the report is empty; run "
             "qprep-prepare first";
    if (failed(select(*model)))
      return signalPassFailure();
    model->mostBlocks = blocks;
    // A clone has no watch.
    if (watch)
      model->warnings = watch->takeWarnings();
    if (failed(write(*model, getLine(getOperation().getLoc()),
                     getOperation().getLoc())))
      signalPassFailure();
    watch.reset();
    markAllAnalysesPreserved();
  }

private:
  /// Preparation leaves a configuration wherever it finds a unit.
  static bool isPrepared(const report::Model &model) {
    if (model.config)
      return true;
    auto computesOnFloats = [](QuantizableOpInterface op) {
      return llvm::any_of(op->getOperandTypes(), isFloatTensor)
                 ? WalkResult::interrupt()
                 : WalkResult::advance();
    };
    return llvm::none_of(model.functions, [&](auto &function) {
      return function->getUnits().empty() && function->getPlaces().empty() &&
             function->getFunction()->walk(computesOnFloats).wasInterrupted();
    });
  }

  /// What of the model the options choose.
  LogicalResult select(report::Model &model) {
    FailureOr<report::Selection> selection = getSelection();
    if (failed(selection))
      return failure();
    if (!function.empty()) {
      SmallVector<std::string> names;
      for (const auto &built : model.functions)
        names.push_back(built->getName());
      llvm::erase_if(model.functions, [&](const auto &built) {
        return built->getName() != function;
      });
      if (model.functions.empty())
        return emitError(getOperation().getLoc())
               << "qprep-report: function '" << function
               << "' is no function of the module with a body"
               << suggestNearest(function,
                                 llvm::to_vector_of<StringRef>(names));
    }
    if (!selection->isAll())
      for (auto &built : model.functions)
        built->select(*selection);
    return success();
  }

  FailureOr<report::Selection> getSelection() {
    auto error = [&](const Twine &text) -> LogicalResult {
      return emitError(getOperation().getLoc()) << "qprep-report: " << text;
    };
    report::Selection selection;
    selection.labels = labels;
    selection.order = sort;
    for (StringRef name : only) {
      std::optional<qprep::Decision> decision = qprep::symbolizeDecision(name);
      if (!decision)
        return error("only=" + name +
                     " is no decision; known are observed, shared, float and "
                     "skipped");
      selection.decisions.push_back(*decision);
    }
    std::string why;
    if (!labels.empty() && !llvm::Regex(selection.labels).isValid(why))
      return error("labels=" + selection.labels + " does not compile: " + why);
    if (format == ReportFormat::Dot && sort != ReportOrder::Program)
      return error("format=dot has an order of its own; leave sort out, or "
                   "choose another format");
    return selection;
  }

  template <typename Contents>
  LogicalResult write(const Contents &contents, unsigned line, Location loc) {
    std::string path = getPartPath(output, line);
    llvm::Error error = printWholeFile(
        path, [&](raw_ostream &os) { report::print(contents, format, os); });
    if (!error)
      return success();
    return emitError(loc) << "cannot write the report to '" << path
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
    if (seen) {
      // file:line:column
      unsigned line = 0;
      if (StringRef(seen->location)
              .rsplit(':')
              .first.rsplit(':')
              .second.getAsInteger(10, line))
        line = 0;
      (void)write(*seen, line, UnknownLoc::get(context));
    }
  }

  std::unique_ptr<DiagnosticWatch> watch;
};
} // namespace
