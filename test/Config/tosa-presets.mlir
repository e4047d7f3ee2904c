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

// An activation, scaled and shifted by numbers, is one table, whose result alone is observed.
// CHECK-LABEL: func.func @scaled(
// CHECK-NEXT: qprep.observe %arg0
// CHECK-NOT: qprep.observe
// CHECK: tosa.add {{.*}}qprep.pattern = {{.*}}@scaled_hardswish
// CHECK-NEXT: qprep.observe {{.*}} by @add_out
func.func @scaled(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c3 = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %c6 = "tosa.const"() <{values = dense<0.16666667> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %a = "tosa.const"() <{values = dense<1.3> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<0.4> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %0 = tosa.add %x, %c3 : (tensor<1x4x4x3xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x4x3xf32> loc("hardswish")
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> loc("hardswish")
  %2 = tosa.mul %x, %1, %s : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32> loc("hardswish")
  %3 = tosa.mul %2, %c6, %s : (tensor<1x4x4x3xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32> loc("hardswish")
  %4 = tosa.mul %3, %a, %s : (tensor<1x4x4x3xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32> loc("mul")
  %5 = tosa.add %4, %b : (tensor<1x4x4x3xf32>, tensor<1x1x1x1xf32>) -> tensor<1x4x4x3xf32> loc("add")
  return %5 : tensor<1x4x4x3xf32>
}

// A scale for each channel is no number, and what others read is observed.
// CHECK-LABEL: func.func @scaled_by_channel(
// CHECK-COUNT-4: qprep.observe
// CHECK: return
func.func @scaled_by_channel(%x: tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %b = "tosa.const"() <{values = dense<[[[[0.4, 0.5]]]]> : tensor<1x1x1x2xf32>}> : () -> tensor<1x1x1x2xf32>
  %0 = tosa.sigmoid %x : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> loc("silu")
  %1 = tosa.mul %x, %0, %s : (tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>, tensor<1xi8>) -> tensor<1x4x4x2xf32> loc("silu")
  %2 = tosa.add %1, %b : (tensor<1x4x4x2xf32>, tensor<1x1x1x2xf32>) -> tensor<1x4x4x2xf32> loc("add")
  return %2 : tensor<1x4x4x2xf32>
}
