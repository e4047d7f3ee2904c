// What would be peepholes over integer ops: one op or none is emitted at once.

// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// CHECK-LABEL: func.func @quantize_of_dequantize(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>
//  CHECK-NEXT: return %[[X]]
func.func @quantize_of_dequantize(%q: tensor<4x!x>) -> tensor<4x!x> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!x>
  return %0 : tensor<4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 7.0e-01:-2>

// CHECK-LABEL: func.func @other_scale(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>
//       CHECK: %[[Y:.*]] = tosa.rescale %[[X]]
//  CHECK-NEXT: return %[[Y]]
func.func @other_scale(%q: tensor<4x!x>) -> tensor<4x!y> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!y>
  return %0 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 7.0e-01:-2>
!z = !quant.uniform<i8:f32, 9.0e-01:5>

// The model rounds twice, and so do integers.
// CHECK-LABEL: func.func @two_roundings(
//       CHECK: %[[ACC:.*]] = tosa.matmul
//       CHECK: %[[Y:.*]] = tosa.rescale %[[ACC]], {{.*}} -> tensor<1x2x2xi8>
//       CHECK: %[[Z:.*]] = tosa.rescale %[[Y]]
//  CHECK-NEXT: return %[[Z]]
func.func @two_roundings(%p: tensor<1x2x2x!x>, %q: tensor<1x2x2x!x>) -> tensor<1x2x2x!z> {
  %a = qprep.dequantize %p : tensor<1x2x2x!x> -> tensor<1x2x2xf32>
  %b = qprep.dequantize %q : tensor<1x2x2x!x> -> tensor<1x2x2xf32>
  %n = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %a, %b, %n, %n : (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %1 = qprep.quantize %0 : tensor<1x2x2xf32> -> tensor<1x2x2x!y>
  %2 = qprep.dequantize %1 : tensor<1x2x2x!y> -> tensor<1x2x2xf32>
  %3 = qprep.quantize %2 : tensor<1x2x2xf32> -> tensor<1x2x2x!z>
  return %3 : tensor<1x2x2x!z>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 7.0e-01:-128>

// Codes end where the clamp does: the rescale saturates there.
// CHECK-LABEL: func.func @clamp_in_rescale(
//       CHECK: %[[ACC:.*]] = tosa.matmul
//       CHECK: %[[Y:.*]] = tosa.rescale %[[ACC]]
//  CHECK-NEXT: return %[[Y]]
func.func @clamp_in_rescale(%p: tensor<1x2x2x!x>, %q: tensor<1x2x2x!x>) -> tensor<1x2x2x!y> {
  %a = qprep.dequantize %p : tensor<1x2x2x!x> -> tensor<1x2x2xf32>
  %b = qprep.dequantize %q : tensor<1x2x2x!x> -> tensor<1x2x2xf32>
  %n = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %a, %b, %n, %n : (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %2 = tosa.clamp %1 {min_val = -1.0 : f32, max_val = 1000.0 : f32} : (tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %3 = qprep.quantize %2 : tensor<1x2x2xf32> -> tensor<1x2x2x!y>
  return %3 : tensor<1x2x2x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 7.0e-01:-2>

// Two clamps are one, of codes: 0 is -2, 35 is 48.
// CHECK-LABEL: func.func @clamp_of_codes(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>
//       CHECK: %[[Y:.*]] = tosa.rescale %[[X]]
//  CHECK-NEXT: %[[C:.*]] = tosa.clamp %[[Y]] {max_val = 48 : i8, min_val = -2 : i8}
//  CHECK-NEXT: return %[[C]]
func.func @clamp_of_codes(%q: tensor<4x!x>) -> tensor<4x!y> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = -1.0 : f32, max_val = 35.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.quantize %1 : tensor<4xf32> -> tensor<4x!y>
  return %2 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// CHECK-LABEL: func.func @transposed_codes(
//  CHECK-SAME: %[[X:.*]]: tensor<2x4xi8>
//       CHECK: %[[T:.*]] = tosa.transpose %[[X]] {perms = array<i32: 1, 0>} : (tensor<2x4xi8>) -> tensor<4x2xi8>
//  CHECK-NEXT: return %[[T]]
func.func @transposed_codes(%q: tensor<2x4x!x>) -> tensor<4x2x!x> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %0 = tosa.transpose %x {perms = array<i32: 1, 0>} : (tensor<2x4xf32>) -> tensor<4x2xf32>
  %1 = qprep.quantize %0 : tensor<4x2xf32> -> tensor<4x2x!x>
  return %1 : tensor<4x2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 7.0e-01:3>

// A mean: the product is another scale of the sum.
// CHECK-LABEL: func.func @product_with_number(
//  CHECK-SAME: %[[X:.*]]: tensor<1x4x8xi8>
//       CHECK: %[[SUM:.*]] = tosa.reduce_sum
//  CHECK-NEXT: %[[Y:.*]] = tosa.rescale %[[SUM]]
//  CHECK-NEXT: return %[[Y]]
func.func @product_with_number(%q: tensor<1x4x8x!x>) -> tensor<1x4x1x!y> {
  %x = qprep.dequantize %q : tensor<1x4x8x!x> -> tensor<1x4x8xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %n = "tosa.const"() <{values = dense<0.125> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<1x4x8xf32>) -> tensor<1x4x1xf32>
  %1 = tosa.mul %0, %n, %z : (tensor<1x4x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<1x4x1xf32>
  %2 = qprep.quantize %1 : tensor<1x4x1xf32> -> tensor<1x4x1x!y>
  return %2 : tensor<1x4x1x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// Ops on numbers alone are computed at once.
// CHECK-LABEL: func.func @inverse_of_number(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>
//       CHECK: %[[Y:.*]] = tosa.table %[[X]]
//  CHECK-NEXT: return %[[Y]]
func.func @inverse_of_number(%q: tensor<4x!x>) -> tensor<4x!x> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %n = "tosa.const"() <{values = dense<4.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %0 = tosa.reciprocal %n : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.mul %x, %0, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %2 = qprep.quantize %1 : tensor<4xf32> -> tensor<4x!x>
  return %2 : tensor<4x!x>
}
