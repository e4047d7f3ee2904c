// A function of one value is known by its values, however it is written.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(tosa-to-linalg,tosa-to-arith,qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(tosa-to-linalg,tosa-to-arith,canonicalize,cse,qprep-match-units))' | FileCheck %s

// h tanh(h) + h, with h = x / 2
// CHECK-LABEL: @silu_of_halves(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<silu [
// CHECK-NOT: qprep.unit
func.func @silu_of_halves(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %x, %0, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %3 = tosa.tanh %2 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.mul %2, %3, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %5 = tosa.add %4, %2 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}

// x e / (e + 1), with e = exp(x)
// CHECK-LABEL: @silu_of_exponentials(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<silu [
// CHECK-NOT: qprep.unit
func.func @silu_of_exponentials(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.add %2, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %4 = tosa.reciprocal %3 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.mul %2, %4, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.mul %x, %5, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// x (0.5 erf(x / sqrt 2) + 0.5)
// CHECK-LABEL: @gelu_halved_inside(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
// CHECK-NOT: qprep.unit
func.func @gelu_halved_inside(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.7071067811865475> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %x, %0, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.erf %3 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.mul %4, %2, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.add %5, %2 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %7 = tosa.mul %x, %6, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %7 : tensor<2x4xf32>
}

// h + h erf(x / sqrt 2), with h = x / 2
// CHECK-LABEL: @gelu_as_sum(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
// CHECK-NOT: qprep.unit
func.func @gelu_as_sum(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = "tosa.const"() <{values = dense<0.7071067811865475> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %x, %0, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.mul %x, %2, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %5 = tosa.erf %4 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %6 = tosa.mul %3, %5, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %7 = tosa.add %3, %6 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %7 : tensor<2x4xf32>
}

// x sigmoid(sqrt(8 / pi) (x + 0.044715 x^3))
// CHECK-LABEL: @gelu_of_sigmoid(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
// CHECK-NOT: qprep.unit
func.func @gelu_of_sigmoid(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0.044715> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = "tosa.const"() <{values = dense<1.5957691216057308> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %4 = tosa.pow %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %5 = tosa.mul %4, %1, %2 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.add %x, %5 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %7 = tosa.mul %6, %3, %2 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %8 = tosa.sigmoid %7 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %9 = tosa.mul %x, %8, %2 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %9 : tensor<2x4xf32>
}

// 0.5 x (tanh(sqrt(2 / pi) x + 0.0357 x^3) + 1)
// CHECK-LABEL: @gelu_multiplied_out(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<gelu [
// CHECK-NOT: qprep.unit
func.func @gelu_multiplied_out(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = "tosa.const"() <{values = dense<0.7978845608028654> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = "tosa.const"() <{values = dense<0.035677408136300125> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %4 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %5 = tosa.mul %x, %0, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.mul %x, %2, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %7 = tosa.mul %x, %x, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %8 = tosa.mul %x, %7, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %9 = tosa.mul %8, %3, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %10 = tosa.add %6, %9 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %11 = tosa.tanh %10 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %12 = tosa.add %11, %4 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %13 = tosa.mul %5, %12, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %13 : tensor<2x4xf32>
}

// x tanh(x if x > 20, else log(exp(x) + 1))
// CHECK-LABEL: @mish_with_threshold(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<mish [
// CHECK-NOT: qprep.unit
func.func @mish_with_threshold(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<20.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.greater %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %4 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.add %4, %1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %6 = tosa.log %5 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %7 = tosa.select %3, %x, %6 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %8 = tosa.tanh %7 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %9 = tosa.mul %x, %8, %2 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %9 : tensor<2x4xf32>
}

// x tanh(max(x, 0) + log(exp(-abs(x)) + 1))
// CHECK-LABEL: @mish_of_absolute(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<mish [
// CHECK-NOT: qprep.unit
func.func @mish_of_absolute(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %2 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %4 = tosa.maximum %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %5 = tosa.abs %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %6 = tosa.negate %5, %1, %1 : (tensor<2x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4xf32>
  %7 = tosa.exp %6 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %8 = tosa.add %7, %2 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %9 = tosa.log %8 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %10 = tosa.add %4, %9 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %11 = tosa.tanh %10 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %12 = tosa.mul %x, %11, %3 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %12 : tensor<2x4xf32>
}

// max(x, 0) + 0.01 min(x, 0)
// CHECK-LABEL: @leaky_relu_as_sum(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<leaky_relu [
// CHECK-NOT: qprep.unit
func.func @leaky_relu_as_sum(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.4028234663852886e+38 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.minimum %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %5 = tosa.mul %4, %1, %2 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.add %3, %5 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// max(x, 0) - 0.01 max(-x, 0)
// CHECK-LABEL: @leaky_relu_of_negative(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<leaky_relu [
// CHECK-NOT: qprep.unit
func.func @leaky_relu_of_negative(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.4028234663852886e+38 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.negate %x, %0, %0 : (tensor<2x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4xf32>
  %5 = tosa.clamp %4 {min_val = 0.0 : f32, max_val = 3.4028234663852886e+38 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %6 = tosa.mul %5, %1, %2 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %7 = tosa.sub %3, %6 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %7 : tensor<2x4xf32>
}

// x if x > 0, else exp(min(x, 0)) - 1
// CHECK-LABEL: @elu_bounded_inside(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<elu [
// CHECK-NOT: qprep.unit
func.func @elu_bounded_inside(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.greater %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %3 = tosa.minimum %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %4 = tosa.exp %3 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.sub %4, %1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %6 = tosa.select %2, %x, %5 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// max(x, 0) + min(0.7 (exp(x) - 1), 0)
// CHECK-LABEL: @elu_bounded_outside(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<elu [
// CHECK-NOT: qprep.unit
func.func @elu_bounded_outside(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = "tosa.const"() <{values = dense<0.7> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %4 = tosa.maximum %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %5 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %6 = tosa.sub %5, %1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %7 = tosa.mul %6, %2, %3 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %8 = tosa.minimum %7, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %9 = tosa.add %4, %8 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %9 : tensor<2x4xf32>
}

// -log(exp(-x) + 1)
// CHECK-LABEL: @logsigmoid(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<logsigmoid [
// CHECK-NOT: qprep.unit
func.func @logsigmoid(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.negate %x, %0, %0 : (tensor<2x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4xf32>
  %3 = tosa.exp %2 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.add %3, %1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %5 = tosa.log %4 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %6 = tosa.negate %5, %0, %0 : (tensor<2x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// e / (e + 1), with e = exp(x)
// CHECK-LABEL: @sigmoid_of_exponentials(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<sigmoid [
// CHECK-NOT: qprep.unit
func.func @sigmoid_of_exponentials(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.add %2, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %4 = tosa.reciprocal %3 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.mul %2, %4, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}

// (e - 1) / (e + 1), with e = exp(2 x)
// CHECK-LABEL: @tanh_of_exponentials(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<tanh [
// CHECK-NOT: qprep.unit
func.func @tanh_of_exponentials(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %x, %0, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.exp %3 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.sub %4, %2 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %6 = tosa.add %4, %2 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %7 = tosa.reciprocal %6 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %8 = tosa.mul %5, %7, %1 : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %8 : tensor<2x4xf32>
}

// 2 sigmoid(2 x) - 1
// CHECK-LABEL: @tanh_of_sigmoid(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<tanh [
// CHECK-NOT: qprep.unit
func.func @tanh_of_sigmoid(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %x, %0, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.sigmoid %3 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %5 = tosa.mul %4, %0, %1 : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = tosa.sub %5, %2 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// y if y <= 6, else 6, with y = x if x > 0, else 0
// CHECK-LABEL: @relu6_of_choices(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<relu6 [
// CHECK-NOT: qprep.unit
func.func @relu6_of_choices(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = "tosa.const"() <{values = dense<6.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.greater %x, %0 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %3 = tosa.select %2, %x, %0 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %4 = tosa.greater %3, %1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %5 = tosa.select %4, %1, %3 : (tensor<2x4xi1>, tensor<1x1xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}


// As JAX writes it.
// CHECK-LABEL: @elu_of_expm1(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<elu [
// CHECK-NOT: qprep.unit
func.func @elu_of_expm1(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<2x4xf32>
  %alpha = arith.constant dense<0.7> : tensor<2x4xf32>
  %0 = arith.cmpf ogt, %x, %zero : tensor<2x4xf32>
  %1 = arith.select %0, %zero, %x : tensor<2x4xi1>, tensor<2x4xf32>
  %2 = math.expm1 %1 : tensor<2x4xf32>
  %3 = arith.mulf %alpha, %2 : tensor<2x4xf32>
  %4 = arith.select %0, %x, %3 : tensor<2x4xi1>, tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-LABEL: @softplus_of_log1p(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<softplus [
// CHECK-NOT: qprep.unit
func.func @softplus_of_log1p(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = math.exp %x : tensor<2x4xf32>
  %1 = math.log1p %0 : tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// x sigmoid(1.702 x) is near gelu, and not near enough.
// CHECK-LABEL: @not_gelu_quick(
// CHECK: qprep.unit<mul
// CHECK: qprep.unit<sigmoid
// CHECK: qprep.unit<mul
func.func @not_gelu_quick(%x: tensor<2x4xbf16>) -> tensor<2x4xbf16> {
  %c = "tosa.const"() <{values = dense<1.702> : tensor<1x1xbf16>}> : () -> tensor<1x1xbf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c, %shift : (tensor<2x4xbf16>, tensor<1x1xbf16>, tensor<1xi8>) -> tensor<2x4xbf16>
  %1 = tosa.sigmoid %0 : (tensor<2x4xbf16>) -> tensor<2x4xbf16>
  %2 = tosa.mul %x, %1, %shift : (tensor<2x4xbf16>, tensor<2x4xbf16>, tensor<1xi8>) -> tensor<2x4xbf16>
  return %2 : tensor<2x4xbf16>
}

// What one of the ops is by itself.
// CHECK-LABEL: @not_tanh_of_three(
// CHECK: qprep.unit<tanh
// CHECK: qprep.unit<exp
// CHECK: qprep.unit<log
func.func @not_tanh_of_three(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = math.tanh %x : tensor<2x4xf32>
  %1 = math.exp %0 : tensor<2x4xf32>
  %2 = math.log %1 : tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// Somebody else reads what is inside.
// CHECK-LABEL: @not_softplus_read_inside(
// CHECK: qprep.unit<exp
// CHECK: qprep.unit<log1p
func.func @not_softplus_read_inside(%x: tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  %0 = math.exp %x : tensor<2x4xf32>
  %1 = math.log1p %0 : tensor<2x4xf32>
  return %0, %1 : tensor<2x4xf32>, tensor<2x4xf32>
}

// Of two values.
// CHECK-LABEL: @not_of_one_value(
// CHECK: qprep.unit<tanh
// CHECK: qprep.unit<sub
func.func @not_of_one_value(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = math.tanh %y : tensor<2x4xf32>
  %1 = arith.subf %x, %0 : tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}
