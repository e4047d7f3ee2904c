// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics

//===----------------------------------------------------------------------===//
// qprep.config
//===----------------------------------------------------------------------===//

// expected-error @below {{has a negative index in inputs_quantized: -1}}
qprep.config @f7_negative_input attributes {inputs_quantized = array<i64: 0, -1>} {}

// -----

// expected-error @below {{has a negative index in outputs_quantized: -2}}
qprep.config @f7_negative_output attributes {outputs_quantized = array<i64: -2>} {}

// -----

// expected-error @below {{has no option 'input_quantized'; did you mean 'inputs_quantized'?}}
qprep.config @f7_misspelt_option attributes {input_quantized = array<i64: 0>} {}

// -----

// expected-error @below {{prepares for @mine, which is no qprep.backend inside it}}
qprep.config @backend_is_not_there backend @mine {}

// -----

// expected-error @below {{prepares for @mine, which is no qprep.backend inside it}}
qprep.config @backend_is_a_qconfig backend @mine {
  qprep.qconfig @mine <activation = <placeholder, f16>, weight = <placeholder, f16>>
}

// -----

qprep.config @foreign_op {
  // expected-error @below {{does not belong in a qprep.config, which has qprep.qconfig, qprep.assign, qprep.backend, qprep.cluster, qprep.standalone, qprep.custom and nested qprep.config}}
  func.func private @f()
}

// -----

//===----------------------------------------------------------------------===//
// F2: qprep.assign
//===----------------------------------------------------------------------===//

qprep.config @f2_unknown_level {
  // expected-error @below {{expected global, kind, name_regex, name or order, got: everywhere}}
  qprep.assign everywhere none
}

// -----

qprep.config @f2_level_of_attributes {
  // expected-error @below {{has level attribute, which is not assigned but set on an op or a function}}
  "qprep.assign"() <{level = 5 : i32}> : () -> ()
}

// -----

qprep.config @f2_level_does_not_exist {
  // expected-error @below {{property 'level' failed to satisfy constraint: where a qconfig comes from}}
  "qprep.assign"() <{level = 99 : i32}> : () -> ()
}

// -----

qprep.config @f2_name_without_a_key {
  // expected-error @below {{has level name, which takes a key, no kind, and no index}}
  "qprep.assign"() <{level = 3 : i32}> : () -> ()
}

// -----

qprep.config @f2_global_with_a_kind {
  // expected-error @below {{has level global, which takes no key, no kind, and no index}}
  "qprep.assign"() <{level = 0 : i32, kind = "linear"}> : () -> ()
}

// -----

qprep.config @f2_order_without_an_index {
  // expected-error @below {{has level order, which takes a key, a kind, and an index}}
  "qprep.assign"() <{level = 4 : i32, key = "layer1", kind = "conv2d"}> : () -> ()
}

// -----

qprep.config @f2_unknown_kind {
  // expected-error @below {{unknown kind 'conv4d'; a kind of unit (see docs/dialect.md) or the name of an op with its dialect is required; did you mean 'conv1d'?}}
  qprep.assign kind "conv4d" none
}

// -----

qprep.config @f2_perl_character_class {
  // expected-error @below {{regex 'layer\d' has '\d', which POSIX regexes do not know; write a bracket expression, such as [0-9]}}
  qprep.assign name_regex "layer\\d" none
}

// -----

qprep.config @f2_regex_does_not_compile {
  // expected-error @below {{regex 'layer[0' does not compile: brackets ([ ]) not balanced}}
  qprep.assign name_regex "layer[0" none
}

// -----

qprep.config @f2_negative_order {
  // expected-error @below {{counts units from 0, got: -1}}
  qprep.assign order "layer1" kind "conv2d" at -1 none
}

// -----

qprep.config @f2_qconfig_is_not_there {
  // expected-error @below {{assigns @mine, which is no qprep.qconfig of this config}}
  qprep.assign global @mine
}

// -----

// expected-error @below {{op expects parent op 'qprep.config'}}
qprep.assign global none

// -----

//===----------------------------------------------------------------------===//
// F6: qprep.backend
//===----------------------------------------------------------------------===//

qprep.backend @f6_foreign_op {
  // expected-error @below {{does not belong in a qprep.backend, which has qprep.pattern}}
  func.func private @f()
}

// -----

qprep.backend @f6_weight_not_named {
  // expected-error @below {{has dtypes with a weight, but does not say that conv2d has one; write 'weight bias' before 'dtypes'}}
  qprep.pattern @conv2d different dtypes [#qprep.dtypes<input = <ui8>, weight = <i8>>] {
    %0 = qprep.node conv2d
  }
}

// -----

qprep.backend @f6_weight_of_a_fusion_not_named {
  // expected-error @below {{has dtypes with a weight, but no pattern of linear alone says that it has one; add one with 'weight bias'}}
  qprep.pattern @relu_linear different dtypes [#qprep.dtypes<input = <ui8>, weight = <i8>>] {
    %0 = qprep.node linear
    %1 = qprep.node relu(%0)
  }
}

// -----

// A weight that stays float, and one of a base, need not be named.
qprep.backend @f6_weight_is_float {
  qprep.pattern @conv2d different dtypes [#qprep.dtypes<input = <ui8>, weight = <f32>>] {
    %0 = qprep.node conv2d
  }
}
qprep.backend @f6_weight_named_by_the_base extends "native" {
  qprep.pattern @gelu_linear different dtypes [#qprep.dtypes<input = <ui8>, weight = <i8>>] {
    %0 = qprep.node linear
    %1 = qprep.node gelu(%0)
  }
}

// -----

qprep.backend @f6_dtypes_are_no_dtypes {
  // expected-error @below {{attribute 'dtypes' failed to satisfy constraint: array of dtype configs}}
  qprep.pattern @relu different dtypes ["ui8"] {
    qprep.node relu
  }
}

// -----

//===----------------------------------------------------------------------===//
// Bodies of patterns and clusters
//===----------------------------------------------------------------------===//

qprep.backend @f8_pattern_without_nodes {
  // expected-error @below {{must end with a qprep.node, the last op of what it matches}}
  qprep.pattern @nothing different dtypes [] {}
}

// -----

// expected-error @below {{must end with a qprep.node, the last op of what it matches}}
qprep.cluster @ends_with_an_operand is silu {
  %0 = qprep.node sigmoid
  %1 = qprep.operand input
}

// -----

qprep.cluster @foreign_op_in_a_body is silu {
  // expected-error @below {{does not belong in a pattern}}
  %0 = arith.constant 1.0 : f32
  %1 = qprep.node sigmoid
}

// -----

qprep.cluster @value_is_used_before_it_is_made is silu {
  // expected-error @below {{uses a value that is made after it}}
  %0 = qprep.node sigmoid(%1)
  %1 = qprep.node mul(%0)
}

// -----

qprep.cluster @value_is_not_used is silu {
  // expected-error @below {{is not used: every value of a pattern must lead to the last}}
  %0 = qprep.operand input
  %1 = qprep.node sigmoid
}

// -----

qprep.cluster @repeated_with_two_operands is silu {
  %0 = qprep.operand input
  // expected-error @below {{must have one operand to be repeated}}
  %1 = qprep.node mul(%0, %0) repeated
}

// -----

qprep.cluster @too_many_terms is silu {
  %0 = qprep.operand input
  // expected-error @below {{has 7 operands, which are tried in any order and nesting; write at most 6, and several nodes for more}}
  %1 = qprep.node add(%0, %0, %0, %0, %0, %0, %0)
}

// -----

qprep.cluster @bounds_of_a_relu is silu {
  %0 = qprep.operand input
  // expected-error @below {{has bounds, which are the lowest and the highest value of a clamp; write clamp(...) bounds [low, high]}}
  %1 = qprep.node relu(%0) bounds [0.0, 1.0]
}

// -----

qprep.cluster @quotient_of_three is silu {
  %0 = qprep.operand input
  // expected-error @below {{has more than two operands, but is neither commutative nor a select}}
  %1 = qprep.node div(%0, %0, %0)
}

// -----

qprep.backend @optional_last_unit_of_a_fusion {
  qprep.pattern @relu different dtypes [] {
    %0 = qprep.node conv2d
    // expected-error @below {{is the last unit of a fusion, and cannot be optional}}
    %1 = qprep.node relu(%0) optional
  }
}

// -----

qprep.cluster @permutation_of_a_reshape is silu {
  %0 = qprep.operand input
  // expected-error @below {{has a permutation, but is not a transpose}}
  %1 = qprep.node reshape(%0) permutation [0, 1]
}

// -----

qprep.cluster @value_and_bound is leaky_relu {
  %0 = qprep.operand input
  // expected-error @below {{has a value and a bound; leave out one of them}}
  %1 = qprep.scalar 0.1 at_most 1.0
  %2 = qprep.node mul(%0, %1)
  %3 = qprep.node maximum(%0, %2)
}

// -----

qprep.backend @shadowed_pattern {
  // expected-note @below {{@first is tried first}}
  qprep.pattern @first different dtypes [#qprep.dtypes<input = <ui8>>] {
    %0 = qprep.node conv2d
    %1 = qprep.node relu(%0)
  }
  qprep.pattern @shorter different dtypes [#qprep.dtypes<input = <ui8>>] {
    %0 = qprep.node relu
  }
  // expected-error @below {{can never match, since an earlier one matches the same; remove one of them}}
  qprep.pattern @second shared dtypes [#qprep.dtypes<input = <i8>>] {
    %a = qprep.node conv2d
    %b = qprep.node relu(%a)
  }
}

// -----

qprep.config @shadowed_cluster {
  // expected-note @below {{@first is tried first}}
  qprep.cluster @first is silu {
    %0 = qprep.operand input
    %1 = qprep.node sigmoid(%0)
  }
  // expected-error @below {{can never match, since an earlier one matches the same; remove one of them}}
  qprep.cluster @second is gelu {
    %0 = qprep.operand input
    %1 = qprep.node sigmoid(%0)
  }
}

// -----

qprep.backend @b16_follows_without_sharing {
  // expected-error @below {{follows its input but is different; only a pattern that is shared can follow (B16)}}
  qprep.pattern @relu different follow dtypes [] {
    %0 = qprep.node relu
  }
}
