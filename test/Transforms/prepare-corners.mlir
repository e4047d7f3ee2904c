// Rules where they meet each other: what preparation makes of it verifies.

// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-verify-prepared | FileCheck %s

// F17: whoever reuses its input's observer observes none of its operands, not even
// its weight, in a callee either.
// CHECK-LABEL: func.func private @f17_reused_input_of_a_convolution(
// CHECK-SAME: %{{[^:]*}}: tensor<1x4x4x3xf32>, %[[W:[^:]*]]: tensor
// CHECK: %[[A:.*]] = tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[A]] by @[[G:.*]] :
// CHECK-NEXT: %[[C:.*]] = tosa.conv2d %[[O]], %[[W]],
// CHECK-NEXT: qprep.observe %[[C]] by @[[G]] :
qprep.config @mine {
  qprep.qconfig @reuse <activation = <reuse_input, ui8>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.assign global "fbgemm"
  qprep.assign kind "conv2d" @reuse
}
func.func @main(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>, %b: tensor<3xf32>) -> tensor<1x4x4x3xf32> {
  %r = call @f17_reused_input_of_a_convolution(%x, %w, %b) : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>) -> tensor<1x4x4x3xf32>
  return %r : tensor<1x4x4x3xf32>
}
func.func private @f17_reused_input_of_a_convolution(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>, %b: tensor<3xf32>) -> tensor<1x4x4x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.add %x, %x : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %c = tosa.conv2d %0, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %1 = tosa.add %c, %c : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %1 : tensor<1x4x4x3xf32>
}

// -----

// F25: in each of the blocks that return.
// CHECK-LABEL: func.func @f25_several_returns(
// CHECK: %[[E:.*]] = tosa.exp
// CHECK-NEXT: %[[EO:.*]] = qprep.observe %[[E]] by
// CHECK-NEXT: return {{.*}}%[[EO]]
// CHECK: %[[L:.*]] = tosa.log
// CHECK-NEXT: %[[LO:.*]] = qprep.observe %[[L]] by
// CHECK-NEXT: return {{.*}}%[[LO]]
qprep.config @mine attributes {outputs_quantized = array<i64: 0>} {
  qprep.assign global "fbgemm"
}
func.func @f25_several_returns(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  cf.cond_br %c, ^a, ^b
^a:
  %0 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
^b:
  %1 = tosa.log %x : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// F23: the first operand's observer is shared; the other operand, which is no element
// of a list, has its own.
// CHECK-LABEL: func.func @f23_second_operand_keeps_its_own(
// CHECK: %[[Y:.*]] = qprep.observe %arg1 by @[[OTHER:.*]] :
// CHECK: %[[S:.*]] = tosa.add
// CHECK-NEXT: %[[SO:.*]] = qprep.observe %[[S]] by @[[G:.*]] :
// CHECK-NEXT: %[[M:.*]] = tosa.maximum %[[SO]], %[[Y]]
// CHECK-NEXT: qprep.observe %[[M]] by @[[G]] :
qprep.config @mine backend @b {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.assign global @q
  qprep.backend @b {
    qprep.pattern @add different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
      %0 = qprep.node add
    }
    qprep.pattern @maximum shared dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
      %0 = qprep.node maximum
    }
  }
}
func.func @f23_second_operand_keeps_its_own(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.maximum %0, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// What makes an operand may be written further down, in another block or in a
// graph: it is observed once.
// CHECK-LABEL: func.func @f17_made_in_a_block_below(
// CHECK: ^bb1:
// CHECK-NEXT: tosa.add %[[O:.*]], %[[O]]
// CHECK: ^bb2:
// CHECK-NEXT: %[[S:.*]] = tosa.add
// CHECK-NEXT: %[[O]] = qprep.observe %[[S]] by
// CHECK-NEXT: cf.br ^bb1
func.func @f17_made_in_a_block_below(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^bb2
^bb1:
  %1 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
^bb2:
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  cf.br ^bb1
}
// CHECK-LABEL: ml_program.subgraph @f17_made_below(
// CHECK: tosa.add %[[O:.*]], %[[O]]
// CHECK: %[[S:.*]] = tosa.add
// CHECK-NEXT: %[[O]] = qprep.observe %[[S]] by
// CHECK-NEXT: ml_program.output
ml_program.subgraph @f17_made_below(%x: tensor<4xf32>) -> tensor<4xf32> {
  %1 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  ml_program.output %1 : tensor<4xf32>
}

// What is written further down is in no unit with what uses it.
// CHECK-LABEL: ml_program.subgraph @f8_used_before_it_is_made(
// CHECK: tosa.add {{.*}}unit<add [input, input]>
// CHECK: tosa.reshape {{.*}}unit<reshape [input, _]>
// CHECK: tosa.matmul {{.*}}unit<linear [input, weight(axis = 2), _, _]>
// CHECK: tosa.reshape {{.*}}unit<reshape [input, _]>
ml_program.subgraph @f8_used_before_it_is_made(%x: tensor<2x3xf32>, %b: tensor<1x3xf32>) -> tensor<2x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.const_shape {values = dense<[1, 2, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.const_shape {values = dense<[2, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %3 = tosa.add %2, %b : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<2x3xf32>
  %2 = tosa.reshape %1, %t : (tensor<1x2x3xf32>, !tosa.shape<2>) -> tensor<2x3xf32>
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32>
  %0 = tosa.reshape %x, %s : (tensor<2x3xf32>, !tosa.shape<3>) -> tensor<1x2x3xf32>
  ml_program.output %3 : tensor<2x3xf32>
}
// All that is written before the last op of a unit may be in it, in any order.
// CHECK-LABEL: ml_program.subgraph @f8_parts_in_any_order(
// CHECK: tosa.reshape {{.*}}member<
// CHECK: tosa.matmul {{.*}}member<
// CHECK: tosa.reshape {{.*}}member<
// CHECK: tosa.add {{.*}}unit<linear [
ml_program.subgraph @f8_parts_in_any_order(%x: tensor<2x3xf32>, %b: tensor<1x3xf32>) -> tensor<2x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.const_shape {values = dense<[1, 2, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.const_shape {values = dense<[2, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %2 = tosa.reshape %1, %t : (tensor<1x2x3xf32>, !tosa.shape<2>) -> tensor<2x3xf32>
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32>
  %0 = tosa.reshape %x, %s : (tensor<2x3xf32>, !tosa.shape<3>) -> tensor<1x2x3xf32>
  %3 = tosa.add %2, %b : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<2x3xf32>
  ml_program.output %3 : tensor<2x3xf32>
}
// CHECK-LABEL: ml_program.subgraph @f8_relu_before_its_convolution(
// CHECK: tosa.clamp {{.*}}qprep.pattern = @{{[^ ]*}}::@relu,
// CHECK: tosa.conv2d {{.*}}qprep.pattern = @{{[^ ]*}}::@conv2d,
ml_program.subgraph @f8_relu_before_its_convolution(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.4028235e38 : f32} : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  ml_program.output %1 : tensor<1x4x4x3xf32>
}

// -----

// A place that was put on a value for a user in a block above reads it through
// the place that all its users have.
// CHECK-LABEL: func.func @f17_f21_made_in_a_block_below(
// CHECK: ^bb1:
// CHECK-NEXT: tosa.sub %[[H:.*]], %[[H]]
// CHECK: ^bb2:
// CHECK-NEXT: %[[S:.*]] = tosa.add
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[S]] by
// CHECK-NEXT: %[[H]] = qprep.observe %[[O]] by
// CHECK-NEXT: cf.br ^bb1
qprep.config @mine backend @b {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.qconfig @h <activation = <placeholder, f16>, weight = <placeholder, f16>>
  qprep.assign global @q
  qprep.assign kind "sub" @h
  qprep.backend @b {
    qprep.pattern @add different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
      %0 = qprep.node add
    }
    qprep.pattern @sub different dtypes [#qprep.dtypes<input = <f16>, output = <f16>>] {
      %0 = qprep.node sub
    }
  }
}
func.func @f17_f21_made_in_a_block_below(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^bb2
^bb1:
  %1 = tosa.sub %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
^bb2:
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  cf.br ^bb1
}
