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

// A sum that does not only mask is not lost.
// CHECK-LABEL: func.func @biased(
//       CHECK: tosa.exp
//       CHECK: reason = "this form of softmax has no integer form"
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
