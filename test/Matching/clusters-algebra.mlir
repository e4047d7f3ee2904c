// The same formulas with other signs, powers and logarithms.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// 0 - x is -x.
// CHECK-LABEL: func.func @silu_sub(
// CHECK-NOT:     qprep.unit = #qprep.unit
// CHECK:         qprep.unit = #qprep.unit<silu 
// CHECK-NEXT:    return
func.func @silu_sub(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %one = "tosa.const"() <{values = dense<1.0> : tensor<2x8xf32>}> : () -> tensor<2x8xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<2x8xf32>}> : () -> tensor<2x8xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.sub %z, %x : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %1 = tosa.exp %0 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %2 = tosa.add %one, %1 : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %3 = tosa.reciprocal %2 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %4 = tosa.mul %3, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %4 : tensor<2x8xf32>
}

// So is x * -1.
// CHECK-LABEL: func.func @silu_mulneg(
// CHECK-NOT:     qprep.unit = #qprep.unit
// CHECK:         qprep.unit = #qprep.unit<silu 
// CHECK-NEXT:    return
func.func @silu_mulneg(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %m = "tosa.const"() <{values = dense<-1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %m, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %1 = tosa.exp %0 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %2 = tosa.add %one, %1 : (tensor<1x1xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %3 = tosa.reciprocal %2 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %4 = tosa.mul %3, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %4 : tensor<2x8xf32>
}

// exp(x - log(sum(exp x)))
// CHECK-LABEL: func.func @softmax_log(
// CHECK-NOT:     qprep.unit = #qprep.unit
// CHECK:         qprep.unit = #qprep.unit<softmax 
// CHECK-NEXT:    return
func.func @softmax_log(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %0 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x8xf32>) -> tensor<2x1xf32>
  %2 = tosa.log %1 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %3 = tosa.sub %x, %2 : (tensor<2x8xf32>, tensor<2x1xf32>) -> tensor<2x8xf32>
  %4 = tosa.exp %3 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %4 : tensor<2x8xf32>
}

// exp(log_softmax x)
// CHECK-LABEL: func.func @softmax_exp_of_log(
// CHECK-NOT:     qprep.unit = #qprep.unit
// CHECK:         qprep.unit = #qprep.unit<softmax 
// CHECK-NEXT:    return
func.func @softmax_exp_of_log(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %m = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x8xf32>) -> tensor<2x1xf32>
  %d = tosa.sub %x, %m : (tensor<2x8xf32>, tensor<2x1xf32>) -> tensor<2x8xf32>
  %0 = tosa.exp %d : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x8xf32>) -> tensor<2x1xf32>
  %2 = tosa.log %1 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %3 = tosa.sub %d, %2 : (tensor<2x8xf32>, tensor<2x1xf32>) -> tensor<2x8xf32>
  %4 = tosa.exp %3 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %4 : tensor<2x8xf32>
}

// x clamp(x / 6 + 0.5, 0, 1)
// CHECK-LABEL: func.func @hardswish_half(
// CHECK-NOT:     qprep.unit = #qprep.unit
// CHECK:         qprep.unit = #qprep.unit<hardswish 
// CHECK-NEXT:    return
func.func @hardswish_half(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %t = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %r = "tosa.const"() <{values = dense<0.166666672> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %r, %x, %s : (tensor<1x1xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %0 = tosa.add %t, %2 : (tensor<1x1xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 1.0 : f32} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %3 = tosa.mul %1, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %3 : tensor<2x8xf32>
}

// The cube is a square times x.
// CHECK-LABEL: func.func @gelu_factored(
// CHECK-NOT:     qprep.unit = #qprep.unit
// CHECK:         qprep.unit = #qprep.unit<gelu 
// CHECK-NEXT:    return
func.func @gelu_factored(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %h = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %k = "tosa.const"() <{values = dense<0.044715> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c = "tosa.const"() <{values = dense<0.797884583> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %1 = tosa.mul %0, %k, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %2 = tosa.add %1, %one : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %3 = tosa.mul %x, %c, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %4 = tosa.mul %3, %2, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %5 = tosa.tanh %4 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %6 = tosa.add %5, %one : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %7 = tosa.mul %x, %6, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %8 = tosa.mul %7, %h, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %8 : tensor<2x8xf32>
}

// Powers 2 and -0.5.
// CHECK-LABEL: func.func @rms_pow(
// CHECK:         qprep.unit = #qprep.unit<add
// CHECK-NOT:     qprep.unit = #qprep.unit
// CHECK:         qprep.unit = #qprep.unit<rms_norm 
// CHECK-NEXT:    return
func.func @rms_pow(%x: tensor<2x8xf32>, %y: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %w = "tosa.const"() <{values = dense<[[1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0]]> : tensor<1x8xf32>}> : () -> tensor<1x8xf32>
  %two = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %n = "tosa.const"() <{values = dense<0.125> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %e = "tosa.const"() <{values = dense<1.0e-5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %a = tosa.add %x, %y : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  %0 = tosa.pow %a, %two : (tensor<2x8xf32>, tensor<1x1xf32>) -> tensor<2x8xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x8xf32>) -> tensor<2x1xf32>
  %2 = tosa.mul %n, %1, %s : (tensor<1x1xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x1xf32>
  %3 = tosa.add %e, %2 : (tensor<1x1xf32>, tensor<2x1xf32>) -> tensor<2x1xf32>
  %half = "tosa.const"() <{values = dense<-0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %4 = tosa.pow %3, %half : (tensor<2x1xf32>, tensor<1x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %4, %a, %s : (tensor<2x1xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %6 = tosa.mul %w, %5, %s : (tensor<1x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %6 : tensor<2x8xf32>
}

// A factor in the sigmoid is no silu.
// CHECK-LABEL: func.func @not_silu_quick_gelu(
// CHECK-NOT:     #qprep.unit<silu
// CHECK:         #qprep.unit<sigmoid
// CHECK-NOT:     #qprep.unit<silu
// CHECK:         return
func.func @not_silu_quick_gelu(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %c = "tosa.const"() <{values = dense<1.702> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.mul %x, %c, %s : (tensor<2x8xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  %5 = tosa.sigmoid %3 : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %8 = tosa.mul %5, %x, %s : (tensor<2x8xf32>, tensor<2x8xf32>, tensor<1xi8>) -> tensor<2x8xf32>
  return %8 : tensor<2x8xf32>
}
