// RUN: quant-prep-opt %s --qprep-convert --split-input-file --verify-diagnostics | FileCheck %s

qprep.observer private @x {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127, reduce_range = true>, qparams = #qprep.qparams<scale = [0.5], zero_point = [3]>}

// The codes are those of the observer.
// CHECK-LABEL: func.func @activation(
//       CHECK: %[[Q:.*]] = qprep.quantize %{{.*}} : tensor<4xf32> -> tensor<4x!quant.uniform<u8<0:127>:f32, 5.000000e-01:3>>
//       CHECK: %[[X:.*]] = qprep.dequantize %[[Q]]
//       CHECK: return %[[X]]
func.func @activation(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, quant_min = -127, quant_max = 127, axis = 0>, qparams = #qprep.qparams<scale = [0.5, 0.25], zero_point = [0, 0]>}

// Half to even, and saturated.
// CHECK-LABEL: func.func @weight(
//       CHECK: %[[C:.*]] = "tosa.const"() <{values = dense<{{\[}}[0, 2, -127], [1, 3, 127]]> : tensor<2x3xi8>}>
//       CHECK: %[[Q:.*]] = quant.scast %[[C]] : tensor<2x3xi8> to tensor<2x3x!quant.uniform<i8<-127:127>:f32:0, {5.000000e-01,2.500000e-01}>>
//       CHECK: qprep.dequantize %[[Q]]
func.func @weight() -> tensor<2x3xf32> {
  %0 = "tosa.const"() <{values = dense<[[0.25, 0.75, -100.0], [0.3, 0.7, 100.0]]> : tensor<2x3xf32>}> : () -> tensor<2x3xf32>
  %1 = qprep.observe %0 by @w : tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i4, per_channel_symmetric, axis = 0, block_size = 2>, qparams = #qprep.qparams<scale = [1.0, 2.0, 3.0, 4.0], zero_point = [0, 0, 0, 0]>}

// Blocks of the elements from the axis on: those of each row.
// CHECK-LABEL: func.func @int4_blocks(
//       CHECK: dense<{{\[}}[1, 2, 1, 2], [1, 2, 2, 2]]> : tensor<2x4xi4>
//       CHECK: tensor<2x4x!quant.uniform<i4:f32:{0:1, 1:2}, {{[{][{]}}1.000000e+00, 2.000000e+00}, {3.000000e+00, 4.000000e+00}}>>
func.func @int4_blocks() -> tensor<2x4xf32> {
  %0 = arith.constant dense<[[1.0, 2.0, 2.0, 4.0], [3.0, 6.0, 8.0, 9.0]]> : tensor<2x4xf32>
  %1 = qprep.observe %0 by @w : tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i4, per_channel_symmetric, axis = 1, block_size = 2>, qparams = #qprep.qparams<scale = [1.0, 2.0], zero_point = [0, 0]>}

// Blocks of channels: neighbours have the same scale, in all rows. The last one is smaller.
// CHECK-LABEL: func.func @int4_blocks_of_channels(
//       CHECK: dense<{{\[}}[1, 2, 1], [3, 6, 4]]> : tensor<2x3xi4>
//       CHECK: tensor<2x3x!quant.uniform<i4:f32:1, {1.000000e+00,1.000000e+00,2.000000e+00}>>
func.func @int4_blocks_of_channels() -> tensor<2x3xf32> {
  %0 = arith.constant dense<[[1.0, 2.0, 2.0], [3.0, 6.0, 8.0]]> : tensor<2x3xf32>
  %1 = qprep.observe %0 by @w : tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// -----

// The filters of a depthwise convolution: one set for each channel and multiple.
qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 1>, qparams = #qprep.qparams<scale = [1.0, 2.0, 4.0, 8.0], zero_point = [0, 0, 0, 0]>}

// CHECK-LABEL: func.func @depthwise(
//       CHECK: dense<{{\[}}{{\[}}[8, 4], [2, 1]]]> : tensor<1x2x2xi8>
func.func @depthwise() -> tensor<1x2x2xf32> {
  %0 = arith.constant dense<8.0> : tensor<1x2x2xf32>
  %1 = qprep.observe %0 by @w : tensor<1x2x2xf32>
  return %1 : tensor<1x2x2xf32>
}

// -----

qprep.observer private @x {id = 0, spec = #qprep.observer<placeholder, ui8, dynamic = true>}
qprep.observer private @w {id = 1, spec = #qprep.observer<minmax, i8, per_tensor_symmetric>, qparams = #qprep.qparams<scale = [0.5], zero_point = [0]>}

// CHECK-LABEL: func.func @dynamic(
//       CHECK: qprep.dynamic_fake_quantize %{{.*}} {quant_max = 255 : i64, quant_min = 0 : i64} : tensor<4xf32>
func.func @dynamic(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @static {id = 0, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @dynamic {id = 1, spec = #qprep.observer<placeholder, f16, dynamic = true>}

// Weights are stored as f16 in both modes; an activation is rounded in static mode only.
// CHECK-LABEL: func.func @f16(
//  CHECK-SAME: %[[X:.*]]: tensor<1xf32>
//   CHECK-DAG: %[[T:.*]] = arith.truncf %[[X]] : tensor<1xf32> to tensor<1xf16>
//   CHECK-DAG: %[[E:.*]] = arith.extf %[[T]]
//   CHECK-DAG: %[[C:.*]] = arith.constant dense<9.997550e-02> : tensor<1xf16>
//   CHECK-DAG: %[[W:.*]] = arith.extf %[[C]]
//       CHECK: return %[[E]], %[[X]], %[[W]]
func.func @f16(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) {
  %0 = qprep.observe %x by @static : tensor<1xf32>
  %1 = qprep.observe %x by @dynamic : tensor<1xf32>
  %c = arith.constant dense<0.1> : tensor<1xf32>
  %2 = qprep.observe %c by @dynamic : tensor<1xf32>
  return %0, %1, %2 : tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
}

// -----

qprep.observer private @fixed {id = 0, spec = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 3.906250e-03, zero_point = 0>}

// CHECK-LABEL: func.func @f30_fake_quantize(
//       CHECK: qprep.quantize %{{.*}} -> tensor<4x!quant.uniform<u8:f32, 3.906250e-03>>
//  CHECK-NEXT: qprep.dequantize
//   CHECK-NOT: fake_quantize
func.func @f30_fake_quantize(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.fake_quantize %arg0 by @fixed : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @quantized_outside(
//  CHECK-SAME: %[[Q:.*]]: tensor<4x!quant.uniform<u8:f32, 5.000000e-01:128>>) -> tensor<4xf32>
//       CHECK: %[[X:.*]] = qprep.dequantize %[[Q]]
//       CHECK: return %[[X]]
func.func @quantized_outside(%arg0: tensor<4xf32> {qprep.qparams = #qprep.qparams<scale = [0.5], zero_point = [128]>}) -> tensor<4xf32> {
  return %arg0 : tensor<4xf32>
}

// -----

// expected-warning @below {{@never has no quantization parameters, so that what it observes stays float; calibrate with data that reaches it, or give it 'qparams'}}
qprep.observer private @never {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// CHECK-LABEL: func.func @without_statistics(
//  CHECK-SAME: %[[X:.*]]: tensor<4xf32>
//  CHECK-NEXT: return %[[X]], %[[X]]
func.func @without_statistics(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %arg0 by @never : tensor<4xf32>
  %1 = qprep.observe %arg0 by @never : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// -----

// expected-warning @below {{@e observes for equalization, which is not applied; scale the model before preparation}}
qprep.observer private @e {id = 0, spec = #qprep.observer<input_equalization, ui8, per_tensor_affine, axis = 0>}

// CHECK-LABEL: func.func @f27_equalization(
//  CHECK-NEXT: return
func.func @f27_equalization(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @e : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_affine>, qparams = #qprep.qparams<scale = [0.5], zero_point = [3]>}

// No kernel takes codes of any rank: they stay floats.
// CHECK-LABEL: func.func @no_rank(
//  CHECK-SAME: %[[X:.*]]: tensor<*xf32>
//  CHECK-NEXT: return %[[X]] : tensor<*xf32>
func.func @no_rank(%arg0: tensor<*xf32>) -> tensor<*xf32> {
  %0 = qprep.observe %arg0 by @x : tensor<*xf32>
  return %0 : tensor<*xf32>
}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>, qparams = #qprep.qparams<scale = [1.0, 2.0], zero_point = [0, 0]>}

// Channels are those of what is observed, and no floats are left.
// CHECK-LABEL: func.func @moved_by_tosa(
//   CHECK-NOT: xf32>}>
//   CHECK-NOT: tosa.transpose
//       CHECK: "tosa.const"() <{values = dense<{{\[}}[1, 3, 5], [1, 2, 3]]> : tensor<2x3xi8>}>
//  CHECK-NEXT: quant.scast %{{.*}} : tensor<2x3xi8> to tensor<2x3x!quant.uniform<i8:f32:0, {1.000000e+00,2.000000e+00}>>
//  CHECK-NEXT: qprep.dequantize
//  CHECK-NEXT: return
func.func @moved_by_tosa() -> tensor<2x3xf32> {
  %0 = "tosa.const"() <{values = dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>}> : () -> tensor<3x2xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %2 = qprep.observe %1 by @w : tensor<2x3xf32>
  return %2 : tensor<2x3xf32>
}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 2>, qparams = #qprep.qparams<scale = [1.0, 2.0], zero_point = [0, 0]>}

// A blob, and a chain of ops.
// CHECK-LABEL: func.func @moved_by_linalg(
//  CHECK-NEXT: arith.constant dense<{{\[}}{{\[}}[1, 1], [2, 2]]]> : tensor<1x2x2xi8>
//  CHECK-NEXT: quant.scast
//  CHECK-NEXT: qprep.dequantize
//  CHECK-NEXT: return
func.func @moved_by_linalg() -> tensor<1x2x2xf32> {
  %0 = arith.constant dense_resource<blob> : tensor<4xf32>
  %1 = tensor.expand_shape %0 [[0, 1, 2]] output_shape [2, 2, 1] : tensor<4xf32> into tensor<2x2x1xf32>
  %2 = tensor.empty() : tensor<1x2x2xf32>
  %3 = linalg.transpose ins(%1 : tensor<2x2x1xf32>) outs(%2 : tensor<1x2x2xf32>) permutation = [2, 1, 0]
  %4 = qprep.observe %3 by @w : tensor<1x2x2xf32>
  return %4 : tensor<1x2x2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      blob: "0x040000000000803F000000400000004000008040"
    }
  }
#-}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 1>, qparams = #qprep.qparams<scale = [1.0, 2.0], zero_point = [0, 0]>}

// CHECK-LABEL: func.func @moved_number(
//  CHECK-NEXT: arith.constant dense<{{\[}}[4, 2], [4, 2]]> : tensor<2x2xi8>
//  CHECK-NEXT: quant.scast
func.func @moved_number() -> tensor<2x2xf32> {
  %0 = arith.constant dense<4.0> : tensor<4xf32>
  %1 = tensor.expand_shape %0 [[0, 1]] output_shape [2, 2] : tensor<4xf32> into tensor<2x2xf32>
  %2 = qprep.observe %1 by @w : tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_symmetric>, qparams = #qprep.qparams<scale = [1.0], zero_point = [0]>}

// The floats would stay: others read them, before they are moved or after.
// CHECK-LABEL: func.func @moved_for_others(
//       CHECK: tosa.transpose
//       CHECK: qprep.quantize
//       CHECK: tosa.transpose
//       CHECK: qprep.quantize
func.func @moved_for_others() -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x3xf32>, tensor<2x3xf32>) {
  %0 = "tosa.const"() <{values = dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>}> : () -> tensor<3x2xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %2 = qprep.observe %1 by @w : tensor<2x3xf32>
  %3 = "tosa.const"() <{values = dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]]> : tensor<3x2xf32>}> : () -> tensor<3x2xf32>
  %4 = tosa.transpose %3 {perms = array<i32: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %5 = qprep.observe %4 by @w : tensor<2x3xf32>
  return %2, %0, %5, %4 : tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x3xf32>, tensor<2x3xf32>
}

// -----

qprep.observer private @w {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_symmetric>, qparams = #qprep.qparams<scale = [1.0], zero_point = [0]>}

// What a run gives, elements that were not printed, and repetitions, which would be larger than the floats.
// CHECK-LABEL: func.func @moved_while_it_runs(
//       CHECK: tosa.transpose
//       CHECK: qprep.quantize
//       CHECK: tosa.transpose
//       CHECK: qprep.quantize
//       CHECK: tosa.tile
//       CHECK: qprep.quantize
func.func @moved_while_it_runs(%arg0: tensor<3x2xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<9x2xf32>) {
  %0 = tosa.transpose %arg0 {perms = array<i32: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %1 = qprep.observe %0 by @w : tensor<2x3xf32>
  %2 = "tosa.const"() <{values = dense_resource<__elided__> : tensor<3x2xf32>}> : () -> tensor<3x2xf32>
  %3 = tosa.transpose %2 {perms = array<i32: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %4 = qprep.observe %3 by @w : tensor<2x3xf32>
  %5 = "tosa.const"() <{values = dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>}> : () -> tensor<3x2xf32>
  %6 = tosa.const_shape {values = dense<[3, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %7 = tosa.tile %5, %6 : (tensor<3x2xf32>, !tosa.shape<2>) -> tensor<9x2xf32>
  %8 = qprep.observe %7 by @w : tensor<9x2xf32>
  return %1, %4, %8 : tensor<2x3xf32>, tensor<2x3xf32>, tensor<9x2xf32>
}
