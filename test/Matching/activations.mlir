// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// Activation functions in the simpler ops that front ends make of them, and near
// misses that must stay what they are.

// CHECK-LABEL: func.func @softplus(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<softplus [
func.func @softplus(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v2 = tosa.add %v0, %c1 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %v3 = tosa.log %v2 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %v3 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @softplus_of_two(
// CHECK: qprep.unit<exp
// CHECK: qprep.unit<add
// CHECK: qprep.unit<log
func.func @softplus_of_two(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c1 = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v2 = tosa.add %v0, %c1 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %v3 = tosa.log %v2 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %v3 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @mish(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<mish [
func.func @mish(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v2 = tosa.add %v0, %c1 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %v3 = tosa.log %v2 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %v4 = tosa.tanh %v3 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %v5 = tosa.mul %x, %v4, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %v5 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @logsigmoid(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<logsigmoid [
func.func @logsigmoid(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.sigmoid %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %v1 = tosa.log %v0 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %v1 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @tanhshrink(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<tanhshrink [
func.func @tanhshrink(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.tanh %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %v1 = tosa.sub %x, %v0 : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  return %v1 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @tanh_minus_x(
// CHECK: qprep.unit<tanh
// CHECK: qprep.unit<sub
func.func @tanh_minus_x(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.tanh %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %v1 = tosa.sub %v0, %x : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  return %v1 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @softsign(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<softsign [
func.func @softsign(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.abs %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v2 = tosa.add %v0, %c1 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %v3 = tosa.reciprocal %v2 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %v4 = tosa.mul %x, %v3, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %v4 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @selu(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<selu [
func.func @selu(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c0 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %b1 = tosa.greater_equal %x, %c0 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xi1>
  %v2 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v4 = tosa.sub %v2, %c3 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c5 = "tosa.const"() <{values = dense<1.67326319> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v6 = tosa.mul %v4, %c5, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v7 = tosa.select %b1, %x, %v6 : (tensor<2x8xi1>, tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %c8 = "tosa.const"() <{values = dense<1.05070102> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v9 = tosa.mul %v7, %c8, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %v9 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @celu(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<celu [
func.func @celu(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c0 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %b1 = tosa.greater_equal %x, %c0 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xi1>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v3 = tosa.mul %x, %c2, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v4 = tosa.exp %v3 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c5 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v6 = tosa.sub %v4, %c5 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c7 = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v8 = tosa.mul %v6, %c7, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v9 = tosa.select %b1, %x, %v8 : (tensor<2x8xi1>, tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  return %v9 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @gelu_tanh(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
func.func @gelu_tanh(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.mul %x, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v1 = tosa.mul %v0, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %c2 = "tosa.const"() <{values = dense<0.044715> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v3 = tosa.mul %v1, %c2, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v4 = tosa.add %x, %v3 : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %c5 = "tosa.const"() <{values = dense<0.797884583> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v6 = tosa.mul %v4, %c5, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v7 = tosa.tanh %v6 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c8 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v9 = tosa.add %v7, %c8 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c10 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v11 = tosa.mul %v9, %c10, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v12 = tosa.mul %x, %v11, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %v12 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @gelu_tanh_half_first(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
func.func @gelu_tanh_half_first(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v0 = tosa.mul %x, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v1 = tosa.mul %v0, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %c2 = "tosa.const"() <{values = dense<0.044715> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v3 = tosa.mul %v1, %c2, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v4 = tosa.add %x, %v3 : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %c5 = "tosa.const"() <{values = dense<0.797884583> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v6 = tosa.mul %v4, %c5, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v7 = tosa.tanh %v6 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c8 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v9 = tosa.add %v7, %c8 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c10 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v11 = tosa.mul %x, %c10, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v12 = tosa.mul %v11, %v9, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %v12 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @gelu_tanh_pow(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
func.func @gelu_tanh_pow(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c0 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v1 = tosa.pow %x, %c0 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c2 = "tosa.const"() <{values = dense<0.044715> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v3 = tosa.mul %v1, %c2, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v4 = tosa.add %x, %v3 : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %c5 = "tosa.const"() <{values = dense<0.797884583> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v6 = tosa.mul %v4, %c5, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v7 = tosa.tanh %v6 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c8 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v9 = tosa.add %v7, %c8 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c10 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v11 = tosa.mul %v9, %c10, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v12 = tosa.mul %x, %v11, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %v12 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @gelu_tanh_half_first_pow(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
func.func @gelu_tanh_half_first_pow(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c0 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v1 = tosa.pow %x, %c0 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c2 = "tosa.const"() <{values = dense<0.044715> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v3 = tosa.mul %v1, %c2, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v4 = tosa.add %x, %v3 : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %c5 = "tosa.const"() <{values = dense<0.797884583> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v6 = tosa.mul %v4, %c5, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v7 = tosa.tanh %v6 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %c8 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v9 = tosa.add %v7, %c8 : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %c10 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %v11 = tosa.mul %x, %c10, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %v12 = tosa.mul %v11, %v9, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %v12 : tensor<2x8xf32>
}

// CHECK-LABEL: func.func @glu(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<glu [
func.func @glu(%x: tensor<2x8xf32>) -> tensor<2x4xf32> {
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %a = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %b = tosa.const_shape {values = dense<[0, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %n = tosa.const_shape {values = dense<[2, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.slice %x, %a, %n : (tensor<2x8xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<2x4xf32>
  %1 = tosa.slice %x, %b, %n : (tensor<2x8xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<2x4xf32>
  %2 = tosa.sigmoid %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.mul %0, %2, %s : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @log_softmax(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<log_softmax [
func.func @log_softmax(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x8xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<2x8xf32>, tensor<2x1xf32>) -> tensor<2x8xf32>
  %2 = tosa.exp %1 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32} : (tensor<2x8xf32>) -> tensor<2x1xf32>
  %4 = tosa.log %3 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.sub %1, %4 : (tensor<2x8xf32>, tensor<2x1xf32>) -> tensor<2x8xf32>
  return %5 : tensor<2x8xf32>
}
