// What is behind a layer and belongs to it: the cast back from a wide accumulator, and a relu in the
// body that ends it. What starts a product is a bias only if it is the same along some dimension.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// CHECK-LABEL: @accumulator(
// CHECK: tosa.matmul{{.*}}qprep.member
// CHECK: tosa.add{{.*}}qprep.member
// CHECK: tosa.cast{{.*}}linear [internal]
// CHECK: tosa.clamp{{.*}}relu [input]
func.func @accumulator(%x: tensor<1x2x8xbf16>) -> tensor<1x2x4xbf16> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x4xbf16>}> : () -> tensor<1x8x4xbf16>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xbf16>}> : () -> tensor<1xbf16>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x2x8xbf16>, tensor<1x8x4xbf16>, tensor<1xbf16>, tensor<1xbf16>) -> tensor<1x2x4xf32>
  %1 = tosa.add %0, %b : (tensor<1x2x4xf32>, tensor<1x1x4xf32>) -> tensor<1x2x4xf32>
  %2 = tosa.cast %1 : (tensor<1x2x4xf32>) -> tensor<1x2x4xbf16>
  %3 = tosa.clamp %2 {min_val = 0.0 : bf16, max_val = 3.38953139E+38 : bf16} : (tensor<1x2x4xbf16>) -> tensor<1x2x4xbf16>
  return %3 : tensor<1x2x4xbf16>
}

// The product is read as it is as well; a cast behind something else.
// CHECK-LABEL: @not_accumulator(
// CHECK: tosa.matmul{{.*}}linear [input, weight(axis = 2), _, _]
// CHECK: tosa.cast{{.*}}cast [input]
// CHECK: tosa.exp{{.*}}exp [input]
// CHECK: tosa.cast{{.*}}cast [input]
func.func @not_accumulator(%x: tensor<1x2x8xbf16>) -> (tensor<1x2x4xbf16>, tensor<1x2x4xbf16>) {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x4xbf16>}> : () -> tensor<1x8x4xbf16>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xbf16>}> : () -> tensor<1xbf16>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x2x8xbf16>, tensor<1x8x4xbf16>, tensor<1xbf16>, tensor<1xbf16>) -> tensor<1x2x4xf32>
  %1 = tosa.cast %0 : (tensor<1x2x4xf32>) -> tensor<1x2x4xbf16>
  %2 = tosa.exp %0 : (tensor<1x2x4xf32>) -> tensor<1x2x4xf32>
  %3 = tosa.cast %2 : (tensor<1x2x4xf32>) -> tensor<1x2x4xbf16>
  return %1, %3 : tensor<1x2x4xbf16>, tensor<1x2x4xbf16>
}

#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>

// An addition and a relu, the bias of a product and a relu.
// CHECK-LABEL: @bodies(
// CHECK: linalg.generic{{.*}}add [input, input, _]
// CHECK: linalg.matmul{{.*}}qprep.member
// CHECK: linalg.generic{{.*}}linear [internal, bias, _]
func.func @bodies(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %w = arith.constant dense<0.5> : tensor<8x8xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%p: f32, %q: f32, %out: f32):
    %s = arith.addf %p, %q : f32
    %r = arith.maximumf %s, %zero : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  %1 = linalg.matmul ins(%0, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%1, %b : tensor<4x8xf32>, tensor<8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%p: f32, %q: f32, %out: f32):
    %s = arith.addf %p, %q : f32
    %r = arith.maximumf %s, %zero : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}

// A relu of a subtraction is fused by nobody.
// CHECK-LABEL: @not_body(
// CHECK: linalg.generic{{.*}}opaque [input, input, _]
func.func @not_body(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %y : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%p: f32, %q: f32, %out: f32):
    %s = arith.subf %p, %q : f32
    %r = arith.maximumf %s, %zero : f32
    linalg.yield %r : f32
  } -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}

// CHECK-LABEL: @starts(
// CHECK: linalg.matmul{{.*}}linear [input, weight(axis = 1), input]
// CHECK: linalg.matmul{{.*}}linear [input, weight(axis = 1), bias]
func.func @starts(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>, %b: tensor<8xf32>) -> tensor<4x8xf32> {
  %w = arith.constant dense<0.5> : tensor<8x8xf32>
  %e = tensor.empty() : tensor<4x8xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%y : tensor<4x8xf32>) -> tensor<4x8xf32>
  %1 = linalg.broadcast ins(%b : tensor<8xf32>) outs(%e : tensor<4x8xf32>) dimensions = [0]
  %2 = linalg.matmul ins(%0, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%1 : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %2 : tensor<4x8xf32>
}
