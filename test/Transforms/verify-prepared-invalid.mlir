// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-verify-prepared

// One invariant broken by hand in each module.

// expected-error @below {{is an observer that preparation made, but has no observation}}
// expected-note @below {{probably a pass after qprep-prepare changed the module}}
qprep.observer private @lost {id = 0, spec = #qprep.observer<placeholder, f16>} attributes {qprep.generated}

// -----

// expected-note @below {{the other one is here}}
qprep.observer private @a {id = 7, spec = #qprep.observer<placeholder, f16>}
// expected-error @below {{has id 7, which another observer has; give each its own number}}
qprep.observer private @b {id = 7, spec = #qprep.observer<placeholder, f16>}
module @inner {
  qprep.observer private @c {id = 7, spec = #qprep.observer<placeholder, f16>}
}

// -----

func.func @b7_stale_annotations(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{has 1 operands, but its annotation has 2 roles}}
  // expected-note @below {{the annotations are stale}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @x {id = 0, spec = #qprep.observer<placeholder, f16>}
func.func @b7_shared_without_observed_result(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  // expected-error @below {{shares its operand's observer, but its result is not observed}}
  // expected-note @below {{probably a pass after qprep-prepare}}
  %1 = tosa.abs %0 {qprep.unit = #qprep.unit<abs [input]>, qprep.plan = #qprep.plan<shared>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

qprep.observer private @out {id = 0, spec = #qprep.observer<placeholder, f16>}
func.func @b7_shared_without_observed_operand(%x: tensor<4xf32>) -> tensor<4xf32> {
  // A unit that computes in float is no way to an observer.
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>, qprep.plan = #qprep.plan<float by "F16">} : (tensor<4xf32>) -> tensor<4xf32>
  // expected-error @below {{shares its operand's observer, but operand 0 is not observed; the result is, by @out}}
  %1 = tosa.abs %0 {qprep.unit = #qprep.unit<abs [input]>, qprep.plan = #qprep.plan<shared>} : (tensor<4xf32>) -> tensor<4xf32>
  // expected-note @below {{the result is observed here}}
  %2 = qprep.observe %1 by @out : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

qprep.observer private @x {id = 0, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @y {id = 1, spec = #qprep.observer<placeholder, f16>}
func.func @b7_element_of_list_with_another_observer(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<8xf32> {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  // expected-note @below {{the operand is observed here}}
  %1 = qprep.observe %y by @y : tensor<4xf32>
  // expected-error @below {{shares its operand's observer, but operand 1 is observed by @y and the result by @x}}
  %2 = tosa.concat %0, %1 {axis = 0 : i32, qprep.unit = #qprep.unit<cat [element, element]>, qprep.plan = #qprep.plan<shared>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  // expected-note @below {{the result is observed here}}
  %3 = qprep.observe %2 by @x : tensor<8xf32>
  return %3 : tensor<8xf32>
}

// -----

qprep.observer private @before {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @behind {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @b7_movement_between_two_observers(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @below {{observed before it here}}
  %0 = qprep.observe %x by @before : tensor<4xf32>
  // expected-error @below {{only moves data, but is observed by @before before and by @behind after it; one observer is required}}
  %1 = tosa.reverse %0 {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  // expected-note @below {{observed after it here}}
  %2 = qprep.observe %1 by @behind : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

func.func @b7_unknown_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{has the qconfig @qprep_config::@gone, but the module has no qprep.qconfig of that name; run qprep-prepare again}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>, qprep.assigned = #qprep.assigned<@qprep_config::@gone from global>,
    qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @c {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
// expected-note @below {{it is made here; probably a pass after qprep-prepare}}
func.func @b7_operand_not_observed(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{requires operand 0 observed as u8, but it is not observed}}
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>, qprep.assigned = #qprep.assigned<@c::@q from global>,
    qprep.plan = #qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>] -> [ui8]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.config private @c {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @b {
    qprep.pattern @prelu different weight dtypes [] {
      qprep.node prelu
    }
  }
}
qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @b7_weight_observed_as_activation(%x: tensor<4xf32>, %w: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @a : tensor<4xf32>
  // expected-note @below {{it is observed here}}
  %1 = qprep.observe %w by @a : tensor<4xf32>
  // expected-error @below {{requires operand 1 observed as i8, but it is observed as u8}}
  %2 = tosa.maximum %0, %1 {qprep.unit = #qprep.unit<prelu [input, weight(axis = 0)]>, qprep.assigned = #qprep.assigned<@c::@q from kind>,
    qprep.pattern = @c::@b::@prelu, qprep.plan = #qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>, i8 by weight <minmax, i8, per_tensor_symmetric>] -> [ui8]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

qprep.config private @c {
  qprep.qconfig @half <activation = <placeholder, f16>, weight = <placeholder, f16>>
}
qprep.observer private @a {id = 0, spec = #qprep.observer<placeholder, f16>}
// expected-note @below {{it is made here}}
func.func @b7_f20_bias_of_static_f16(%x: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @a : tensor<4xf32>
  // expected-error @below {{requires operand 1 observed as f16, but it is not observed}}
  %1 = tosa.add %0, %b {qprep.unit = #qprep.unit<linear [input, bias]>, qprep.assigned = #qprep.assigned<@c::@half from kind>,
    qprep.plan = #qprep.plan<observed [f16 by <placeholder, f16>, f16 by <placeholder, f16>] -> [f16]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// Of two calls one does not observe what the function requires.
qprep.config private @c {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// expected-note @below {{it is made here}}
func.func @b15_call_without_observer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  %1 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = call @callee(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{requires operand 0 observed as u8, but it is not observed}}
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>, qprep.assigned = #qprep.assigned<@c::@q from global>,
    qprep.plan = #qprep.plan<observed [ui8] -> [ui8]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// Of two calls one does not observe what it gets back, the other by another
// observer than what it passes.
qprep.observer private @x {id = 0, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @out {id = 1, spec = #qprep.observer<placeholder, f16>}
func.func @b7_shared_across_calls(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @below {{the operand is observed here}}
  %0 = qprep.observe %x by @x : tensor<4xf32>
  // expected-note @below {{it is returned to this call}}
  %1 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32>
  // expected-note @below {{the result is observed here}}
  %3 = qprep.observe %2 by @out : tensor<4xf32>
  return %3 : tensor<4xf32>
}
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{shares its operand's observer, but its result is not observed}}
  // expected-note @below {{probably a pass after qprep-prepare}}
  // expected-error @below {{shares its operand's observer, but operand 0 is observed by @x and the result by @out}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>, qprep.plan = #qprep.plan<shared>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @init {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
qprep.observer private @body {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
func.func @b1_two_observers_around_a_loop(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  // expected-note @below {{observed here}}
  %0 = qprep.observe %x by @init : tensor<4xf32>
  // expected-error @below {{carries a value that @init observes in one place, but @body in another; one observer is required in all (B1)}}
  %1 = scf.for %i = %n to %n step %n iter_args(%a = %0) -> tensor<4xf32> {
    // expected-note @below {{the other one comes from here}}
    %2 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    %3 = qprep.observe %2 by @body : tensor<4xf32>
    scf.yield %3 : tensor<4xf32>
  }
  return %1 : tensor<4xf32>
}

// -----

qprep.observer private @body {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
// expected-note @below {{the other one comes from here}}
func.func @b1_initial_value_not_observed(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  // expected-error @below {{carries a value that @body observes in one place, but nothing in another; one observer is required in all (B1)}}
  %0 = scf.for %i = %n to %n step %n iter_args(%a = %x) -> tensor<4xf32> {
    %1 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    // expected-note @below {{observed here}}
    %2 = qprep.observe %1 by @body : tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// With placement=value, of what was decided to be observed.
qprep.config private @qprep_config backend @b placement value attributes {entry = "b7_lost_observers_by_value", qprep.generated} {
  qprep.backend @b {
  }
}
func.func @b7_lost_observers_by_value(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-note @below {{probably a pass after qprep-prepare changed the module; run qprep-prepare again}}
  // expected-error @below {{result 0 is planned to be observed as u8, but it is not}}
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>, qprep.plan = #qprep.plan<observed [f32] -> [ui8 by <minmax, ui8, per_tensor_affine>]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A function that anybody may call observes what it reads itself.
qprep.config private @c {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  %1 = call @b15_public_callee(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
// expected-note @below {{it is made here; probably a pass after qprep-prepare}}
func.func @b15_public_callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{requires operand 0 observed as u8, but it is not observed}}
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>, qprep.assigned = #qprep.assigned<@c::@q from global>,
    qprep.plan = #qprep.plan<observed [ui8] -> [ui8]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// Loops outside of functions are looked at as well.
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
%c0 = arith.constant 0 : index
%c1 = arith.constant 1 : index
%t = "tosa.const"() <{values = dense<1.0> : tensor<4xf32>}> : () -> tensor<4xf32>
// expected-note @below {{observed here}}
%u = qprep.observe %t by @x : tensor<4xf32>
// expected-error @below {{carries a value that @x observes in one place, but nothing in another; one observer is required in all (B1)}}
%r = scf.for %i = %c0 to %c1 step %c1 iter_args(%a = %u) -> tensor<4xf32> {
  // expected-note @below {{the other one comes from here}}
  %0 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
  scf.yield %0 : tensor<4xf32>
}

// -----

// A planned observation that is gone: of a result, of an operand that a call is
// given, of an argument.
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @b7_result_not_observed(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  // expected-error @below {{result 0 is planned to be observed as u8, but it is not}}
  // expected-note @below {{probably a pass after qprep-prepare changed the module}}
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<exp [input]>, qprep.plan = #qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>] -> [ui8 by <minmax, ui8, per_tensor_affine>]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// expected-note @below {{it is made here}}
func.func @t8_operand_of_a_call_not_observed(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{requires operand 0 observed as u8, but it is not observed}}
  %0 = call @callee(%x) {qprep.plan = #qprep.plan<[ui8 by <minmax, ui8, per_tensor_affine>] -> [f32]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @callee(tensor<4xf32>) -> tensor<4xf32>

// -----

// The weight of a convolution that placement=value prepared.
qprep.config private @qprep_config backend @b placement value attributes {entry = "t6_weight_not_observed", qprep.generated} {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @b {
  }
}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
// expected-note @below {{it is made here}}
// expected-error @below {{argument 1 is planned to be observed as i8, but it is not}}
// expected-note @below {{probably a pass after qprep-prepare changed the module}}
func.func @t6_weight_not_observed(%x: tensor<4xf32>, %w: tensor<4xf32>) -> tensor<4xf32>
    attributes {qprep.plan = #qprep.plan<[] -> [], arguments = [ui8 by <minmax, ui8, per_tensor_affine>, i8 by weight <minmax, i8, per_tensor_symmetric>]>} {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  // expected-error @below {{requires operand 1 observed as i8, but it is not observed}}
  %1 = tosa.add %0, %w {qprep.unit = #qprep.unit<linear [input, weight]>, qprep.assigned = #qprep.assigned<@qprep_config::@q from global>,
    qprep.plan = #qprep.plan<observed [ui8, i8] -> [ui8 by <minmax, ui8, per_tensor_affine>]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.observe %1 by @x : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

func.func @b7_plan_of_another_size(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{unit has 1 operands, 1 results and 0 arguments of blocks, but a plan for 2, 1 and 0}}
  %0 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>, qprep.plan = #qprep.plan<observed [ui8, ui8] -> [ui8]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A unit whose member another pass removed still misses what it was planned to
// read.
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
func.func @b7_changed_unit_lost_an_observation(%x: tensor<1x4x4xf32>, %y: tensor<1x4x4xf32>) -> tensor<1x4x4xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = qprep.observe %x by @x : tensor<1x4x4xf32>
  // expected-error @below {{requires 2 operands observed as u8, but 1 of its unit are}}
  %1 = tosa.matmul %0, %y, %z, %z {qprep.unit = #qprep.unit<matmul [internal, input, _, _]>,
    qprep.plan = #qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>, ui8 by <minmax, ui8, per_tensor_affine>] -> [f32]>}
    : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  return %1 : tensor<1x4x4xf32>
}

// -----

// expected-warning @below {{has not been prepared, so that there is nothing to verify; run qprep-prepare first}}
module @unprepared {
  func.func @forward(%x: tensor<4xf32>) -> tensor<4xf32> {
    %0 = tosa.erf %x : (tensor<4xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}
