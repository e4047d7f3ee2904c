// What follows, in linalg and tensor (B16); follow.mlir has tosa.
// RUN: quant-prep-opt %s '-qprep-prepare=backend=tosa qconfig=tosa' -qprep-verify-prepared | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>
#turned = affine_map<(d0, d1) -> (d1, d0)>

// Slices, pads and bodies that only move, before a unit that is quantized.
// CHECK-LABEL: func.func @b16_before_unit_linalg(
// CHECK-NOT: qprep.observe
// CHECK: %[[MOVED:.*]] = linalg.generic
// CHECK: %[[SEEN:.*]] = qprep.observe %[[MOVED]]
// CHECK: linalg.exp {{.*}}ins(%[[SEEN]] :
func.func @b16_before_unit_linalg(%x: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x4xf32>
  %0 = tensor.extract_slice %x[0, 0] [3, 4] [1, 1] : tensor<4x4xf32> to tensor<3x4xf32>
  %1 = tensor.pad %0 low[0, 0] high[1, 0] {
  ^bb0(%i: index, %j: index):
    tensor.yield %zero : f32
  } : tensor<3x4xf32> to tensor<4x4xf32>
  %2 = linalg.generic {indexing_maps = [#turned, #id], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x4xf32>
  %3 = linalg.exp ins(%2 : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %3 : tensor<4x4xf32>
}

// Behind such a unit they share its observer.
// CHECK-LABEL: func.func @b16_after_unit_linalg(
// CHECK: linalg.exp
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S:.*]] :
// CHECK-NEXT: tensor.extract_slice
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
// CHECK: linalg.transpose
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b16_after_unit_linalg(%x: tensor<4x4xf32>) -> tensor<4x3xf32> {
  %e = tensor.empty() : tensor<4x4xf32>
  %t = tensor.empty() : tensor<4x3xf32>
  %0 = linalg.exp ins(%x : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = tensor.extract_slice %0[0, 0] [3, 4] [1, 1] : tensor<4x4xf32> to tensor<3x4xf32>
  %2 = linalg.transpose ins(%1 : tensor<3x4xf32>) outs(%t : tensor<4x3xf32>) permutation = [1, 0]
  return %2 : tensor<4x3xf32>
}

// A choice whose first value is float stays float, whatever the other is.
// CHECK-LABEL: func.func @b16_select_float_linalg(
// CHECK: linalg.exp
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe
// CHECK-NEXT: %[[R:.*]] = linalg.select {{.*}}ins(%arg0, %arg1, %[[SEEN]] :
// CHECK-NEXT: return %[[R]]
func.func @b16_select_float_linalg(%c: tensor<4x4xi1>, %x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %e = tensor.empty() : tensor<4x4xf32>
  %0 = linalg.exp ins(%y : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = linalg.select ins(%c, %x, %0 : tensor<4x4xi1>, tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %1 : tensor<4x4xf32>
}
