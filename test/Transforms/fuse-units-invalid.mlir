// Annotations that do not fit the ops: found by the first step that reads them.
// RUN: quant-prep-opt %s -split-input-file -verify-diagnostics -pass-pipeline='builtin.module(any(qprep-fuse-units))'

// expected-error @below {{there is no configuration in the module; run qprep-attach-config first}}
func.func @no_configuration(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @number_of_roles(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.abs' op has 1 operands, but its annotation has 2 roles}}
  // expected-note @below {{the annotations are stale, probably since a pass changed the module after qprep-match-units; run it again}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @part_but_not_inner(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{'tosa.exp' op has an operand made by a qprep.member, but the role is not internal}}
  // expected-note @below {{the annotations are stale}}
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @inner_but_no_part(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{'tosa.exp' op has an internal operand that no qprep.member before it makes}}
  // expected-note @below {{the annotations are stale}}
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @part_of_two_units(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error @below {{'tosa.abs' op is a qprep.member, but has a user outside its unit}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.log %0 {qprep.unit = #qprep.unit<log [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @part_of_no_unit(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.abs' op is a qprep.member of no unit}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @part_has_an_outside_user(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // expected-error @below {{'tosa.abs' op is a qprep.member, but has a user outside its unit}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @unit_and_part(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.abs' op is both a qprep.unit and a qprep.member}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>, qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
func.func @part_in_another_block(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.abs' op is a member of a unit in another block}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = scf.if %c -> tensor<4xf32> {
    %2 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %1 : tensor<4xf32>
}

// -----

qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.backend @b {
  }
}
// Values of a graph may be used before they are made.
ml_program.subgraph @anchor_is_not_last(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'tosa.exp' op has an internal operand that no qprep.member before it makes}}
  // expected-note @below {{the annotations are stale}}
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  ml_program.output %1 : tensor<4xf32>
}
