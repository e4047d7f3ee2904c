//===- Passes.td - Passes of QuantPrep ---------------------*- tablegen -*-===//

#ifndef QUANTPREP_TRANSFORMS_PASSES_TD
#define QUANTPREP_TRANSFORMS_PASSES_TD

include "QuantPrep/Transforms/Options.td"

include "QuantPrep/Support/CheckedPass.td"

//===----------------------------------------------------------------------===//
// The steps of qprep-prepare, in order
//===----------------------------------------------------------------------===//

def AttachConfig : QPrep_ModulePass<"qprep-attach-config"> {
  let summary = "Puts the configuration into the module";
  let description = [{
    Resolves what preparation is told (a configuration file, or a `qprep.config` of
    the module, or presets) into one private `qprep.config`, which the later passes
    read. Nothing given: qconfig `fbgemm` on backend `native`.

    `qat` (F30): nothing given, the qconfig is `fbgemm-qat`, and observers that the
    backend puts in the place of a qconfig's fake-quantize. A qconfig that is given is
    taken as it is.

    Before and after (the pattern is one of many):

    ```mlir
    qprep.config @mine {
      qprep.assign global "fbgemm"
      qprep.assign kind "sigmoid" none
    }

    qprep.config private @qprep_config backend @native attributes {qprep.generated} {
      qprep.qconfig @fbgemm <activation = <histogram, ...>, weight = <per_channel_minmax, ...>>
      qprep.qconfig @fbgemm_tanh <activation = <fixed_qparams, ...>, weight = <minmax, ...>>
      qprep.assign global @fbgemm
      qprep.assign kind "sigmoid" none
      qprep.assign kind "tanh" @fbgemm_tanh
      qprep.backend @native {
        qprep.pattern @add by_operands dtypes [...] {
          %0 = qprep.node add
        }
      }
    }
    ```

    Options beat the configuration, a configuration beats presets, and what it writes
    out beats what a preset in it brings along (docs/configuration.md).

    Whatever an earlier preparation left in the module is undone first, so that
    preparing twice is preparing once (B4).

    The one pass that takes these options; `qprep-prepare` and `qprep-quantize` hand them on.
  }];
  let options = !listconcat(prepareOptions, [
    Option<"defaultPreset", "default-preset", "std::string", /*default=*/"",
           "Preset of qconfigs and of a backend for where nothing else names one">
  ]);
  let dependentDialects = ["::quantprep::qprep::QPrepDialect",
                           "::mlir::pdl::PDLDialect",
                           "::mlir::pdl_interp::PDLInterpDialect"];
}

def CopyEntry : QPrep_ModulePass<"qprep-copy-entry"> {
  let summary = "Copies the entry function for on-device preparation"; // T16
  let description = [{
    With `on_device`, the entry function is copied to `observe_<entry>`, with all calls of
    functions with a body inlined. The copy is what is prepared; the entry, and what
    it calls, stay as they are. Strip removes the copy.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def CloneFunctions : QPrep_ModulePass<"qprep-clone-functions"> {
  let summary = "Makes one function per qconfig of those that are called"; // T1, T2
  let description = [{
    An assignment at level `name` also speaks of functions, by their path: `qprep.module`,
    else their symbol. It holds for what they call, unless that has one of its own; so does
    none. Each function gets what holds for it as `qprep.assigned`, which its units have
    before weaker levels.

    A private function that is reached with two answers is cloned, once for each, and the
    calls are redirected. Clones know their origin, and strip takes them away.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def MatchUnits : QPrep_FunctionPass<"qprep-match-units"> {
  let summary = "Finds the units of a function: ops to kinds to clusters";
  let description = [{
    Every op that computes on float tensors becomes an anchor (`qprep.unit`) or a
    member (`qprep.member`) of a unit: by its kind (`QuantizableOpInterface`), or by a
    cluster of kinds that together are one (`linear`, `softmax`, ...). Longer
    clusters are tried first; an op that two units want is a unit of its own. Ops on
    constants alone make constants and belong to no unit.

    Before and after:

    ```mlir
    %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
    %1 = tosa.mul %x, %0, %shift : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>

    %0 = tosa.sigmoid %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
    %1 = tosa.mul %x, %0, %shift {qprep.unit = #qprep.unit<silu [input, internal, _]>} : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
    ```

    Units of the user's own go first: PDL patterns over ops that `patterns` names, and
    `qprep.cluster` ops of the configuration (docs/user-patterns.md).

    The last pass that knows dialects other than its own.
  }];
  let options = [
    ListOption<"patterns", "patterns", "std::string",
           "Files of unit patterns: PDL as .mlir, .mlirbc or .pdll">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect",
                           "::mlir::pdl::PDLDialect", "::mlir::pdl_interp::PDLInterpDialect"];
}

def FuseUnits : QPrep_FunctionPass<"qprep-fuse-units"> {
  let summary = "Matches the patterns of the backend"; // F8
  let description = [{
    Units are visited last to first, patterns longest first and then in the
    backend's order. The anchor of the last unit of a match gets `qprep.pattern`; the
    anchors of the others get `qprep.fused`, for "matched with my only user".

    A weight or bias that the backend's entry for the kind does not name as such becomes
    an input (F6), so that what comes later asks roles alone.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def AssignQConfig : QPrep_FunctionPass<"qprep-assign-qconfig"> {
  let summary = "Gives each unit its qconfig"; // F2
  let description = [{
    Sets `qprep.assigned`, with the level that decided, and on convolutions and
    linear layers that are to be equalized `qprep.equalization` (F27). A fixed-qparams
    kind with another activation observer is an error (F5).
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def PropagateDTypes : QPrep_ModulePass<"qprep-propagate-dtypes"> {
  let summary = "Decides which values will be quantized to what"; // F10-F16, B1, B8, B9, B15, B22
  let description = [{
    Sets `qprep.plan` on every anchor: the decision, the dtype of each operand and result,
    and which of them are observed by which spec. A unit that the backend does not support
    is float to everybody (B8); so is one that would share its input's observer and finds
    none (B9). Where a unit is equalized (F27), its plan says over which dimension; a value
    that branches to another unit with a qconfig is not, with a warning.

    Dtypes go through calls, branches and loops, which get a plan where something is
    quantized. What the units of a private function require of its arguments is asked of its
    calls (T8, B15); what it makes only to return it is left to them to observe. Listed
    results that are not quantized yet are planned to be observed (F25). Functions that may be called from
    elsewhere, or by themselves, have all in place. All that a loop carries in one place is
    quantized if any of it is (B1). A result that branches do not agree on is float, with a
    remark; a branch that yields an argument or a constant does not decide (B22).
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def PropagateValues : QPrep_ModulePass<"qprep-propagate-values"> {
  let summary = "Decides which values placement=value observes"; // T4-T12
  let description = [{
    Follows values from the entry function through calls, branches and loops, by what
    units make of them, which the backend's patterns say (docs/from-torchscript.md). Sets
    `qprep.plan` on anchors, and on the ops and functions whose results and arguments are
    observed. Two different observers for one value (T7), and branches that do not agree
    (T12), are errors.

    Does nothing if the configuration does not say `placement value`.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def InsertObservers : QPrep_FunctionPass<"qprep-insert-observers"> {
  let summary = "Inserts observations with their specs"; // F17-F22, F25-F27
  let description = [{
    Does what `qprep.plan` says, and decides nothing: where a value is planned to be
    observed, a `qprep.observe` with an inline spec is put after it, and the uses that the
    plan speaks of read it. One that is there already is used if its whole spec agrees (F18).
    Observers for equalization (F27) follow, each for one use. Equal ops of units are numbered
    (`qprep.copy`), so that CSE does not merge them.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def ShareObservers : QPrep_ModulePass<"qprep-share-observers"> {
  let summary = "Makes one observer per sharing group"; // F23, B2
  let description = [{
    Groups are the closure of the constraints of sharing units, whatever the order of
    ops. A group has the spec of its first sharing unit's first operand; another spec
    in it is a remark, another dtype an error with the path that connects the two.
    Observers are symbols named for the value they are on, numbered in program order.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def AddResetFunctions : QPrep_ModulePass<"qprep-add-reset-functions"> {
  let summary = "Makes a function that resets the observers"; // T15
  let description = [{
    With `reset_functions`, a function `reset_observers_<entry>` without arguments and
    results, in which a `qprep.reset_observer` resets each observer that preparation made.
    Without observers there is none. Strip removes it.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect", "::mlir::func::FuncDialect"];
}

def ClearAnnotations : QPrep_ModulePass<"qprep-clear-annotations"> {
  let summary = "Removes working state";
  let description = [{
    Removes the parts of the configuration that nothing refers to. An assignment that matches no unit of the module gets a warning.
    What the report and the next stage need stays (F31).
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

//===----------------------------------------------------------------------===//
// What is done with a float module
//===----------------------------------------------------------------------===//

def FoldBatchNorm : QPrep_ModulePass<"qprep-fold-batch-norm"> {
  let summary = "Makes batch norms part of convolutions and linear layers";
  let description = [{
    A batch norm, in any form that `qprep-match-units` knows, or a product with a number or one
    value per channel and the sums around it, becomes part of the weight and bias of the
    convolution, transposed convolution or linear layer before it. One that has none before it
    becomes part of the convolution after it, unless that one reads beyond the edges of its input.

    It changes the program on purpose (results differ by rounding), and so is in no pipeline
    of preparation. New weights are computed in f64 and rounded once. What two layers share is
    copied. Weights without values (`dense_resource<__elided__>`) stay so.

    Everything that is folded must be constant. For each batch norm that stays, a remark
    says why. The layer gets `qprep.folded`, which the report of a later preparation shows.

    Before and after:

    ```mlir
    %0 = tosa.conv2d %x, %w, %b, %z, %z {...}
    %1 = tosa.mul %0, %scale, %shift      // one value per channel each
    %2 = tosa.add %1, %offset

    %0 = tosa.conv2d %x, %w_scaled, %b_scaled_and_offset, %z, %z {..., qprep.folded = ["mul", "add"]}
    ```
  }];
  let dependentDialects = [
    "::quantprep::qprep::QPrepDialect", "::mlir::pdl::PDLDialect",
    "::mlir::pdl_interp::PDLInterpDialect", "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect",
    "::mlir::tosa::TosaDialect"
  ];
}

//===----------------------------------------------------------------------===//
// What is done with a prepared module
//===----------------------------------------------------------------------===//

def Report : QPrep_ModulePass<"qprep-report"> {
  let summary = "Writes what was decided, and where observers are"; // B6
  let description = [{
    Formats: `json` (docs/report.schema.json), `text` (totals, then tables), `dot` (a
    graph of units) and `svg` (the ranges of observers). Totals are those of the whole module;
    `only`, `labels` and `sort` choose which units are listed after them. The file is written
    whole or not at all. If preparation fails
    in the same pipeline, the report holds the error.

    With `--split-input-file` each part has a file of its own, the name of which says the line
    that the part begins at: `report.json` is written as `report.1.json`, `report.20.json`.
    `json-lines` is JSON with one line for each module, so that standard output can be read
    line by line.
  }];
  let options = [
    Option<"output", "output", "std::string", /*default=*/"\"-\"",
           "File to write; - is standard output">,
    Option<"format", "format", "::quantprep::ReportFormat",
           "::quantprep::ReportFormat::Json", "Format of the report",
           [{::llvm::cl::values(
             clEnumValN(::quantprep::ReportFormat::Json, "json", "JSON, for programs"),
             clEnumValN(::quantprep::ReportFormat::JsonLines, "json-lines", "JSON, a line for each module"),
             clEnumValN(::quantprep::ReportFormat::Text, "text", "text, for people"),
             clEnumValN(::quantprep::ReportFormat::Dot, "dot", "Graphviz"),
             clEnumValN(::quantprep::ReportFormat::Svg, "svg", "a picture of the ranges"))}]>,
    Option<"function", "function", "std::string", /*default=*/"",
           "Report this function only">,
    ListOption<"only", "only", "std::string",
           "List units with these decisions only (observed, shared, float, skipped)">,
    Option<"labels", "labels", "std::string", /*default=*/"",
           "List units only in whose label this regex is found">,
    Option<"sort", "sort", "::quantprep::ReportOrder",
           "::quantprep::ReportOrder::Program", "Order of the listed units",
           [{::llvm::cl::values(
             clEnumValN(::quantprep::ReportOrder::Program, "program", "program order"),
             clEnumValN(::quantprep::ReportOrder::Macs, "macs", "most multiply-accumulates first"),
             clEnumValN(::quantprep::ReportOrder::Label, "label", "by label"))}]>,
    Option<"blocks", "blocks", "unsigned", /*default=*/"64",
           "format=dot: draw the units of a function as so many blocks, if there are more (0: each unit)">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def Strip : QPrep_ModulePass<"qprep-strip"> {
  let summary = "Undoes preparation"; // B3
  let description = [{
    Removes the observations, observers, annotations and configuration that
    preparation put in. Observers of the user's own stay.

    With `keep-observers` observations and observers stay as well: what is left is short to
    read and to test, and runs, but nothing can be reported, verified or converted.
  }];
  let options = [
    Option<"keepObservers", "keep-observers", "bool", /*default=*/"false",
           "Remove annotations and configuration only">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def VerifyPrepared : QPrep_ModulePass<"qprep-verify-prepared"> {
  let summary = "Checks the invariants of a prepared module"; // B7
  let description = [{
    Every observer has a place, ids are distinct, sharing units have one observer
    on operand and result. Each observation that a `qprep.plan` asks for is there, and each
    operand that a unit reads quantized comes from an observation of its dtype, wherever that
    is.
  }];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def Calibrate : QPrep_ModulePass<"qprep-calibrate"> {
  let summary = "Runs a prepared module on data; its observers get statistics";
  let description = [{
    Compiles the entry function of a prepared module, with what it calls, runs it on all of
    `inputs` and sets `statistics` of each `qprep.observer`; those it had are replaced. The
    module is what it was but for that.

    `inputs` are files and globs (sorted). A `.npz` has an array for each argument, named by
    its index ("0", "1", ...) or by the name of its location; a `.npy` is the argument of a
    function that has one. An array has the argument's element type, and its shape (one run),
    or a dimension of runs in front of that, or a multiple of the batch as its first
    dimension. `?` takes what comes.

    ```
    quant-prep-opt prepared.mlir --qprep-calibrate=inputs=calibration.npz -o calibrated.mlir
    ```

    What is constant is observed once. Values that are infinite or NaN enter no range; they
    are counted, and a warning names the observer (B18). Statistics do not depend on the
    order of runs, on threads or on parts, but for moving averages, which are taken in the
    order of runs (B20).

    `shard=I/N` takes every N-th run from the I-th on (I from 0); the first part has the
    constants. An interruption ends the process and leaves no output; with `keep-partial` it
    ends the runs, and the output has what was finished.
  }];
  let options = [
    ListOption<"inputs", "inputs", "std::string", "Files and globs of arrays, .npy or .npz">,
    Option<"entry", "entry", "std::string", /*default=*/"",
           "Function to run (default: the only public one)">,
    Option<"threads", "threads", "unsigned", /*default=*/"0",
           "Runs that go at once (default: one per core)">,
    Option<"shard", "shard", "std::string", /*default=*/"",
           "Part of the runs to take, I/N">,
    Option<"keepPartial", "keep-partial", "bool", /*default=*/"false",
           "Keep what was finished when interrupted">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def LowerObservers : QPrep_ModulePass<"qprep-lower-observers"> {
  let summary = "Turns observations into calls of a C function";
  let description = [{
    `qprep.observe` on a memref or tensor becomes a call of
    `<callee>_<element type>(i64 id, memref<*xT>)`, a C function with
    `llvm.emit_c_interface` (QuantPrep/Runtime/Runtime.h); `qprep.reset_observer` one of
    `<callee>_reset(i64 id)`. Before it, `qprep_observe_spec` tells the runtime library
    what an observer with channels, a histogram or a moving average collects; a `callee` of
    one's own gets ids alone. Observers go away; annotations too.
  }];
  let options = [
    Option<"callee", "callee", "std::string", /*default=*/"\"qprep_observe\"",
           "Prefix of the names of the C functions">
  ];
  let dependentDialects = [
    "::quantprep::qprep::QPrepDialect", "::mlir::bufferization::BufferizationDialect",
    "::mlir::func::FuncDialect", "::mlir::memref::MemRefDialect",
    "::mlir::arith::ArithDialect"
  ];
}

def ListPresets : QPrep_ModulePass<"qprep-list-presets"> {
  let summary = "Lists the presets of qconfigs and backends";
  let description = [{
    ```
    quant-prep-opt /dev/null --qprep-list-presets -o /dev/null
    ```
  }];
}

def PrintPreset : QPrep_ModulePass<"qprep-print-preset"> {
  let summary = "Prints a preset, as a start for a configuration of one's own";
  let description = [{
    Writes the file behind a preset's name to standard output. Saved, it is a
    configuration for `config=FILE`:

    ```
    quant-prep-opt /dev/null --qprep-print-preset=name=native -o /dev/null > mine.mlir
    ```
  }];
  let options = [
    Option<"name", "name", "std::string", /*default=*/"", "Name of the preset">,
    Option<"backend", "backend", "bool", /*default=*/"false",
           "The backend of that name, where qconfigs have it too">
  ];
}

//===----------------------------------------------------------------------===//
// From statistics to quantization parameters
//===----------------------------------------------------------------------===//

def MergeStatistics : QPrep_ModulePass<"qprep-merge-statistics"> {
  let summary = "Adds what observers saw in other parts of a calibration";
  let description = [{
    The files are modules that were calibrated on parts of the data; the module that the
    pass runs on is the same prepared module, calibrated on a part too, or not at all.
    The result has the same bits whatever the order of the parts (B20).

    ```
    quant-prep-opt prepared.mlir --qprep-merge-statistics='from=part0.mlir,part1.mlir' -o calibrated.mlir
    ```
  }];
  let options = [
    ListOption<"from", "from", "std::string", "Modules to take statistics from">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def ImportStatistics : QPrep_ModulePass<"qprep-import-statistics"> {
  let summary = "Adds what observers saw in a program of one's own";
  let description = [{
    Reads a file that libQuantPrepRuntime.so has written (QPREP_RUNTIME_OUTPUT), whose
    observers are named by their ids, and adds to the statistics of the module. An observer
    that collects nothing takes nothing.

    ```
    quant-prep-opt prepared.mlir --qprep-import-statistics=statistics.json -o calibrated.mlir
    ```
  }];
  let options = [
    Option<"file", "file", "std::string", /*default=*/"", "File to read; `file=` may be left out">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def ChooseQParams : QPrep_ModulePass<"qprep-choose-qparams"> {
  let summary = "Chooses scales and zero points from statistics";
  let description = [{
    Observers with `qparams` keep them. Others get them by their spec: fixed parameters as
    they are; min/max and moving averages by PyTorch's formulas; histograms by the range
    with the least mean squared error. `method` overrides that for observers with a
    histogram. One that never saw a value is a warning and gets none: its units stay
    float. So are infinite values and NaNs (B18).

    ```mlir
    qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>,
                               statistics = #qprep.statistics<min = [-1.0], max = [1.55], count = 64, runs = 1>,
                               qparams = #qprep.qparams<scale = [1.000000e-02], zero_point = [100]>}
    ```
  }];
  let options = qparamsOptions;
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def CorrectBiases : QPrep_ModulePass<"qprep-correct-biases"> {
  let summary = "Takes out of biases what rounding weights adds on average";
  let description = [{
    For each convolution or linear layer whose weight and input have `qparams`:

    ```
    bias[o] -= sum over k of (rounded weight - weight)[o, k] * mean[k]
    ```

    where `mean[k]` is that of the codes of input channel k over all elements and runs. (Nagel et
    al., "Data-Free Quantization through Weight Equalization and Bias Correction", 2019, section
    4.2; bias correction in AIMET.) Counts and sums of codes are integers: the biases do not
    depend on threads or on the order of runs.

    Runs the model on `inputs`, which are those of `qprep-calibrate`; follows
    `qprep-choose-qparams`. A layer without a constant weight or bias, with an input that has no
    static parameters, a transposed convolution, and one of linalg behind an op that pads, stay as
    they are; a remark says why.

    ```
    quant-prep-opt calibrated.mlir --qprep-choose-qparams --qprep-correct-biases=inputs=calibration.npz
    ```
  }];
  let options = [
    ListOption<"inputs", "inputs", "std::string", "Files and globs of arrays, .npy or .npz">,
    Option<"entry", "entry", "std::string", /*default=*/"",
           "Function to run (default: the only public one)">,
    Option<"perChannel", "per-channel", "bool", /*default=*/"true",
           "Also of weights with a scale for each channel">,
    Option<"threads", "threads", "unsigned", /*default=*/"0",
           "Runs that go at once (default: one per core)">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

def ImportQParams : QPrep_ModulePass<"qprep-import-qparams"> {
  let summary = "Takes scales and zero points from a file";
  let description = [{
    The file is JSON, from another tool or from a report: names of observers as in the
    report, and a scale and zero point for the tensor or for each channel. Observers that it
    does not name keep what they have.

    ```
    {"conv1_out": {"scale": [0.02], "zero_point": [113]}}

    quant-prep-opt prepared.mlir --qprep-import-qparams=qparams.json -o chosen.mlir
    ```
  }];
  let options = [
    Option<"file", "file", "std::string", /*default=*/"", "File to read; `file=` may be left out">
  ];
  let dependentDialects = ["::quantprep::qprep::QPrepDialect"];
}

#endif // QUANTPREP_TRANSFORMS_PASSES_TD
