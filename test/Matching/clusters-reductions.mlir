// Sums, means and softmax, as front ends spell them, and what only looks like them. A match is one
// unit: its parts have qprep.member, its anchor has the kind.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// CHECK-LABEL: @mean(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: return
func.func @mean(%x: tensor<1x4x4x2xf32>) -> tensor<1x1x1x2xf32> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x1x4x2xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x2xf32>) -> tensor<1x1x1x2xf32>
  %c1 = "tosa.const"() <{values = dense<0.0625> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// CHECK-LABEL: @mean_count_first(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [_, internal, _]>
// CHECK-NEXT: return
func.func @mean_count_first(%x: tensor<1x4x4x2xf32>) -> tensor<1x1x1x2xf32> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x1x4x2xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x2xf32>) -> tensor<1x1x1x2xf32>
  %c1 = "tosa.const"() <{values = dense<0.0625> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %c1, %1, %shift : (tensor<1x1x1x1xf32>, tensor<1x1x1x2xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// CHECK-LABEL: @mean_f16(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: return
func.func @mean_f16(%x: tensor<1x4x4x2xf16>) -> tensor<1x1x1x2xf16> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x2xf16>) -> tensor<1x1x4x2xf16>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x2xf16>) -> tensor<1x1x1x2xf16>
  %c1 = "tosa.const"() <{values = dense<0.0625> : tensor<1x1x1x1xf16>}> : () -> tensor<1x1x1x1xf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<1x1x1x2xf16>, tensor<1x1x1x1xf16>, tensor<1xi8>) -> tensor<1x1x1x2xf16>
  return %2 : tensor<1x1x1x2xf16>
}

// CHECK-LABEL: @mean_bf16(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: return
func.func @mean_bf16(%x: tensor<1x4x4x2xbf16>) -> tensor<1x1x1x2xbf16> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x2xbf16>) -> tensor<1x1x4x2xbf16>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x2xbf16>) -> tensor<1x1x1x2xbf16>
  %c1 = "tosa.const"() <{values = dense<0.0625> : tensor<1x1x1x1xbf16>}> : () -> tensor<1x1x1x1xbf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<1x1x1x2xbf16>, tensor<1x1x1x1xbf16>, tensor<1xi8>) -> tensor<1x1x1x2xbf16>
  return %2 : tensor<1x1x1x2xbf16>
}

// 1/20 of a sum of 16 elements.
// CHECK-LABEL: @not_mean_wrong_count(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: return
func.func @not_mean_wrong_count(%x: tensor<1x4x4x2xf32>) -> tensor<1x1x1x2xf32> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x1x4x2xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x2xf32>) -> tensor<1x1x1x2xf32>
  %c1 = "tosa.const"() <{values = dense<0.05> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// Of how many is not known.
// CHECK-LABEL: @not_mean_dynamic(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: return
func.func @not_mean_dynamic(%x: tensor<1x?x4x2xf32>) -> tensor<1x1x1x2xf32> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x?x4x2xf32>) -> tensor<1x1x4x2xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x2xf32>) -> tensor<1x1x1x2xf32>
  %c1 = "tosa.const"() <{values = dense<0.0625> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  return %2 : tensor<1x1x1x2xf32>
}

// Only the second sum is a mean, of 4.
// CHECK-LABEL: @mean_of_what_has_another_user(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: return
func.func @mean_of_what_has_another_user(%x: tensor<1x4x4x2xf32>) -> (tensor<1x1x1x2xf32>, tensor<1x1x4x2xf32>) {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x2xf32>) -> tensor<1x1x4x2xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x2xf32>) -> tensor<1x1x1x2xf32>
  %c1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<1x1x1x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x2xf32>
  return %2, %0 : tensor<1x1x1x2xf32>, tensor<1x1x4x2xf32>
}

// 1/n as the reciprocal of a constant.
// CHECK-LABEL: @mean_reciprocal(
// CHECK-NEXT: tosa.reciprocal{{[^#]*$}}
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: return
func.func @mean_reciprocal(%x: tensor<1x4xf32>) -> tensor<1x1xf32> {
  %c1 = "tosa.const"() <{values = dense<4.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.reciprocal %c1 : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %1 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %0, %shift : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  return %2 : tensor<1x1xf32>
}

// CHECK-LABEL: @sum_squeezed(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reduce_sum [internal, _]>
// CHECK-NEXT: return
func.func @sum_squeezed(%x: tensor<2x4x3xf32>) -> tensor<2x3xf32> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<2x4x3xf32>) -> tensor<2x1x3xf32>
  %s1 = tosa.const_shape {values = dense<[2, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %1 = tosa.reshape %0, %s1 : (tensor<2x1x3xf32>, !tosa.shape<2>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// Another shape than without the dimension.
// CHECK-LABEL: @not_squeezed_rearranged(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK-NEXT: return
func.func @not_squeezed_rearranged(%x: tensor<2x4x3xf32>) -> tensor<3x2xf32> {
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<2x4x3xf32>) -> tensor<2x1x3xf32>
  %s1 = tosa.const_shape {values = dense<[3, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %1 = tosa.reshape %0, %s1 : (tensor<2x1x3xf32>, !tosa.shape<2>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// CHECK-LABEL: @softmax(
// CHECK-NEXT: tosa.reduce_max{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reciprocal{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<softmax [internal, internal, _]>
// CHECK-NEXT: return
func.func @softmax(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %5 = tosa.mul %2, %4, %shift : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}

// CHECK-LABEL: @softmax_dynamic(
// CHECK-NEXT: tosa.reduce_max{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reciprocal{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<softmax [internal, internal, _]>
// CHECK-NEXT: return
func.func @softmax_dynamic(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<?x4xf32>) -> tensor<?x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<?x4xf32>, tensor<?x1xf32>) -> tensor<?x4xf32>
  %2 = tosa.exp %1 : (tensor<?x4xf32>) -> tensor<?x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32} : (tensor<?x4xf32>) -> tensor<?x1xf32>
  %4 = tosa.reciprocal %3 : (tensor<?x1xf32>) -> tensor<?x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %5 = tosa.mul %2, %4, %shift : (tensor<?x4xf32>, tensor<?x1xf32>, tensor<1xi8>) -> tensor<?x4xf32>
  return %5 : tensor<?x4xf32>
}

// CHECK-LABEL: @softmax_f16(
// CHECK-NEXT: tosa.reduce_max{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reciprocal{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<softmax [internal, internal, _]>
// CHECK-NEXT: return
func.func @softmax_f16(%x: tensor<2x4xf16>) -> tensor<2x4xf16> {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x4xf16>) -> tensor<2x1xf16>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf16>, tensor<2x1xf16>) -> tensor<2x4xf16>
  %2 = tosa.exp %1 : (tensor<2x4xf16>) -> tensor<2x4xf16>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32} : (tensor<2x4xf16>) -> tensor<2x1xf16>
  %4 = tosa.reciprocal %3 : (tensor<2x1xf16>) -> tensor<2x1xf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %5 = tosa.mul %2, %4, %shift : (tensor<2x4xf16>, tensor<2x1xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  return %5 : tensor<2x4xf16>
}

// CHECK-LABEL: @softmax_unshifted(
// CHECK-NEXT: tosa.exp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reciprocal{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<softmax [internal, internal, _]>
// CHECK-NEXT: return
func.func @softmax_unshifted(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %2 = tosa.reciprocal %1 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.mul %0, %2, %shift : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// The sum is returned too.
// CHECK-LABEL: @not_softmax_sum_has_another_user(
// CHECK-NEXT: tosa.reduce_max{{.*}}qprep.unit = #qprep.unit<reduce_max [input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.unit = #qprep.unit<exp [input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.reciprocal{{.*}}qprep.unit = #qprep.unit<reciprocal [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_softmax_sum_has_another_user(%x: tensor<2x4xf32>) -> (tensor<2x4xf32>, tensor<2x1xf32>) {
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %5 = tosa.mul %2, %4, %shift : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %5, %3 : tensor<2x4xf32>, tensor<2x1xf32>
}

// Less the maximum of another value: the shift stays outside.
// CHECK-LABEL: @softmax_with_a_foreign_shift(
// CHECK-NEXT: tosa.reduce_max{{.*}}qprep.unit = #qprep.unit<reduce_max [input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reciprocal{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<softmax [internal, internal, _]>
// CHECK-NEXT: return
func.func @softmax_with_a_foreign_shift(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = tosa.reduce_max %y {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %5 = tosa.mul %2, %4, %shift : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}
