// Normalizations, as front ends spell them, and what only looks like them. A match is one
// unit: its parts have qprep.member, its anchor has the kind.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// CHECK-LABEL: @layer_norm(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, bias]>
// CHECK-NEXT: return
func.func @layer_norm(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %0, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %2 = tosa.sub %x, %1 : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %3 = tosa.mul %2, %2, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %5 = tosa.mul %4, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %6 = tosa.add %5, %c2 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %7 = tosa.rsqrt %6 : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %8 = tosa.mul %2, %7, %shift : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %9 = tosa.mul %8, %c4, %shift : (tensor<2x3x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %c5 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %10 = tosa.add %9, %c5 : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %10 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @layer_norm_two_dimensions(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, bias]>
// CHECK-NEXT: return
func.func @layer_norm_two_dimensions(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.08333333333333333> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<2x3x4xf32>) -> tensor<2x1x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<2x1x4xf32>) -> tensor<2x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<2x1x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x1x1xf32>
  %3 = tosa.sub %x, %2 : (tensor<2x3x4xf32>, tensor<2x1x1xf32>) -> tensor<2x3x4xf32>
  %4 = tosa.mul %3, %3, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %5 = tosa.reduce_sum %4 {axis = 1 : i32} : (tensor<2x3x4xf32>) -> tensor<2x1x4xf32>
  %6 = tosa.reduce_sum %5 {axis = 2 : i32} : (tensor<2x1x4xf32>) -> tensor<2x1x1xf32>
  %7 = tosa.mul %6, %c1, %shift : (tensor<2x1x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x1x1xf32>
  %8 = tosa.add %7, %c2 : (tensor<2x1x1xf32>, tensor<1x1x1xf32>) -> tensor<2x1x1xf32>
  %9 = tosa.rsqrt %8 : (tensor<2x1x1xf32>) -> tensor<2x1x1xf32>
  %10 = tosa.mul %3, %9, %shift : (tensor<2x3x4xf32>, tensor<2x1x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x3x4xf32>}> : () -> tensor<1x3x4xf32>
  %11 = tosa.mul %10, %c4, %shift : (tensor<2x3x4xf32>, tensor<1x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %c5 = "tosa.const"() <{values = dense<0.25> : tensor<1x3x4xf32>}> : () -> tensor<1x3x4xf32>
  %12 = tosa.add %11, %c5 : (tensor<2x3x4xf32>, tensor<1x3x4xf32>) -> tensor<2x3x4xf32>
  return %12 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @layer_norm_plain(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, internal, _]>
// CHECK-NEXT: return
func.func @layer_norm_plain(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %0, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %2 = tosa.sub %x, %1 : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %3 = tosa.mul %2, %2, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %5 = tosa.mul %4, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %6 = tosa.add %5, %c2 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %7 = tosa.rsqrt %6 : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %8 = tosa.mul %2, %7, %shift : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  return %8 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @layer_norm_f16(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<layer_norm [internal, bias]>
// CHECK-NEXT: return
func.func @layer_norm_f16(%x: tensor<2x3x4xf16>) -> tensor<2x3x4xf16> {
  %c1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf16>}> : () -> tensor<1x1x1xf16>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf16>}> : () -> tensor<1x1x1xf16>
  %0 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf16>) -> tensor<2x3x1xf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %0, %c1, %shift : (tensor<2x3x1xf16>, tensor<1x1x1xf16>, tensor<1xi8>) -> tensor<2x3x1xf16>
  %2 = tosa.sub %x, %1 : (tensor<2x3x4xf16>, tensor<2x3x1xf16>) -> tensor<2x3x4xf16>
  %3 = tosa.mul %2, %2, %shift : (tensor<2x3x4xf16>, tensor<2x3x4xf16>, tensor<1xi8>) -> tensor<2x3x4xf16>
  %4 = tosa.reduce_sum %3 {axis = 2 : i32} : (tensor<2x3x4xf16>) -> tensor<2x3x1xf16>
  %5 = tosa.mul %4, %c1, %shift : (tensor<2x3x1xf16>, tensor<1x1x1xf16>, tensor<1xi8>) -> tensor<2x3x1xf16>
  %6 = tosa.add %5, %c2 : (tensor<2x3x1xf16>, tensor<1x1x1xf16>) -> tensor<2x3x1xf16>
  %7 = tosa.rsqrt %6 : (tensor<2x3x1xf16>) -> tensor<2x3x1xf16>
  %8 = tosa.mul %2, %7, %shift : (tensor<2x3x4xf16>, tensor<2x3x1xf16>, tensor<1xi8>) -> tensor<2x3x4xf16>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf16>}> : () -> tensor<1x1x4xf16>
  %9 = tosa.mul %8, %c4, %shift : (tensor<2x3x4xf16>, tensor<1x1x4xf16>, tensor<1xi8>) -> tensor<2x3x4xf16>
  %c5 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf16>}> : () -> tensor<1x1x4xf16>
  %10 = tosa.add %9, %c5 : (tensor<2x3x4xf16>, tensor<1x1x4xf16>) -> tensor<2x3x4xf16>
  return %10 : tensor<2x3x4xf16>
}

// CHECK-LABEL: @instance_norm(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 3), _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<instance_norm [internal, bias]>
// CHECK-NEXT: return
func.func @instance_norm(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0625> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4x4x3xf32>) -> tensor<1x1x4x3xf32>
  %1 = tosa.reduce_sum %0 {axis = 2 : i32} : (tensor<1x1x4x3xf32>) -> tensor<1x1x1x3xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c1, %shift : (tensor<1x1x1x3xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x3xf32>
  %3 = tosa.sub %x, %2 : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>) -> tensor<1x4x4x3xf32>
  %4 = tosa.mul %3, %3, %shift : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %5 = tosa.reduce_sum %4 {axis = 1 : i32} : (tensor<1x4x4x3xf32>) -> tensor<1x1x4x3xf32>
  %6 = tosa.reduce_sum %5 {axis = 2 : i32} : (tensor<1x1x4x3xf32>) -> tensor<1x1x1x3xf32>
  %7 = tosa.mul %6, %c1, %shift : (tensor<1x1x1x3xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x1x3xf32>
  %8 = tosa.add %7, %c2 : (tensor<1x1x1x3xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x3xf32>
  %9 = tosa.rsqrt %8 : (tensor<1x1x1x3xf32>) -> tensor<1x1x1x3xf32>
  %10 = tosa.mul %3, %9, %shift : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %11 = tosa.mul %10, %c4, %shift : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %c5 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %12 = tosa.add %11, %c5 : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>) -> tensor<1x4x4x3xf32>
  return %12 : tensor<1x4x4x3xf32>
}

// Over the batch.
// CHECK-LABEL: @not_layer_norm_first_dimension(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.unit = #qprep.unit<rsqrt [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_layer_norm_first_dimension(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 0 : i32} : (tensor<2x4xf32>) -> tensor<1x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %0, %c1, %shift : (tensor<1x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %2 = tosa.sub %x, %1 : (tensor<2x4xf32>, tensor<1x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.mul %2, %2, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 0 : i32} : (tensor<2x4xf32>) -> tensor<1x4xf32>
  %5 = tosa.mul %4, %c1, %shift : (tensor<1x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %6 = tosa.add %5, %c2 : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %7 = tosa.rsqrt %6 : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %8 = tosa.mul %2, %7, %shift : (tensor<2x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %8 : tensor<2x4xf32>
}

// The mean is none.
// CHECK-LABEL: @not_layer_norm_wrong_count(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.unit = #qprep.unit<rsqrt [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: return
func.func @not_layer_norm_wrong_count(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.3> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %0, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %2 = tosa.sub %x, %1 : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %3 = tosa.mul %2, %2, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %5 = tosa.mul %4, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %6 = tosa.add %5, %c2 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %7 = tosa.rsqrt %6 : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %8 = tosa.mul %2, %7, %shift : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %9 = tosa.mul %8, %c4, %shift : (tensor<2x3x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %c5 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %10 = tosa.add %9, %c5 : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %10 : tensor<2x3x4xf32>
}

// (x - mean) x is not squared.
// CHECK-LABEL: @not_layer_norm_skew(
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mean [internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.unit = #qprep.unit<rsqrt [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_layer_norm_skew(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %0, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %2 = tosa.sub %x, %1 : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %3 = tosa.mul %2, %x, %shift : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %4 = tosa.reduce_sum %3 {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %5 = tosa.mul %4, %c1, %shift : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %6 = tosa.add %5, %c2 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %7 = tosa.rsqrt %6 : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %8 = tosa.mul %2, %7, %shift : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  return %8 : tensor<2x3x4xf32>
}

// CHECK-LABEL: @group_norm(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[internal, internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, internal, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 3), _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<group_norm [internal, bias]>
// CHECK-NEXT: return
func.func @group_norm(%x: tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32> {
  %s1 = tosa.const_shape {values = dense<[1, 16, 2, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.reshape %x, %s1 : (tensor<1x4x4x4xf32>, !tosa.shape<4>) -> tensor<1x16x2x2xf32>
  %c2 = "tosa.const"() <{values = dense<0.03125> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %c3 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<1x16x2x2xf32>) -> tensor<1x1x2x2xf32>
  %2 = tosa.reduce_sum %1 {axis = 3 : i32} : (tensor<1x1x2x2xf32>) -> tensor<1x1x2x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.mul %2, %c2, %shift : (tensor<1x1x2x1xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x2x1xf32>
  %4 = tosa.sub %0, %3 : (tensor<1x16x2x2xf32>, tensor<1x1x2x1xf32>) -> tensor<1x16x2x2xf32>
  %5 = tosa.mul %4, %4, %shift : (tensor<1x16x2x2xf32>, tensor<1x16x2x2xf32>, tensor<1xi8>) -> tensor<1x16x2x2xf32>
  %6 = tosa.reduce_sum %5 {axis = 1 : i32} : (tensor<1x16x2x2xf32>) -> tensor<1x1x2x2xf32>
  %7 = tosa.reduce_sum %6 {axis = 3 : i32} : (tensor<1x1x2x2xf32>) -> tensor<1x1x2x1xf32>
  %8 = tosa.mul %7, %c2, %shift : (tensor<1x1x2x1xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x1x2x1xf32>
  %9 = tosa.add %8, %c3 : (tensor<1x1x2x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x2x1xf32>
  %10 = tosa.rsqrt %9 : (tensor<1x1x2x1xf32>) -> tensor<1x1x2x1xf32>
  %11 = tosa.mul %4, %10, %shift : (tensor<1x16x2x2xf32>, tensor<1x1x2x1xf32>, tensor<1xi8>) -> tensor<1x16x2x2xf32>
  %s5 = tosa.const_shape {values = dense<[1, 4, 4, 4]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %12 = tosa.reshape %11, %s5 : (tensor<1x16x2x2xf32>, !tosa.shape<4>) -> tensor<1x4x4x4xf32>
  %c6 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x1x4xf32>}> : () -> tensor<1x1x1x4xf32>
  %13 = tosa.mul %12, %c6, %shift : (tensor<1x4x4x4xf32>, tensor<1x1x1x4xf32>, tensor<1xi8>) -> tensor<1x4x4x4xf32>
  %c7 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1x4xf32>}> : () -> tensor<1x1x1x4xf32>
  %14 = tosa.add %13, %c7 : (tensor<1x4x4x4xf32>, tensor<1x1x1x4xf32>) -> tensor<1x4x4x4xf32>
  return %14 : tensor<1x4x4x4xf32>
}

// CHECK-LABEL: @batch_norm(
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.rsqrt{{[^#]*$}}
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 3), _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<batch_norm [internal, bias]>
// CHECK-NEXT: return
func.func @batch_norm(%x: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.1> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %0 = tosa.sub %x, %c1 : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>) -> tensor<1x4x4x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.9> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %1 = tosa.rsqrt %c2 : (tensor<1x1x1x3xf32>) -> tensor<1x1x1x3xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %0, %1, %shift : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %3 = tosa.mul %2, %c4, %shift : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %c5 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %4 = tosa.add %3, %c5 : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>) -> tensor<1x4x4x3xf32>
  return %4 : tensor<1x4x4x3xf32>
}

// What is added is no parameter.
// CHECK-LABEL: @not_batch_norm_residual(
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, input]>
// CHECK-NEXT: tosa.rsqrt{{[^#]*$}}
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: return
func.func @not_batch_norm_residual(%x: tensor<1x4x4x3xf32>, %y: tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.1> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %0 = tosa.sub %x, %c1 : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>) -> tensor<1x4x4x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.9> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %1 = tosa.rsqrt %c2 : (tensor<1x1x1x3xf32>) -> tensor<1x1x1x3xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %0, %1, %shift : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x1x3xf32>}> : () -> tensor<1x1x1x3xf32>
  %3 = tosa.mul %2, %c4, %shift : (tensor<1x4x4x3xf32>, tensor<1x1x1x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %4 = tosa.mul %y, %y, %shift : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>, tensor<1xi8>) -> tensor<1x4x4x3xf32>
  %5 = tosa.add %3, %4 : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %5 : tensor<1x4x4x3xf32>
}

// CHECK-LABEL: @rms_norm(
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, input, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<rms_norm [internal, weight(axis = 1), _]>
// CHECK-NEXT: return
func.func @rms_norm(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %x, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %c2 = "tosa.const"() <{values = dense<0.25> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x1xf32>
  %c3 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.add %2, %c3 : (tensor<2x1xf32>, tensor<1x1xf32>) -> tensor<2x1xf32>
  %4 = tosa.rsqrt %3 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %x, %4, %shift : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %6 = tosa.mul %5, %c4, %shift : (tensor<2x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_rms_norm_wrong_count(
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.reduce_sum{{.*}}qprep.unit = #qprep.unit<reduce_sum [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.rsqrt{{.*}}qprep.unit = #qprep.unit<rsqrt [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_rms_norm_wrong_count(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %x, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x1xf32>
  %c3 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.add %2, %c3 : (tensor<2x1xf32>, tensor<1x1xf32>) -> tensor<2x1xf32>
  %4 = tosa.rsqrt %3 : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %x, %4, %shift : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %6 = tosa.mul %5, %c4, %shift : (tensor<2x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %6 : tensor<2x4xf32>
}
