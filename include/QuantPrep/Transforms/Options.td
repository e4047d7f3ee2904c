//===- Options.td - Options of several passes --------------*- tablegen -*-===//

#ifndef QUANTPREP_TRANSFORMS_OPTIONS_TD
#define QUANTPREP_TRANSFORMS_OPTIONS_TD

include "mlir/Pass/PassBase.td"

/// What preparation is told. Pipelines take it, and hand it on.
defvar prepareOptions = [
  Option<"config", "config", "std::string", /*default=*/"",
         "File with a qprep.config, or @symbol of one in the module">,
  Option<"qconfig", "qconfig", "std::string", "",
         "Preset of qconfigs, none, or @symbol of one in the configuration">,
  Option<"backend", "backend", "std::string", "",
         "Preset of a backend, or @symbol of one in the configuration">,
  ListOption<"inputsQuantized", "inputs-quantized", "int64_t",
         "Arguments that the caller quantizes, by index">, // F10
  ListOption<"outputsQuantized", "outputs-quantized", "int64_t",
         "Results that the caller wants quantized, by index">, // F25
  Option<"entry", "entry", "std::string", "",
         "Function whose arguments and results are meant (default: every public one; placement=value: the only public one)">,
  Option<"qat", "qat", "bool", /*default=*/"false",
         "Prepare for quantization-aware training">, // F30
  Option<"placement", "placement", "::quantprep::PlacementOption",
         "::quantprep::PlacementOption::Configured", "How values to observe are found",
         [{::llvm::cl::values(
           clEnumValN(::quantprep::PlacementOption::Configured, "configured", "as the configuration says, else graph"),
           clEnumValN(::quantprep::PlacementOption::Graph, "graph", "by the dtypes of units, as FX graph mode"),
           clEnumValN(::quantprep::PlacementOption::Value, "value", "by value, across functions, as TorchScript"))}]>,
  Option<"mode", "mode", "::quantprep::ModeOption",
         "::quantprep::ModeOption::Configured", "What placement=value observes", // T18
         [{::llvm::cl::values(
           clEnumValN(::quantprep::ModeOption::Configured, "configured", "as the configuration says, else static"),
           clEnumValN(::quantprep::ModeOption::Static, "static", "activations and weights"),
           clEnumValN(::quantprep::ModeOption::Dynamic, "dynamic", "what units read that quantize at run time"))}]>,
  Option<"onDevice", "on-device", "bool", /*default=*/"false",
         "Instrument a copy observe_<entry> with calls inlined">, // T16
  Option<"resetFunctions", "reset-functions", "bool", /*default=*/"false",
         "Make a function that resets the observers of the entry">, // T15
  Option<"strict", "strict", "bool", /*default=*/"false",
         "What is without effect is an error instead of a warning">,
  ListOption<"patterns", "patterns", "std::string",
         "Files of unit patterns: PDL as .mlir, .mlirbc or .pdll">
];

/// How scales and zero points are chosen.
defvar qparamsOptions = [
  Option<"method", "method", "::quantprep::QParamsMethod",
         "::quantprep::QParamsMethod::Configured", "How the range of a histogram is chosen",
         [{::llvm::cl::values(
           clEnumValN(::quantprep::QParamsMethod::Configured, "configured", "as the observer's kind says"),
           clEnumValN(::quantprep::QParamsMethod::MinMax, "minmax", "all values"),
           clEnumValN(::quantprep::QParamsMethod::MSE, "mse", "least mean squared error"),
           clEnumValN(::quantprep::QParamsMethod::Percentile, "percentile", "all but the outermost values"),
           clEnumValN(::quantprep::QParamsMethod::Entropy, "entropy", "least loss of information"))}]>,
  Option<"percentile", "percentile", "double", /*default=*/"99.99",
         "Share of the values to keep, with method=percentile">
];

#endif // QUANTPREP_TRANSFORMS_OPTIONS_TD
