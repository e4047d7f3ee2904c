// RUN: quant-prep-opt %s --split-input-file --qprep-verify-prepared | FileCheck %s

// What preparation leaves verifies, and is not changed by it.

qprep.config private @qprep_config backend @native attributes {qprep.generated} {
  qprep.qconfig @fbgemm <activation = <histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>,
                         weight = <per_channel_minmax, i8, per_channel_symmetric, axis = 0>>
  qprep.backend @native {
    qprep.pattern @conv2d different weight bias dtypes [] {
      qprep.node conv2d
    }
  }
}
qprep.observer private @x_in {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>} attributes {qprep.generated}
qprep.observer private @conv_weight {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>} attributes {qprep.generated}
qprep.observer private @conv_out {id = 2, spec = #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>} attributes {qprep.generated}
qprep.observer private @unused_one_of_the_user {id = 3, spec = #qprep.observer<placeholder, f16>}

// CHECK-LABEL: func.func @b7_conv_and_shared_pool(
// CHECK:         tosa.conv2d
// CHECK-NEXT:    qprep.observe {{.*}} by @conv_out
// CHECK-NEXT:    tosa.max_pool2d
// CHECK-NEXT:    qprep.observe {{.*}} by @conv_out
func.func @b7_conv_and_shared_pool(%x: tensor<1x4x4x3xf32>, %w: tensor<8x1x1x3xf32>, %b: tensor<8xf32>) -> tensor<1x2x2x8xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = qprep.observe %x by @x_in : tensor<1x4x4x3xf32>
  %1 = qprep.observe %w by @conv_weight : tensor<8x1x1x3xf32>
  %2 = tosa.conv2d %0, %1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
    qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>,
    qprep.pattern = @qprep_config::@native::@conv2d, qprep.plan = #qprep.plan<observed>}
    : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32>
  %3 = qprep.observe %2 by @conv_out : tensor<1x4x4x8xf32>
  %4 = tosa.max_pool2d %3 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>,
    qprep.unit = #qprep.unit<max_pool2d [input]>,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>, qprep.plan = #qprep.plan<shared>}
    : (tensor<1x4x4x8xf32>) -> tensor<1x2x2x8xf32>
  %5 = qprep.observe %4 by @conv_out : tensor<1x2x2x8xf32>
  return %5 : tensor<1x2x2x8xf32>
}

// A constant with one element needs no observer.
// CHECK-LABEL: func.func @b7_scalar_operand(
func.func @b7_scalar_operand(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %c = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = qprep.observe %x by @x_in : tensor<1x4xf32>
  %1 = tosa.add %0, %c {qprep.unit = #qprep.unit<add [input, input]>,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>, qprep.plan = #qprep.plan<shared>}
    : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %2 = qprep.observe %1 by @x_in : tensor<1x4xf32>
  return %2 : tensor<1x4xf32>
}

// The observer to share lies before data movement that is float (B9).
// CHECK-LABEL: func.func @b9_shared_through_movement(
func.func @b9_shared_through_movement(%x: tensor<2x2xf32>) -> tensor<2x1xf32> {
  %0 = qprep.observe %x by @x_in : tensor<2x2xf32>
  %1 = tosa.reverse %0 {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>, qprep.plan = #qprep.plan<float by "F16">}
    : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = tosa.reduce_max %1 {axis = 1 : i32, qprep.unit = #qprep.unit<reduce_max [input]>, qprep.plan = #qprep.plan<shared>}
    : (tensor<2x2xf32>) -> tensor<2x1xf32>
  %3 = qprep.observe %2 by @x_in : tensor<2x1xf32>
  return %3 : tensor<2x1xf32>
}

// A float unit between quantized ones may have another observer on each side.
// CHECK-LABEL: func.func @b8_float_movement(
func.func @b8_float_movement(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %0 = qprep.observe %x by @x_in : tensor<2x2xf32>
  %1 = tosa.reverse %0 {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>, qprep.plan = #qprep.plan<float by "F16">}
    : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = qprep.observe %1 by @conv_out : tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// Between the units of a match nothing is observed.
// CHECK-LABEL: func.func @b7_inside_a_match(
func.func @b7_inside_a_match(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = qprep.observe %x by @x_in : tensor<1x4xf32>
  %1 = tosa.add %0, %0 {qprep.unit = #qprep.unit<add [input, input]>, qprep.fused,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>, qprep.plan = #qprep.plan<observed>}
    : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = tosa.abs %1 {qprep.unit = #qprep.unit<abs [input]>, qprep.pattern = @gone,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>, qprep.plan = #qprep.plan<observed>}
    : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %3 = qprep.observe %2 by @conv_out : tensor<1x4xf32>
  return %3 : tensor<1x4xf32>
}

// -----

// Arguments that the caller quantizes have no place (F10), and units that would
// share with one have an observer of their own (F24).

qprep.config private @qprep_config backend @b attributes {inputs_quantized = array<i64: 0>, qprep.generated} {
  qprep.backend @b {}
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
qprep.observer private @out {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}

// CHECK-LABEL: func.func @f24_quantized_argument(
func.func @f24_quantized_argument(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>,
    qprep.assigned = #qprep.assigned<@qprep_config::@q from global>, qprep.plan = #qprep.plan<shared>}
    : (tensor<4xf32>) -> tensor<4xf32>
  %1 = qprep.observe %0 by @out : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// An observer of the user's own, of another dtype, between ours and the units that
// read the value; and one on the way into a loop that is not quantized.
// CHECK-LABEL: func.func @b7_observers_of_the_user_between(
qprep.config private @c {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
qprep.observer private @ours {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
qprep.observer private @theirs {id = 1, spec = #qprep.observer<placeholder, f16>}
func.func @b7_observers_of_the_user_between(%x: tensor<4xf32>, %n: index) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %x by @ours : tensor<4xf32>
  %1 = qprep.observe %0 by @theirs : tensor<4xf32>
  %2 = tosa.abs %1 {qprep.unit = #qprep.unit<abs [input]>, qprep.assigned = #qprep.assigned<@c::@q from global>,
    qprep.plan = #qprep.plan<shared>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.observe %2 by @ours : tensor<4xf32>
  %4 = qprep.observe %x by @theirs : tensor<4xf32>
  %5 = scf.for %i = %n to %n step %n iter_args(%a = %4) -> tensor<4xf32> {
    %6 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %6 : tensor<4xf32>
  }
  return %3, %5 : tensor<4xf32>, tensor<4xf32>
}

// -----

// One without a symbol, which preparation has not looked at yet.
// CHECK-LABEL: func.func @b7_unnamed_observer_of_the_user_in_a_loop(
func.func @b7_unnamed_observer_of_the_user_in_a_loop(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %0 = scf.for %i = %n to %n step %n iter_args(%a = %x) -> tensor<4xf32> {
    %1 = qprep.observe %a as <minmax, ui8, per_tensor_affine> : tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// With placement=value, of what was decided to be observed something is: the result;
// the result of a call that follows (T4); what it is returned as (T8); what it reads.
// CHECK-LABEL: func.func @b7_observed_by_value(
qprep.config private @qprep_config backend @b placement value attributes {entry = "b7_observed_by_value", qprep.generated} {
  qprep.backend @b {
  }
}
qprep.observer private @o {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}
func.func @b7_observed_by_value(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = qprep.observe %0 by @o : tensor<4xf32>
  %2 = tosa.abs %1 {qprep.unit = #qprep.unit<abs [input]>, qprep.plan = #qprep.plan<shared>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.add %x, %x {qprep.unit = #qprep.unit<add [input, input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %4 = call @callee(%3) : (tensor<4xf32>) -> tensor<4xf32>
  %5 = qprep.observe %4 by @o : tensor<4xf32>
  %6 = tosa.add %2, %5 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %6 : tensor<4xf32>
}
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.unit = #qprep.unit<abs [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// What moves data may be observed on one side only, or in float behind.
// CHECK-LABEL: func.func @b7_movement_observed_on_one_side(
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @y {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @half {id = 2, spec = #qprep.observer<placeholder, f16>}
func.func @b7_movement_observed_on_one_side(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %x by @x : tensor<4xf32>
  %1 = tosa.reverse %0 {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.reverse %x {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.observe %2 by @y : tensor<4xf32>
  %4 = tosa.reverse %0 {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  %5 = qprep.observe %4 by @half : tensor<4xf32>
  return %1, %3, %5 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// -----

// A call that was of a standalone function, whose configuration is gone: nothing is
// wanted of it.
// CHECK-LABEL: func.func @b7_standalone_without_configuration(
qprep.config private @c {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
func.func @b7_standalone_without_configuration(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @body(%x) {qprep.unit = #qprep.unit<standalone [input]>, qprep.assigned = #qprep.assigned<@c::@q from global>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @body(tensor<4xf32>) -> tensor<4xf32>
