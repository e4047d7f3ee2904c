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

    `dtype` is `ui8`, `i8`, `i32`, `ui4`, `i4` (integers), or `f16`, `bf16`, `f32` (floats,
    kinds `placeholder` and `noop` only). `scheme` is absent exactly for
    the kinds that have none (placeholder, recording, noop, reuse_input).
    `quant_min` and `quant_max` come together, inside the range of `dtype`, the
    first the smaller. `axis` (a dimension of the observed value) is there
    exactly for the kinds that look at channels.

    Examples:

    ```mlir
    #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127,
                    reduce_range = true, eps = 1.1920928955078125E-7, bins = 2048, upsample_rate = 128>
    #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, quant_min = -128, quant_max = 127, axis = 0>
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
  let assemblyFormat = [{
    `<` $kind `,` $dtype ``
    custom<ObserverFields>($scheme, $quant_min, $quant_max, $reduce_range, $axis, $dynamic, $fake_quant,
        $eps, $averaging_constant, $bins, $upsample_rate, $scale, $zero_point, $block_size) `` `>`
  }];
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Whether one set of parameters per channel is made.
    bool isPerChannel() const;
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
    `<` $type (`,` struct($quant_min, $quant_max, $scale_min, $scale, $zero_point)^)? `>`
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

def QPrep_TargetAttr : QPrep_Attr<"Target", "target"> {
  let summary = "the dtypes that a unit will have (F13)";
  let description = [{
    A type for each operand of the unit and for each result: the dtype it will
    have; `f32` stands for float of any width, `none` for no dtype (F11).

    ```mlir
    #qprep.target<[ui8, i8, f32] -> [ui8]>
    #qprep.target<[ui8, i8, f32] -> [f32], dynamic = true>
    ```
  }];
  let parameters = (ins
    OptionalArrayRefParameter<"::mlir::Type">:$inputs,
    OptionalArrayRefParameter<"::mlir::Type">:$outputs,
    QPrep_Flag<"activations are quantized at run time">:$dynamic
  );
  let assemblyFormat = [{
    `<` `[` (`]`) : ($inputs^ `]`)? `->` `[` (`]`) : ($outputs^ `]`)? (`,` struct($dynamic)^)? `>`
  }];
}

def QPrep_PassedAttr : QPrep_Attr<"Passed", "passed"> {
  let summary = "what is quantized of the values that an op hands on";
  let description = [{
    On calls, branches, loops, the terminators of their regions, and functions: one
    entry for each operand, each result, and each argument of a region or of the
    function's body. A type is the dtype that the value has there (`f32` for float, `none`
    for no dtype). A `#qprep.observer` stands for its dtype, and for an observation that
    makes it so: of an operand that is not of that dtype yet, before it is handed on; of a
    result of a call, behind the call. As a result of a function it says that the calls observe it.

    ```mlir
    #qprep.passed<[#qprep.observer<minmax, ui8, per_tensor_affine>, none] -> [ui8]>
    #qprep.passed<[] -> [f32], arguments = [ui8]>
    ```
  }];
  let parameters = (ins
    OptionalArrayRefParameter<"::mlir::Attribute">:$operands,
    OptionalArrayRefParameter<"::mlir::Attribute">:$results,
    OptionalArrayRefParameter<"::mlir::Attribute">:$arguments
  );
  let assemblyFormat = [{
    `<` `[` (`]`) : ($operands^ `]`)? `->` `[` (`]`) : ($results^ `]`)?
    (`,` `arguments` `=` `[` $arguments^ `]`)? `>`
  }];
  let genVerifyDecl = 1;
}

def QPrep_ObservedAttr : QPrep_Attr<"Observed", "observed"> {
  let summary = "the observer that placement=value gives a value (T5)";
  let description = [{
    `qprep.observed` of an op is an array of these, one for each result, of a function
    one for each argument of a block; `unit` stands for values that are not observed.

    ```mlir
    [#qprep.observed<<minmax, i8, per_tensor_symmetric> weight>, unit]
    ```
  }];
  let parameters = (ins "::quantprep::qprep::ObserverAttr":$spec, QPrep_Flag<"a weight (T6)">:$weight);
  let hasCustomAssemblyFormat = 1;  // a flag is its bare keyword
}

def QPrep_DecisionAttr : QPrep_Attr<"Decision", "decision"> {
  let summary = "what was decided for a unit, by which rule, and why (B6)";
  let description = [{
    `rule` is a label of docs/rules.md; the reason is a sentence without names,
    so that few distinct decisions exist. Units that are observed need neither.

    ```mlir
    #qprep.decision<float by "F16" because "the backend takes input dtype ui8, the qconfig has f16">
    ```
  }];
  let parameters = (ins
    EnumParameter<QPrep_Decision>:$decision,
    OptionalParameter<"::mlir::StringAttr">:$rule,
    OptionalParameter<"::mlir::StringAttr">:$reason
  );
  let assemblyFormat = "`<` $decision (`by` $rule^)? (`because` $reason^)? `>`";
  let builders = [
    // An empty rule or reason is none.
    AttrBuilder<(ins "qprep::Decision":$decision, "::llvm::StringRef":$rule, "::llvm::StringRef":$reason), [{
      auto string = [&](::llvm::StringRef text) {
        return text.empty() ? ::mlir::StringAttr() : ::mlir::StringAttr::get($_ctxt, text);
      };
      return $_get($_ctxt, decision, string(rule), string(reason));
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

def QPrep_StatisticsAttr : QPrep_Attr<"Statistics", "statistics"> {
  let summary = "what an observer has seen";
  let description = [{
    Minimum and maximum, one each per tensor or one for each channel, and the
    number of elements seen.

    ```mlir
    #qprep.statistics<min = [-1.0], max = [2.5], count = 4096>
    ```
  }];
  let parameters = (ins
    "::mlir::DenseF64ArrayAttr":$min, "::mlir::DenseF64ArrayAttr":$max, "int64_t":$count);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

def QPrep_QParamsAttr : QPrep_Attr<"QParams", "qparams"> {
  let summary = "quantization parameters: real = scale * (quantized - zero_point)";
  let description = [{
    One scale and zero point per tensor, or one for each channel.

    ```mlir
    #qprep.qparams<scale = [3.906250e-03], zero_point = [0]>
    ```
  }];
  let parameters = (ins
    "::mlir::DenseF64ArrayAttr":$scale, "::mlir::DenseI64ArrayAttr":$zero_point);
  let assemblyFormat = "`<` struct(params) `>`";
  let genVerifyDecl = 1;
}

#endif // QUANTPREP_IR_QPREPATTRS_TD
