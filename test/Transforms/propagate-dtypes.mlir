// RUN: quant-prep-opt %s -allow-unregistered-dialect -split-input-file -pass-pipeline='builtin.module(qprep-propagate-dtypes)' | FileCheck %s

#a8 = #qprep.dtypes<input = <ui8>, output = <ui8>>
#a8w8 = #qprep.dtypes<input = <ui8>, output = <ui8>, weight = <i8>, bias = <f32>>
#f16 = #qprep.dtypes<input = <f16>, output = <f16>, weight = <f16>, bias = <f16>>
#dynamic = #qprep.dtypes<input = <ui8>, output = <f32>, weight = <i8>, bias = <f32>, dynamic = true>
#q8 = #qprep.assigned<@qprep_config::@q8 from global>
#q16 = #qprep.assigned<@qprep_config::@q16 from global>
#w16 = #qprep.assigned<@qprep_config::@w16 from global>
#qd = #qprep.assigned<@qprep_config::@qd from global>
#reuse = #qprep.assigned<@qprep_config::@reuse from global>
#none = #qprep.assigned<none from global>
#exp = #qprep.unit<exp [input]>
#log = #qprep.unit<log [input]>
#relu = #qprep.unit<relu [input]>
#reshape = #qprep.unit<reshape [input]>
#conv = #qprep.unit<conv2d [input, weight(axis = 0), bias]>
#linear = #qprep.unit<linear [input, input, input]>
module {
qprep.config private @qprep_config backend @b attributes {inputs_quantized = array<i64: 1>, qprep.generated} {
  qprep.qconfig @q8 <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 255>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.qconfig @q16 <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @w16 <activation = <placeholder, f32>, weight = <placeholder, f16>>
  qprep.qconfig @qd <activation = <placeholder, ui8, dynamic = true>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.qconfig @reuse <activation = <reuse_input, ui8>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @b {
    qprep.pattern @exp different dtypes [#a8] {
      %0 = qprep.node exp
    }
    qprep.pattern @relu shared dtypes [#a8] {
      %0 = qprep.node relu
    }
    qprep.pattern @cat shared dtypes [#a8] {
      %0 = qprep.node cat
    }
    qprep.pattern @add by_operands dtypes [#a8] {
      %0 = qprep.node add
    }
    qprep.pattern @relu_exp different dtypes [#a8] {
      %0 = qprep.node exp
      %1 = qprep.node relu(%0)
    }
    qprep.pattern @conv2d different weight bias dtypes [#a8w8, #f16, #dynamic] {
      %0 = qprep.node conv2d
    }
    qprep.pattern @linear different dtypes [#a8] {
      %0 = qprep.node linear
    }
    qprep.pattern @embedding different unobserved dtypes [#a8] {
      %0 = qprep.node embedding
    }
  }
}

// The root's inputs and the last unit's output; between them no dtype is wanted.
// CHECK-LABEL: @f13_observed(
// CHECK: tosa.exp {{.*}}#qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>] -> [ui8 by <minmax, ui8, per_tensor_affine>]>
// CHECK: tosa.exp {{.*}}#qprep.plan<observed [ui8] -> [ui8]>
// CHECK: tosa.clamp {{.*}}#qprep.plan<observed [none] -> [ui8 by <minmax, ui8, per_tensor_affine>]>
func.func @f13_observed(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.assigned = #q8, qprep.fused, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@relu_exp, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Weights by the weight's spec, biases float; in static f16 biases are f16 too.
// CHECK-LABEL: @f13_weights_and_biases(
// CHECK: "test.conv"{{.*}}#qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>, i8 by weight <minmax, i8, per_tensor_symmetric>, f32] -> [ui8 by <minmax, ui8, per_tensor_affine>]>
// CHECK: "test.conv"{{.*}}#qprep.plan<observed [f16 by <placeholder, f16> requantized, f16 by weight <placeholder, f16>, f16 by <placeholder, f16>] -> [f16 by <placeholder, f16>]>
// CHECK: "test.conv"{{.*}}#qprep.plan<observed dynamic [ui8 by <placeholder, ui8, dynamic = true> requantized, i8 by weight <minmax, i8, per_tensor_symmetric>, f32] -> [f32]>
func.func @f13_weights_and_biases(%x: tensor<4xf32>, %q: tensor<4xf32>, %w: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "test.conv"(%x, %w, %b) {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@conv2d, qprep.unit = #conv} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = "test.conv"(%0, %w, %b) {qprep.assigned = #q16, qprep.pattern = @qprep_config::@b::@conv2d, qprep.unit = #conv} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = "test.conv"(%1, %w, %b) {qprep.assigned = #qd, qprep.pattern = @qprep_config::@b::@conv2d, qprep.unit = #conv} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// A weight and bias that are none for the backend have become inputs.
// CHECK-LABEL: @f6_all_are_inputs(
// CHECK: "test.linear"{{.*}}#qprep.plan<observed [ui8 by <minmax, ui8, per_tensor_affine>, ui8 by <minmax, ui8, per_tensor_affine>, ui8 by <minmax, ui8, per_tensor_affine>] -> [ui8 by <minmax, ui8, per_tensor_affine>]>
func.func @f6_all_are_inputs(%x: tensor<4xf32>, %q: tensor<4xf32>, %w: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "test.linear"(%x, %w, %b) {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@linear, qprep.unit = #linear} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// add shares with one tensor operand, and has its own observer with two.
// CHECK-LABEL: @f6_by_operands(
// CHECK: tosa.add {{.*}}<observed
// CHECK: tosa.add {{.*}}<shared
func.func @f6_by_operands(%x: tensor<4xf32>) -> tensor<4xf32> {
  %s = "tosa.const"() <{values = dense<2.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.add %x, %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@add, qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %0, %s {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@add, qprep.unit = #qprep.unit<add [input, _]>} : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: @f6_unobserved(
// CHECK: "test.embedding"{{.*}}#qprep.plan<float by "F6" because "the backend does not observe this kind" [f32] -> [f32]>
func.func @f6_unobserved(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "test.embedding"(%x) {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@embedding, qprep.unit = #qprep.unit<embedding [weight(axis = 0)]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: @f1_none(
// CHECK: tosa.exp {{.*}}#qprep.plan<skipped by "F1" because "it is assigned no qconfig" [f32] -> [f32]>
// CHECK: tosa.log {{.*}}#qprep.plan<skipped by "F1"
func.func @f1_none(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #none, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.log %0 {qprep.assigned = #none, qprep.unit = #log} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: @f14_no_pattern(
// CHECK: tosa.log {{.*}}#qprep.plan<float by "F14" because "the backend has no pattern for this kind" [f32] -> [f32]>
// CHECK: "test.what"{{.*}}#qprep.plan<float by "F14" because "nothing is known of this op"
func.func @f14_no_pattern(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.log %x {qprep.assigned = #q8, qprep.unit = #log} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = "test.what"(%0) {qprep.assigned = #q8, qprep.unit = #qprep.unit<opaque [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// A cast of integers has tensor operands, and its result is float; what has none,
// and masks, have no dtype.
// CHECK-LABEL: @f11_no_dtype(
// CHECK: tosa.cast {{.*}}#qprep.plan<float by "F14"{{.*}}" [] -> [f32]>
// CHECK: tosa.greater {{.*}}" [f32, f32] -> [none]>
// CHECK: "test.random"{{.*}}#qprep.plan<skipped by "F11" because "it has no tensor operands" [] -> [none]>
func.func @f11_no_dtype(%i: tensor<4xi32>) -> (tensor<4xi1>, tensor<4xf32>) {
  %0 = tosa.cast %i {qprep.assigned = #q8, qprep.unit = #qprep.unit<cast [_]>} : (tensor<4xi32>) -> tensor<4xf32>
  %1 = tosa.greater %0, %0 {qprep.assigned = #q8, qprep.unit = #qprep.unit<greater [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %2 = "test.random"() {qprep.assigned = #q8, qprep.unit = #qprep.unit<opaque []>} : () -> tensor<4xf32>
  return %1, %2 : tensor<4xi1>, tensor<4xf32>
}

// F16: each condition, and no dtype config that agrees.
// CHECK-LABEL: @f16_unsupported(
// CHECK: tosa.exp {{.*}}#qprep.plan<float by "F16" because "the backend takes input dtype u8, the qconfig has f16" [f32] -> [f32]>
// CHECK: "test.conv"{{.*}}<float by "F16" because "the backend takes input dtype u8, the qconfig has f32"
// CHECK: tosa.exp {{.*}}<float by "F16" because "the backend takes static inputs only, the qconfig is dynamic"
func.func @f16_unsupported(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q16, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = "test.conv"(%0, %0, %0) {qprep.assigned = #w16, qprep.pattern = @qprep_config::@b::@conv2d, qprep.unit = #conv} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %1 {qprep.assigned = #qd, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// A unit of a fusion has no qconfig: the other stays float for it.
// CHECK-LABEL: @f16_fused_with_none(
// CHECK: tosa.exp {{.*}}<skipped by "F1"
// CHECK: tosa.clamp {{.*}}<float by "F16" because "a unit that it is fused with has no qconfig"
func.func @f16_fused_with_none(%x: tensor<4xf32>) -> tensor<4xf32> {
  %1 = tosa.exp %x {qprep.assigned = #none, qprep.fused, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@relu_exp, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Its users see a float producer, and get what they need: relu observes its
// operand, and has something to share with.
// CHECK-LABEL: @b8_unsupported_is_float_to_all(
// CHECK: tosa.exp {{.*}}<float by "F16"{{.*}}[f32] -> [f32]>
// CHECK: tosa.clamp {{.*}}<shared [ui8 by <minmax, ui8, per_tensor_affine> shared] -> [ui8 by <minmax, ui8, per_tensor_affine> shared]>
func.func @b8_unsupported_is_float_to_all(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q16, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@relu, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// A unit that reuses its input's observer puts none on its operand.
// CHECK-LABEL: @b9_nothing_to_reuse(
// CHECK: tosa.exp {{.*}}<float by "B9" because "it would share its input's observer, and there is none"{{.*}}[f32] -> [f32]
func.func @b9_nothing_to_reuse(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #reuse, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// The search goes up through what moves data, though it stays float, and through
// what shares; through what computes in float it does not go.
// CHECK-LABEL: @b9_search(
// CHECK: tosa.exp {{.*}}<observed
// CHECK: tosa.identity {{.*}}<skipped by "F1"
// CHECK: tosa.reverse {{.*}}<skipped by "F1"
// CHECK: tosa.exp {{.*}}<shared [f32 shared] -> [ui8 by <reuse_input, ui8> shared]>
// CHECK: tosa.log {{.*}}<float by "F14"
// CHECK: tosa.exp {{.*}}<float by "B9"
func.func @b9_search(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.identity %0 {qprep.assigned = #none, qprep.unit = #qprep.unit<identity [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.reverse %1 {axis = 0 : i32, qprep.assigned = #none, qprep.unit = #qprep.unit<flip [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.exp %2 {qprep.assigned = #reuse, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %4 = tosa.log %3 {qprep.assigned = #q8, qprep.unit = #log} : (tensor<4xf32>) -> tensor<4xf32>
  %5 = tosa.exp %4 {qprep.assigned = #reuse, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %5 : tensor<4xf32>
}

// A cluster that ends with a transpose does more than move data.
// CHECK-LABEL: @b9_not_through_a_cluster(
// CHECK: tosa.exp {{.*}}<observed
// CHECK: tosa.reverse {{.*}}<skipped by "F1"
// CHECK: tosa.exp {{.*}}<float by "B9"
func.func @b9_not_through_a_cluster(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.log %0 {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.reverse %1 {axis = 0 : i32, qprep.assigned = #none, qprep.unit = #qprep.unit<conv2d [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.exp %2 {qprep.assigned = #reuse, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}

// Argument 1 is quantized outside: nothing to share with, its own observer. In a
// list there is none (F23).
// CHECK-LABEL: @f24_quantized_argument(
// CHECK: tosa.clamp {{.*}}<observed
// CHECK: tosa.concat {{.*}}<float by "B9"
func.func @f24_quantized_argument(%x: tensor<4xf32>, %q: tensor<4xf32>) -> (tensor<4xf32>, tensor<8xf32>) {
  %0 = tosa.clamp %q {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@relu, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.concat %q, %x {axis = 0 : i32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@cat, qprep.unit = #qprep.unit<cat [element, element]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  return %0, %1 : tensor<4xf32>, tensor<8xf32>
}

// The option speaks of public functions: here argument 1 is float.
// CHECK-LABEL: @f10_private_function(
// CHECK: tosa.clamp {{.*}}<shared
func.func private @f10_private_function(%x: tensor<4xf32>, %q: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.clamp %q {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@relu, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// Argument 1 of a later block is no argument of the function.
// CHECK-LABEL: @f10_block_argument(
// CHECK: tosa.clamp {{.*}}<shared
func.func @f10_block_argument(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^body(%x, %x : tensor<4xf32>, tensor<4xf32>)
^body(%y: tensor<4xf32>, %z: tensor<4xf32>):
  %0 = tosa.clamp %z {min_val = 0.0 : f32, max_val = 3.4e38 : f32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@relu, qprep.unit = #relu} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
}

// -----

// Constraints take the qconfig's specs (F16).
#range = #qprep.dtypes<input = <ui8, quant_min = 0, quant_max = 127>>
#scale = #qprep.dtypes<input = <ui8, scale_min = 1.0E-3>>
#fixed = #qprep.dtypes<output = <ui8, scale = 5.0E-1, zero_point = 1>>
#qfull = #qprep.assigned<@qprep_config::@full from global>
#qhalf = #qprep.assigned<@qprep_config::@half from global>
#qopen = #qprep.assigned<@qprep_config::@open from global>
#qeps = #qprep.assigned<@qprep_config::@eps from global>
#qfixed = #qprep.assigned<@qprep_config::@fixed from global>
#abs = #qprep.unit<abs [input]>
module {
qprep.config private @qprep_config backend @b attributes {qprep.generated} {
  qprep.qconfig @full <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 255>, weight = <placeholder, f32>>
  qprep.qconfig @half <activation = <minmax, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>, weight = <placeholder, f32>>
  qprep.qconfig @open <activation = <minmax, ui8, per_tensor_affine>, weight = <placeholder, f32>>
  qprep.qconfig @eps <activation = <minmax, ui8, per_tensor_affine, eps = 1.0E-2>, weight = <placeholder, f32>>
  qprep.qconfig @fixed <activation = <fixed_qparams, ui8, per_tensor_affine, scale = 0.5, zero_point = 1>, weight = <placeholder, f32>>
  qprep.backend @b {
    qprep.pattern @range different dtypes [#range] {
      %0 = qprep.node abs
    }
    qprep.pattern @scale different dtypes [#scale] {
      %0 = qprep.node log
    }
    qprep.pattern @fixed different dtypes [#fixed] {
      %0 = qprep.node exp
    }
    qprep.pattern @nothing different dtypes [] {
      %0 = qprep.node floor
    }
  }
}
// CHECK-LABEL: @f16_range(
// CHECK: tosa.abs {{.*}}<float by "F16" because "the backend takes input values 0 to 127, the qconfig has 0 to 255"
// CHECK: tosa.abs {{.*}}<observed
// CHECK: tosa.abs {{.*}}<float by "F16" because "the backend takes input values 0 to 127, the qconfig has 0 to 255"
func.func @f16_range(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.assigned = #qfull, qprep.pattern = @qprep_config::@b::@range, qprep.unit = #abs} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.abs %0 {qprep.assigned = #qhalf, qprep.pattern = @qprep_config::@b::@range, qprep.unit = #abs} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.abs %1 {qprep.assigned = #qopen, qprep.pattern = @qprep_config::@b::@range, qprep.unit = #abs} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
// CHECK-LABEL: @f16_scale(
// CHECK: tosa.log {{.*}}<float by "F16" because "the backend wants an eps of the input observer that is not under its smallest scale"
// CHECK: tosa.log {{.*}}<observed
func.func @f16_scale(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.log %x {qprep.assigned = #qopen, qprep.pattern = @qprep_config::@b::@scale, qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.log %0 {qprep.assigned = #qeps, qprep.pattern = @qprep_config::@b::@scale, qprep.unit = #qprep.unit<log [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
// CHECK-LABEL: @f16_fixed(
// CHECK: tosa.exp {{.*}}<float by "F16" because "the backend wants a fixed scale and zero point of the output, and the qconfig has others"
// CHECK: tosa.exp {{.*}}<observed
// CHECK: tosa.floor {{.*}}<float by "F16" because "the backend lists no dtypes for it"
func.func @f16_fixed(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #qfull, qprep.pattern = @qprep_config::@b::@fixed, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.assigned = #qfixed, qprep.pattern = @qprep_config::@b::@fixed, qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.floor %1 {qprep.assigned = #qfull, qprep.pattern = @qprep_config::@b::@nothing, qprep.unit = #qprep.unit<floor [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
}
