// A weight whose output channels are numbered by two of its dimensions has one
// range for each of them, in the report and in a program of the user's own.
//
// RUN: quant-prep-opt %s --qprep-prepare --qprep-report=output=%t.json --qprep-lower-observers | FileCheck %s
// RUN: FileCheck %s --check-prefix=REPORT < %t.json

// REPORT:      "axis": 2,
// REPORT-NEXT: "axes": [2, 3],

// CHECK-LABEL: func.func @depthwise(
// CHECK:         call @qprep_observe_spec(%{{[^,]*}}, %{{[^,]*}}, %c2_i64{{[^,]*}}, %c2_i64{{[^,]*}}, %c1_i64
func.func @depthwise(%x: tensor<1x8x8x6xf32>) -> tensor<1x8x8x12xf32> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<3x3x6x2xf32>}> : () -> tensor<3x3x6x2xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<12xf32>}> : () -> tensor<12xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.depthwise_conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x6xf32>, tensor<3x3x6x2xf32>, tensor<12xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x12xf32>
  return %0 : tensor<1x8x8x12xf32>
}

// Groups, and the channels of each.
// REPORT:      "axis": 0,
// REPORT-NEXT: "axes": [0, 1],
// CHECK-LABEL: func.func @groups(
// CHECK:         call @qprep_observe_spec(%{{[^,]*}}, %{{[^,]*}}, %c0_i64{{[^,]*}}, %c2_i64{{[^,]*}}, %c1_i64
func.func @groups(%x: tensor<1x2x3x8x8xf32>) -> tensor<1x2x4x6x6xf32> {
  %w = arith.constant dense<0.5> : tensor<2x4x3x3x3xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2x4x6x6xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x4x6x6xf32>) -> tensor<1x2x4x6x6xf32>
  %0 = linalg.conv_2d_ngchw_gfchw ins(%x, %w : tensor<1x2x3x8x8xf32>, tensor<2x4x3x3x3xf32>) outs(%f : tensor<1x2x4x6x6xf32>) -> tensor<1x2x4x6x6xf32>
  return %0 : tensor<1x2x4x6x6xf32>
}
