// RUN: quant-prep-opt %s -split-input-file -allow-unregistered-dialect -pass-pipeline='builtin.module(qprep-propagate-dtypes,func.func(qprep-insert-observers))' | FileCheck %s

#q8 = #qprep.assigned<@qprep_config::@q8 from global>
#other = #qprep.assigned<@qprep_config::@other from global>
#q16 = #qprep.assigned<@qprep_config::@q16 from global>
#qd = #qprep.assigned<@qprep_config::@qd from global>
#qat = #qprep.assigned<@qprep_config::@qat from global>
#exp = #qprep.unit<exp [input]>
#tanh = #qprep.unit<tanh [input]>
#conv = #qprep.unit<conv2d [input, weight(axis = 3), bias]>
module {
qprep.observer private @users {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.config private @qprep_config backend @b attributes {inputs_quantized = array<i64: 1>, qprep.generated} {
  qprep.qconfig @q8 <activation = <minmax, ui8, per_tensor_affine>, weight = <per_channel_minmax, i8, per_channel_symmetric, axis = 0>>
  qprep.qconfig @other <activation = <histogram, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.qconfig @q16 <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.qconfig @qd <activation = <placeholder, ui8, dynamic = true>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.qconfig @qat <activation = <minmax, ui8, per_tensor_affine, fake_quant = true>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @b {
    qprep.pattern @exp different dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node exp
    }
    qprep.pattern @exp_exp different dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node exp
      %1 = qprep.node exp(%0)
    }
    qprep.pattern @tanh different dtypes [#qprep.dtypes<dynamic = false>] output #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 0.0078125, zero_point = 128> {
      %0 = qprep.node tanh
    }
    qprep.pattern @conv2d different weight bias dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node conv2d
    }
    qprep.pattern @add different dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node add
    }
    qprep.pattern @cat different dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node cat
    }
    qprep.pattern @layer_norm different weight bias dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node layer_norm
    }
    qprep.pattern @linear different dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node linear
    }
  }
}

// An operand that its producer does not make in the wanted dtype; not that of the
// second exp, which is made so. All users of the output see it observed, the
// return too (F22); an argument for its own sake is left alone (F26).
// CHECK-LABEL: @f17_f21_f22_f26_chain(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[Q:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[OX:.*]] = qprep.observe %[[X]] as <minmax, ui8, per_tensor_affine>
// CHECK-NEXT: %[[E:.*]] = tosa.exp %[[OX]] {
// CHECK-NEXT: %[[OE:.*]] = qprep.observe %[[E]] as <minmax, ui8, per_tensor_affine>
// CHECK-NEXT: %[[F:.*]] = tosa.exp %[[OE]] {
// CHECK-NEXT: %[[OF:.*]] = qprep.observe %[[F]] as <minmax, ui8, per_tensor_affine>
// CHECK-NEXT: return %[[OE]], %[[OF]], %[[Y]], %[[X]]
func.func @f17_f21_f22_f26_chain(%x: tensor<4xf32>, %q: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1, %y, %x : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// Argument 1 is quantized outside, and not observed again (F10).
// CHECK-LABEL: @f10_quantized_argument(
// CHECK-SAME: %{{.*}}: tensor<4xf32>, %[[Q:.*]]: tensor<4xf32>)
// CHECK-NEXT: tosa.exp %[[Q]] {
func.func @f10_quantized_argument(%x: tensor<4xf32>, %q: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %q {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// Nothing between the units of a fusion.
// CHECK-LABEL: @f17_f21_fusion(
// CHECK-NEXT: %[[OX:.*]] = qprep.observe
// CHECK-NEXT: %[[E:.*]] = tosa.exp %[[OX]] {
// CHECK-NEXT: %[[F:.*]] = tosa.exp %[[E]] {
// CHECK-NEXT: qprep.observe %[[F]]
func.func @f17_f21_fusion(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.fused, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp_exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Only the operand that needs it reads the observed value: the op that stays float
// reads the argument.
// CHECK-LABEL: @f17_only_the_operand_that_needs_it(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[OX:.*]] = qprep.observe %[[X]]
// CHECK-NEXT: tosa.exp %[[X]] {
// CHECK-NEXT: tosa.exp %[[OX]] {
func.func @f17_only_the_operand_that_needs_it(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// Another dtype than the producer's: both observers are on the use, in data order.
// CHECK-LABEL: @f17_another_dtype(
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[O8:.*]] = qprep.observe %[[E]] as <minmax, ui8
// CHECK-NEXT: %[[O16:.*]] = qprep.observe %[[O8]] as <placeholder, f16>
// CHECK-NEXT: tosa.exp %[[O16]]
func.func @f17_another_dtype(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.assigned = #q16, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// One place for two users whose whole spec agrees, another for the third (B11).
// CHECK-LABEL: @f18_b11_reuse(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[A:.*]] = qprep.observe %[[X]] as <minmax
// CHECK-NEXT: %[[B:.*]] = qprep.observe %[[X]] as <histogram
// CHECK-NEXT: tosa.exp %[[A]]
// CHECK: tosa.exp %[[A]]
// CHECK: tosa.exp %[[B]]
func.func @f18_b11_reuse(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %x {qprep.assigned = #other, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// The user's own observer serves where its whole spec agrees.
// CHECK-LABEL: @b11_the_users_observer(
// CHECK-NEXT: %[[U:.*]] = qprep.observe %{{.*}} by @users
// CHECK-NEXT: %[[H:.*]] = qprep.observe %[[U]] as <histogram
// CHECK-NEXT: tosa.exp %[[U]]
// CHECK: tosa.exp %[[H]]
func.func @b11_the_users_observer(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %u = qprep.observe %x by @users : tensor<4xf32>
  %0 = tosa.exp %u {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %u {qprep.assigned = #other, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// A place that is there already reads the value through that of all its users.
// CHECK-LABEL: @f18_b11_inline_place_is_there(
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[E]] as <minmax
// CHECK-NEXT: %[[P:.*]] = qprep.observe %[[O]] as <histogram
// CHECK-NEXT: %[[T:.*]] = tosa.exp %[[P]]
// CHECK-NEXT: qprep.observe %[[T]] as <histogram
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @f18_b11_inline_place_is_there(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %u = qprep.observe %x by @users : tensor<4xf32>
  %0 = tosa.exp %u {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %p = qprep.observe %0 as <histogram, ui8, per_tensor_affine> : tensor<4xf32>
  %1 = tosa.exp %p {qprep.assigned = #other, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: @f19_each_element(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %{{.*}}: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
// CHECK-NEXT: %[[OX:.*]] = qprep.observe %[[X]]
// CHECK-NEXT: %[[OY:.*]] = qprep.observe %[[Y]]
// CHECK-NEXT: tosa.concat %[[OX]], %[[OY]], %[[OX]]
func.func @f19_each_element(%x: tensor<4xf32>, %q: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<12xf32> {
  %0 = tosa.concat %x, %y, %x {axis = 0 : i32, qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@cat, qprep.unit = #qprep.unit<cat [element, element, element]>} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<12xf32>
  return %0 : tensor<12xf32>
}

// Weights by the weight's spec over the axis of this layout, biases not; where the
// backend does not know the weight, by the activation's.
// CHECK-LABEL: @f20_weights(
// CHECK-DAG: %[[X:.*]] = qprep.observe %arg0 as <minmax, ui8, per_tensor_affine>
// CHECK-DAG: %[[W:.*]] = qprep.observe %arg2 as <per_channel_minmax, i8, per_channel_symmetric, axis = 3>
// CHECK: %[[C:.*]] = "test.conv"(%[[X]], %[[W]], %arg3)
// CHECK: %[[OC:.*]] = qprep.observe %[[C]]
// CHECK: "test.linear"(%[[OC]], %{{.*}}, %{{.*}})
func.func @f20_weights(%x: tensor<4xf32>, %q: tensor<4xf32>, %w: tensor<1x1x1x4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "test.conv"(%x, %w, %b) {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@conv2d, qprep.unit = #conv} : (tensor<4xf32>, tensor<1x1x1x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = "test.linear"(%0, %w, %b) {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@linear, qprep.unit = #qprep.unit<linear [input, weight(axis = 3), bias]>} : (tensor<4xf32>, tensor<1x1x1x4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// A norm's scale takes the weight's observer even where float is wanted.
// CHECK-LABEL: @f20_norms(
// CHECK-DAG: qprep.observe %arg2 as <minmax, i8
// CHECK-NOT: qprep.observe %arg3
// CHECK: return
func.func @f20_norms(%x: tensor<4xf32>, %q: tensor<4xf32>, %w: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "test.norm"(%x, %w, %b) {qprep.assigned = #other, qprep.pattern = @qprep_config::@b::@layer_norm, qprep.unit = #qprep.unit<layer_norm [input, weight(axis = 0), bias]>} : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// The pattern's output observer, for u8 only.
// CHECK-LABEL: @f21_override(
// CHECK: qprep.observe %{{.*}} as <minmax
// CHECK: tosa.tanh
// CHECK-NEXT: qprep.observe %{{.*}} as <fixed_qparams
// CHECK: tosa.tanh
// CHECK-NEXT: qprep.observe %{{.*}} as <placeholder, f16>
func.func @f21_override(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@tanh, qprep.unit = #tanh} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.tanh %0 {qprep.assigned = #q16, qprep.pattern = @qprep_config::@b::@tanh, qprep.unit = #tanh} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Of dynamic activations the first, though its producer makes u8; the output not.
// CHECK-LABEL: @f17_dynamic(
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[OE:.*]] = qprep.observe %[[E]] as <minmax
// CHECK-NEXT: %[[D:.*]] = qprep.observe %[[OE]] as <placeholder, ui8, dynamic = true>
// CHECK-NEXT: %[[A:.*]] = tosa.add %[[D]], %arg2
// CHECK-NEXT: return %[[A]]
func.func @f17_dynamic(%x: tensor<4xf32>, %q: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %0, %y {qprep.assigned = #qd, qprep.pattern = @qprep_config::@b::@add, qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Specs with fake_quant are observed by a fake-quantize.
// CHECK-LABEL: @f30_fake_quantize(
// CHECK-NEXT: qprep.fake_quantize %{{.*}} as <minmax, ui8, per_tensor_affine, fake_quant = true>
// CHECK-NEXT: tosa.exp
// CHECK-NEXT: qprep.fake_quantize
func.func @f30_fake_quantize(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #qat, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// A value that is made in one block and used in another is observed where it is
// made; an argument of a block at the block's start.
// CHECK-LABEL: @f17_blocks(
// CHECK-NEXT: %[[OX:.*]] = qprep.observe %arg0
// CHECK-NEXT: cf.br ^[[BB:.*]](%arg0 :
// CHECK-NEXT: ^[[BB]](%[[Y:.*]]: tensor<4xf32>):
// CHECK-NEXT: %[[OY:.*]] = qprep.observe %[[Y]]
// CHECK-NEXT: tosa.add %[[OX]], %[[OY]]
func.func @f17_blocks(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^body(%x : tensor<4xf32>)
^body(%y: tensor<4xf32>):
  %0 = tosa.add %x, %y {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@add, qprep.unit = #qprep.unit<add [input, input]>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
}

// -----

// F25 and B13: listed results that are not quantized yet, any subset, with their
// producer's activation, supported or not.
#q8 = #qprep.assigned<@qprep_config::@q8 from global>
#exp = #qprep.unit<exp [input]>
module {
qprep.config private @qprep_config backend @b attributes {outputs_quantized = array<i64: 0, 2>, entry = "b13_f25_listed_results", qprep.generated} {
  qprep.qconfig @q8 <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.backend @b {
    qprep.pattern @exp different dtypes [#qprep.dtypes<dynamic = false>] {
      %0 = qprep.node exp
    }
  }
}
// CHECK-LABEL: @b13_f25_listed_results(
// CHECK: %[[A:.*]] = tosa.exp
// CHECK-NEXT: %[[OA:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: %[[B:.*]] = tosa.exp
// CHECK-NEXT: %[[C:.*]] = tosa.exp
// CHECK-NEXT: %[[OC:.*]] = qprep.observe %[[C]]
// CHECK-NEXT: return {qprep.plan = #qprep.plan<[ui8, f32, ui8 by <minmax, ui8, per_tensor_affine>] -> []>} %[[OA]], %[[B]], %[[OC]]
func.func @b13_f25_listed_results(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.pattern = @qprep_config::@b::@exp, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %x {qprep.assigned = #q8, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %x {qprep.assigned = #q8, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// The entry is another function.
// CHECK-LABEL: @f25_not_the_entry(
// CHECK-NOT: qprep.observe
func.func @f25_not_the_entry(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.exp %x {qprep.assigned = #q8, qprep.unit = #exp} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
}
