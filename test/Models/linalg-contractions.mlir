// Convolutions, matrix products and pools: kind, roles and channel axes come
// from indexing maps and bodies, whatever the name.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// CHECK-LABEL: @conv_1d_ncw(
// CHECK: linalg.conv_1d_ncw_fcw {{.*}}conv1d [input, weight(axis = 0), input]
func.func @conv_1d_ncw(%x: tensor<1x3x8xf32>, %w: tensor<4x3x3xf32>, %b: tensor<1x4x6xf32>) -> tensor<1x4x6xf32> {
  %0 = linalg.conv_1d_ncw_fcw ins(%x, %w : tensor<1x3x8xf32>, tensor<4x3x3xf32>) outs(%b : tensor<1x4x6xf32>) -> tensor<1x4x6xf32>
  return %0 : tensor<1x4x6xf32>
}

// CHECK-LABEL: @conv_2d_nhwc_hwcf(
// CHECK: linalg.conv_2d_nhwc_hwcf {{.*}}conv2d [input, weight(axis = 3), _]
func.func @conv_2d_nhwc_hwcf(%x: tensor<1x8x8x3xf32>, %w: tensor<3x3x3x4xf32>) -> tensor<1x3x3x4xf32> {
  %c = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x3x3x4xf32>
  %f = linalg.fill ins(%c : f32) outs(%e : tensor<1x3x3x4xf32>) -> tensor<1x3x3x4xf32>
  %0 = linalg.conv_2d_nhwc_hwcf {strides = dense<2> : tensor<2xi64>} ins(%x, %w : tensor<1x8x8x3xf32>, tensor<3x3x3x4xf32>) outs(%f : tensor<1x3x3x4xf32>) -> tensor<1x3x3x4xf32>
  return %0 : tensor<1x3x3x4xf32>
}

// A fill of a size that is not known is no unit.
// CHECK-LABEL: @conv_2d_nchw_dynamic(
// CHECK: linalg.fill ins
// CHECK: linalg.conv_2d_nchw_fchw {{.*}}conv2d [input, weight(axis = 0), _]
func.func @conv_2d_nchw_dynamic(%x: tensor<?x3x?x?xf32>, %w: tensor<4x3x3x3xf32>, %n: index, %h: index) -> tensor<?x4x?x?xf32> {
  %c = arith.constant 0.0 : f32
  %e = tensor.empty(%n, %h, %h) : tensor<?x4x?x?xf32>
  %f = linalg.fill ins(%c : f32) outs(%e : tensor<?x4x?x?xf32>) -> tensor<?x4x?x?xf32>
  %0 = linalg.conv_2d_nchw_fchw ins(%x, %w : tensor<?x3x?x?xf32>, tensor<4x3x3x3xf32>) outs(%f : tensor<?x4x?x?xf32>) -> tensor<?x4x?x?xf32>
  return %0 : tensor<?x4x?x?xf32>
}

// CHECK-LABEL: @conv_2d_grouped(
// CHECK: linalg.conv_2d_ngchw_gfchw {{.*}}conv2d [input, weight(axis = 0), _]
func.func @conv_2d_grouped(%x: tensor<1x2x3x8x8xf32>, %w: tensor<2x4x3x3x3xf32>) -> tensor<1x2x4x6x6xf32> {
  %e = arith.constant dense<0.0> : tensor<1x2x4x6x6xf32>
  %0 = linalg.conv_2d_ngchw_gfchw ins(%x, %w : tensor<1x2x3x8x8xf32>, tensor<2x4x3x3x3xf32>) outs(%e : tensor<1x2x4x6x6xf32>) -> tensor<1x2x4x6x6xf32>
  return %0 : tensor<1x2x4x6x6xf32>
}

// CHECK-LABEL: @depthwise_conv_2d(
// CHECK: linalg.depthwise_conv_2d_nhwc_hwc {{.*}}conv2d [input, weight(axis = 2), _]
// CHECK: linalg.depthwise_conv_2d_nchw_chw {{.*}}conv2d [input, weight(axis = 0), _]
// CHECK: linalg.depthwise_conv_2d_nhwc_hwcm {{.*}}conv2d [input, weight(axis = 2), _]
func.func @depthwise_conv_2d(%x: tensor<1x8x8x8xf32>, %w: tensor<3x3x8xf32>, %v: tensor<8x3x3xf32>, %m: tensor<3x3x8x2xf32>) -> (tensor<1x6x6x8xf32>, tensor<1x8x6x6xf32>, tensor<1x6x6x8x2xf32>) {
  %e = tensor.empty() : tensor<1x6x6x8xf32>
  %f = tensor.empty() : tensor<1x8x6x6xf32>
  %g = tensor.empty() : tensor<1x6x6x8x2xf32>
  %0 = linalg.depthwise_conv_2d_nhwc_hwc ins(%x, %w : tensor<1x8x8x8xf32>, tensor<3x3x8xf32>) outs(%e : tensor<1x6x6x8xf32>) -> tensor<1x6x6x8xf32>
  %1 = linalg.depthwise_conv_2d_nchw_chw ins(%x, %v : tensor<1x8x8x8xf32>, tensor<8x3x3xf32>) outs(%f : tensor<1x8x6x6xf32>) -> tensor<1x8x6x6xf32>
  %2 = linalg.depthwise_conv_2d_nhwc_hwcm ins(%x, %m : tensor<1x8x8x8xf32>, tensor<3x3x8x2xf32>) outs(%g : tensor<1x6x6x8x2xf32>) -> tensor<1x6x6x8x2xf32>
  return %0, %1, %2 : tensor<1x6x6x8xf32>, tensor<1x8x6x6xf32>, tensor<1x6x6x8x2xf32>
}

// CHECK-LABEL: @conv_3d_in_disguise(
// CHECK: linalg.generic {{.*}}conv3d [input, weight(axis = 4), _]
func.func @conv_3d_in_disguise(%x: tensor<1x6x6x6x3xf16>, %w: tensor<3x3x3x3x4xf16>) -> tensor<1x4x4x4x4xf32> {
  %e = tensor.empty() : tensor<1x4x4x4x4xf32>
  %0 = linalg.generic {indexing_maps = [
      affine_map<(n, d, h, w, f, kd, kh, kw, c) -> (n, d + kd, h + kh, w + kw, c)>,
      affine_map<(n, d, h, w, f, kd, kh, kw, c) -> (kd, kh, kw, c, f)>,
      affine_map<(n, d, h, w, f, kd, kh, kw, c) -> (n, d, h, w, f)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x6x6x6x3xf16>, tensor<3x3x3x3x4xf16>) outs(%e : tensor<1x4x4x4x4xf32>) {
  ^bb0(%a: f16, %b: f16, %acc: f32):
    %1 = arith.extf %a : f16 to f32
    %2 = arith.extf %b : f16 to f32
    %3 = arith.mulf %1, %2 : f32
    %4 = arith.addf %acc, %3 : f32
    linalg.yield %4 : f32
  } -> tensor<1x4x4x4x4xf32>
  return %0 : tensor<1x4x4x4x4xf32>
}

// CHECK-LABEL: @matmul(
// CHECK: linalg.matmul {{.*}}linear [input, weight(axis = 1), _]
// CHECK: linalg.matmul {{.*}}linear [input, weight(axis = 0), _]
// CHECK: linalg.contract {{.*}}linear [input, weight(axis = 0), _]
// CHECK: linalg.matvec {{.*}}matmul [input, input, _]
// CHECK: linalg.dot {{.*}}matmul [input, input, _]
func.func @matmul(%x: tensor<4x4xf32>, %v: tensor<4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4xf32>, tensor<f32>) {
  %w = arith.constant dense<[[1., 2., 3., 4.], [1., 2., 3., 4.], [1., 2., 3., 4.], [1., 2., 3., 4.]]> : tensor<4x4xf32>
  %e = tensor.empty() : tensor<4x4xf32>
  %f = tensor.empty() : tensor<4xf32>
  %g = tensor.empty() : tensor<f32>
  %0 = linalg.matmul ins(%x, %w : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%x, %w : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %2 = linalg.contract indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%x, %w : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %3 = linalg.matvec ins(%x, %v : tensor<4x4xf32>, tensor<4xf32>) outs(%f : tensor<4xf32>) -> tensor<4xf32>
  %4 = linalg.dot ins(%v, %v : tensor<4xf32>, tensor<4xf32>) outs(%g : tensor<f32>) -> tensor<f32>
  return %0, %1, %2, %3, %4 : tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>, tensor<4xf32>, tensor<f32>
}

// CHECK-LABEL: @pools(
// CHECK: linalg.pooling_nhwc_max {{.*}}max_pool2d [input, _, _]
// CHECK: linalg.pooling_nchw_sum {{.*}}sum_pool2d [input, _, _]
// CHECK: linalg.pooling_nwc_max {{.*}}max_pool1d [input, _, _]
func.func @pools(%x: tensor<1x8x8x8xf32>, %y: tensor<1x8x8xf32>) -> (tensor<1x7x7x8xf32>, tensor<1x8x7x7xf32>, tensor<1x7x8xf32>) {
  %k = tensor.empty() : tensor<2x2xf32>
  %l = tensor.empty() : tensor<2xf32>
  %e = tensor.empty() : tensor<1x7x7x8xf32>
  %f = tensor.empty() : tensor<1x8x7x7xf32>
  %g = tensor.empty() : tensor<1x7x8xf32>
  %0 = linalg.pooling_nhwc_max ins(%x, %k : tensor<1x8x8x8xf32>, tensor<2x2xf32>) outs(%e : tensor<1x7x7x8xf32>) -> tensor<1x7x7x8xf32>
  %1 = linalg.pooling_nchw_sum ins(%x, %k : tensor<1x8x8x8xf32>, tensor<2x2xf32>) outs(%f : tensor<1x8x7x7xf32>) -> tensor<1x8x7x7xf32>
  %2 = linalg.pooling_nwc_max ins(%y, %l : tensor<1x8x8xf32>, tensor<2xf32>) outs(%g : tensor<1x7x8xf32>) -> tensor<1x7x8xf32>
  return %0, %1, %2 : tensor<1x7x7x8xf32>, tensor<1x8x7x7xf32>, tensor<1x7x8xf32>
}

// A linear layer on three dimensions, with the reshapes of the matrix product
// in two steps each.
// CHECK-LABEL: @linear_3d(
// CHECK: tensor.collapse_shape {{.*}}member<[input]>
// CHECK: tensor.expand_shape {{.*}}member<[internal]>
// CHECK: linalg.batch_matmul {{.*}}member<[internal, weight(axis = 2), _]>
// CHECK: tensor.collapse_shape {{.*}}member<[internal]>
// CHECK: tensor.expand_shape {{.*}}member<[internal]>
// CHECK: linalg.generic {{.*}}linear [internal, bias, _]
func.func @linear_3d(%x: tensor<2x3x8xf32>, %b: tensor<4xf32>) -> tensor<2x3x4xf32> {
  %w = arith.constant dense<0.5> : tensor<1x8x4xf32>
  %e = tensor.empty() : tensor<1x6x4xf32>
  %f = tensor.empty() : tensor<2x3x4xf32>
  %0 = tensor.collapse_shape %x [[0, 1], [2]] : tensor<2x3x8xf32> into tensor<6x8xf32>
  %1 = tensor.expand_shape %0 [[0, 1], [2]] output_shape [1, 6, 8] : tensor<6x8xf32> into tensor<1x6x8xf32>
  %2 = linalg.batch_matmul ins(%1, %w : tensor<1x6x8xf32>, tensor<1x8x4xf32>) outs(%e : tensor<1x6x4xf32>) -> tensor<1x6x4xf32>
  %3 = tensor.collapse_shape %2 [[0, 1], [2]] : tensor<1x6x4xf32> into tensor<6x4xf32>
  %4 = tensor.expand_shape %3 [[0, 1], [2]] output_shape [2, 3, 4] : tensor<6x4xf32> into tensor<2x3x4xf32>
  %5 = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, j, k)>, affine_map<(i, j, k) -> (k)>, affine_map<(i, j, k) -> (i, j, k)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %b : tensor<2x3x4xf32>, tensor<4xf32>) outs(%f : tensor<2x3x4xf32>) {
  ^bb0(%a: f32, %c: f32, %out: f32):
    %s = arith.addf %a, %c : f32
    linalg.yield %s : f32
  } -> tensor<2x3x4xf32>
  return %5 : tensor<2x3x4xf32>
}

// A vector that is brought into the shape of one row is a bias, a row as it is is added (an
// activation).
// CHECK-LABEL: @bias_of_one_row(
// CHECK: linalg.matmul {{.*}}linear [input, weight(axis = 1), bias]
// CHECK: linalg.matmul {{.*}}linear [input, weight(axis = 1), input]
func.func @bias_of_one_row(%x: tensor<1x8xf32>, %b: tensor<4xf32>, %r: tensor<1x4xf32>) -> (tensor<1x4xf32>, tensor<1x4xf32>) {
  %w = arith.constant dense<0.5> : tensor<8x4xf32>
  %0 = tensor.expand_shape %b [[0, 1]] output_shape [1, 4] : tensor<4xf32> into tensor<1x4xf32>
  %1 = linalg.matmul ins(%x, %w : tensor<1x8xf32>, tensor<8x4xf32>) outs(%0 : tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = linalg.matmul ins(%x, %w : tensor<1x8xf32>, tensor<8x4xf32>) outs(%r : tensor<1x4xf32>) -> tensor<1x4xf32>
  return %1, %2 : tensor<1x4xf32>, tensor<1x4xf32>
}

// The sum over windows of one element is their average.
// CHECK-LABEL: @pool_of_one(
// CHECK: linalg.pooling_nchw_sum {{.*}}avg_pool2d [input, _, _]
func.func @pool_of_one(%x: tensor<1x8x1x1xf32>) -> tensor<1x8x1x1xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x8x1x1xf32>
  %k = tensor.empty() : tensor<1x1xf32>
  %0 = linalg.pooling_nchw_sum ins(%x, %k : tensor<1x8x1x1xf32>, tensor<1x1xf32>) outs(%zero : tensor<1x8x1x1xf32>) -> tensor<1x8x1x1xf32>
  return %0 : tensor<1x8x1x1xf32>
}
