//===- quant-prep-compare.cpp - What quantization costs -------------------===//

#include "../RunTool.h"

#include "QuantPrep/Compare/Sensitivity.h"
#include "QuantPrep/Support/EnumParser.h"
#include "QuantPrep/Support/IgnoredSignals.h"
#include "QuantPrep/Support/InParallel.h"
#include "QuantPrep/Support/WholeFile.h"

#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/WithColor.h"

#include <cmath>

/// Unknown values are answered with the known ones.
namespace llvm::cl {
template <>
class parser<quantprep::compare::Format>
    : public quantprep::EnumParser<quantprep::compare::Format> {
  using EnumParser::EnumParser;
};
} // namespace llvm::cl

using namespace llvm;
using namespace quantprep;
using compare::Format;

namespace {
struct Options : RunToolOptions {
  cl::opt<std::string> reference{cl::Positional, cl::Required,
                                 cl::desc("FLOAT")};
  cl::opt<std::string> quantized{cl::Positional, cl::Required,
                                 cl::desc("QUANTIZED")};
  cl::opt<std::string> output{"output", cl::cat(category), cl::init("-"),
                              cl::value_desc("FILE"),
                              cl::desc("Where the report goes")};
  cl::alias outputAlias{"o", cl::aliasopt(output), cl::NotHidden,
                        cl::desc("Same as --output")};
  cl::opt<Format> format{
      "format", cl::cat(category), cl::init(Format::Text),
      cl::desc("Format of the report"),
      cl::values(clEnumValN(Format::Text, "text", "text, for people"),
                 clEnumValN(Format::Json, "json", "JSON, for programs"),
                 clEnumValN(Format::Dot, "dot", "Graphviz"),
                 clEnumValN(Format::Svg, "svg", "a picture"))};
  cl::opt<unsigned> top{"top", cl::cat(category), cl::init(0),
                        cl::value_desc("N"),
                        cl::desc("List the N worst units (default: all)")};
  cl::opt<std::string> labels{
      "labels", cl::cat(category), cl::value_desc("NAME"),
      cl::desc("Array of the inputs that has the right class of each result")};
  cl::opt<bool> sensitivity{
      "sensitivity", cl::cat(category),
      cl::desc("Quantize each unit alone, and say what the results lose")};
  cl::list<std::string> calibration{
      "calibration", cl::cat(category), cl::CommaSeparated,
      cl::value_desc("FILE,..."),
      cl::desc("What ranges come from, if QUANTIZED has no observers any more "
               "(default: --input)")};
  cl::opt<std::string> config{
      "config", cl::cat(category), cl::value_desc("FILE"),
      cl::desc("Configuration that QUANTIZED was prepared by, likewise")};
  cl::opt<double> targetSqnr{
      "target-sqnr", cl::cat(category), cl::value_desc("DB"),
      cl::desc("Leave units float until the results are so good")};
  cl::opt<double> targetAgreement{
      "target-agreement", cl::cat(category), cl::value_desc("PERCENT"),
      cl::desc("Leave units float until so many choices are the same")};
  cl::opt<std::string> writeConfig{
      "write-config", cl::cat(category), cl::value_desc("FILE"),
      cl::desc("Where the configuration goes that leaves them float")};

  bool hasTarget() const {
    return targetSqnr.getNumOccurrences() ||
           targetAgreement.getNumOccurrences();
  }
  bool isSensitivity() const { return sensitivity || hasTarget(); }
};
} // namespace

static bool emitError(const Twine &message) {
  WithColor::error(errs(), "quant-prep-compare") << message << '\n';
  return false;
}

/// Options that would be without effect are errors.
static bool checkOptions(const Options &options) {
  bool isSensitivity = options.isSensitivity();
  if (!options.writeConfig.empty() && !options.hasTarget())
    return emitError("--write-config needs --target-sqnr or "
                     "--target-agreement to be reached");
  if (!isSensitivity &&
      (!options.calibration.empty() || !options.config.empty()))
    return emitError("--calibration and --config are for --sensitivity");
  bool isPicture =
      options.format == Format::Dot || options.format == Format::Svg;
  if (isSensitivity && isPicture)
    return emitError("--format=dot and svg show no sensitivity; choose text or "
                     "json");
  if (options.top.getNumOccurrences() && isPicture)
    return emitError("--top is for text and json: pictures have all units");
  if (options.targetAgreement.getNumOccurrences() &&
      !(options.targetAgreement > 0 && options.targetAgreement <= 100))
    return emitError("--target-agreement is no share of 0 to 100 percent");
  if (std::isnan(options.targetSqnr))
    return emitError("--target-sqnr is no number of decibels");
  if (!options.writeConfig.empty() && options.writeConfig == options.output)
    return emitError("--write-config and --output are one file: '" +
                     options.output + "'");
  if (options.reference == "-" && options.quantized == "-")
    return emitError("only one of both modules can come from standard input");
  return true;
}

static compare::SensitivityRequest getRequest(const Options &options) {
  compare::SensitivityRequest request;
  request.inputs.assign(options.inputs.begin(), options.inputs.end());
  request.entry = options.entry;
  request.threads = options.threads;
  request.labels = options.labels;
  request.calibration.assign(options.calibration.begin(),
                             options.calibration.end());
  request.config = options.config;
  if (options.targetSqnr.getNumOccurrences())
    request.targetSqnr = options.targetSqnr;
  if (options.targetAgreement.getNumOccurrences())
    request.targetAgreement = options.targetAgreement;
  request.configFile = options.writeConfig;
  return request;
}

template <typename Result>
static bool write(const mlir::FailureOr<Result> &result,
                  const Options &options) {
  if (failed(result))
    return false;
  Error error = printWholeFile(options.output, [&](raw_ostream &os) {
    compare::print(*result, options.format, options.top, os);
  });
  if (error)
    return emitError("cannot write '" + options.output +
                     "': " + toString(std::move(error)));
  return true;
}

static bool run(mlir::ModuleOp reference, mlir::ModuleOp quantized,
                const Options &options) {
  compare::SensitivityRequest request = getRequest(options);
  if (!options.isSensitivity())
    return write(compare::compareModules(reference, quantized, request),
                 options);
  auto sensitivity = compare::measureSensitivity(reference, quantized, request);
  return write(sensitivity, options) && sensitivity->isReached;
}

int main(int argc, char **argv) {
  quantprep::keepIgnoredSignals();
  InitLLVM init(argc, argv);
  cl::ResetCommandLineParser();
  Options options;
  cl::SetVersionPrinter(printVersion);
  cl::ParseCommandLineOptions(
      argc, argv,
      "Compares a quantized module with the float one on the same data, unit "
      "by unit\n\n"
      "  quant-prep-compare model.mlir int8.mlir --input=test.npz\n"
      "  quant-prep-compare model.mlir int8.mlir --input=test.npz "
      "--labels=labels --top=10\n");
  if (!checkOptions(options))
    return EXIT_FAILURE;
  RunToolContext context;
  // Two modules are worked on at once, if they have nothing in common.
  std::optional<RunToolContext> own;
  if (!options.isSensitivity())
    own.emplace();
  RunToolContext *contexts[] = {&context, own ? &*own : &context};
  const std::string paths[] = {options.reference, options.quantized};
  mlir::OwningOpRef<mlir::ModuleOp> modules[2];
  auto parse = [&](int i) {
    modules[i] = contexts[i]->parse(paths[i]);
    return mlir::success(bool(modules[i]));
  };
  bool isDone = succeeded(forBothContexts(&contexts[0]->get(),
                                          &contexts[1]->get(), parse)) &&
                run(*modules[0], *modules[1], options);
  return isDone ? EXIT_SUCCESS : EXIT_FAILURE;
}
