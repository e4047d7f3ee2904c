// Activation functions of maxima and minima, and what only looks like them.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// CHECK-LABEL: @hardsigmoid_minimum_first(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.reciprocal
// CHECK-NOT: qprep
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.member = #qprep.member<[_, internal]>
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<hardsigmoid [_, internal]>
// CHECK-NEXT: return
func.func @hardsigmoid_minimum_first(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %six = "tosa.const"() <{values = dense<6.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %three : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %sixth = tosa.reciprocal %six : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %1 = tosa.mul %0, %sixth, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.minimum %one, %1 : (tensor<1x1xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.maximum %zero, %2 : (tensor<1x1xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @hardsigmoid_maximum_first(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.maximum{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.unit = #qprep.unit<hardsigmoid [internal, _]>
// CHECK-NEXT: return
func.func @hardsigmoid_maximum_first(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %sixth = "tosa.const"() <{values = dense<0.166666667> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %three : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.mul %0, %sixth, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.maximum %1, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.minimum %2, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_hardsigmoid_up_to_two(
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<clamp [internal, _]>
// CHECK-NEXT: return
func.func @not_hardsigmoid_up_to_two(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %sixth = "tosa.const"() <{values = dense<0.166666667> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %two = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %three : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.mul %0, %sixth, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.minimum %1, %two : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.maximum %2, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @hardswish_of_hardsigmoid(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.maximum{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<hardswish [input, internal, _]>
// CHECK-NEXT: return
func.func @hardswish_of_hardsigmoid(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %three = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %sixth = "tosa.const"() <{values = dense<0.166666667> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %three : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.mul %0, %sixth, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.minimum %1, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.maximum %2, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %4 = tosa.mul %x, %3, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-LABEL: @leaky_relu_maximum(
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<leaky_relu [input, internal]>
// CHECK-NEXT: return
func.func @leaky_relu_maximum(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %slope = "tosa.const"() <{values = dense<0.1> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %slope, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.maximum %x, %0 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// The larger one is the product where x is positive.
// CHECK-LABEL: @not_leaky_relu_steeper_than_one(
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<maximum [input, input]>
// CHECK-NEXT: return
func.func @not_leaky_relu_steeper_than_one(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %slope = "tosa.const"() <{values = dense<1.1> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %slope, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.maximum %x, %0 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// A number may be written down each time that it is used.
// CHECK-LABEL: @relu_of_two_zeros(
// CHECK-NEXT: tosa.greater{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<relu [internal, input, _]>
// CHECK-NEXT: return
func.func @relu_of_two_zeros(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %other = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater %x, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %1 = tosa.select %0, %x, %other : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_relu_threshold_and_value(
// CHECK-NEXT: tosa.greater{{.*}}qprep.unit = #qprep.unit<greater [input, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<select [_, input, _]>
// CHECK-NEXT: return
func.func @not_relu_threshold_and_value(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater %x, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %1 = tosa.select %0, %x, %one : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}
