// What is known of values that linalg ops make of constants: fills are the number that they are
// filled with, a broadcast vector is a bias.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// CHECK-LABEL: @relu_of_fill(
// CHECK: linalg.fill
// CHECK-NOT: qprep
// CHECK: linalg.max {qprep.unit = #qprep.unit<relu [input, _, _]>}
func.func @relu_of_fill(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %f = linalg.fill ins(%c : f32) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %0 = linalg.max ins(%x, %f : tensor<2x4xf32>, tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// A generic that yields a number is a fill, too.
// CHECK-LABEL: @not_relu_of_other_fill(
// CHECK: linalg.max {qprep.unit = #qprep.unit<maximum [input, {{.*}}, _]>}
func.func @not_relu_of_other_fill(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %f = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<2x4xf32>) {
  ^bb0(%o: f32):
    linalg.yield %c : f32
  } -> tensor<2x4xf32>
  %0 = linalg.max ins(%x, %f : tensor<2x4xf32>, tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_relu_of_unknown_fill(
// CHECK: linalg.max {qprep.unit = #qprep.unit<maximum [input, input, _]>}
func.func @not_relu_of_unknown_fill(%x: tensor<2x4xf32>, %c: f32) -> tensor<2x4xf32> {
  %e = tensor.empty() : tensor<2x4xf32>
  %f = linalg.fill ins(%c : f32) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %0 = linalg.max ins(%x, %f : tensor<2x4xf32>, tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// An integer, filled in and made a float.
// CHECK-LABEL: @relu6_of_integer(
// CHECK: arith.sitofp
// CHECK-NOT: qprep
// CHECK: linalg.max {qprep.member = #qprep.member<[input, _, _]>}
// CHECK: linalg.min {qprep.unit = #qprep.unit<relu6 [internal, _, _]>}
func.func @relu6_of_integer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %six = arith.constant 6 : i64
  %zero = arith.constant dense<0.0> : tensor<4xf32>
  %ei = tensor.empty() : tensor<4xi64>
  %e = tensor.empty() : tensor<4xf32>
  %fi = linalg.fill ins(%six : i64) outs(%ei : tensor<4xi64>) -> tensor<4xi64>
  %f = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%fi : tensor<4xi64>) outs(%e : tensor<4xf32>) {
  ^bb0(%i: i64, %o: f32):
    %s = arith.sitofp %i : i64 to f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  %0 = linalg.max ins(%x, %zero : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %1 = linalg.min ins(%0, %f : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: @linear_broadcast_bias(
// CHECK: linalg.matmul {qprep.member = #qprep.member<[input, weight(axis = 1), _]>}
// CHECK: linalg.broadcast
// CHECK-NOT: qprep
// CHECK: linalg.add {qprep.unit = #qprep.unit<linear [internal, bias, _]>}
func.func @linear_broadcast_bias(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %z = arith.constant 0.0 : f32
  %w = arith.constant dense<0.1> : tensor<8x8xf32>
  %b = arith.constant dense<0.2> : tensor<8xf32>
  %e = tensor.empty() : tensor<8x8xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<8x8xf32>) -> tensor<8x8xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<8x8xf32>, tensor<8x8xf32>) outs(%f : tensor<8x8xf32>) -> tensor<8x8xf32>
  %bb = linalg.broadcast ins(%b : tensor<8xf32>) outs(%e : tensor<8x8xf32>) dimensions = [0]
  %1 = linalg.add ins(%0, %bb : tensor<8x8xf32>, tensor<8x8xf32>) outs(%e : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %1 : tensor<8x8xf32>
}

// One number for each row, not for each channel.
// CHECK-LABEL: @not_linear_bias_of_rows(
// CHECK: linalg.matmul {qprep.unit = #qprep.unit<linear [input, weight(axis = 1), _]>}
// CHECK: linalg.add {qprep.unit = #qprep.unit<add [input, input, _]>}
func.func @not_linear_bias_of_rows(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %z = arith.constant 0.0 : f32
  %w = arith.constant dense<0.1> : tensor<8x8xf32>
  %b = arith.constant dense<0.2> : tensor<8xf32>
  %e = tensor.empty() : tensor<8x8xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<8x8xf32>) -> tensor<8x8xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<8x8xf32>, tensor<8x8xf32>) outs(%f : tensor<8x8xf32>) -> tensor<8x8xf32>
  %bb = linalg.broadcast ins(%b : tensor<8xf32>) outs(%e : tensor<8x8xf32>) dimensions = [1]
  %1 = linalg.add ins(%0, %bb : tensor<8x8xf32>, tensor<8x8xf32>) outs(%e : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %1 : tensor<8x8xf32>
}

// CHECK-LABEL: @conv_broadcast_bias(
// CHECK: linalg.conv_2d_nchw_fchw {{.*}}qprep.member = #qprep.member<[input, weight(axis = 0), _]>
// CHECK: linalg.generic
// CHECK-NOT: qprep
// CHECK: linalg.add {qprep.unit = #qprep.unit<conv2d [internal, bias, _]>}
func.func @conv_broadcast_bias(%x: tensor<1x3x4x4xf32>) -> tensor<1x4x4x4xf32> {
  %z = arith.constant 0.0 : f32
  %w = arith.constant dense<0.1> : tensor<4x3x1x1xf32>
  %b = arith.constant dense<0.2> : tensor<4xf32>
  %e = tensor.empty() : tensor<1x4x4x4xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
  %0 = linalg.conv_2d_nchw_fchw ins(%x, %w : tensor<1x3x4x4xf32>, tensor<4x3x1x1xf32>) outs(%f : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
  %bb = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d1)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%b : tensor<4xf32>) outs(%e : tensor<1x4x4x4xf32>) {
  ^bb0(%i: f32, %o: f32):
    linalg.yield %i : f32
  } -> tensor<1x4x4x4xf32>
  %1 = linalg.add ins(%0, %bb : tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>) outs(%e : tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
  return %1 : tensor<1x4x4x4xf32>
}
