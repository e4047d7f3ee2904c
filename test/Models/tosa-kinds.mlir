// What single ops are: their kind, and the role of each operand.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// The axis of a weight is that of output channels in each op's layout.
// CHECK-LABEL: @f13_contractions(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: tosa.depthwise_conv2d{{.*}}qprep.unit = #qprep.unit<conv2d [input, weight(axis = 2), bias, _, _]>
// CHECK-NEXT: tosa.conv3d{{.*}}qprep.unit = #qprep.unit<conv3d [input, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: tosa.transpose_conv2d{{.*}}qprep.unit = #qprep.unit<conv_transpose2d [input, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<matmul [input, input, _, _]>
// CHECK-NEXT: return
func.func @f13_contractions(%x: tensor<1x8x8x3xf32>, %v: tensor<1x4x8x8x3xf32>, %m: tensor<1x2x3xf32>, %n: tensor<1x3x4xf32>) -> (tensor<1x8x8x4xf32>, tensor<1x8x8x6xf32>, tensor<1x4x8x8x4xf32>, tensor<1x17x17x2xf32>, tensor<1x2x4xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<4x3x3x3xf32>}> : () -> tensor<4x3x3x3xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %wd = "tosa.const"() <{values = dense<0.5> : tensor<3x3x3x2xf32>}> : () -> tensor<3x3x3x2xf32>
  %bd = "tosa.const"() <{values = dense<0.5> : tensor<6xf32>}> : () -> tensor<6xf32>
  %w3 = "tosa.const"() <{values = dense<0.5> : tensor<4x3x3x3x3xf32>}> : () -> tensor<4x3x3x3x3xf32>
  %wt = "tosa.const"() <{values = dense<0.5> : tensor<2x3x3x3xf32>}> : () -> tensor<2x3x3x3xf32>
  %bt = "tosa.const"() <{values = dense<0.5> : tensor<2xf32>}> : () -> tensor<2xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x4xf32>
  %1 = tosa.depthwise_conv2d %x, %wd, %bd, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<3x3x3x2xf32>, tensor<6xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x6xf32>
  %2 = tosa.conv3d %v, %w3, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1, 1>, pad = array<i64: 1, 1, 1, 1, 1, 1>, stride = array<i64: 1, 1, 1>} : (tensor<1x4x8x8x3xf32>, tensor<4x3x3x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x8x8x4xf32>
  %3 = tosa.transpose_conv2d %x, %wt, %bt, %z, %z {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x8x8x3xf32>, tensor<2x3x3x3xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x17x17x2xf32>
  %4 = tosa.matmul %m, %n, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x4xf32>
  return %0, %1, %2, %3, %4 : tensor<1x8x8x4xf32>, tensor<1x8x8x6xf32>, tensor<1x4x8x8x4xf32>, tensor<1x17x17x2xf32>, tensor<1x2x4xf32>
}

// CHECK-LABEL: @binary(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.pow{{.*}}qprep.unit = #qprep.unit<pow [input, input]>
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<maximum [input, input]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.unit = #qprep.unit<minimum [input, input]>
// CHECK-NEXT: return
func.func @binary(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.sub %0, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.mul %1, %y, %shift : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %3 = tosa.pow %2, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %4 = tosa.maximum %3, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %5 = tosa.minimum %4, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %5 : tensor<4xf32>
}

// A comparison has no float result, and a mask no role (B10).
// CHECK-LABEL: @b10_masks_have_no_role(
// CHECK-NEXT: tosa.greater{{.*}}qprep.unit = #qprep.unit<greater [input, input]>
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.unit = #qprep.unit<greater_equal [input, input]>
// CHECK-NEXT: tosa.equal{{.*}}qprep.unit = #qprep.unit<equal [input, input]>
// CHECK-NEXT: tosa.logical_and{{[^#]*$}}
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<select [_, input, input]>
// CHECK-NEXT: return
func.func @b10_masks_have_no_role(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi1>) {
  %0 = tosa.greater %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %1 = tosa.greater_equal %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %2 = tosa.equal %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %3 = tosa.logical_and %0, %1 : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  %4 = tosa.select %3, %x, %y : (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %4, %2 : tensor<4xf32>, tensor<4xi1>
}

// CHECK-LABEL: @unary(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.sigmoid{{.*}}qprep.unit = #qprep.unit<sigmoid [input]>
// CHECK-NEXT: tosa.tanh{{.*}}qprep.unit = #qprep.unit<tanh [input]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.unit = #qprep.unit<exp [input]>
// CHECK-NEXT: tosa.log{{.*}}qprep.unit = #qprep.unit<log [input]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.unit = #qprep.unit<erf [input]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.unit = #qprep.unit<rsqrt [input]>
// CHECK-NEXT: tosa.reciprocal{{.*}}qprep.unit = #qprep.unit<reciprocal [input]>
// CHECK-NEXT: tosa.abs{{.*}}qprep.unit = #qprep.unit<abs [input]>
// CHECK-NEXT: tosa.negate{{.*}}qprep.unit = #qprep.unit<neg [input, _, _]>
// CHECK-NEXT: tosa.floor{{.*}}qprep.unit = #qprep.unit<floor [input]>
// CHECK-NEXT: tosa.ceil{{.*}}qprep.unit = #qprep.unit<ceil [input]>
// CHECK-NEXT: tosa.sin{{.*}}qprep.unit = #qprep.unit<sin [input]>
// CHECK-NEXT: tosa.cos{{.*}}qprep.unit = #qprep.unit<cos [input]>
// CHECK-NEXT: return
func.func @unary(%x: tensor<4xf32>) -> tensor<4xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.exp %1 : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.log %2 : (tensor<4xf32>) -> tensor<4xf32>
  %4 = tosa.erf %3 : (tensor<4xf32>) -> tensor<4xf32>
  %5 = tosa.rsqrt %4 : (tensor<4xf32>) -> tensor<4xf32>
  %6 = tosa.reciprocal %5 : (tensor<4xf32>) -> tensor<4xf32>
  %7 = tosa.abs %6 : (tensor<4xf32>) -> tensor<4xf32>
  %8 = tosa.negate %7, %z, %z : (tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<4xf32>
  %9 = tosa.floor %8 : (tensor<4xf32>) -> tensor<4xf32>
  %10 = tosa.ceil %9 : (tensor<4xf32>) -> tensor<4xf32>
  %11 = tosa.sin %10 : (tensor<4xf32>) -> tensor<4xf32>
  %12 = tosa.cos %11 : (tensor<4xf32>) -> tensor<4xf32>
  return %12 : tensor<4xf32>
}

// Bounds tell relu, relu6 and other clamps apart, in each precision.
// CHECK-LABEL: @clamps(
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu [input]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu [input]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu6 [input]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<clamp [input]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<clamp [input]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu [input]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu [input]>
// CHECK-NEXT: return
func.func @clamps(%x: tensor<4xf32>, %h: tensor<4xf16>, %b: tensor<4xbf16>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf16>, tensor<4xbf16>) {
  %0 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 0x7F800000 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %3 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 5.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %4 = tosa.clamp %x {min_val = -1.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %5 = tosa.clamp %h {min_val = 0.0 : f16, max_val = 6.550400e+04 : f16} : (tensor<4xf16>) -> tensor<4xf16>
  %6 = tosa.clamp %b {min_val = 0.0 : bf16, max_val = 3.38953139E+38 : bf16} : (tensor<4xbf16>) -> tensor<4xbf16>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf16>, tensor<4xbf16>
}

// CHECK-LABEL: @reductions_and_pools(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.reduce_max{{.*}}qprep.unit = #qprep.unit<reduce_max [input]>
// CHECK-NEXT: tosa.reduce_min{{.*}}qprep.unit = #qprep.unit<reduce_min [input]>
// CHECK-NEXT: tosa.reduce_product{{.*}}qprep.unit = #qprep.unit<reduce_product [input]>
// CHECK-NEXT: tosa.argmax{{.*}}qprep.unit = #qprep.unit<argmax [input]>
// CHECK-NEXT: tosa.max_pool2d{{.*}}qprep.unit = #qprep.unit<max_pool2d [input]>
// CHECK-NEXT: tosa.avg_pool2d{{.*}}qprep.unit = #qprep.unit<avg_pool2d [input, _, _]>
// CHECK-NEXT: return
func.func @reductions_and_pools(%x: tensor<1x4x4x2xf32>) -> (tensor<1x1x1x2xf32>, tensor<1x4x1x2xf32>, tensor<1x1x4x2xf32>, tensor<1x4x4xi32>, tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x1x4x2xf32>
  %1 = tosa.reduce_max %0 {axis = 2 : i32} : (tensor<1x1x4x2xf32>) -> tensor<1x1x1x2xf32>
  %2 = tosa.reduce_min %x {axis = 2 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x4x1x2xf32>
  %3 = tosa.reduce_product %x {axis = 1 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x1x4x2xf32>
  %4 = tosa.argmax %x {axis = 3 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x4x4xi32>
  %5 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %6 = tosa.avg_pool2d %x, %z, %z {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  return %1, %2, %3, %4, %5, %6 : tensor<1x1x1x2xf32>, tensor<1x4x1x2xf32>, tensor<1x1x4x2xf32>, tensor<1x4x4xi32>, tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>
}

// Shapes, paddings and indices have no role; elements of a list are one each (F19).
// CHECK-LABEL: @f19_data_movement(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const_shape{{[^#]*$}}
// CHECK-NEXT: tosa.const_shape{{[^#]*$}}
// CHECK-NEXT: tosa.const_shape{{[^#]*$}}
// CHECK-NEXT: tosa.const_shape{{[^#]*$}}
// CHECK-NEXT: tosa.const_shape{{[^#]*$}}
// CHECK-NEXT: tosa.const_shape{{[^#]*$}}
// CHECK-NEXT: tosa.concat{{.*}}qprep.unit = #qprep.unit<cat [element, element, element]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<transpose [input]>
// CHECK-NEXT: tosa.slice{{.*}}qprep.unit = #qprep.unit<slice [input, _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK-NEXT: tosa.tile{{.*}}qprep.unit = #qprep.unit<repeat [input, _]>
// CHECK-NEXT: tosa.reverse{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.identity{{.*}}qprep.unit = #qprep.unit<flip [internal]>
// CHECK-NEXT: tosa.pad{{.*}}qprep.unit = #qprep.unit<pad [input, _, _]>
// CHECK-NEXT: tosa.concat{{.*}}qprep.unit = #qprep.unit<cat [element, element]>
// CHECK-NEXT: tosa.gather{{.*}}qprep.unit = #qprep.unit<embedding [weight(axis = 1), _]>
// CHECK-NEXT: tosa.scatter{{.*}}qprep.unit = #qprep.unit<scatter [input, _, input]>
// CHECK-NEXT: tosa.resize{{.*}}qprep.unit = #qprep.unit<interpolate [input, _, _, _]>
// CHECK-NEXT: return
func.func @f19_data_movement(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>, %v: tensor<1x8x4xf32>, %i: tensor<1x3xi32>, %j: tensor<1x4x4x2xf32>) -> (tensor<8x7xf32>, tensor<1x3x4xf32>, tensor<1x8x4xf32>, tensor<1x7x7x2xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s24 = tosa.const_shape {values = dense<[2, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s42 = tosa.const_shape {values = dense<[4, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s12 = tosa.const_shape {values = dense<[1, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s00 = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %pad = tosa.const_shape {values = dense<[0, 0, 1, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %scale = tosa.const_shape {values = dense<[4, 2, 4, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.concat %x, %y, %x {axis = 0 : i32} : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<6x4xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 1, 0>} : (tensor<6x4xf32>) -> tensor<4x6xf32>
  %2 = tosa.slice %1, %s00, %s24 : (tensor<4x6xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<2x4xf32>
  %3 = tosa.reshape %2, %s42 : (tensor<2x4xf32>, !tosa.shape<2>) -> tensor<4x2xf32>
  %4 = tosa.tile %3, %s12 : (tensor<4x2xf32>, !tosa.shape<2>) -> tensor<4x4xf32>
  %5 = tosa.reverse %4 {axis = 0 : i32} : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %6 = tosa.identity %5 : (tensor<4x4xf32>) -> tensor<4x4xf32>
  %7 = tosa.pad %6, %pad, %z : (tensor<4x4xf32>, !tosa.shape<4>, tensor<1xf32>) -> tensor<4x7xf32>
  %8 = tosa.concat %7, %7 {axis = 0 : i32} : (tensor<4x7xf32>, tensor<4x7xf32>) -> tensor<8x7xf32>
  %9 = tosa.gather %v, %i : (tensor<1x8x4xf32>, tensor<1x3xi32>) -> tensor<1x3x4xf32>
  %10 = tosa.scatter %v, %i, %9 : (tensor<1x8x4xf32>, tensor<1x3xi32>, tensor<1x3x4xf32>) -> tensor<1x8x4xf32>
  %11 = tosa.resize %j, %scale, %s00, %s00 {mode = BILINEAR} : (tensor<1x4x4x2xf32>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x7x7x2xf32>
  return %8, %9, %10, %11 : tensor<8x7xf32>, tensor<1x3x4xf32>, tensor<1x8x4xf32>, tensor<1x7x7x2xf32>
}

// A cast is a unit if it is float on either side.
// CHECK-LABEL: @casts(
// CHECK-NEXT: tosa.cast{{.*}}qprep.unit = #qprep.unit<cast [input]>
// CHECK-NEXT: tosa.cast{{.*}}qprep.unit = #qprep.unit<cast [_]>
// CHECK-NEXT: tosa.cast{{.*}}qprep.unit = #qprep.unit<cast [input]>
// CHECK-NEXT: tosa.cast{{[^#]*$}}
// CHECK-NEXT: return
func.func @casts(%x: tensor<4xf32>, %i: tensor<4xi32>) -> (tensor<4xf16>, tensor<4xf32>, tensor<4xi8>, tensor<4xi64>) {
  %0 = tosa.cast %x : (tensor<4xf32>) -> tensor<4xf16>
  %1 = tosa.cast %i : (tensor<4xi32>) -> tensor<4xf32>
  %2 = tosa.cast %x : (tensor<4xf32>) -> tensor<4xi8>
  %3 = tosa.cast %i : (tensor<4xi32>) -> tensor<4xi64>
  return %0, %1, %2, %3 : tensor<4xf16>, tensor<4xf32>, tensor<4xi8>, tensor<4xi64>
}

// CHECK-LABEL: @arith_and_math(
// CHECK-NEXT: arith.addf{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: arith.subf{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: arith.mulf{{.*}}qprep.unit = #qprep.unit<mul [input, input]>
// CHECK-NEXT: arith.divf{{.*}}qprep.unit = #qprep.unit<div [input, input]>
// CHECK-NEXT: arith.maximumf{{.*}}qprep.unit = #qprep.unit<maximum [input, input]>
// CHECK-NEXT: arith.minimumf{{.*}}qprep.unit = #qprep.unit<minimum [input, input]>
// CHECK-NEXT: arith.select{{.*}}qprep.unit = #qprep.unit<select [_, input, input]>
// CHECK-NEXT: arith.negf{{.*}}qprep.unit = #qprep.unit<neg [input]>
// CHECK-NEXT: math.powf{{.*}}qprep.unit = #qprep.unit<pow [input, input]>
// CHECK-NEXT: math.tanh{{.*}}qprep.unit = #qprep.unit<tanh [input]>
// CHECK-NEXT: math.exp{{.*}}qprep.unit = #qprep.unit<exp [input]>
// CHECK-NEXT: math.log{{.*}}qprep.unit = #qprep.unit<log [input]>
// CHECK-NEXT: math.erf{{.*}}qprep.unit = #qprep.unit<erf [input]>
// CHECK-NEXT: math.sqrt{{.*}}qprep.unit = #qprep.unit<sqrt [input]>
// CHECK-NEXT: math.rsqrt{{.*}}qprep.unit = #qprep.unit<rsqrt [input]>
// CHECK-NEXT: math.absf{{.*}}qprep.unit = #qprep.unit<abs [input]>
// CHECK-NEXT: math.floor{{.*}}qprep.unit = #qprep.unit<floor [input]>
// CHECK-NEXT: math.ceil{{.*}}qprep.unit = #qprep.unit<ceil [input]>
// CHECK-NEXT: math.sin{{.*}}qprep.unit = #qprep.unit<sin [input]>
// CHECK-NEXT: math.cos{{.*}}qprep.unit = #qprep.unit<cos [input]>
// CHECK-NEXT: arith.sitofp{{.*}}qprep.unit = #qprep.unit<cast [_]>
// CHECK-NEXT: arith.addf{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: arith.truncf{{.*}}qprep.unit = #qprep.unit<cast [input]>
// CHECK-NEXT: return
func.func @arith_and_math(%x: tensor<4xf32>, %y: tensor<4xf32>, %c: tensor<4xi1>, %i: tensor<4xi32>) -> tensor<4xf16> {
  %0 = arith.addf %x, %y : tensor<4xf32>
  %1 = arith.subf %0, %y : tensor<4xf32>
  %2 = arith.mulf %1, %y : tensor<4xf32>
  %3 = arith.divf %2, %y : tensor<4xf32>
  %4 = arith.maximumf %3, %y : tensor<4xf32>
  %5 = arith.minimumf %4, %y : tensor<4xf32>
  %6 = arith.select %c, %5, %y : tensor<4xi1>, tensor<4xf32>
  %7 = arith.negf %6 : tensor<4xf32>
  %8 = math.powf %7, %y : tensor<4xf32>
  %9 = math.tanh %8 : tensor<4xf32>
  %10 = math.exp %9 : tensor<4xf32>
  %11 = math.log %10 : tensor<4xf32>
  %12 = math.erf %11 : tensor<4xf32>
  %13 = math.sqrt %12 : tensor<4xf32>
  %14 = math.rsqrt %13 : tensor<4xf32>
  %15 = math.absf %14 : tensor<4xf32>
  %16 = math.floor %15 : tensor<4xf32>
  %17 = math.ceil %16 : tensor<4xf32>
  %18 = math.sin %17 : tensor<4xf32>
  %19 = math.cos %18 : tensor<4xf32>
  %20 = arith.sitofp %i : tensor<4xi32> to tensor<4xf32>
  %21 = arith.addf %19, %20 : tensor<4xf32>
  %22 = arith.truncf %21 : tensor<4xf32> to tensor<4xf16>
  return %22 : tensor<4xf16>
}

// CHECK-LABEL: @tensor_ops(
// CHECK-NEXT: arith.constant{{[^#]*$}}
// CHECK-NEXT: tensor.concat{{.*}}qprep.unit = #qprep.unit<cat [element, element]>
// CHECK-NEXT: tensor.insert_slice{{.*}}qprep.unit = #qprep.unit<slice_scatter [element, element]>
// CHECK-NEXT: tensor.collapse_shape{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tensor.expand_shape{{.*}}qprep.unit = #qprep.unit<reshape [internal]>
// CHECK-NEXT: tensor.extract_slice{{.*}}qprep.unit = #qprep.unit<slice [input]>
// CHECK-NEXT: tensor.pad{{[^#]*$}}
// CHECK: }{{.*}}qprep.unit = #qprep.unit<pad [input]>
// CHECK-NEXT: tensor.cast{{.*}}qprep.unit = #qprep.unit<identity [input]>
// CHECK-NEXT: return
func.func @tensor_ops(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>, %s: tensor<1xindex>) -> tensor<?x4xf32> {
  %zero = arith.constant 0.0 : f32
  %0 = tensor.concat dim(0) %x, %y : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<4x4xf32>
  %1 = tensor.insert_slice %x into %0[0, 0] [2, 4] [1, 1] : tensor<2x4xf32> into tensor<4x4xf32>
  %2 = tensor.collapse_shape %1 [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  %3 = tensor.expand_shape %2 [[0, 1]] output_shape [2, 8] : tensor<16xf32> into tensor<2x8xf32>
  %4 = tensor.extract_slice %3[0, 0] [2, 4] [1, 1] : tensor<2x8xf32> to tensor<2x4xf32>
  %5 = tensor.pad %4 low[0, 0] high[1, 0] {
  ^bb0(%i: index, %j: index):
    tensor.yield %zero : f32
  } : tensor<2x4xf32> to tensor<3x4xf32>
  %6 = tensor.cast %5 : tensor<3x4xf32> to tensor<?x4xf32>
  return %6 : tensor<?x4xf32>
}

// What nothing is known of is opaque, and so are calls.
// CHECK-LABEL: @callee(
func.func private @callee(tensor<4xf32>) -> tensor<4xf32>
// CHECK-LABEL: @unknown_is_opaque(
// CHECK-NEXT: math.atan{{.*}}qprep.unit = #qprep.unit<opaque [input]>
// CHECK-NEXT: call{{.*}}qprep.unit = #qprep.unit<opaque [input]>
// CHECK-NEXT: return
func.func @unknown_is_opaque(%x: tensor<2x2xf32>, %y: tensor<4xf32>) -> (tensor<2x2xf32>, tensor<4xf32>) {
  %0 = math.atan %x : tensor<2x2xf32>
  %1 = call @callee(%y) : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<2x2xf32>, tensor<4xf32>
}

// Integer ops are no units (B5).
// CHECK-LABEL: @b5_integers_are_left_alone(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.add{{[^#]*$}}
// CHECK-NEXT: tosa.rescale{{[^#]*$}}
// CHECK-NEXT: tosa.clamp{{[^#]*$}}
// CHECK-NEXT: tosa.concat{{[^#]*$}}
// CHECK-NEXT: return
func.func @b5_integers_are_left_alone(%x: tensor<2x4xi32>, %m: tensor<1xi32>, %h: tensor<1xi8>) -> (tensor<2x4xi8>, tensor<2x4xi32>) {
  %zi = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %zo = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %x : (tensor<2x4xi32>, tensor<2x4xi32>) -> tensor<2x4xi32>
  %1 = tosa.rescale %0, %m, %h, %zi, %zo {input_unsigned = false, output_unsigned = false, per_channel = false, rounding_mode = SINGLE_ROUND, scale32 = true} : (tensor<2x4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<2x4xi8>
  %2 = tosa.clamp %1 {min_val = 0 : i8, max_val = 100 : i8} : (tensor<2x4xi8>) -> tensor<2x4xi8>
  %3 = tosa.concat %0, %0 {axis = 0 : i32} : (tensor<2x4xi32>, tensor<2x4xi32>) -> tensor<4x4xi32>
  return %2, %0 : tensor<2x4xi8>, tensor<2x4xi32>
}

// CHECK-LABEL: @b10_f64_is_left_alone(
// CHECK-NEXT: arith.addf{{[^#]*$}}
// CHECK-NEXT: math.exp{{[^#]*$}}
// CHECK-NEXT: arith.addf{{[^#]*$}}
// CHECK-NEXT: return
func.func @b10_f64_is_left_alone(%x: tensor<4xf64>, %s: f32) -> (tensor<4xf64>, f32) {
  %0 = arith.addf %x, %x : tensor<4xf64>
  %1 = math.exp %0 : tensor<4xf64>
  %2 = arith.addf %s, %s : f32
  return %1, %2 : tensor<4xf64>, f32
}

// Constants with one element are not observed, of any rank; a larger splat is.
// CHECK-LABEL: @f11_scalars_have_no_role(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: return
func.func @f11_scalars_have_no_role(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %s = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %t = "tosa.const"() <{values = dense<2.0> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %0 = tosa.add %x, %s : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.add %0, %t : (tensor<2x4xf32>, tensor<1x4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// Ops on constants alone make constants, and are no units.
// CHECK-LABEL: @constants_of_constants(
// CHECK-NEXT: tosa.const{{[^#]*$}}
// CHECK-NEXT: tosa.rsqrt{{[^#]*$}}
// CHECK-NEXT: tosa.abs{{[^#]*$}}
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: return
func.func @constants_of_constants(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = "tosa.const"() <{values = dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>}> : () -> tensor<4xf32>
  %0 = tosa.rsqrt %c : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.abs %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.sub %x, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Ops in regions are units like others; branches and loops are none, they hand
// on what is computed inside.
// CHECK-LABEL: @nested_regions(
// CHECK-NEXT: scf.if{{[^#]*$}}
// CHECK-NEXT: tosa.exp{{.*}}qprep.unit = #qprep.unit<exp [input]>
// CHECK: tosa.abs{{.*}}qprep.unit = #qprep.unit<abs [input]>
// CHECK: arith.constant{{[^#]*$}}
// CHECK-NEXT: arith.constant{{[^#]*$}}
// CHECK-NEXT: arith.constant{{[^#]*$}}
// CHECK-NEXT: scf.for{{[^#]*$}}
// CHECK-NEXT: tosa.tanh{{.*}}qprep.unit = #qprep.unit<tanh [input]>
// CHECK: }{{$}}
// CHECK-NEXT: return
func.func @nested_regions(%c: i1, %x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } else {
    %2 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  }
  %lo = arith.constant 0 : index
  %hi = arith.constant 4 : index
  %step = arith.constant 1 : index
  %3 = scf.for %i = %lo to %hi step %step iter_args(%a = %0) -> tensor<4xf32> {
    %4 = tosa.tanh %a : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %4 : tensor<4xf32>
  }
  return %3 : tensor<4xf32>
}
