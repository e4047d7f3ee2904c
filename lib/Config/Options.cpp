//===- Options.cpp - Options of preparation -------------------------------===//

#include "Options.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace quantprep;
using namespace quantprep::qprep;

/// The functions whose arguments and results the options mean.
static FailureOr<SmallVector<FunctionOpInterface>>
getEntries(ModuleOp module, StringAttr entry, Location loc) {
  SmallVector<FunctionOpInterface> entries;
  for (auto function : module.getOps<FunctionOpInterface>())
    if (entry ? function.getName() == entry.getValue() : function.isPublic())
      entries.push_back(function);
  if (entry && entries.empty())
    return mlir::emitError(loc)
           << "entry '" << entry.getValue() << "' is no function of the module";
  return entries;
}

/// An index must mean something in at least one function.
static LogicalResult
checkIndexes(ArrayRef<FunctionOpInterface> entries, ArrayRef<int64_t> indexes,
             StringRef option, StringRef what,
             function_ref<unsigned(FunctionOpInterface)> getNumber,
             Location loc) {
  for (int64_t index : indexes) {
    if (index < 0)
      return mlir::emitError(loc)
             << option << " has a negative index: " << index
             << "; they are counted from 0";
    if (llvm::any_of(entries, [&](FunctionOpInterface function) {
          return index < int64_t(getNumber(function));
        }))
      continue;
    InFlightDiagnostic error =
        mlir::emitError(loc)
        << option << " has index " << index << ", but no "
        << (entries.size() == 1 ? "such " : "entry function has such ") << what
        << (entries.size() == 1 ? " exists" : "");
    for (FunctionOpInterface function : entries)
      error.attachNote(function.getLoc())
          << "@" << function.getName() << " has " << getNumber(function);
    return error;
  }
  return success();
}

static DenseI64ArrayAttr choose(MLIRContext *context, ArrayRef<int64_t> option,
                                DenseI64ArrayAttr written) {
  return option.empty() ? written : DenseI64ArrayAttr::get(context, option);
}

//===----------------------------------------------------------------------===//
// placement=value
//===----------------------------------------------------------------------===//

/// Options that belong to the other placement would be ignored in silence.
static LogicalResult checkPlacement(ConfigOp config, ConfigOp written) {
  bool byValue = config.getPlacement() == Placement::value;
  auto reject = [&](bool isGiven, StringRef option, StringRef rule) {
    if (!isGiven)
      return success();
    return LogicalResult(mlir::emitError(config.getLoc())
                         << option << " is an option of placement="
                         << (byValue ? "graph" : "value") << " (" << rule
                         << "); leave it out, or change the placement");
  };
  if (!byValue)
    return failure(
        failed(
            reject(config.getMode() == Mode::dynamic, "mode=dynamic", "T18")) ||
        failed(reject(config.getOnDevice(), "on-device", "T16")) ||
        failed(reject(config.getResetFunctions(), "reset-functions", "T15")));
  auto has = [&](auto isWanted) {
    return written && llvm::any_of(written.getBody().front(), isWanted);
  };
  auto indexes = [](std::optional<ArrayRef<int64_t>> listed) {
    return listed && !listed->empty();
  };
  return failure(
      failed(reject(indexes(config.getInputsQuantized()), "inputs-quantized",
                    "F10")) ||
      failed(reject(indexes(config.getOutputsQuantized()), "outputs-quantized",
                    "F25")) ||
      failed(reject(config.getQat(), "qat", "F30")) ||
      failed(reject(has(llvm::IsaPred<StandaloneOp>), "qprep.standalone",
                    "F28")) ||
      failed(reject(has(llvm::IsaPred<CustomOp>), "qprep.custom", "F29")) ||
      failed(reject(has([](Operation &op) {
                      auto assign = dyn_cast<AssignOp>(op);
                      return assign && assign.getEqualization();
                    }),
                    "qprep.assign equalization", "F27")));
}

/// The one function that placement=value begins with; null if there is none to
/// prepare.
static FailureOr<StringAttr>
chooseEntry(ModuleOp module, ArrayRef<FunctionOpInterface> candidates,
            Location loc) {
  SmallVector<FunctionOpInterface> entries;
  for (FunctionOpInterface function : candidates)
    if (!function.isExternal())
      entries.push_back(function);
  if (entries.size() == 1)
    return entries.front().getNameAttr();
  if (module.getOps<FunctionOpInterface>().empty())
    return StringAttr();
  InFlightDiagnostic error =
      mlir::emitError(loc)
      << "placement=value begins with one function, but the module has "
      << (entries.empty() ? "no public one with a body" : "several public ones")
      << "; say entry=NAME";
  for (FunctionOpInterface function : entries)
    error.attachNote(function.getLoc()) << "there is @" << function.getName();
  return error;
}

LogicalResult quantprep::setOptions(ModuleOp module,
                                    const ConfigRequest &request,
                                    ConfigOp written, ConfigOp result) {
  MLIRContext *context = module.getContext();
  DenseI64ArrayAttr inputs, outputs;
  StringAttr entry;
  if (written) {
    inputs = written.getInputsQuantizedAttr();
    outputs = written.getOutputsQuantizedAttr();
    entry = written.getEntryAttr();
  }
  inputs = choose(context, request.inputsQuantized, inputs);
  outputs = choose(context, request.outputsQuantized, outputs);
  if (!request.entry.empty())
    entry = StringAttr::get(context, request.entry);

  Location loc = result.getLoc();
  FailureOr<SmallVector<FunctionOpInterface>> entries =
      getEntries(module, entry, loc);
  if (failed(entries))
    return failure();
  auto indexes = [](DenseI64ArrayAttr attr) {
    return attr ? attr.asArrayRef() : ArrayRef<int64_t>();
  };
  if (failed(checkIndexes(
          *entries, indexes(inputs), "inputs-quantized", "argument",
          [](FunctionOpInterface f) { return f.getNumArguments(); }, loc)) ||
      failed(checkIndexes(
          *entries, indexes(outputs), "outputs-quantized", "result",
          [](FunctionOpInterface f) { return f.getNumResults(); }, loc)))
    return failure();
  result.setInputsQuantizedAttr(inputs);
  result.setOutputsQuantizedAttr(outputs);
  result.setEntryAttr(entry);
  result.setQat(request.qat || (written && written.getQat()));
  result.setPlacement(request.placement.value_or(
      written ? written.getPlacement() : Placement::graph));
  result.setMode(
      request.mode.value_or(written ? written.getMode() : Mode::static_));
  result.setOnDevice(request.onDevice || (written && written.getOnDevice()));
  result.setResetFunctions(request.resetFunctions ||
                           (written && written.getResetFunctions()));
  result.setStrict(request.strict || (written && written.getStrict()));
  if (failed(checkPlacement(result, written)))
    return failure();
  if (result.getPlacement() == Placement::graph)
    return success();
  FailureOr<StringAttr> only = chooseEntry(module, *entries, loc);
  if (failed(only))
    return failure();
  result.setEntryAttr(*only);
  return success();
}
