//===- Passes.td - Pipelines of passes ---------------------*- tablegen -*-===//

#ifndef QUANTPREP_PIPELINES_PASSES_TD
#define QUANTPREP_PIPELINES_PASSES_TD

include "QuantPrep/Transforms/Options.td"

include "QuantPrep/Support/CheckedPass.td"

def Prepare : QPrep_ModulePass<"qprep-prepare"> {
  let summary = "Prepares a float model for quantization";
  let description = [{
    Finds the units of the model, decides which values will be quantized and to what, and puts
    observers on them. A pipeline of the steps that follow, which can be run one by one:

    ```
    builtin.module(
      qprep-attach-config, qprep-copy-entry, qprep-clone-functions,
      any(qprep-match-units, qprep-fuse-units, qprep-assign-qconfig),
      qprep-propagate-dtypes, qprep-propagate-values, any(qprep-insert-observers),
      qprep-share-observers, qprep-add-reset-functions, qprep-clear-annotations)
    ```
  }];
  let options = prepareOptions;
}

def Quantize : QPrep_ModulePass<"qprep-quantize"> {
  let summary = "Quantizes a float model: prepares it, calibrates it on data, converts it";
  let description = [{
    From a float model and arrays for its arguments to a model that computes on integers:

    ```
    quant-prep-opt model.mlir --qprep-quantize=inputs=calibration.npz -o int8.mlir
    ```

    A pipeline of the passes that follow, which can be run one by one, and what is between
    them edited by hand:

    ```
    builtin.module(
      qprep-fold-batch-norm, qprep-prepare{backend=tosa qconfig=tosa}, qprep-calibrate,
      qprep-choose-qparams, qprep-convert, qprep-lower-to-integer)
    ```

    Where weights have one scale (qconfig `tosa-per-tensor`), `qprep-correct-biases` comes after
    `qprep-choose-qparams`; with `correct-biases=all`, also where they have one for each channel.

    It takes the options of `qprep-prepare`, and those of the steps after it. The qconfig and the
    backend are `tosa` where neither an option nor a configuration names others.
  }];
  let options = !listconcat(prepareOptions, [
    ListOption<"inputs", "inputs", "std::string",
           "Files and globs of arrays to calibrate on, .npy or .npz">,
    Option<"threads", "threads", "unsigned", /*default=*/"0",
           "Runs that go at once (default: one per core)">
  ], qparamsOptions, [
    Option<"foldBatchNorm", "fold-batch-norm", "bool", /*default=*/"true",
           "Make batch norms part of the layers before them">,
    Option<"correctBiases", "correct-biases", "::quantprep::CorrectedBiases",
           "::quantprep::CorrectedBiases::PerTensor",
           "Of which layers the biases lose what rounding the weight adds on average",
           [{::llvm::cl::values(
             clEnumValN(::quantprep::CorrectedBiases::None, "none", "of none"),
             clEnumValN(::quantprep::CorrectedBiases::PerTensor, "per-tensor", "where the weight has one scale"),
             clEnumValN(::quantprep::CorrectedBiases::All, "all", "also where it has one for each channel"))}]>,
    Option<"to", "to", "::quantprep::QuantizedForm", "::quantprep::QuantizedForm::Integer",
           "The form that the model ends in",
           [{::llvm::cl::values(
             clEnumValN(::quantprep::QuantizedForm::Reference, "reference", "quantize and dequantize around float ops"),
             clEnumValN(::quantprep::QuantizedForm::Integer, "integer", "ops on integers"))}]>,
    Option<"floatUnits", "float", "::quantprep::FloatOption", "::quantprep::FloatOption::Allow",
           "What becomes of a quantized unit that has no integer form",
           [{::llvm::cl::values(
             clEnumValN(::quantprep::FloatOption::Allow, "allow", "it stays float"),
             clEnumValN(::quantprep::FloatOption::Forbid, "forbid", "an error"))}]>
  ]);
}

#endif // QUANTPREP_PIPELINES_PASSES_TD
