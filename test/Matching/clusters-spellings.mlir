// One cluster finds a formula however it is written: sums and products in any
// nesting, quotients by constants, squares as powers, x / sqrt(y) for
// x rsqrt(y), and shapes or precisions adjusted on the way. The kinds of units
// are what is checked.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' \
// RUN:   | grep -o 'func.func @[a-z0-9_]*\|qprep.unit<[a-z0-9_]*' | FileCheck %s

// CHECK: @gelu_product_first
// CHECK-NEXT: qprep.unit<gelu
// CHECK-NEXT: @hardswish_divided
func.func @gelu_product_first(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %sqrt2 = arith.constant dense<1.41421354> : tensor<2x4xf32>
  %one = arith.constant dense<1.0> : tensor<2x4xf32>
  %two = arith.constant dense<2.0> : tensor<2x4xf32>
  %0 = arith.divf %x, %sqrt2 : tensor<2x4xf32>
  %1 = math.erf %0 : tensor<2x4xf32>
  %2 = arith.addf %one, %1 : tensor<2x4xf32>
  %3 = arith.mulf %2, %x : tensor<2x4xf32>
  %4 = arith.divf %3, %two : tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-NEXT: qprep.unit<hardswish
// CHECK-NEXT: @sigmoid_formula
func.func @hardswish_divided(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<2x4xf32>
  %three = arith.constant dense<3.0> : tensor<2x4xf32>
  %six = arith.constant dense<6.0> : tensor<2x4xf32>
  %0 = arith.addf %x, %three : tensor<2x4xf32>
  %1 = arith.minimumf %0, %six : tensor<2x4xf32>
  %2 = arith.maximumf %1, %zero : tensor<2x4xf32>
  %3 = arith.mulf %x, %2 : tensor<2x4xf32>
  %4 = arith.divf %3, %six : tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-NEXT: qprep.unit<silu
// CHECK-NEXT: @rms_norm_power
func.func @sigmoid_formula(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %one = arith.constant dense<1.0> : tensor<2x4xf32>
  %0 = arith.negf %x : tensor<2x4xf32>
  %1 = math.exp %0 : tensor<2x4xf32>
  %2 = arith.addf %one, %1 : tensor<2x4xf32>
  %3 = arith.divf %one, %2 : tensor<2x4xf32>
  %4 = arith.mulf %3, %x : tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-NEXT: qprep.unit<rms_norm
// CHECK-NEXT: @layer_norm_divided
func.func @rms_norm_power(%x: tensor<2x4xf32>, %w: tensor<1x4xf32>) -> tensor<2x4xf32> {
  %zp = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %two = arith.constant dense<2.0> : tensor<2x4xf32>
  %four = arith.constant dense<4.0> : tensor<2x1xf32>
  %eps = arith.constant dense<1.0e-5> : tensor<2x1xf32>
  %exponent = arith.constant dense<-0.5> : tensor<2x1xf32>
  %0 = math.powf %x, %two : tensor<2x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %2 = arith.divf %1, %four : tensor<2x1xf32>
  %3 = arith.addf %2, %eps : tensor<2x1xf32>
  %4 = math.powf %3, %exponent : tensor<2x1xf32>
  %5 = tosa.mul %x, %4, %zp : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.mul %w, %5, %zp : (tensor<1x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// Without a weight, and the mean subtracted twice.
// CHECK-NEXT: qprep.unit<layer_norm
// CHECK-NEXT: @group_norm_channels_first
func.func @layer_norm_divided(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zp = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %four = arith.constant dense<4.0> : tensor<2x1xf32>
  %eps = arith.constant dense<1.0e-5> : tensor<2x1xf32>
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = arith.divf %0, %four : tensor<2x1xf32>
  %2 = tosa.sub %x, %1 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %3 = arith.mulf %2, %2 : tensor<2x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %5 = arith.divf %4, %four : tensor<2x1xf32>
  %6 = arith.addf %5, %eps : tensor<2x1xf32>
  %7 = math.sqrt %6 : tensor<2x1xf32>
  %8 = tosa.reciprocal %7 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %9 = tosa.sub %x, %1 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %10 = tosa.mul %9, %8, %zp : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %10 : tensor<2x4xf32>
}

// CHECK-NEXT: qprep.unit<group_norm
// CHECK-NEXT: @softmax_logarithm
func.func @group_norm_channels_first(%x: tensor<1x6x2x2xf32>, %w: tensor<1x6x1x1xf32>, %b: tensor<1x6x1x1xf32>) -> tensor<1x6x2x2xf32> {
  %zp = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %eighth = "tosa.const"() <{values = dense<0.125> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-5> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %groups = tosa.const_shape {values = dense<[1, 3, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %channels = tosa.const_shape {values = dense<[1, 6, 2, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.reshape %x, %groups : (tensor<1x6x2x2xf32>, !tosa.shape<3>) -> tensor<1x3x8xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x3x8xf32>) -> tensor<1x3x1xf32>
  %2 = tosa.mul %eighth, %1, %zp : (tensor<1x1x1xf32>, tensor<1x3x1xf32>, tensor<1xi8>) -> tensor<1x3x1xf32>
  %3 = tosa.sub %0, %2 : (tensor<1x3x8xf32>, tensor<1x3x1xf32>) -> tensor<1x3x8xf32>
  %4 = tosa.mul %3, %3, %zp : (tensor<1x3x8xf32>, tensor<1x3x8xf32>, tensor<1xi8>) -> tensor<1x3x8xf32>
  %5 = tosa.reduce_sum %4 {axis = 2 : i32} : (tensor<1x3x8xf32>) -> tensor<1x3x1xf32>
  %6 = tosa.mul %eighth, %5, %zp : (tensor<1x1x1xf32>, tensor<1x3x1xf32>, tensor<1xi8>) -> tensor<1x3x1xf32>
  %7 = tosa.add %6, %eps : (tensor<1x3x1xf32>, tensor<1x1x1xf32>) -> tensor<1x3x1xf32>
  %8 = tosa.rsqrt %7 : (tensor<1x3x1xf32>) -> tensor<1x3x1xf32>
  %9 = tosa.mul %3, %8, %zp : (tensor<1x3x8xf32>, tensor<1x3x1xf32>, tensor<1xi8>) -> tensor<1x3x8xf32>
  %10 = tosa.reshape %9, %channels : (tensor<1x3x8xf32>, !tosa.shape<4>) -> tensor<1x6x2x2xf32>
  %11 = tosa.mul %10, %w, %zp : (tensor<1x6x2x2xf32>, tensor<1x6x1x1xf32>, tensor<1xi8>) -> tensor<1x6x2x2xf32>
  %12 = tosa.add %11, %b : (tensor<1x6x2x2xf32>, tensor<1x6x1x1xf32>) -> tensor<1x6x2x2xf32>
  return %12 : tensor<1x6x2x2xf32>
}

// CHECK-NEXT: qprep.unit<softmax
// CHECK-NEXT: @softmax_in_more_precision
func.func @softmax_logarithm(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = math.exp %1 : tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.log %3 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.add %0, %4 : (tensor<2x1xf32>, tensor<2x1xf32>) -> tensor<2x1xf32>
  %6 = tosa.sub %x, %5 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %7 = math.exp %6 : tensor<2x4xf32>
  return %7 : tensor<2x4xf32>
}

// CHECK-NEXT: qprep.unit<softmax
// CHECK-NEXT: @embedding
func.func @softmax_in_more_precision(%x: tensor<2x4xf16>) -> tensor<2x4xf16> {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x4xf16>) -> tensor<2x1xf16>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf16>, tensor<2x1xf16>) -> tensor<2x4xf16>
  %2 = arith.extf %1 : tensor<2x4xf16> to tensor<2x4xf32>
  %3 = math.exp %2 : tensor<2x4xf32>
  %4 = arith.truncf %3 : tensor<2x4xf32> to tensor<2x4xf16>
  %5 = tosa.reduce_sum %3 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %6 = arith.truncf %5 : tensor<2x1xf32> to tensor<2x1xf16>
  %7 = tosa.reciprocal %6 : (tensor<2x1xf16>) -> tensor<2x1xf16>
  %zp = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %8 = tosa.mul %4, %7, %zp : (tensor<2x4xf16>, tensor<2x1xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  return %8 : tensor<2x4xf16>
}

// CHECK-NEXT: qprep.unit<embedding
// CHECK-NEXT: @relu_comparison
func.func @embedding(%table: tensor<1x8x4xf32>, %i: tensor<1x3xi32>) -> tensor<3x4xf32> {
  %shape = tosa.const_shape {values = dense<[3, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.gather %table, %i : (tensor<1x8x4xf32>, tensor<1x3xi32>) -> tensor<1x3x4xf32>
  %1 = tosa.reshape %0, %shape : (tensor<1x3x4xf32>, !tosa.shape<2>) -> tensor<3x4xf32>
  return %1 : tensor<3x4xf32>
}

// CHECK-NEXT: qprep.unit<relu
// CHECK-NEXT: @value_used_outside
func.func @relu_comparison(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<2x4xf32>
  %0 = tosa.greater %x, %zero : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xi1>
  %1 = arith.select %0, %x, %zero : tensor<2x4xi1>, tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// What is used outside is no part, so that there is no unit of all.
// CHECK-NEXT: qprep.unit<neg
// CHECK-NEXT: qprep.unit<exp
// CHECK-NEXT: qprep.unit<add
// CHECK-NEXT: qprep.unit<div
// CHECK-NEXT: @divided_by_another_constant
func.func @value_used_outside(%x: tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  %one = arith.constant dense<1.0> : tensor<2x4xf32>
  %0 = arith.negf %x : tensor<2x4xf32>
  %1 = math.exp %0 : tensor<2x4xf32>
  %2 = arith.addf %one, %1 : tensor<2x4xf32>
  %3 = arith.divf %one, %2 : tensor<2x4xf32>
  return %3, %1 : tensor<2x4xf32>, tensor<2x4xf32>
}

// CHECK-NEXT: qprep.unit<add
// CHECK-NEXT: qprep.unit<relu6
// CHECK-NEXT: qprep.unit<div
// CHECK-NOT: qprep.unit
func.func @divided_by_another_constant(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<2x4xf32>
  %three = arith.constant dense<3.0> : tensor<2x4xf32>
  %six = arith.constant dense<6.0> : tensor<2x4xf32>
  %seven = arith.constant dense<7.0> : tensor<2x4xf32>
  %0 = arith.addf %x, %three : tensor<2x4xf32>
  %1 = arith.maximumf %0, %zero : tensor<2x4xf32>
  %2 = arith.minimumf %1, %six : tensor<2x4xf32>
  %3 = arith.divf %2, %seven : tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}
