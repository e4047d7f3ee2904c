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
  return success();
}
