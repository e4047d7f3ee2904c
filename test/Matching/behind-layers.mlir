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

// Elementwise fusion leaves a bias, a batch norm and a relu in one body: nothing in it can be
// observed, and it is the layer's, whatever its name.
// CHECK-LABEL: @bias_norm_relu_body(
// CHECK: linalg.conv_2d_nchw_fchw{{.*}}qprep.member = #qprep.member<[input, weight(axis = 0), _]>
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<conv2d [internal, _, _, _, _, _, _]>
func.func @bias_norm_relu_body(%x: tensor<1x3x8x8xf32>) -> tensor<1x2x6x6xf32> {
  %w = arith.constant dense<0.5> : tensor<2x3x3x3xf32>
  %v = arith.constant dense<[0.5, 1.5]> : tensor<2xf32>
  %zero = arith.constant 0.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %new = tensor.empty() : tensor<1x2x6x6xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%new : tensor<1x2x6x6xf32>) -> tensor<1x2x6x6xf32>
  %0 = linalg.conv_2d_nchw_fchw ins(%x, %w : tensor<1x3x8x8xf32>, tensor<2x3x3x3xf32>) outs(%zeros : tensor<1x2x6x6xf32>) -> tensor<1x2x6x6xf32> loc("conv")
  %1 = linalg.generic {indexing_maps = [affine_map<(n, c, h, w) -> (n, c, h, w)>, affine_map<(n, c, h, w) -> (c)>, affine_map<(n, c, h, w) -> (c)>, affine_map<(n, c, h, w) -> (c)>, affine_map<(n, c, h, w) -> (c)>, affine_map<(n, c, h, w) -> (c)>, affine_map<(n, c, h, w) -> (n, c, h, w)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%0, %v, %v, %v, %v, %v : tensor<1x2x6x6xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) outs(%new : tensor<1x2x6x6xf32>) {
  ^bb0(%in: f32, %bias: f32, %mean: f32, %variance: f32, %scale: f32, %shift: f32, %out: f32):
    %a = arith.addf %in, %bias : f32
    %b = arith.subf %a, %mean : f32
    %c = arith.addf %variance, %eps : f32
    %d = math.rsqrt %c : f32
    %e = arith.mulf %b, %d : f32
    %f = arith.mulf %e, %scale : f32
    %g = arith.addf %f, %shift : f32
    %h = arith.cmpf ugt, %g, %zero : f32
    %i = arith.select %h, %g, %zero : f32
    linalg.yield %i : f32
  } -> tensor<1x2x6x6xf32> loc("relu")
  return %1 : tensor<1x2x6x6xf32>
}

// What squares the layer's result does more than that.
// CHECK-LABEL: @not_square_body(
// CHECK: linalg.matmul{{.*}}qprep.unit = #qprep.unit<linear
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<opaque
func.func @not_square_body(%x: tensor<2x3xf32>) -> tensor<2x4xf32> {
  %w = arith.constant dense<0.5> : tensor<3x4xf32>
  %v = arith.constant dense<[0.5, 1.5, 2.5, 3.5]> : tensor<4xf32>
  %zero = arith.constant 0.0 : f32
  %new = tensor.empty() : tensor<2x4xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%new : tensor<2x4xf32>) -> tensor<2x4xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<2x3xf32>, tensor<3x4xf32>) outs(%zeros : tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(n, c) -> (n, c)>, affine_map<(n, c) -> (c)>, affine_map<(n, c) -> (n, c)>], iterator_types = ["parallel", "parallel"]} ins(%0, %v : tensor<2x4xf32>, tensor<4xf32>) outs(%new : tensor<2x4xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %a = arith.addf %in, %bias : f32
    %b = arith.mulf %a, %a : f32
    linalg.yield %b : f32
  } -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}
