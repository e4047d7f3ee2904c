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
// CHECK-NEXT: return %[[EO]]
// CHECK: %[[L:.*]] = tosa.log
// CHECK-NEXT: %[[LO:.*]] = qprep.observe %[[L]] by
// CHECK-NEXT: return %[[LO]]
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
