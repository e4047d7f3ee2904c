// RUN: quant-prep-opt %s --canonicalize --split-input-file | quant-prep-opt --canonicalize --split-input-file | FileCheck %s

// CHECK-LABEL: func.func @dequantize_then_quantize_folds(
//  CHECK-SAME: %[[Q:.*]]: tensor
//  CHECK-NEXT: return %[[Q]]
func.func @dequantize_then_quantize_folds(%q: tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>>) -> tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>> {
  %0 = qprep.dequantize %q : tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>> -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>>
  return %1 : tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>>
}

// -----

// It rounds.
// CHECK-LABEL: func.func @quantize_then_dequantize_stays(
//       CHECK: qprep.quantize
//       CHECK: qprep.dequantize
func.func @quantize_then_dequantize_stays(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>>
  %1 = qprep.dequantize %0 : tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>> -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @another_type_stays(
//       CHECK: qprep.dequantize
//       CHECK: qprep.quantize
func.func @another_type_stays(%q: tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>>) -> tensor<4x!quant.uniform<i8:f32, 5.0e-01:4>> {
  %0 = qprep.dequantize %q : tensor<4x!quant.uniform<i8:f32, 5.0e-01:3>> -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01:4>>
  return %1 : tensor<4x!quant.uniform<i8:f32, 5.0e-01:4>>
}

// -----

// CHECK-LABEL: func.func @other_forms(
//       CHECK: qprep.quantize %{{.*}} : tensor<?x2xf16> -> tensor<?x2x!quant.uniform<u8<0:127>:f32:1, {5.000000e-01,2.500000e-01:4}>>
//       CHECK: qprep.quantize %{{.*}} : tensor<2x4xf32> -> tensor<2x4x!quant.uniform<i4:f32:{0:1, 1:2}
//       CHECK: qprep.dynamic_fake_quantize %{{.*}} {quant_max = 255 : i64, quant_min = 0 : i64} : tensor<2x4xf32>
func.func @other_forms(%a: tensor<?x2xf16>, %b: tensor<2x4xf32>) -> (tensor<?x2x!quant.uniform<u8<0:127>:f32:1, {5.0e-01,2.5e-01:4}>>, tensor<2x4x!quant.uniform<i4:f32:{0:1,1:2}, {{1.0,2.0},{3.0,4.0}}>>, tensor<2x4xf32>) {
  %0 = qprep.quantize %a : tensor<?x2xf16> -> tensor<?x2x!quant.uniform<u8<0:127>:f32:1, {5.0e-01,2.5e-01:4}>>
  %1 = qprep.quantize %b : tensor<2x4xf32> -> tensor<2x4x!quant.uniform<i4:f32:{0:1,1:2}, {{1.0,2.0},{3.0,4.0}}>>
  %2 = qprep.dynamic_fake_quantize %b {quant_max = 255 : i64, quant_min = 0 : i64} : tensor<2x4xf32>
  return %0, %1, %2 : tensor<?x2x!quant.uniform<u8<0:127>:f32:1, {5.0e-01,2.5e-01:4}>>, tensor<2x4x!quant.uniform<i4:f32:{0:1,1:2}, {{1.0,2.0},{3.0,4.0}}>>, tensor<2x4xf32>
}
