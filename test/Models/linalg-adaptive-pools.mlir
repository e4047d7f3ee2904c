// Pools whose windows are computed from the place in the result.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' --mlir-print-local-scope | FileCheck %s

#window = affine_map<(n, c, h, k) -> (k)>
#result = affine_map<(n, c, h, k) -> (n, c, h)>
#size = affine_map<(n, c, h, k) -> (h)>
#id = affine_map<(n, c, h) -> (n, c, h)>
#row = affine_map<(n, c, h) -> (h)>

// Sums and the sizes of their windows, which are no units.
// CHECK-LABEL: @average(
// CHECK: tensor.pad
// CHECK: {qprep.member = #qprep.member<[input]>}
// CHECK: linalg.generic{{.*}}qprep.member
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<avg_pool1d [internal, internal]>
func.func @average(%x: tensor<1x8x6xf32>) -> tensor<1x8x4xf32> {
  %zero = arith.constant 0.0 : f32
  %c4 = arith.constant 4 : index
  %c6 = arith.constant 6 : index
  %window = tensor.empty() : tensor<2xi1>
  %sizes = tensor.empty() : tensor<4xf32>
  %e = tensor.empty() : tensor<1x8x4xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x8x4xf32>) -> tensor<1x8x4xf32>
  %p = tensor.pad %x low[0, 0, 0] high[0, 0, 1] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %zero : f32
  } : tensor<1x8x6xf32> to tensor<1x8x7xf32>
  %0:2 = linalg.generic {indexing_maps = [#window, #result, #size], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%window : tensor<2xi1>) outs(%f, %sizes : tensor<1x8x4xf32>, tensor<4xf32>) {
  ^bb0(%in: i1, %out: f32, %count: f32):
    %n = linalg.index 0 : index
    %c = linalg.index 1 : index
    %h = linalg.index 2 : index
    %k = linalg.index 3 : index
    %m = arith.muli %h, %c6 : index
    %low = arith.floordivsi %m, %c4 : index
    %high = arith.addi %low, %h : index
    %at = arith.addi %low, %k : index
    %v = tensor.extract %p[%n, %c, %at] : tensor<1x8x7xf32>
    %isIn = arith.cmpi ult, %at, %high : index
    %term = arith.select %isIn, %v, %zero : f32
    %sum = arith.addf %term, %out : f32
    %size = arith.subi %high, %low : index
    %i = arith.index_cast %size : index to i64
    %number = arith.sitofp %i : i64 to f32
    linalg.yield %sum, %number : f32, f32
  } -> (tensor<1x8x4xf32>, tensor<4xf32>)
  %1 = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%0#1 : tensor<4xf32>) outs(%0#0 : tensor<1x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %d = arith.divf %out, %in : f32
    linalg.yield %d : f32
  } -> tensor<1x8x4xf32>
  return %1 : tensor<1x8x4xf32>
}

// CHECK-LABEL: @maximum(
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<max_pool1d
// CHECK-NOT: qprep.unit
func.func @maximum(%x: tensor<1x8x6xf32>) -> tensor<1x8x4xf32> {
  %low = arith.constant 0xFF800000 : f32
  %c6 = arith.constant 6 : index
  %window = tensor.empty() : tensor<2xi1>
  %e = tensor.empty() : tensor<1x8x4xf32>
  %f = linalg.fill ins(%low : f32) outs(%e : tensor<1x8x4xf32>) -> tensor<1x8x4xf32>
  %0 = linalg.generic {indexing_maps = [#window, #result], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%window : tensor<2xi1>) outs(%f : tensor<1x8x4xf32>) {
  ^bb0(%in: i1, %out: f32):
    %n = linalg.index 0 : index
    %c = linalg.index 1 : index
    %h = linalg.index 2 : index
    %k = linalg.index 3 : index
    %at = arith.addi %h, %k : index
    %v = tensor.extract %x[%n, %c, %at] : tensor<1x8x6xf32>
    %isIn = arith.cmpi ult, %at, %c6 : index
    %term = arith.select %isIn, %v, %low : f32
    %max = arith.maximumf %term, %out : f32
    linalg.yield %max : f32
  } -> tensor<1x8x4xf32>
  return %0 : tensor<1x8x4xf32>
}

// The second result is no size: it depends on the elements.
// CHECK-LABEL: @not_a_count(
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<opaque
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<div
func.func @not_a_count(%x: tensor<1x8x6xf32>) -> tensor<1x8x4xf32> {
  %zero = arith.constant 0.0 : f32
  %window = tensor.empty() : tensor<2xi1>
  %e = tensor.empty() : tensor<1x8x4xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x8x4xf32>) -> tensor<1x8x4xf32>
  %0:2 = linalg.generic {indexing_maps = [#window, #result, #result], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%window : tensor<2xi1>) outs(%f, %f : tensor<1x8x4xf32>, tensor<1x8x4xf32>) {
  ^bb0(%in: i1, %out: f32, %other: f32):
    %n = linalg.index 0 : index
    %c = linalg.index 1 : index
    %h = linalg.index 2 : index
    %k = linalg.index 3 : index
    %at = arith.addi %h, %k : index
    %v = tensor.extract %x[%n, %c, %at] : tensor<1x8x6xf32>
    %sum = arith.addf %v, %out : f32
    %product = arith.mulf %v, %v : f32
    linalg.yield %sum, %product : f32, f32
  } -> (tensor<1x8x4xf32>, tensor<1x8x4xf32>)
  %1 = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%0#0, %0#1 : tensor<1x8x4xf32>, tensor<1x8x4xf32>) outs(%e : tensor<1x8x4xf32>) {
  ^bb0(%in: f32, %by: f32, %out: f32):
    %d = arith.divf %in, %by : f32
    linalg.yield %d : f32
  } -> tensor<1x8x4xf32>
  return %1 : tensor<1x8x4xf32>
}
