// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// CHECK-LABEL: func.func @softmax(
//  CHECK-SAME: %[[X:.*]]: tensor<2x4xi8>) -> tensor<2x4xi8>
//       CHECK: %[[W:.*]] = tosa.rescale %[[X]]
//       CHECK: %[[M:.*]] = tosa.reduce_max %[[W]] {axis = 1 : i32} : (tensor<2x4xi32>) -> tensor<2x1xi32>
//       CHECK: %[[D:.*]] = tosa.sub %[[W]], %[[M]]
//       CHECK: %[[I:.*]] = tosa.rescale %[[D]]
//       CHECK: tosa.table %[[I]]
//       CHECK: tosa.table %[[I]]
//       CHECK: %[[E:.*]] = tosa.add
//       CHECK: %[[S:.*]] = tosa.reduce_sum %[[E]]
//       CHECK: %[[R:.*]] = tosa.intdiv %{{.*}}, %[[S]]
//       CHECK: %[[P:.*]] = tosa.mul %[[E]], %[[R]]
//       CHECK: %[[Y:.*]] = tosa.rescale %[[P]]
//  CHECK-SAME: form = "integer", kind = "softmax", label = "softmax_0"
//       CHECK: return %[[Y]]
func.func @softmax(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.reduce_max %x {axis = 1 : i32, qprep.member = #qprep.member<[input]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 {qprep.member = #qprep.member<[input, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.unit = #qprep.unit<softmax [internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = qprep.quantize %5 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %6 : tensor<2x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// What is masked counts nothing, whatever the scores are.
// CHECK-LABEL: func.func @b17_masked(
//  CHECK-SAME: %[[X:.*]]: tensor<2x4xi8>
//   CHECK-DAG: %[[MASK:.*]] = "tosa.const"() <{values = dense<{{\[}}[false, false, true, true]]> : tensor<1x4xi1>}>
//   CHECK-DAG: %[[LOW:.*]] = "tosa.const"() <{values = dense<-1048576> : tensor<1x1xi32>}>
//       CHECK: %[[W:.*]] = tosa.rescale %[[X]]
//       CHECK: %[[S:.*]] = tosa.select %[[MASK]], %[[LOW]], %[[W]]
//       CHECK: tosa.reduce_max %[[S]]
//       CHECK: %[[D:.*]] = tosa.sub %[[S]]
//       CHECK: %[[OUT:.*]] = tosa.greater %{{.*}}, %[[D]]
//       CHECK: tosa.select %[[OUT]]
//  CHECK-NOT: f32
func.func @b17_masked(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %mask = "tosa.const"() <{values = dense<[[0.0, 0.0, -1.0e9, -1.0e9]]> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %m = tosa.add %x, %mask {qprep.member = #qprep.member<[input, _]>} : (tensor<2x4xf32>, tensor<1x4xf32>) -> tensor<2x4xf32>
  %0 = tosa.reduce_max %m {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %m, %0 {qprep.member = #qprep.member<[internal, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.unit = #qprep.unit<softmax [internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = qprep.quantize %5 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %6 : tensor<2x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// A sum that does not only mask is one of multiples of 2^-12, and its distances
// have 16 bits.
// CHECK-LABEL: func.func @biased(
//  CHECK-SAME: %[[X:.*]]: tensor<2x4xi8>
//   CHECK-DAG: %[[B:.*]] = "tosa.const"() <{values = dense<{{\[}}[0, -4096, -8192, -12288]]> : tensor<1x4xi32>}>
//   CHECK-DAG: %[[LEAST:.*]] = "tosa.const"() <{values = dense<-134217728> : tensor<1x1xi32>}>
//   CHECK-DAG: %[[FURTHEST:.*]] = "tosa.const"() <{values = dense<-65535> : tensor<1x1xi32>}>
//       CHECK: %[[W:.*]] = tosa.rescale %[[X]]
//       CHECK: %[[SUM:.*]] = tosa.add %[[W]], %[[B]]
//       CHECK: %[[S:.*]] = tosa.maximum %[[SUM]], %[[LEAST]]
//       CHECK: %[[M:.*]] = tosa.reduce_max %[[S]]
//       CHECK: %[[D:.*]] = tosa.sub %[[S]], %[[M]]
//       CHECK: tosa.maximum %[[D]], %[[FURTHEST]]
//   CHECK-NOT: f32
func.func @biased(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %mask = "tosa.const"() <{values = dense<[[0.0, -1.0, -2.0, -3.0]]> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %m = tosa.add %x, %mask {qprep.member = #qprep.member<[input, _]>} : (tensor<2x4xf32>, tensor<1x4xf32>) -> tensor<2x4xf32>
  %0 = tosa.reduce_max %m {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %m, %0 {qprep.member = #qprep.member<[internal, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.unit = #qprep.unit<softmax [internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = qprep.quantize %5 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %6 : tensor<2x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>
#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @b17_structured(
//  CHECK-SAME: %[[X:.*]]: tensor<2x4xi8>, %[[MASK:.*]]: tensor<2x4xi1>
//       CHECK: %[[W:.*]] = tosa.rescale %[[X]]
//       CHECK: linalg.generic {{.*}} ins(%[[MASK]], %[[W]] : tensor<2x4xi1>, tensor<2x4xi32>)
//       CHECK: arith.select %{{.*}}, %{{.*}}, %{{.*}} : i32
//       CHECK: tosa.reduce_max
//   CHECK-NOT: f32
func.func @b17_structured(%q: tensor<2x4x!x>, %mask: tensor<2x4xi1>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %low = arith.constant -1.0e4 : f32
  %e = tensor.empty() : tensor<2x4xf32>
  %m = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]} ins(%mask, %x : tensor<2x4xi1>, tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) attrs = {qprep.member = #qprep.member<[_, input, _]>} {
  ^bb0(%c: i1, %in: f32, %out: f32):
    %s = arith.select %c, %low, %in : f32
    linalg.yield %s : f32
  } -> tensor<2x4xf32>
  %0 = tosa.reduce_max %m {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %m, %0 {qprep.member = #qprep.member<[internal, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.unit = #qprep.unit<softmax [internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = qprep.quantize %5 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %6 : tensor<2x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// Floats become such multiples when the model runs, less what makes them
// positive.
// CHECK-LABEL: func.func @b17_computed(
//  CHECK-SAME: %[[X:.*]]: tensor<2x4xi8>, %[[MASK:.*]]: tensor<1x4xf32>
//       CHECK: %[[W:.*]] = tosa.rescale %[[X]]
//       CHECK: %[[MOST:.*]] = tosa.reduce_max %[[MASK]] {axis = 1 : i32}
//       CHECK: %[[UP:.*]] = tosa.maximum %[[MOST]]
//       CHECK: %[[DOWN:.*]] = tosa.sub %[[MASK]], %[[UP]]
//       CHECK: %[[SCALED:.*]] = tosa.mul %[[DOWN]]
//       CHECK: %[[CLAMPED:.*]] = tosa.clamp %[[SCALED]] {max_val = 0x4D800000 : f32, min_val = 0xCD800000 : f32
//       CHECK: %[[B:.*]] = tosa.cast %[[CLAMPED]] : (tensor<1x4xf32>) -> tensor<1x4xi32>
//       CHECK: tosa.add %[[W]], %[[B]]
//       CHECK: form = "integer", kind = "softmax"
func.func @b17_computed(%q: tensor<2x4x!x>, %mask: tensor<1x4xf32>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = tosa.add %mask, %x {qprep.member = #qprep.member<[_, input]>} : (tensor<1x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %0 = tosa.reduce_max %m {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %m, %0 {qprep.member = #qprep.member<[internal, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.unit = #qprep.unit<softmax [internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = qprep.quantize %5 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %6 : tensor<2x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>
#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#keys = affine_map<(d0, d1, d2) -> (d0, d2)>

// Of a mask for each batch and key, the largest is that of its dimension 1; one
// op may be all of the softmax.
// CHECK-LABEL: func.func @b17_computed_structured(
//  CHECK-SAME: %[[X:.*]]: tensor<2x3x4xi8>, %[[MASK:.*]]: tensor<2x4xf32>
//       CHECK: %[[W:.*]] = tosa.rescale %[[X]]
//       CHECK: tosa.reduce_max %[[MASK]] {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
//       CHECK: %[[B:.*]] = tosa.cast %{{.*}} : (tensor<2x4xf32>) -> tensor<2x4xi32>
//       CHECK: linalg.generic {{.*}} ins(%[[W]], %[[B]] : tensor<2x3x4xi32>, tensor<2x4xi32>)
//       CHECK: arith.addi
//       CHECK: tosa.reduce_max %{{.*}} {axis = 2 : i32}
//       CHECK: form = "integer", kind = "softmax"
func.func @b17_computed_structured(%q: tensor<2x3x4x!x>, %mask: tensor<2x4xf32>) -> tensor<2x3x4x!y> {
  %x = qprep.dequantize %q : tensor<2x3x4x!x> -> tensor<2x3x4xf32>
  %e = tensor.empty() : tensor<2x3x4xf32>
  %m = linalg.generic {indexing_maps = [#id, #keys, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x, %mask : tensor<2x3x4xf32>, tensor<2x4xf32>) outs(%e : tensor<2x3x4xf32>) attrs = {qprep.member = #qprep.member<[input, _, _]>} {
  ^bb0(%in: f32, %b: f32, %out: f32):
    %s = arith.addf %in, %b : f32
    linalg.yield %s : f32
  } -> tensor<2x3x4xf32>
  %5 = linalg.softmax {qprep.unit = #qprep.unit<softmax [internal, _]>} dimension(2) ins(%m : tensor<2x3x4xf32>) outs(%e : tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %6 = qprep.quantize %5 : tensor<2x3x4xf32> -> tensor<2x3x4x!y>
  return %6 : tensor<2x3x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// exp(x - (max + log(sum))) is the same.
// CHECK-LABEL: func.func @of_logarithm(
//       CHECK: tosa.reduce_max
//       CHECK: tosa.intdiv
//   CHECK-NOT: f32
//       CHECK: form = "integer", kind = "softmax"
func.func @of_logarithm(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %0 = tosa.reduce_max %x {axis = 1 : i32, qprep.member = #qprep.member<[input]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 {qprep.member = #qprep.member<[input, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.log %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.add %0, %4 {qprep.member = #qprep.member<[internal, internal]>} : (tensor<2x1xf32>, tensor<2x1xf32>) -> tensor<2x1xf32>
  %6 = tosa.sub %x, %5 {qprep.member = #qprep.member<[input, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %7 = tosa.exp %6 {qprep.unit = #qprep.unit<softmax [internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %8 = qprep.quantize %7 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %8 : tensor<2x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// A factor inside of the unit belongs to no form that is known.
// CHECK-LABEL: func.func @with_factor(
//       CHECK: tosa.exp
//       CHECK: reason = "this form of softmax has no integer form"
func.func @with_factor(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.mul %x, %half, %z {qprep.member = #qprep.member<[input, _, _]>} : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.exp %0 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.reduce_sum %1 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %3 = tosa.reciprocal %2 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %4 = tosa.mul %1, %3, %z {qprep.unit = #qprep.unit<softmax [internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %5 = qprep.quantize %4 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %5 : tensor<2x4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.25e-01:3>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// The sum with 0 that is left of a dropout.
// CHECK-LABEL: func.func @sum_with_zero(
//       CHECK: tosa.intdiv
//   CHECK-NOT: f32
//       CHECK: form = "integer", kind = "softmax"
// CHECK-LABEL: func.func @sum_with_one(
//       CHECK: reason = "this form of softmax has no integer form"
func.func @sum_with_zero(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %n = "tosa.const"() <{values = dense<0.0> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
  %0 = tosa.reduce_max %x {axis = 1 : i32, qprep.member = #qprep.member<[input]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 {qprep.member = #qprep.member<[input, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.member = #qprep.member<[internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.add %5, %n {qprep.unit = #qprep.unit<softmax [internal, _]>} : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %7 = qprep.quantize %6 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %7 : tensor<2x4x!y>
}
func.func @sum_with_one(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %n = "tosa.const"() <{values = dense<1.0> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
  %0 = tosa.reduce_max %x {axis = 1 : i32, qprep.member = #qprep.member<[input]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 {qprep.member = #qprep.member<[input, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.member = #qprep.member<[internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.add %5, %n {qprep.unit = #qprep.unit<softmax [internal, _]>} : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %7 = qprep.quantize %6 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %7 : tensor<2x4x!y>
}
