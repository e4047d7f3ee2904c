// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(qprep-prepare,qprep-propagate-dtypes)' | FileCheck %s

// Of a prepared module the dtypes are decided again as before: what says which operand of
// the convolution is its weight is still there, though no pattern but that of the fusion
// matched (F6).
// CHECK-LABEL: @f6_weight_of_a_fusion(
// CHECK: tosa.conv2d {{.*}}#qprep.plan<observed [ui8 by <histogram, ui8, per_tensor_affine, reduce_range = true>, i8 by weight <per_channel_minmax, i8, per_channel_symmetric, axis = 0>, f32] -> [ui8]>
// CHECK: tosa.clamp {{.*}}#qprep.plan<observed [none] -> [ui8 by <histogram, ui8, per_tensor_affine, reduce_range = true>]>
func.func @f6_weight_of_a_fusion(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<3x1x1x3xf32>}> : () -> tensor<3x1x1x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  %r = tosa.clamp %c {min_val = 0.0 : f32, max_val = 3.4028235e38 : f32} : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %r : tensor<1x4x4x3xf32>
}
