// The presets for accelerators with a TOSA front end: backend tosa, qconfigs
// tosa, tosa-per-tensor and tosa-a16w8.
// RUN: quant-prep-opt %s '-qprep-prepare=backend=tosa qconfig=tosa' -qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s '-qprep-prepare=backend=tosa qconfig=tosa-per-tensor' | FileCheck %s --check-prefix=TENSOR
// RUN: quant-prep-opt %s '-qprep-prepare=backend=tosa qconfig=tosa-a16w8' -qprep-verify-prepared | FileCheck %s --check-prefix=A16

// CHECK-DAG: qprep.observer private @obs_0 {{.*}}<histogram, i8, per_tensor_affine>
// CHECK-DAG: qprep.observer private @conv_weight {{.*}}<per_channel_minmax, i8, per_channel_symmetric, quant_min = -127, quant_max = 127, axis = 0
// CHECK-DAG: qprep.observer private @sigmoid_out {{.*}}<fixed_qparams, i8, {{.*}}scale = 3.906250e-03, zero_point = -128
// CHECK-DAG: qprep.observer private @tanh_out {{.*}}<fixed_qparams, i8, {{.*}}scale = 7.812500e-03, zero_point = 0
// TENSOR: qprep.observer private @conv_weight {{.*}}<minmax, i8, per_tensor_symmetric, quant_min = -127, quant_max = 127
// A16-DAG: qprep.observer private @obs_0 {{.*}}<histogram, i16, per_tensor_symmetric>
// A16-DAG: qprep.observer private @sigmoid_out {{.*}}<histogram, i16, per_tensor_symmetric
// A16-DAG: qprep.observer private @conv_weight {{.*}}<per_channel_minmax, i8

// CHECK-LABEL: func.func @tosa_table(
// CHECK: tosa.conv2d
// CHECK-NEXT: qprep.observe {{.*}} by @conv_out
// CHECK: tosa.sigmoid
// CHECK-NEXT: qprep.observe {{.*}} by @sigmoid_out
// CHECK: tosa.tanh
// CHECK-NEXT: qprep.observe {{.*}} by @tanh_out
func.func @tosa_table(%x: tensor<1x8x8x3xf32>) -> (tensor<1x8x8x4xf32>, tensor<1x8x8x4xf32>) {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<4x3x3x3xf32>}> : () -> tensor<4x3x3x3xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x4xf32> loc("conv")
  %1 = tosa.sigmoid %0 : (tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> loc("sigmoid")
  %2 = tosa.tanh %0 : (tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> loc("tanh")
  return %1, %2 : tensor<1x8x8x4xf32>, tensor<1x8x8x4xf32>
}
