// A bias that is only known when the model runs is quantized then, to i32 at the scales of the
// products.

// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:0, {2.5e-01,5.0e-01}>

// 1 / (0.5 * 0.25), 1 / (0.5 * 0.5), and at most a half of int32.
// CHECK-LABEL: func.func @conv2d(
//  CHECK-SAME: %{{.*}}: tensor<1x2x2x1xi8>, %[[B:.*]]: tensor<2xf32>) -> tensor<1x2x2x2xi8>
//   CHECK-DAG: %[[INV:.*]] = "tosa.const"() <{values = dense<[8.000000e+00, 4.000000e+00]> : tensor<2xf32>}>
//       CHECK: %[[S:.*]] = tosa.mul %[[B]], %[[INV]]
//       CHECK: %[[C:.*]] = tosa.clamp %[[S]] {max_val = 1.07374182E+9 : f32, min_val = -1.07374182E+9 : f32
//       CHECK: %[[I:.*]] = tosa.cast %[[C]] : (tensor<2xf32>) -> tensor<2xi32>
//       CHECK: tosa.conv2d %{{.*}}, %{{.*}}, %[[I]], %{{.*}} {acc_type = i32
func.func @conv2d(%q: tensor<1x2x2x1x!x>, %b: tensor<2xf32>) -> tensor<1x2x2x2x!y> {
  %x = qprep.dequantize %q : tensor<1x2x2x1x!x> -> tensor<1x2x2x1xf32>
  %c = "tosa.const"() <{values = dense<[[[[1]]], [[[2]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %s = quant.scast %c : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!w>
  %w = qprep.dequantize %s : tensor<2x1x1x1x!w> -> tensor<2x1x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x2x2x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  %2 = qprep.quantize %0 : tensor<1x2x2x2xf32> -> tensor<1x2x2x2x!y>
  return %2 : tensor<1x2x2x2x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:2, {2.5e-01,5.0e-01}>

// The bias of a product is added to it.
// CHECK-LABEL: func.func @matmul(
//  CHECK-SAME: %{{.*}}: tensor<1x4x1xi8>, %[[B:.*]]: tensor<1x1x2xf32>) -> tensor<1x4x2xi8>
//       CHECK: %[[P:.*]] = tosa.matmul %{{.*}} -> tensor<1x4x2xi32>
//       CHECK: %[[I:.*]] = tosa.cast %{{.*}} : (tensor<1x1x2xf32>) -> tensor<1x1x2xi32>
//       CHECK: %[[SUM:.*]] = tosa.add %[[P]], %[[I]] : (tensor<1x4x2xi32>, tensor<1x1x2xi32>) -> tensor<1x4x2xi32>
//       CHECK: tosa.rescale %[[SUM]]
func.func @matmul(%q: tensor<1x4x1x!x>, %b: tensor<1x1x2xf32>) -> tensor<1x4x2x!y> {
  %x = qprep.dequantize %q : tensor<1x4x1x!x> -> tensor<1x4x1xf32>
  %c = "tosa.const"() <{values = dense<[[[1, 2]]]> : tensor<1x1x2xi8>}> : () -> tensor<1x1x2xi8>
  %s = quant.scast %c : tensor<1x1x2xi8> to tensor<1x1x2x!w>
  %w = qprep.dequantize %s : tensor<1x1x2x!w> -> tensor<1x1x2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x4x1xf32>, tensor<1x1x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x2xf32>
  %1 = tosa.add %0, %b : (tensor<1x4x2xf32>, tensor<1x1x2xf32>) -> tensor<1x4x2xf32>
  %2 = qprep.quantize %1 : tensor<1x4x2xf32> -> tensor<1x4x2x!y>
  return %2 : tensor<1x4x2x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:1, {2.5e-01,5.0e-01}>

// A structured product starts from it.
// CHECK-LABEL: func.func @linalg_init(
//  CHECK-SAME: %{{.*}}: tensor<1x3xi8>, %[[B:.*]]: tensor<1x2xf32>) -> tensor<1x2xi8>
//       CHECK: %[[S:.*]] = tosa.mul %[[B]]
//       CHECK: %[[C:.*]] = tosa.clamp %[[S]]
//       CHECK: %[[I:.*]] = tosa.cast %[[C]] : (tensor<1x2xf32>) -> tensor<1x2xi32>
//       CHECK: linalg.generic {{.*}} outs(%[[I]] : tensor<1x2xi32>)
func.func @linalg_init(%q: tensor<1x3x!x>, %b: tensor<1x2xf32>) -> tensor<1x2x!y> {
  %x = qprep.dequantize %q : tensor<1x3x!x> -> tensor<1x3xf32>
  %c = arith.constant dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi8>
  %s = quant.scast %c : tensor<3x2xi8> to tensor<3x2x!w>
  %w = qprep.dequantize %s : tensor<3x2x!w> -> tensor<3x2xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %1 = qprep.quantize %0 : tensor<1x2xf32> -> tensor<1x2x!y>
  return %1 : tensor<1x2x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:1, {2.5e-01,5.0e-01}>

// One number for all channels is a code for each: 1 / (0.5 * 0.25), 1 / (0.5 * 0.5). It is known
// behind casts.
// CHECK-LABEL: func.func @linalg_number(
//       CHECK: dense<[8, 4]> : tensor<2xi32>
//   CHECK-NOT: f32
//       CHECK: return
func.func @linalg_number(%q: tensor<1x3x!x>) -> tensor<1x2x!y> {
  %x = qprep.dequantize %q : tensor<1x3x!x> -> tensor<1x3xf32>
  %c = arith.constant dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi8>
  %s = quant.scast %c : tensor<3x2xi8> to tensor<3x2x!w>
  %w = qprep.dequantize %s : tensor<3x2x!w> -> tensor<3x2xf32>
  %one = arith.constant 1.0 : f64
  %e = tensor.empty() : tensor<1x2xf64>
  %f = linalg.fill ins(%one : f64) outs(%e : tensor<1x2xf64>) -> tensor<1x2xf64>
  %b = arith.truncf %f : tensor<1x2xf64> to tensor<1x2xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%b : tensor<1x2xf32>) -> tensor<1x2xf32>
  %1 = qprep.quantize %0 : tensor<1x2xf32> -> tensor<1x2x!y>
  return %1 : tensor<1x2x!y>
}
