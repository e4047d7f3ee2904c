// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics

qprep.config @f2_unknown_kind {
  // expected-error @below {{unknown kind 'conv'; a kind of unit (see docs/dialect.md) or the name of an op with its dialect is required; did you mean 'conv1d'?}}
  qprep.assign kind "conv" none
}

// -----

qprep.config @f2_op_name {
  qprep.assign kind "tosa.conv2d" none
}

// -----

qprep.config @f2_perl_class {
  // expected-error @below {{regex 'layer\d' has '\d', which POSIX regexes do not know; write a bracket expression, such as [0-9]}}
  qprep.assign name_regex "layer\\d" none
}

// -----

qprep.config @f2_regex_does_not_compile {
  // expected-error @below {{regex 'layer(' does not compile: parentheses not balanced}}
  qprep.assign name_regex "layer(" none
}

// -----

qprep.config @f2_negative_order {
  // expected-error @below {{counts units from 0, got: -1}}
  qprep.assign order "layer1" kind "conv2d" at -1 none
}

// -----

qprep.config @f2_unknown_qconfig {
  // expected-error @below {{assigns @pt, which is no qprep.qconfig of this config}}
  qprep.assign global @pt
}

// -----

qprep.config @f2_level {
  // expected-error @below {{expected global, kind, name_regex, name or order, got: module}}
  qprep.assign module "layer1" none
}

// -----

qprep.config @f2_missing_key {
  // expected-error @below {{has level name, which takes a key, no kind, and no index}}
  "qprep.assign"() <{level = 3 : i32}> : () -> ()
}

// -----

qprep.config @f2_missing_index {
  // expected-error @below {{has level order, which takes a key, a kind, and an index}}
  "qprep.assign"() <{level = 4 : i32, key = "a", kind = "add"}> : () -> ()
}

// -----

qprep.config @f2_attribute_level {
  // expected-error @below {{has level attribute, which is not assigned but set on an op or a function}}
  "qprep.assign"() <{level = 5 : i32}> : () -> ()
}

// -----

// expected-error @below {{has a negative index in inputs_quantized: -2}}
qprep.config @f7_negative_input attributes {inputs_quantized = array<i64: -2>} {}

// -----

// expected-error @below {{has a negative index in outputs_quantized: -1}}
qprep.config @f7_negative_output attributes {outputs_quantized = array<i64: -1>} {}

// -----

// expected-error @below {{prepares for @mine, which is no qprep.backend inside it or beside it}}
qprep.config @f6_unknown_backend backend @mine {}

// -----

qprep.config @foreign_op {
  // expected-error @below {{does not belong in a qprep.config, which has qprep.qconfig, qprep.assign, qprep.backend, qprep.cluster, qprep.standalone, qprep.custom and nested qprep.config}}
  %0 = arith.constant 0 : i32
}

// -----

qprep.backend @foreign_op {
  // expected-error @below {{does not belong in a qprep.backend, which has qprep.pattern}}
  %0 = arith.constant 0 : i32
}

// -----

qprep.backend @f6_no_node {
  // expected-error @below {{must end with a qprep.node, the last op of what it matches}}
  qprep.pattern @empty different dtypes [] {}
}

// -----

qprep.backend @f6_unused_node {
  qprep.pattern @relu different dtypes [] {
    // expected-error @below {{is not used: every value of a pattern must lead to the last}}
    %0 = qprep.node conv2d
    %1 = qprep.node relu
  }
}

// -----

qprep.backend @f6_cycle {
  qprep.pattern @relu different dtypes [] {
    // expected-error @below {{uses a value that is made after it}}
    %0 = qprep.node relu(%1)
    %1 = qprep.node relu(%0)
  }
}

// -----

%0 = builtin.unrealized_conversion_cast to !qprep.value
qprep.backend @f6_value_from_outside {
  // expected-note @below {{required by region isolation constraints}}
  qprep.pattern @relu different dtypes [] {
    // expected-error @below {{using value defined outside the region}}
    %1 = qprep.node relu(%0)
  }
}

// -----

qprep.backend @f6_not_of_a_pattern {
  qprep.pattern @relu different dtypes [] {
    // expected-error @below {{does not belong in a pattern}}
    %0 = arith.constant 0 : i32
    %1 = qprep.node relu
  }
}

// -----

qprep.backend @f6_optional_without_operand {
  qprep.pattern @relu different dtypes [] {
    // expected-error @below {{must have an operand to be optional}}
    %1 = qprep.node relu optional
  }
}

// -----

qprep.backend @f6_permutation_of_reshape {
  qprep.pattern @reshape different dtypes [] {
    // expected-error @below {{has a permutation, but is not a transpose}}
    %1 = qprep.node reshape permutation [0, 1]
  }
}

// -----

qprep.backend @f6_unknown_kind {
  qprep.pattern @conv different dtypes [] {
    // expected-error @below {{expected one of}}
    // expected-error @below {{invalid value for property kind}}
    %0 = qprep.node conv
  }
}

// -----

qprep.config @observer_scheme_twice {
  // expected-error @below {{expected a scheme or a field of an observer that is not there yet, got: per_tensor_affine}}
  // expected-error @below {{failed to parse QPrep_QConfigAttr parameter 'activation'}}
  qprep.qconfig @a <activation = <minmax, ui8, per_tensor_affine, per_tensor_affine>, weight = <placeholder, f32>>
}

// -----

qprep.config @observer_field_twice {
  // expected-error @below {{expected a scheme or a field of an observer that is not there yet, got: axis}}
  // expected-error @below {{failed to parse QPrep_QConfigAttr parameter 'activation'}}
  qprep.qconfig @a <activation = <minmax, ui8, per_tensor_affine, axis = 0, axis = 0>, weight = <placeholder, f32>>
}

// -----

qprep.config @observer_unknown_field {
  // expected-error @below {{expected a scheme or a field of an observer that is not there yet, got: qmin}}
  // expected-error @below {{failed to parse QPrep_QConfigAttr parameter 'activation'}}
  qprep.qconfig @a <activation = <minmax, ui8, per_tensor_affine, qmin = 0>, weight = <placeholder, f32>>
}
