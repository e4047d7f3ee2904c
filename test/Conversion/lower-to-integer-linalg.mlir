// Structured ops stay what they are: their maps and iterators on integers.

// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:1, {2.5e-01,5.0e-01}>

// CHECK-LABEL: func.func @linear(
//  CHECK-SAME: %[[X:.*]]: tensor<1x3xi8>) -> tensor<1x2xi8>
//       CHECK: %[[ACC:.*]] = linalg.generic {{.*}}"parallel", "parallel", "reduction"]} ins(%[[X]], %{{.*}} : tensor<1x3xi8>, tensor<3x2xi8>) outs(%{{.*}} : tensor<1x2xi32>)
//       CHECK: arith.extsi
//       CHECK: arith.subi %{{.*}}, %c3_i32
//       CHECK: arith.muli
//       CHECK: arith.addi
//       CHECK: %[[SUM:.*]] = linalg.generic {{.*}} ins(%[[ACC]], %{{.*}} : tensor<1x2xi32>, tensor<2xi32>)
//       CHECK: %[[R:.*]] = tosa.rescale %[[SUM]]
//  CHECK-SAME: per_channel = true
//       CHECK: tosa.clamp %[[R]] {max_val = 127 : i8, min_val = -2 : i8
func.func @linear(%q: tensor<1x3x!x>) -> tensor<1x2x!y> {
  %x = qprep.dequantize %q : tensor<1x3x!x> -> tensor<1x3xf32>
  %c = arith.constant dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi8>
  %s = quant.scast %c : tensor<3x2xi8> to tensor<3x2x!w>
  %w = qprep.dequantize %s : tensor<3x2x!w> -> tensor<3x2xf32>
  %b = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2xf32>) -> tensor<1x2xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%f : tensor<1x2xf32>) -> tensor<1x2xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%0, %b : tensor<1x2xf32>, tensor<2xf32>) outs(%e : tensor<1x2xf32>) {
  ^bb0(%in: f32, %bias: f32, %out: f32):
    %3 = arith.addf %in, %bias : f32
    %4 = arith.maximumf %3, %zero : f32
    linalg.yield %4 : f32
  } -> tensor<1x2xf32>
  %2 = qprep.quantize %1 : tensor<1x2xf32> -> tensor<1x2x!y>
  return %2 : tensor<1x2x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>

// A branch that only broadcasts does so to codes.
// CHECK-LABEL: func.func @broadcast(
//       CHECK: %[[R:.*]] = scf.if %{{.*}} -> (tensor<?x4xi8>) {
//       CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<?x4xi8>)
//  CHECK-NEXT: ^bb0(%[[IN:.*]]: i8, %{{.*}}: i8):
//       CHECK: scf.yield %{{.*}} : tensor<?x4xi8>
//       CHECK: } else {
//       CHECK: scf.yield %{{.*}} : tensor<?x4xi8>
//   CHECK-NOT: f32
//       CHECK: return
func.func @broadcast(%q: tensor<?x4x!x>) -> tensor<?x4x!x> {
  %x = qprep.dequantize %q : tensor<?x4x!x> -> tensor<?x4xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %q, %c0 : tensor<?x4x!x>
  %is_one = arith.cmpi eq, %n, %c1 : index
  %0 = scf.if %is_one -> (tensor<?x4xf32>) {
    %e = tensor.empty(%n) : tensor<?x4xf32>
    %1 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<?x4xf32>) outs(%e : tensor<?x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x4xf32>
    scf.yield %1 : tensor<?x4xf32>
  } else {
    scf.yield %x : tensor<?x4xf32>
  }
  %2 = qprep.quantize %0 : tensor<?x4xf32> -> tensor<?x4x!x>
  return %2 : tensor<?x4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>

// A body of one input is one table, however many ops it has.
// CHECK-LABEL: func.func @body(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>
//       CHECK: %[[T:.*]] = tosa.table %[[X]]
//  CHECK-NEXT: return %[[T]]
func.func @body(%q: tensor<4x!x>) -> tensor<4x!y> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %e = tensor.empty() : tensor<4xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %one = arith.constant 1.0 : f32
    %1 = arith.negf %in : f32
    %2 = math.exp %1 : f32
    %3 = arith.addf %2, %one : f32
    %4 = arith.divf %one, %3 : f32
    %5 = arith.mulf %4, %in : f32
    linalg.yield %5 : f32
  } -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!y>
  return %1 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// The divisor of an average that counts no padding depends on the place.
// CHECK-LABEL: func.func @counted_average(
//       CHECK: tensor.pad
//       CHECK: tensor.yield %c3_i8
//       CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<1x4x4x1xi8>, tensor<3x3xi8>) outs(%{{.*}} : tensor<1x2x2x1xi32>)
//       CHECK: arith.muli
//       CHECK: tosa.rescale
func.func @counted_average(%q: tensor<1x2x2x1x!x>) -> tensor<1x2x2x1x!x> {
  %x = qprep.dequantize %q : tensor<1x2x2x1x!x> -> tensor<1x2x2x1xf32>
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%a: index, %b: index, %c: index, %d: index):
    tensor.yield %zero : f32
  } : tensor<1x2x2x1xf32> to tensor<1x4x4x1xf32>
  %e = tensor.empty() : tensor<1x2x2x1xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2x2x1xf32>) -> tensor<1x2x2x1xf32>
  %k = tensor.empty() : tensor<3x3xf32>
  %s = linalg.pooling_nhwc_sum {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%p, %k : tensor<1x4x4x1xf32>, tensor<3x3xf32>) outs(%f : tensor<1x2x2x1xf32>) -> tensor<1x2x2x1xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%s : tensor<1x2x2x1xf32>) outs(%e : tensor<1x2x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %c4 = arith.constant 4 : index
    %i = linalg.index 1 : index
    %n = arith.addi %i, %c4 : index
    %n32 = arith.index_cast %n : index to i32
    %nf = arith.sitofp %n32 : i32 to f32
    %1 = arith.divf %in, %nf : f32
    linalg.yield %1 : f32
  } -> tensor<1x2x2x1xf32>
  %1 = qprep.quantize %0 : tensor<1x2x2x1xf32> -> tensor<1x2x2x1x!x>
  return %1 : tensor<1x2x2x1x!x>
}

// -----

!x = !quant.uniform<i8:f32, 3.01e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>

// A chain of insertions is a concatenation; what differs is rescaled to the result.
// CHECK-LABEL: func.func @insertions(
//  CHECK-SAME: %[[A:.*]]: tensor<2xi8>, %[[B:.*]]: tensor<2xi8>
//   CHECK-DAG: %[[R:.*]] = tosa.rescale %[[A]]
//       CHECK: %[[F:.*]] = tensor.insert_slice %[[R]] into %{{.*}}[0] [2] [1] : tensor<2xi8> into tensor<4xi8>
//       CHECK: %[[S:.*]] = tensor.insert_slice %[[B]] into %[[F]][2] [2] [1]
//       CHECK: return %[[S]]
func.func @insertions(%a: tensor<2x!x>, %b: tensor<2x!y>) -> tensor<4x!y> {
  %0 = qprep.dequantize %a : tensor<2x!x> -> tensor<2xf32>
  %1 = qprep.dequantize %b : tensor<2x!y> -> tensor<2xf32>
  %e = tensor.empty() : tensor<4xf32>
  %2 = tensor.insert_slice %0 into %e[0] [2] [1] : tensor<2xf32> into tensor<4xf32>
  %3 = tensor.insert_slice %1 into %2[2] [2] [1] : tensor<2xf32> into tensor<4xf32>
  %4 = qprep.quantize %3 : tensor<4xf32> -> tensor<4x!y>
  return %4 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:1>

// A constant table that a body gathers from becomes codes of the result.
// CHECK-LABEL: func.func @gathered_codes(
//       CHECK: %[[TABLE:.*]] = "tosa.const"() <{values = dense<{{\[\[}}4, 2], [3, 1]]> : tensor<2x2xi8>}>
//       CHECK: tensor.extract %[[TABLE]]
//   CHECK-NOT: xf32>
func.func @gathered_codes(%indices: tensor<3xi32>) -> tensor<3x2x!x> {
  %table = arith.constant dense<[[1.5, 0.5], [0.75, 0.25]]> : tensor<2x2xf32>
  %e = tensor.empty() : tensor<3x2xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%indices : tensor<3xi32>) outs(%e : tensor<3x2xf32>) {
  ^bb0(%in: i32, %out: f32):
    %row = arith.index_cast %in : i32 to index
    %column = linalg.index 1 : index
    %element = tensor.extract %table[%row, %column] : tensor<2x2xf32>
    linalg.yield %element : f32
  } -> tensor<3x2xf32>
  %1 = qprep.quantize %0 : tensor<3x2xf32> -> tensor<3x2x!x>
  return %1 : tensor<3x2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// A relu that is selected by a comparison before it: of the op alone, not of one that adds as well.
// CHECK-LABEL: func.func @relu_selected(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>) -> (tensor<4xi8>, tensor<4xi8>)
//   CHECK-DAG: %[[R:.*]] = tosa.clamp %[[X]] {max_val = 127 : i8, min_val = 3 : i8
//   CHECK-DAG: arith.addf
//       CHECK: return %[[R]], %{{.*}} : tensor<4xi8>, tensor<4xi8>
#map = affine_map<(d0) -> (d0)>
#scalar = affine_map<(d0) -> ()>
func.func @relu_selected(%q: tensor<4x!x>) -> (tensor<4x!x>, tensor<4x!x>) {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %zero = arith.constant 0.0 : f32
  %bools = tensor.empty() : tensor<4xi1>
  %floats = tensor.empty() : tensor<4xf32>
  %less = linalg.generic {indexing_maps = [#map, #scalar, #map], iterator_types = ["parallel"], qprep.member = #qprep.member<[input, _, _]>} ins(%x, %zero : tensor<4xf32>, f32) outs(%bools : tensor<4xi1>) {
  ^bb0(%in: f32, %number: f32, %out: i1):
    %1 = arith.cmpf olt, %in, %number : f32
    linalg.yield %1 : i1
  } -> tensor<4xi1>
  %relu = linalg.generic {indexing_maps = [#map, #scalar, #map, #map], iterator_types = ["parallel"], qprep.unit = #qprep.unit<relu [internal, _, input, _]>} ins(%less, %zero, %x : tensor<4xi1>, f32, tensor<4xf32>) outs(%floats : tensor<4xf32>) {
  ^bb0(%condition: i1, %number: f32, %in: f32, %out: f32):
    %1 = arith.select %condition, %number, %in : f32
    linalg.yield %1 : f32
  } -> tensor<4xf32>
  %other = linalg.generic {indexing_maps = [#map, #scalar, #map], iterator_types = ["parallel"], qprep.member = #qprep.member<[input, _, _]>} ins(%x, %zero : tensor<4xf32>, f32) outs(%bools : tensor<4xi1>) {
  ^bb0(%in: f32, %number: f32, %out: i1):
    %1 = arith.cmpf olt, %in, %number : f32
    linalg.yield %1 : i1
  } -> tensor<4xi1>
  %sum = linalg.generic {indexing_maps = [#map, #scalar, #map, #map], iterator_types = ["parallel"], qprep.unit = #qprep.unit<relu [internal, _, input, _]>} ins(%other, %zero, %x : tensor<4xi1>, f32, tensor<4xf32>) outs(%floats : tensor<4xf32>) {
  ^bb0(%condition: i1, %number: f32, %in: f32, %out: f32):
    %1 = arith.addf %in, %in : f32
    %2 = arith.select %condition, %number, %1 : f32
    linalg.yield %2 : f32
  } -> tensor<4xf32>
  %2 = qprep.quantize %relu : tensor<4xf32> -> tensor<4x!x>
  %3 = qprep.quantize %sum : tensor<4xf32> -> tensor<4x!x>
  return %2, %3 : tensor<4x!x>, tensor<4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// A dimension of size 1 may be read at 0, as torch-mlir writes it: one table.
// CHECK-LABEL: func.func @unit_dimension(
//  CHECK-SAME: %[[X:.*]]: tensor<1x4xi8>) -> tensor<1x4xi8>
//       CHECK: %[[T:.*]] = tosa.table %[[X]]
//  CHECK-NEXT: return %[[T]]
func.func @unit_dimension(%q: tensor<1x4x!x>) -> tensor<1x4x!x> {
  %x = qprep.dequantize %q : tensor<1x4x!x> -> tensor<1x4xf32>
  %one = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x4xf32>
  %0 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %1 = math.erf %in : f32
    %2 = arith.addf %1, %one : f32
    %3 = arith.mulf %in, %2 : f32
    linalg.yield %3 : f32
  } -> tensor<1x4xf32>
  %1 = qprep.quantize %0 : tensor<1x4xf32> -> tensor<1x4x!x>
  return %1 : tensor<1x4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// A maximum starts from the code of what the floats start from.
// CHECK-LABEL: func.func @maximum_from_zero(
//       CHECK: %[[START:.*]] = arith.constant 3 : i8
//       CHECK: linalg.fill ins(%[[START]] : i8)
//       CHECK: arith.maxsi
func.func @maximum_from_zero(%q: tensor<2x4x!x>) -> tensor<2x!x> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2xf32>) -> tensor<2xf32>
  %0 = linalg.reduce { arith.maximumf } ins(%x : tensor<2x4xf32>) outs(%f : tensor<2xf32>) dimensions = [1]
  %1 = qprep.quantize %0 : tensor<2xf32> -> tensor<2x!x>
  return %1 : tensor<2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:1, {2.5e-01,5.0e-01}>

// A product of sums of products, each at 28 bits of its bound: divided by 2^27, rounded half up.
// CHECK-LABEL: func.func @product_of_accumulators(
//       CHECK: arith.muli %{{.*}} : i64
//       CHECK: arith.addi %{{.*}}, %c67108864_i64 : i64
//       CHECK: arith.shrsi %{{.*}}, %c27_i64 : i64
//       CHECK: arith.trunci %{{.*}} : i64 to i32
//       CHECK: tosa.rescale
func.func @product_of_accumulators(%q: tensor<1x3x!x>) -> tensor<1x2x!y> {
  %x = qprep.dequantize %q : tensor<1x3x!x> -> tensor<1x3xf32>
  %c = arith.constant dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi8>
  %s = quant.scast %c : tensor<3x2xi8> to tensor<3x2x!w>
  %w = qprep.dequantize %s : tensor<3x2x!w> -> tensor<3x2xf32>
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x2xf32>) -> tensor<1x2xf32>
  %0 = linalg.matmul {qprep.unit = #qprep.unit<linear [input, weight(axis = 1), _]>} ins(%x, %w : tensor<1x3xf32>, tensor<3x2xf32>) outs(%f : tensor<1x2xf32>) -> tensor<1x2xf32>
  %1 = linalg.mul {qprep.unit = #qprep.unit<mul [input, input, _]>} ins(%0, %0 : tensor<1x2xf32>, tensor<1x2xf32>) outs(%e : tensor<1x2xf32>) -> tensor<1x2xf32>
  %2 = qprep.quantize %1 : tensor<1x2xf32> -> tensor<1x2x!y>
  return %2 : tensor<1x2x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// The number may be an element of a constant.
// CHECK-LABEL: func.func @maximum_from_element(
//       CHECK: %[[START:.*]] = arith.constant -128 : i8
//       CHECK: linalg.fill ins(%[[START]] : i8)
//       CHECK: arith.maxsi
func.func @maximum_from_element(%q: tensor<2x4x!x>) -> tensor<2x!x> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %infinity = arith.constant dense<0xFF800000> : tensor<f32>
  %least = tensor.extract %infinity[] : tensor<f32>
  %e = tensor.empty() : tensor<2xf32>
  %f = linalg.fill ins(%least : f32) outs(%e : tensor<2xf32>) -> tensor<2xf32>
  %0 = linalg.reduce { arith.maximumf } ins(%x : tensor<2x4xf32>) outs(%f : tensor<2xf32>) dimensions = [1]
  %1 = qprep.quantize %0 : tensor<2xf32> -> tensor<2x!x>
  return %1 : tensor<2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8:f32:{0:1, 1:1, 2:1, 3:2}, {{{{2.5e-01}}, {{5.0e-01}}}, {{{2.5e-01}}, {{1.0}}}}>

// Groups, and the channels of each: a scale for all of them.
// CHECK-LABEL: func.func @groups(
//       CHECK: %[[ACC:.*]] = linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<1x2x1x4xi8>, tensor<2x2x1x2xi8>)
//       CHECK: %[[LAST:.*]] = tosa.transpose %[[ACC]] {perms = array<i32: 0, 3, 1, 2>}
//       CHECK: %[[ONE:.*]] = tensor.collapse_shape %[[LAST]] {{\[\[}}0], [1], [2, 3]] : tensor<1x3x2x2xi32> into tensor<1x3x4xi32>
//       CHECK: %[[R:.*]] = tosa.rescale %[[ONE]], %{{.*}} per_channel = true
//       CHECK: %[[TWO:.*]] = tensor.expand_shape %[[R]] {{\[\[}}0], [1], [2, 3]]
//       CHECK: tosa.transpose %[[TWO]] {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x2x2xi8>) -> tensor<1x2x2x3xi8>
func.func @groups(%q: tensor<1x2x1x4x!x>) -> tensor<1x2x2x3x!y> {
  %x = qprep.dequantize %q : tensor<1x2x1x4x!x> -> tensor<1x2x1x4xf32>
  %c = arith.constant dense<[[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]]]> : tensor<2x2x1x2xi8>
  %s = quant.scast %c : tensor<2x2x1x2xi8> to tensor<2x2x1x2x!w>
  %w = qprep.dequantize %s : tensor<2x2x1x2x!w> -> tensor<2x2x1x2xf32>
  %b = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x2x2x3xf32>
  %f = linalg.fill ins(%b : f32) outs(%e : tensor<1x2x2x3xf32>) -> tensor<1x2x2x3xf32>
  %0 = linalg.generic {
      indexing_maps = [affine_map<(n, g, f, w, c, k) -> (n, g, c, w + k)>,
                       affine_map<(n, g, f, w, c, k) -> (g, f, c, k)>,
                       affine_map<(n, g, f, w, c, k) -> (n, g, f, w)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x2x1x4xf32>, tensor<2x2x1x2xf32>) outs(%f : tensor<1x2x2x3xf32>) {
  ^bb0(%in: f32, %weight: f32, %out: f32):
    %2 = arith.mulf %in, %weight : f32
    %3 = arith.addf %out, %2 : f32
    linalg.yield %3 : f32
  } -> tensor<1x2x2x3xf32>
  %1 = qprep.quantize %0 : tensor<1x2x2x3xf32> -> tensor<1x2x2x3x!y>
  return %1 : tensor<1x2x2x3x!y>
}
