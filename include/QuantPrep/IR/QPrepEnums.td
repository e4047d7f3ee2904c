//===- QPrepEnums.td - Enums of the qprep dialect ----------*- tablegen -*-===//

#ifndef QUANTPREP_IR_QPREPENUMS_TD
#define QUANTPREP_IR_QPREPENUMS_TD

include "mlir/IR/EnumAttr.td"
include "QuantPrep/IR/QPrepDialect.td"

class QPrep_Enum<string name, string summary, list<I32EnumCase> cases>
    : I32Enum<name, summary, cases> {
  let cppNamespace = "::quantprep::qprep";
}

/// Kinds of observers (F3), and the two of equalization (F27).
def QPrep_ObserverKind : QPrep_Enum<"ObserverKind", "how an observer looks at values", [
  I32EnumCase<"minmax", 0>,
  I32EnumCase<"moving_average_minmax", 1>,
  I32EnumCase<"per_channel_minmax", 2>,
  I32EnumCase<"moving_average_per_channel_minmax", 3>,
  I32EnumCase<"histogram", 4>,
  I32EnumCase<"fixed_qparams", 5>,
  I32EnumCase<"placeholder", 6>,
  I32EnumCase<"recording", 7>,
  I32EnumCase<"noop", 8>,
  I32EnumCase<"reuse_input", 9>,
  I32EnumCase<"input_equalization", 10>,
  I32EnumCase<"weight_equalization", 11>,
]>;

/// Quantization schemes (F3).
def QPrep_Scheme : QPrep_Enum<"Scheme", "how quantization parameters are laid out", [
  I32EnumCase<"per_tensor_affine", 0>,
  I32EnumCase<"per_tensor_symmetric", 1>,
  I32EnumCase<"per_channel_affine", 2>,
  I32EnumCase<"per_channel_symmetric", 3>,
  I32EnumCase<"per_channel_affine_float_qparams", 4>,
]>;

/// Roles of operands in a unit.
def QPrep_OperandRole : QPrep_Enum<"OperandRole", "what an operand is to its unit", [
  I32EnumCase<"ignored", 0, "_">,   // shapes, zero points, one-element constants
  I32EnumCase<"internal", 1>,       // made by a member of the same unit
  I32EnumCase<"input", 2>,          // an activation
  I32EnumCase<"element", 3>,        // an element of a list of activations (F19)
  I32EnumCase<"weight", 4>,
  I32EnumCase<"bias", 5>,
]>;

/// Levels of a qconfig mapping (F2), weakest first.
def QPrep_AssignLevel : QPrep_Enum<"AssignLevel", "where a qconfig comes from", [
  I32EnumCase<"global", 0>,
  I32EnumCase<"kind", 1>,           // a unit kind, or the name of an MLIR op, which goes before
  I32EnumCase<"name_regex", 2>,
  I32EnumCase<"name", 3>,
  I32EnumCase<"order", 4>,
  I32EnumCase<"attribute", 5>,      // a qprep.qconfig attribute on the op or its function
]>;

/// Observation types of a pattern (F6).
def QPrep_ObservationType : QPrep_Enum<"ObservationType", "which observer an output has", [
  I32EnumCase<"different", 0>,      // its own
  I32EnumCase<"shared", 1>,         // that of the first operand
  I32EnumCase<"by_operands", 2>,    // one of these, by the number of tensor operands
]>;

/// How places are found: by the target dtypes of units (rules F), or by value
/// across functions and control flow (rules T).
def QPrep_Placement : QPrep_Enum<"Placement", "how places are found", [
  I32EnumCase<"graph", 0>,
  I32EnumCase<"value", 1>,
]>;

/// Which places the value placement takes (T18).
def QPrep_Mode : QPrep_Enum<"Mode", "when activations are quantized", [
  I32EnumCase<"static_", 0, "static">,
  I32EnumCase<"dynamic", 1>,
]>;

/// Which dimensions a reduction in a cluster runs over.
def QPrep_ReducedDims : QPrep_Enum<"ReducedDims", "dimensions that a reduction runs over", [
  I32EnumCase<"any", 0>,
  I32EnumCase<"last", 1>,           // the last ones, without a gap
  I32EnumCase<"spatial", 2>,        // neither the first nor the last
]>;

/// What was decided for a unit (B6).
def QPrep_Decision : QPrep_Enum<"Decision", "what was decided for a unit", [
  I32EnumCase<"observed", 0>,
  I32EnumCase<"shared", 1>,
  I32EnumCase<"float_", 2, "float">,
  I32EnumCase<"skipped", 3>,
]>;

/// What became of a unit in conversion.
def QPrep_UnitForm : QPrep_Enum<"UnitForm", "what became of a unit", [
  I32EnumCase<"integer", 0>,        // it computes on integers
  I32EnumCase<"reference", 1>,      // it computes in float, between values that are quantized
  I32EnumCase<"float_", 2, "float">,
]>;

/// Unit kinds: the operations of ATen, in lower case. This is the one list of
/// them; what an op is comes from QuantizableOpInterface and from clusters.
def QPrep_UnitKind : QPrep_Enum<"UnitKind", "what a unit computes", [
  I32EnumCase<"opaque", 0>,         // float tensors to float tensors, in no way we know
  // Contractions.
  I32EnumCase<"conv1d", 1>,
  I32EnumCase<"conv2d", 2>,
  I32EnumCase<"conv3d", 3>,
  I32EnumCase<"conv_transpose1d", 4>,
  I32EnumCase<"conv_transpose2d", 5>,
  I32EnumCase<"conv_transpose3d", 6>,
  I32EnumCase<"linear", 7>,
  I32EnumCase<"matmul", 8>,
  I32EnumCase<"embedding", 9>,
  // Elementwise, two operands.
  I32EnumCase<"add", 10>,
  I32EnumCase<"sub", 11>,
  I32EnumCase<"mul", 12>,
  I32EnumCase<"div", 13>,
  I32EnumCase<"pow", 14>,
  I32EnumCase<"maximum", 15>,
  I32EnumCase<"minimum", 16>,
  I32EnumCase<"select", 17>,
  I32EnumCase<"greater", 18>,
  I32EnumCase<"greater_equal", 19>,
  I32EnumCase<"equal", 45>,
  I32EnumCase<"less", 46>,
  I32EnumCase<"less_equal", 47>,
  // Elementwise, one operand.
  I32EnumCase<"relu", 20>,
  I32EnumCase<"relu6", 21>,
  I32EnumCase<"clamp", 22>,
  I32EnumCase<"leaky_relu", 23>,
  I32EnumCase<"prelu", 24>,
  I32EnumCase<"elu", 25>,
  I32EnumCase<"gelu", 26>,
  I32EnumCase<"silu", 27>,
  I32EnumCase<"sigmoid", 28>,
  I32EnumCase<"hardsigmoid", 29>,
  I32EnumCase<"hardswish", 30>,
  I32EnumCase<"tanh", 31>,
  I32EnumCase<"exp", 32>,
  I32EnumCase<"log", 33>,
  I32EnumCase<"erf", 34>,
  I32EnumCase<"rsqrt", 35>,
  I32EnumCase<"reciprocal", 36>,
  I32EnumCase<"abs", 37>,
  I32EnumCase<"neg", 38>,
  I32EnumCase<"floor", 39>,
  I32EnumCase<"ceil", 40>,
  I32EnumCase<"sin", 41>,
  I32EnumCase<"cos", 42>,
  I32EnumCase<"sqrt", 43>,
  I32EnumCase<"cast", 44>,
  I32EnumCase<"softplus", 100>,
  I32EnumCase<"mish", 101>,
  I32EnumCase<"selu", 102>,
  I32EnumCase<"celu", 103>,
  I32EnumCase<"softsign", 104>,
  I32EnumCase<"logsigmoid", 105>,
  I32EnumCase<"tanhshrink", 106>,
  I32EnumCase<"glu", 107>,
  I32EnumCase<"expm1", 108>,
  I32EnumCase<"log1p", 109>,
  // Reductions and pools.
  I32EnumCase<"reduce_sum", 50>,
  I32EnumCase<"reduce_max", 51>,
  I32EnumCase<"reduce_min", 52>,
  I32EnumCase<"reduce_product", 53>,
  I32EnumCase<"mean", 54>,
  I32EnumCase<"max_pool1d", 55>,
  I32EnumCase<"max_pool2d", 56>,
  I32EnumCase<"max_pool3d", 57>,
  I32EnumCase<"avg_pool1d", 58>,
  I32EnumCase<"avg_pool2d", 59>,
  I32EnumCase<"avg_pool3d", 60>,
  I32EnumCase<"argmax", 61>,
  I32EnumCase<"sum_pool1d", 62>,
  I32EnumCase<"sum_pool2d", 63>,
  I32EnumCase<"sum_pool3d", 64>,
  // Normalizations.
  I32EnumCase<"softmax", 70>,
  I32EnumCase<"layer_norm", 71>,
  I32EnumCase<"group_norm", 72>,
  I32EnumCase<"instance_norm", 73>,
  I32EnumCase<"batch_norm", 74>,
  I32EnumCase<"rms_norm", 75>,
  I32EnumCase<"log_softmax", 76>,
  // Data movement.
  I32EnumCase<"cat", 80>,
  I32EnumCase<"reshape", 81>,
  I32EnumCase<"transpose", 82>,
  I32EnumCase<"slice", 83>,
  I32EnumCase<"pad", 84>,
  I32EnumCase<"repeat", 85>,
  I32EnumCase<"flip", 86>,
  I32EnumCase<"gather", 87>,
  I32EnumCase<"scatter", 88>,
  I32EnumCase<"interpolate", 89>,
  I32EnumCase<"identity", 90>,
  I32EnumCase<"roll", 91>,
  I32EnumCase<"slice_scatter", 92>,
  // What elements of one tensor become, in no way that has a name: where the
  // backend takes it.
  I32EnumCase<"unary", 112>,
  // Inside clusters only.
  I32EnumCase<"square", 110>,
  I32EnumCase<"div_sqrt", 111>,     // x / sqrt(y)
  I32EnumCase<"masked", 113>,       // scores, those left out very low (B17)
  // Calls of functions that the configuration names (F28, F29).
  I32EnumCase<"standalone", 200>,
  I32EnumCase<"custom", 201>,
]>;

#endif // QUANTPREP_IR_QPREPENUMS_TD
