//===- QPrepAttrs.td - Attributes of the qprep dialect -----*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPATTRS_TD
#define QUANTPREP_IR_QPREPATTRS_TD

include "mlir/IR/AttrTypeBase.td"
include "QuantPrep/IR/QPrepEnums.td"

class QPrep_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<QPrep_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
}

/// A 64-bit float, written without its type.
class QPrep_OptionalF64<string desc>
    : AttrOrTypeParameter<"::mlir::FloatAttr", desc> {
  let defaultValue = "::mlir::FloatAttr()";
  let parser = "::quantprep::qprep::parseF64($_parser)";
  let printer = "$_printer.printFloat($_self.getValue())";
}

/// A list of 64-bit floats in full: what is read back has the same bits.
class QPrep_F64List<string desc>
    : AttrOrTypeParameter<"::mlir::DenseF64ArrayAttr", desc> {
  let parser = "::quantprep::qprep::parseF64List($_parser)";
  let printer = "::quantprep::qprep::printF64List($_printer, $_self)";
}

class QPrep_OptionalI64<string desc>
    : OptionalParameter<"std::optional<int64_t>", desc>;

/// A flag: its bare keyword, or nothing.
class QPrep_Flag<string desc>
    : AttrOrTypeParameter<"bool", desc> {
  let defaultValue = "false";
}

//===----------------------------------------------------------------------===//
// Observer specs and qconfigs
//===----------------------------------------------------------------------===//

def QPrep_ObserverAttr : QPrep_Attr<"Observer", "observer"> {
  let summary = "the specification of an observer (F3)";
  let description = [{
    What to collect about a value, and which quantization parameters to make of
    it: the kind of observer, the type values will be quantized to, the scheme,
    and the fields of F3.

    `dtype` is an integer of 4, 8, 16 or 32 bits (`ui8`, `i8`, ...), or `f16`, `bf16`, `f32`
    (kinds `placeholder` and `noop` only). `scheme` is per channel for the kinds that look at
    channels, which have an `axis` (a dimension of the observed value) as well; kinds that compute no
    quantization parameters (placeholder, recording, noop, reuse_input) have none.

    | field | of | default |
    |---|---|---|
    | `quant_min`, `quant_max` | kinds with a scheme | all that the dtype has; half of it with `reduce_range` |
    | `eps` | kinds with a scheme, but `fixed_qparams` | 2^-23, the epsilon of f32 |
    | `averaging_constant` | moving averages | 0.01 |
    | `bins`, `upsample_rate` | `histogram` | 2048, 128 |
    | `scale`, `zero_point` | `fixed_qparams` | none: both are required |

    Defaults are part of the attribute, whether they are written or not, and are not printed. Limits that
    are not the default are halved by `reduce_range` too, as in PyTorch.

    Examples:

    ```mlir
    #qprep.observer<histogram, ui8, per_tensor_affine, reduce_range = true>
    #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, quant_min = -127, quant_max = 127, axis = 0>
    #qprep.observer<placeholder, f32>
    ```
  }];
  let parameters = (ins
    EnumParameter<QPrep_ObserverKind>:$kind,
    "::mlir::Type":$dtype,
    OptionalParameter<"std::optional<::quantprep::qprep::Scheme>">:$scheme,
    QPrep_OptionalI64<"smallest quantized value">:$quant_min,
    QPrep_OptionalI64<"largest quantized value">:$quant_max,
    QPrep_Flag<"one bit less than the dtype has">:$reduce_range,
    QPrep_OptionalI64<"dimension of channels">:$axis,
    QPrep_Flag<"parameters are computed at run time">:$dynamic,
    QPrep_Flag<"fake quantize as well">:$fake_quant,
    QPrep_OptionalF64<"smallest scale">:$eps,
    QPrep_OptionalF64<"weight of a new range">:$averaging_constant,
    QPrep_OptionalI64<"bins of the histogram">:$bins,
    QPrep_OptionalI64<"histogram upsampling">:$upsample_rate,
    QPrep_OptionalF64<"fixed scale">:$scale,
    QPrep_OptionalI64<"fixed zero point">:$zero_point,
    QPrep_OptionalI64<"elements of a block along the axis that share parameters">:$block_size
  );
  let hasCustomAssemblyFormat = 1;  // fields in any order, defaults left out
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    ObserverFields getFields() const;
    /// With defaults for what the fields leave out.
    static ObserverAttr get(const ObserverFields &fields);

    /// Whether one set of parameters per channel is made.
    bool isPerChannel() const;
    /// Whether it makes scales and zero points.
    bool hasQParams() const;
    /// The smallest and the largest code: quant_min and quant_max, else those of
    /// the dtype. Of integer dtypes only.
    std::pair<int64_t, int64_t> getLimits() const;
    /// Whether dtype is a float type (f16, bf16, f32): nothing to calibrate.
    bool hasFloatDType() const;
    /// The same spec over another axis; itself if it has no axis.
    ObserverAttr withAxis(int64_t axis) const;
    /// The same spec, with or without fake quantization (F30).
    ObserverAttr withFakeQuant(bool fakeQuant) const;
    /// Whether it observes for equalization (F27), not for quantization.
    bool isEqualization() const;
  }];
}

def QPrep_QConfigAttr : QPrep_Attr<"QConfig", "qconfig"> {
  let summary = "observer specs for the activations and the weights of a unit (F1)";
  let description = [{
    Both are needed; `placeholder` with dtype `f32` stands for "not quantized".

    ```mlir
    #qprep.qconfig<activation = <placeholder, f16>, weight = <placeholder, f16>>
    ```
  }];
  let parameters = (ins "ObserverAttr":$activation, "ObserverAttr":$weight);
  let assemblyFormat = "`<` struct(params) `>`";
}

//===----------------------------------------------------------------------===//
// What a backend supports
//===----------------------------------------------------------------------===//

def QPrep_DTypeAttr : QPrep_Attr<"DType", "dtype"> {
  let summary = "a dtype that a backend takes, with constraints (F6)";
  let description = [{
    A spec satisfies it if its dtype is `type`, its quantized range lies inside
    `quant_min` and `quant_max`, its `eps` is not under `scale_min`, and its fixed
    scale and zero point are those given.

    ```mlir
    #qprep.dtype<i8, quant_min = -127, quant_max = 127, scale_min = 2.44140625E-4>
    ```
  }];
  let parameters = (ins
    "::mlir::Type":$type,
    QPrep_OptionalI64<"lower bound of quant_min">:$quant_min,
    QPrep_OptionalI64<"upper bound of quant_max">:$quant_max,
    QPrep_OptionalF64<"lower bound of the scale">:$scale_min,
    QPrep_OptionalF64<"exact scale">:$scale,
    QPrep_OptionalI64<"exact zero point">:$zero_point
  );
  let assemblyFormat = [{
    `<` custom<DType>($type) (`,` struct($quant_min, $quant_max, $scale_min, $scale, $zero_point)^)? `>`
  }];
  let genVerifyDecl = 1;
}

def QPrep_DTypeConfigAttr : QPrep_Attr<"DTypeConfig", "dtypes"> {
  let summary = "dtypes of the operands and the result of a pattern (F6)";
  let description = [{
    What it leaves out agrees with everything.

    ```mlir
    #qprep.dtypes<input = <ui8>, output = <ui8>, weight = <i8>, bias = <f32>>
    #qprep.dtypes<input = <ui8>, output = <f32>, weight = <i8>, bias = <f32>, dynamic = true>
    ```
  }];
  let parameters = (ins
    OptionalParameter<"::quantprep::qprep::DTypeAttr">:$input,
    OptionalParameter<"::quantprep::qprep::DTypeAttr">:$output,
    OptionalParameter<"::quantprep::qprep::DTypeAttr">:$weight,
    OptionalParameter<"::quantprep::qprep::DTypeAttr">:$bias,
    QPrep_Flag<"activations are quantized at run time">:$dynamic
  );
  let assemblyFormat = "`<` struct(params) `>`";
}

//===----------------------------------------------------------------------===//
// Annotations
//===----------------------------------------------------------------------===//

def QPrep_RoleAttr : QPrep_Attr<"Role", "role"> {
  let summary = "the role of one operand, and its channel axis";
  let parameters = (ins
    EnumParameter<QPrep_OperandRole>:$role,
    QPrep_OptionalI64<"output channels, a dimension of the operand">:$axis
  );
  let hasCustomAssemblyFormat = 1;  // no space before the keyword in a list
}

def QPrep_ComputeUnitAttr : QPrep_Attr<"ComputeUnit", "unit"> {
  let summary = "marks the anchor of a unit";
  let description = [{
    On the last op of a unit: the unit's kind, and one role for each operand of
    this op. `internal` stands exactly where the operand is made by a member.

    ```mlir
    %c = tosa.conv2d %x, %w, %b, %z, %z {qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>}
    ```
  }];
  let parameters = (ins
    EnumParameter<QPrep_UnitKind>:$kind,
    OptionalArrayRefParameter<"::quantprep::qprep::RoleAttr">:$roles
  );
  let assemblyFormat = "`<` $kind ` ` `[` (`]`) : ($roles^ `]`)? `>`";
}

def QPrep_MemberAttr : QPrep_Attr<"Member", "member"> {
  let summary = "marks an op of a unit that is not its anchor";
  let description = [{
    All uses of such an op are internal uses in one unit.

    ```mlir
    %2 = tosa.reshape %x, %s {qprep.member = #qprep.member<[input, _]>}
    ```
  }];
  let parameters = (ins OptionalArrayRefParameter<"::quantprep::qprep::RoleAttr">:$roles);
  let assemblyFormat = "`<` `[` (`]`) : ($roles^ `]`)? `>`";
}

def QPrep_AssignedAttr : QPrep_Attr<"Assigned", "assigned"> {
  let summary = "the qconfig of a unit, and the level it comes from (F2)";
  let description = [{
    Without a qconfig the unit is not quantized (F1).

    ```mlir
    #qprep.assigned<@qprep_config::@fbgemm from global>
    #qprep.assigned<none from kind>
    ```
  }];
  let parameters = (ins
    OptionalParameter<"::mlir::SymbolRefAttr">:$qconfig,
    EnumParameter<QPrep_AssignLevel>:$level
  );
  let assemblyFormat = "`<` (`none`) : ($qconfig^)? `from` $level `>`";
}

def QPrep_ValuePlanAttr : QPrep_Attr<"ValuePlan", "value"> {
  let summary = "the plan for one operand, result or argument";
  let description = [{
    Only in the lists of `#qprep.plan`. The type is the dtype that the value has there;
    `f32` stands for float of any width, `none` for no dtype (F11). `by` says that it is
    observed here, and the spec of the observer; `by weight`, as the weight that it is. `by calls`:
    not here, but by every call that it is returned to (T8).

    `shared`: it has the observer of the other values of the op that are shared (F23, B1).
    `requantized`: it is made in another quantized dtype. `equalized by`: it is observed for
    equalization as well (F27).
  }];
  let parameters = (ins
    "::mlir::Type":$dtype,
    OptionalParameter<"::quantprep::qprep::ObserverAttr", "null: it is not observed here">:$spec,
    QPrep_Flag<"it is observed as a weight">:$weight,
    QPrep_Flag<"every call observes it">:$byCalls,
    QPrep_Flag<"it has the observer of the others">:$shared,
    QPrep_Flag<"it is made in another quantized dtype">:$requantized,
    OptionalParameter<"::quantprep::qprep::ObserverAttr", "over the input channels; null: not equalized">:$equalization
  );
  let hasCustomAssemblyFormat = 1;  // a flag is its bare keyword
  let genVerifyDecl = 1;
  let builders = [
    AttrBuilderWithInferredContext<(ins "::mlir::Type":$dtype, CArg<"bool", "false">:$shared), [{
      return $_get(dtype.getContext(), dtype, nullptr, false, false, shared, false, nullptr);
    }]>
  ];
  let extraClassDeclaration = [{
    /// Whether an observation is to be inserted for it here.
    bool isObserved() const { return getSpec() != nullptr; }
    /// Whether the dtype is one that values are quantized to (f16 too).
    bool isQuantized() const {
      return !::mlir::isa<::mlir::NoneType>(getDtype()) && !getDtype().isF32();
    }
  }];
}

def QPrep_PlanAttr : QPrep_Attr<"Plan", "plan"> {
  let summary = "what was decided for an op: dtypes, observations, sharing (B6, F13)";
  let description = [{
    On an anchor it begins with the decision for the unit; `by` is a label of docs/rules.md,
    the reason a sentence without names. Then one entry (`#qprep.value`) for each operand of the unit and each
    result of the anchor. `dynamic`: activations are quantized at run time.

    ```mlir
    #qprep.plan<observed [ui8 by #histogram, i8 by weight #per_channel, f32] -> [ui8 by #histogram]>
    #qprep.plan<shared [ui8 shared] -> [ui8 by #histogram shared]>
    #qprep.plan<float by "F16" because "the backend takes input dtype ui8, the qconfig has f16" [f32] -> [f32]>
    ```

    On calls, branches, loops, terminators and functions, there is one entry for each operand
    and result of the op, and for each argument of the blocks in it. So it is on any op whose
    results `placement=value` observes. Each list is whole, or empty: then nothing is planned.

    ```mlir
    #qprep.plan<[ui8 by <minmax, ui8, per_tensor_affine>, none] -> [ui8]>
    #qprep.plan<[] -> [f32], arguments = [none, ui8]>
    ```
  }];
  let parameters = (ins
    OptionalParameter<"std::optional<::quantprep::qprep::Decision>", "of units">:$decision,
    OptionalParameter<"::mlir::StringAttr">:$rule,
    OptionalParameter<"::mlir::StringAttr">:$reason,
    QPrep_Flag<"activations are quantized at run time">:$dynamic,
    OptionalArrayRefParameter<"::quantprep::qprep::ValuePlanAttr">:$operands,
    OptionalArrayRefParameter<"::quantprep::qprep::ValuePlanAttr">:$results,
    OptionalArrayRefParameter<"::quantprep::qprep::ValuePlanAttr">:$arguments
  );
  let hasCustomAssemblyFormat = 1;
  let builders = [
    // Of a unit. An empty rule or reason is none.
    AttrBuilder<(ins "qprep::Decision":$decision, "::llvm::StringRef":$rule, "::llvm::StringRef":$reason,
                     "bool":$dynamic, "::llvm::ArrayRef<qprep::ValuePlanAttr>":$operands,
                     "::llvm::ArrayRef<qprep::ValuePlanAttr>":$results), [{
      auto string = [&](::llvm::StringRef text) {
        return text.empty() ? ::mlir::StringAttr() : ::mlir::StringAttr::get($_ctxt, text);
      };
      return $_get($_ctxt, decision, string(rule), string(reason), dynamic, operands, results,
                   ::llvm::ArrayRef<qprep::ValuePlanAttr>());
    }]>
  ];
}

def QPrep_StandaloneAttr : QPrep_Attr<"Standalone", "standalone_function"> {
  let summary = "marks a function that is prepared by itself (F28)";
  let description = [{
    The configuration that its body is prepared by, and the indexes of its arguments and
    results that are quantized.

    ```mlir
    #qprep.standalone_function<config = @qprep_config::@block, inputs = [0], outputs = []>
    ```
  }];
  let parameters = (ins
    "::mlir::SymbolRefAttr":$config,
    "::mlir::DenseI64ArrayAttr":$inputs,
    "::mlir::DenseI64ArrayAttr":$outputs
  );
  let assemblyFormat = "`<` struct(params) `>`";
}

//===----------------------------------------------------------------------===//
// State of an observer
//===----------------------------------------------------------------------===//

def QPrep_HistogramAttr : QPrep_Attr<"Histogram", "histogram"> {
  let summary = "counts of values in bins";
  let description = [{
    Bin i has the values from (first + i) * 2^exponent up to (first + i + 1) * 2^exponent.
    The first and the last count are not 0. The counts are a resource, at the end of
    the text, so that the observer stays readable.

    ```mlir
    #qprep.histogram<exponent = -9, first = -512, counts = dense_resource<statistics_1f> : tensor<1793xi64>>
    ```
  }];
  let parameters = (ins "int64_t":$exponent, "int64_t":$first,
                        "::mlir::DenseResourceElementsAttr":$counts);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def QPrep_PassesAttr : QPrep_Attr<"Passes", "passes"> {
  let summary = "the ranges of each pass of an observer, in the order of runs";
  let description = [{
    What a moving average is computed from (B20): for each time that the observer was
    passed the number of the run, and the smallest and the largest value of each channel.
    A channel without a finite value has infinity and -infinity.

    ```mlir
    #qprep.passes<runs = dense_resource<statistics_2a> : tensor<64xi64>,
                  ranges = dense_resource<statistics_3b> : tensor<64x1x2xf64>>
    ```
  }];
  let parameters = (ins "::mlir::DenseResourceElementsAttr":$runs,
                        "::mlir::DenseResourceElementsAttr":$ranges);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def QPrep_StatisticsAttr : QPrep_Attr<"Statistics", "statistics"> {
  let summary = "what an observer has seen";
  let description = [{
    Minimum and maximum, one each per tensor or one for each channel (infinity and
    -infinity if it had no finite value); the number of elements seen, and how many of
    them were infinite or NaN, which enter no range (B18); the number of runs that it saw
    an element in, 0 if it saw constants only. With it, where the observer collects them, the
    histogram, or the ranges that a moving average is computed from.

    ```mlir
    #qprep.statistics<min = [-1.0], max = [2.5], count = 4096, runs = 64>
    ```
  }];
  let parameters = (ins
    QPrep_F64List<"smallest values">:$min,
    QPrep_F64List<"largest values">:$max,
    "int64_t":$count,
    DefaultValuedParameter<"int64_t", "0">:$runs,
    DefaultValuedParameter<"int64_t", "0">:$infinite,
    DefaultValuedParameter<"int64_t", "0">:$nan,
    OptionalParameter<"::quantprep::qprep::HistogramAttr">:$histogram,
    OptionalParameter<"::quantprep::qprep::PassesAttr">:$passes
  );
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def QPrep_QParamsAttr : QPrep_Attr<"QParams", "qparams"> {
  let summary = "quantization parameters: real = scale * (quantized - zero_point)";
  let description = [{
    One scale and zero point per tensor, or one for each channel. On an observer they fit
    its spec: as many as it has channels, zero points from quant_min to quant_max.

    ```mlir
    #qprep.qparams<scale = [3.906250e-03], zero_point = [0]>
    ```
  }];
  let parameters = (ins
    QPrep_F64List<"distances of neighbouring codes">:$scale,
    "::mlir::DenseI64ArrayAttr":$zero_point);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // QUANTPREP_IR_QPREPATTRS_TD
