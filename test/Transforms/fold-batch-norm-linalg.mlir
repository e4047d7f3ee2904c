// Batch norms of named and generic structured ops, in every layout.
// RUN: quant-prep-opt %s -qprep-fold-batch-norm | FileCheck %s

#id4 = affine_map<(n, h, w, c) -> (n, h, w, c)>
#last = affine_map<(n, h, w, c) -> (c)>
#second = affine_map<(n, c, h, w) -> (c)>
#id4b = affine_map<(n, c, h, w) -> (n, c, h, w)>

// A generic with the whole batch norm in its body: (y - 1) / sqrt(3 + 1) 6 + 7, of w = 2.
// CHECK-LABEL: func.func @nhwc_generic(
// CHECK-DAG: %[[W:.*]] = arith.constant dense<6.000000e+00> : tensor<1x1x1x2xf32>
// CHECK-DAG: %[[B:.*]] = arith.constant dense<4.000000e+00> : tensor<2xf32>
// CHECK: %[[INIT:.*]] = linalg.broadcast ins(%[[B]] : tensor<2xf32>) {{.*}} dimensions = [0, 1, 2]
// CHECK: %[[C:.*]] = linalg.conv_2d_nhwc_hwcf {{.*}}qprep.folded = ["batch_norm"]{{.*}} ins(%arg0, %[[W]] : {{.*}}) outs(%[[INIT]]
// CHECK-NEXT: return %[[C]]
func.func @nhwc_generic(%x: tensor<1x4x4x1xf32>) -> tensor<1x4x4x2xf32> {
  %w = arith.constant dense<2.0> : tensor<1x1x1x2xf32>
  %mean = arith.constant dense<1.0> : tensor<2xf32>
  %variance = arith.constant dense<3.0> : tensor<2xf32>
  %gamma = arith.constant dense<6.0> : tensor<2xf32>
  %beta = arith.constant dense<7.0> : tensor<2xf32>
  %eps = arith.constant 1.0 : f32
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x4x4x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e : tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %0 = linalg.conv_2d_nhwc_hwcf ins(%x, %w : tensor<1x4x4x1xf32>, tensor<1x1x1x2xf32>) outs(%init : tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %1 = linalg.generic {indexing_maps = [#id4, #last, #last, #last, #last, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%0, %mean, %variance, %gamma, %beta : tensor<1x4x4x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) outs(%e : tensor<1x4x4x2xf32>) {
  ^bb0(%a: f32, %m: f32, %v: f32, %g: f32, %b: f32, %o: f32):
    %2 = arith.subf %a, %m : f32
    %3 = arith.addf %v, %eps : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.mulf %2, %4 : f32
    %6 = arith.mulf %5, %g : f32
    %7 = arith.addf %6, %b : f32
    linalg.yield %7 : f32
  } -> tensor<1x4x4x2xf32>
  return %1 : tensor<1x4x4x2xf32>
}

// Channels second, a bias that the convolution begins with, one op for each step.
// CHECK-LABEL: func.func @nchw_named(
// CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[\[\[}}6.000000e+00]]], {{\[\[\[}}1.000000e+01]]]]> : tensor<2x1x1x1xf32>
// CHECK-DAG: %[[B:.*]] = arith.constant dense<[1.300000e+01, 2.100000e+01]> : tensor<2xf32>
// CHECK: %[[INIT:.*]] = linalg.broadcast ins(%[[B]] : tensor<2xf32>) {{.*}} dimensions = [0, 2, 3]
// CHECK: linalg.conv_2d_nchw_fchw {{.*}}outs(%[[INIT]]
// CHECK-NEXT: return
func.func @nchw_named(%x: tensor<?x1x4x4xf32>, %n: index) -> tensor<?x2x4x4xf32> {
  %w = arith.constant dense<2.0> : tensor<2x1x1x1xf32>
  %bias = arith.constant dense<4.0> : tensor<2xf32>
  %scale = arith.constant dense<[3.0, 5.0]> : tensor<2xf32>
  %shift = arith.constant dense<1.0> : tensor<2xf32>
  %e = tensor.empty(%n) : tensor<?x2x4x4xf32>
  %init = linalg.broadcast ins(%bias : tensor<2xf32>) outs(%e : tensor<?x2x4x4xf32>) dimensions = [0, 2, 3]
  %0 = linalg.conv_2d_nchw_fchw ins(%x, %w : tensor<?x1x4x4xf32>, tensor<2x1x1x1xf32>) outs(%init : tensor<?x2x4x4xf32>) -> tensor<?x2x4x4xf32>
  %s = linalg.broadcast ins(%scale : tensor<2xf32>) outs(%e : tensor<?x2x4x4xf32>) dimensions = [0, 2, 3]
  %1 = linalg.mul ins(%0, %s : tensor<?x2x4x4xf32>, tensor<?x2x4x4xf32>) outs(%e : tensor<?x2x4x4xf32>) -> tensor<?x2x4x4xf32>
  %2 = linalg.generic {indexing_maps = [#id4b, #second, #id4b], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%1, %shift : tensor<?x2x4x4xf32>, tensor<2xf32>) outs(%e : tensor<?x2x4x4xf32>) {
  ^bb0(%a: f32, %t: f32, %o: f32):
    %3 = arith.addf %a, %t : f32
    linalg.yield %3 : f32
  } -> tensor<?x2x4x4xf32>
  return %2 : tensor<?x2x4x4xf32>
}

// Channels and their multiples are two dimensions, until they are one.
// CHECK-LABEL: func.func @depthwise_collapsed(
// CHECK: %[[W:.*]] = arith.constant dense<{{\[\[\[\[}}1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]]]> : tensor<1x1x2x2xf32>
// CHECK: linalg.depthwise_conv_2d_nhwc_hwcm {{.*}}ins(%arg0, %[[W]]
// CHECK-NEXT: %[[R:.*]] = tensor.collapse_shape
// CHECK-NEXT: return %[[R]]
func.func @depthwise_collapsed(%x: tensor<1x4x4x2xf32>) -> tensor<1x4x4x4xf32> {
  %w = arith.constant dense<1.0> : tensor<1x1x2x2xf32>
  %scale = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x4x4x2x2xf32>
  %e4 = tensor.empty() : tensor<1x4x4x4xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e : tensor<1x4x4x2x2xf32>) -> tensor<1x4x4x2x2xf32>
  %0 = linalg.depthwise_conv_2d_nhwc_hwcm ins(%x, %w : tensor<1x4x4x2xf32>, tensor<1x1x2x2xf32>) outs(%init : tensor<1x4x4x2x2xf32>) -> tensor<1x4x4x2x2xf32>
  %1 = tensor.collapse_shape %0 [[0], [1], [2], [3, 4]] : tensor<1x4x4x2x2xf32> into tensor<1x4x4x4xf32>
  %2 = linalg.generic {indexing_maps = [#id4, #last, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%1, %scale : tensor<1x4x4x4xf32>, tensor<4xf32>) outs(%e4 : tensor<1x4x4x4xf32>) {
  ^bb0(%a: f32, %s: f32, %o: f32):
    %3 = arith.mulf %a, %s : f32
    linalg.yield %3 : f32
  } -> tensor<1x4x4x4xf32>
  return %2 : tensor<1x4x4x4xf32>
}

// bf16, with a weight that a transpose brings.
// CHECK-LABEL: func.func @linear_bf16(
// CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[}}2.000000e+00, 6.000000e+00], [4.000000e+00, 1.200000e+01]]> : tensor<2x2xbf16>
// CHECK: linalg.matmul {{.*}}ins(%arg0, %[[W]]
func.func @linear_bf16(%x: tensor<4x2xbf16>) -> tensor<4x2xbf16> {
  %w = arith.constant dense<[[1.0, 2.0], [3.0, 6.0]]> : tensor<2x2xbf16>
  %scale = arith.constant dense<2.0> : tensor<2xbf16>
  %zero = arith.constant 0.0 : bf16
  %ew = tensor.empty() : tensor<2x2xbf16>
  %wt = linalg.transpose ins(%w : tensor<2x2xbf16>) outs(%ew : tensor<2x2xbf16>) permutation = [1, 0]
  %e = tensor.empty() : tensor<4x2xbf16>
  %init = linalg.fill ins(%zero : bf16) outs(%e : tensor<4x2xbf16>) -> tensor<4x2xbf16>
  %0 = linalg.matmul ins(%x, %wt : tensor<4x2xbf16>, tensor<2x2xbf16>) outs(%init : tensor<4x2xbf16>) -> tensor<4x2xbf16>
  %1 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%0, %scale : tensor<4x2xbf16>, tensor<2xbf16>) outs(%e : tensor<4x2xbf16>) {
  ^bb0(%a: bf16, %s: bf16, %o: bf16):
    %2 = arith.mulf %a, %s : bf16
    linalg.yield %2 : bf16
  } -> tensor<4x2xbf16>
  return %1 : tensor<4x2xbf16>
}

// What asks for the size of a value is no user of it.
// CHECK-LABEL: func.func @b23_dynamic(
// CHECK: linalg.matmul {{.*}}qprep.folded = ["mul"]
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @b23_dynamic(%x: tensor<?x2xf32>, %n: index) -> tensor<?x2xf32> {
  %w = arith.constant dense<1.0> : tensor<2x2xf32>
  %scale = arith.constant dense<[2.0, 3.0]> : tensor<2xf32>
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %e = tensor.empty(%n) : tensor<?x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e : tensor<?x2xf32>) -> tensor<?x2xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<?x2xf32>, tensor<2x2xf32>) outs(%init : tensor<?x2xf32>) -> tensor<?x2xf32>
  %d = tensor.dim %0, %c0 : tensor<?x2xf32>
  %e1 = tensor.empty(%d) : tensor<?x2xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
      ins(%0, %scale : tensor<?x2xf32>, tensor<2xf32>) outs(%e1 : tensor<?x2xf32>) {
  ^bb0(%a: f32, %s: f32, %o: f32):
    %2 = arith.mulf %a, %s : f32
    linalg.yield %2 : f32
  } -> tensor<?x2xf32>
  return %1 : tensor<?x2xf32>
}
