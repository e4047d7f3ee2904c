// Units and their parts, beyond single kinds and clusters (test/Matching).
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units,qprep-match-units))' | FileCheck %s

// Operations that have units already are matched anew.
// CHECK-LABEL: @b4_matched_anew(
// CHECK-NOT: qprep.member
// CHECK: tosa.abs {{.*}}{qprep.unit = #qprep.unit<abs [input]>}
// CHECK-NEXT: tosa.exp {{.*}}{qprep.unit = #qprep.unit<exp [input]>}
func.func @b4_matched_anew(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x {qprep.member = #qprep.member<[input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.exp %0 {qprep.unit = #qprep.unit<gelu [internal]>} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Longer clusters are tried first: hardswish, not hardsigmoid and mul.
// CHECK-LABEL: @longest_cluster_first(
// CHECK: tosa.mul{{.*}}qprep.member
// CHECK: tosa.mul{{.*}}qprep.unit = #qprep.unit<hardswish [input, internal, _]>
func.func @longest_cluster_first(%x: tensor<4xf32>) -> tensor<4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %sixth = "tosa.const"() <{values = dense<0.166666672> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.add %x, %three : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.mul %1, %sixth, %shift : (tensor<4xf32>, tensor<1xf32>, tensor<1xi8>) -> tensor<4xf32>
  %3 = tosa.mul %x, %2, %shift : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}

// A cluster lies in one block: sigmoid before the branch, mul in it.
// CHECK-LABEL: @no_cluster_across_blocks(
// CHECK: tosa.sigmoid{{.*}}qprep.unit = #qprep.unit<sigmoid [input]>
// CHECK: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
func.func @no_cluster_across_blocks(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = scf.if %c -> tensor<4xf32> {
    %2 = tosa.mul %x, %0, %shift : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %1 : tensor<4xf32>
}

// Argument 0 of a later block is not argument 0 of the function: it may hold
// anything, and is no bias.
// CHECK-LABEL: @block_arguments_are_no_parameters(
// CHECK: tosa.matmul{{.*}}qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
func.func @block_arguments_are_no_parameters(%b: tensor<1x1x3xf32>, %x: tensor<1x4x8xf32>) -> tensor<1x4x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  cf.br ^body(%b : tensor<1x1x3xf32>)
^body(%y: tensor<1x1x3xf32>):
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.add %0, %y : (tensor<1x4x3xf32>, tensor<1x1x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}

// An op that brings a weight belongs to no unit, unless it brings an activation too.
// CHECK-LABEL: @what_brings_a_weight(
// CHECK: tosa.reshape %arg1{{.*}} : (
// CHECK: tosa.reshape %arg2{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK: tosa.conv2d{{.*}}[input, weight(axis = 0), bias, _, _]
// CHECK: tosa.conv2d{{.*}}[input, weight(axis = 0), bias, _, _]
// CHECK: tosa.abs
func.func @what_brings_a_weight(%x: tensor<1x4x4x3xf32>, %v: tensor<6xf32>, %w: tensor<6xf32>) -> (tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>, tensor<2x1x1x3xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<2xf32>}> : () -> tensor<2xf32>
  %s = tosa.const_shape {values = dense<[2, 1, 1, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.reshape %v, %s : (tensor<6xf32>, !tosa.shape<4>) -> tensor<2x1x1x3xf32>
  %1 = tosa.reshape %w, %s : (tensor<6xf32>, !tosa.shape<4>) -> tensor<2x1x1x3xf32>
  %2 = tosa.conv2d %x, %0, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<2x1x1x3xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32>
  %3 = tosa.conv2d %x, %1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<2x1x1x3xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32>
  %4 = tosa.abs %1 : (tensor<2x1x1x3xf32>) -> tensor<2x1x1x3xf32>
  return %2, %3, %4 : tensor<1x4x4x2xf32>, tensor<1x4x4x2xf32>, tensor<2x1x1x3xf32>
}
