// B17: the additive mask of a softmax belongs to it, and is observed nowhere.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// A constant mask.
// CHECK-LABEL: @b17_constant(
// CHECK: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK: tosa.mul{{.*}}softmax [internal, internal, _]
func.func @b17_constant(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %m = "tosa.const"() <{values = dense<[[0.0, -3.4e38, -3.4e38, 0.0], [0.0, 0.0, -3.4e38, 0.0]]> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %m : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.reduce_max %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %2 = tosa.sub %0, %1 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.exp %2 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %5 = tosa.reciprocal %4 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %6 = tosa.mul %3, %5, %s : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// (1 - m) * -10000 of an argument: what makes it is no unit.
// CHECK-LABEL: @b17_of_argument(
// CHECK-NOT: qprep.unit
// CHECK: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK: tosa.mul{{.*}}softmax [internal, internal, _]
func.func @b17_of_argument(%x: tensor<2x4xf32>, %keep: tensor<2x4xi32>) -> tensor<2x4xf32> {
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %low = "tosa.const"() <{values = dense<-1.0e4> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %k = tosa.cast %keep : (tensor<2x4xi32>) -> tensor<2x4xf32>
  %n = tosa.sub %one, %k : (tensor<1x1xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %m = tosa.mul %n, %low, %s : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %0 = tosa.add %x, %m : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.reduce_max %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %2 = tosa.sub %0, %1 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.exp %2 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %5 = tosa.reciprocal %4 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %6 = tosa.mul %3, %5, %s : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// Chosen in place of scores, before one op.
// CHECK-LABEL: @b17_selected(
// CHECK: tosa.select{{.*}}qprep.member = #qprep.member<[_, input, _]>
// CHECK: linalg.softmax{{.*}}softmax [internal, _]
func.func @b17_selected(%x: tensor<2x4xf32>, %keep: tensor<2x4xi1>) -> tensor<2x4xf32> {
  %low = "tosa.const"() <{values = dense<0xFF800000> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = tosa.select %keep, %x, %low : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = linalg.softmax dimension(1) ins(%0 : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// A sum with a constant that is no mask, and a mask before something else.
// CHECK-LABEL: @b17_not_a_mask(
// CHECK: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK: linalg.softmax{{.*}}softmax [input, _]
// CHECK: tosa.select{{.*}}qprep.unit = #qprep.unit<select [_, input, _]>
func.func @b17_not_a_mask(%x: tensor<2x4xf32>, %keep: tensor<2x4xi1>) -> tensor<2x4xf32> {
  %m = "tosa.const"() <{values = dense<[[0.0, -5.0, -5.0, 0.0], [0.0, 0.0, -5.0, 0.0]]> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
  %low = "tosa.const"() <{values = dense<0xFF800000> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %e = tensor.empty() : tensor<2x4xf32>
  %0 = tosa.add %x, %m : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = linalg.softmax dimension(1) ins(%0 : tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.select %keep, %1, %low : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}
