// Structured ops whose kind is rare, or none: what is not computed as a kind says is
// opaque, and never taken for the nearest one.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#one = affine_map<(d0) -> (d0)>
#diagonal = affine_map<(d0) -> (d0, d0)>
#window = affine_map<(d0, d1, d2, d3, k0, k1, k2, k3) -> (d0 + k0, d1 + k1, d2 + k2, d3 + k3)>
#filter = affine_map<(d0, d1, d2, d3, k0, k1, k2, k3) -> (k0, k1, k2, k3)>
#made = affine_map<(d0, d1, d2, d3, k0, k1, k2, k3) -> (d0, d1, d2, d3)>
#left = affine_map<(m, n, k) -> (m, k)>
#right = affine_map<(m, n, k) -> (k, n)>
#product = affine_map<(m, n, k) -> (m, n)>

// PyTorch has no pool of minima.
// CHECK-LABEL: @pool_of_minima(
// CHECK: linalg.pooling_nhwc_min {{.*}}unit<opaque [input, _, _]>
func.func @pool_of_minima(%x: tensor<1x8x8x4xf32>) -> tensor<1x7x7x4xf32> {
  %w = tensor.empty() : tensor<2x2xf32>
  %e = tensor.empty() : tensor<1x7x7x4xf32>
  %0 = linalg.pooling_nhwc_min ins(%x, %w : tensor<1x8x8x4xf32>, tensor<2x2xf32>) outs(%e : tensor<1x7x7x4xf32>) -> tensor<1x7x7x4xf32>
  return %0 : tensor<1x7x7x4xf32>
}

// CHECK-LABEL: @reductions(
// CHECK: linalg.reduce { arith.minimumf }{{.*}}unit<reduce_min [input, _]>
// CHECK: linalg.reduce { arith.mulf }{{.*}}unit<reduce_product [input, _]>
// CHECK: linalg.reduce { arith.subf }{{.*}}unit<opaque [input, _]>
func.func @reductions(%x: tensor<2x4xf32>, %i: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %0 = linalg.reduce { arith.minimumf } ins(%x : tensor<2x4xf32>) outs(%i : tensor<2xf32>) dimensions = [1]
  %1 = linalg.reduce { arith.mulf } ins(%x : tensor<2x4xf32>) outs(%i : tensor<2xf32>) dimensions = [1]
  %2 = linalg.reduce { arith.subf } ins(%x : tensor<2x4xf32>) outs(%i : tensor<2xf32>) dimensions = [1]
  return %0, %1, %2 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// Bodies that do not combine what they have so far with one more element: the last
// one, twice the last one, and nothing but what they have.
// CHECK-LABEL: @no_reductions(
// CHECK: unit<opaque [input, _]>
// CHECK: unit<opaque [input, _]>
// CHECK: unit<opaque [_, _]>
func.func @no_reductions(%x: tensor<2x4xf32>, %i: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) {
  %0 = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<2x4xf32>) outs(%i : tensor<2xf32>) {
  ^bb0(%a: f32, %out: f32):
    linalg.yield %a : f32
  } -> tensor<2xf32>
  %1 = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<2x4xf32>) outs(%i : tensor<2xf32>) {
  ^bb0(%a: f32, %out: f32):
    %s = arith.addf %a, %a : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %2 = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<2x4xf32>) outs(%i : tensor<2xf32>) {
  ^bb0(%a: f32, %out: f32):
    %s = math.exp %out : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  return %0, %1, %2 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
}

// CHECK-LABEL: @window_of_four_dimensions(
// CHECK: unit<opaque [input, weight, _]>
func.func @window_of_four_dimensions(%x: tensor<4x4x4x4xf32>, %w: tensor<2x2x2x2xf32>) -> tensor<3x3x3x3xf32> {
  %e = tensor.empty() : tensor<3x3x3x3xf32>
  %0 = linalg.generic {indexing_maps = [#window, #filter, #made], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]} ins(%x, %w : tensor<4x4x4x4xf32>, tensor<2x2x2x2xf32>) outs(%e : tensor<3x3x3x3xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %p = arith.mulf %b, %a : f32
    %s = arith.addf %out, %p : f32
    linalg.yield %s : f32
  } -> tensor<3x3x3x3xf32>
  return %0 : tensor<3x3x3x3xf32>
}

// Elements at fixed places are a slice. There are no indices, so that an argument is
// not taken for the weight of an embedding.
// CHECK-LABEL: @diagonal(
// CHECK: unit<slice [input, _]>
func.func @diagonal(%x: tensor<4x4xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [#diagonal, #one], iterator_types = ["parallel"]} ins(%x : tensor<4x4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%a: f32, %out: f32):
    linalg.yield %a : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: @conversion(
// CHECK: unit<cast [input, _]>
func.func @conversion(%x: tensor<2x4xf16>) -> tensor<2x4xf32> {
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf16>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f16, %out: f32):
    %w = arith.extf %a : f16 to f32
    linalg.yield %w : f32
  } -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// What relu reads is computed in the same body, so that the op is no relu.
// CHECK-LABEL: @relu_of_an_exp(
// CHECK: unit<opaque [input, _]>
func.func @relu_of_an_exp(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%a: f32, %out: f32):
    %p = math.exp %a : f32
    %s = arith.maximumf %p, %zero : f32
    linalg.yield %s : f32
  } -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: @product_the_other_way(
// CHECK: unit<matmul [input, input, _]>
func.func @product_the_other_way(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>) -> tensor<2x4xf32> {
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = linalg.generic {indexing_maps = [#left, #right, #product], iterator_types = ["parallel", "parallel", "reduction"]} ins(%a, %b : tensor<2x3xf32>, tensor<3x4xf32>) outs(%e : tensor<2x4xf32>) {
  ^bb0(%p: f32, %q: f32, %out: f32):
    %1 = arith.mulf %q, %p : f32
    %2 = arith.addf %out, %1 : f32
    linalg.yield %2 : f32
  } -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}
