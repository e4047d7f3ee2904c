// Activation functions, as front ends spell them, and what only looks like them. A match is one
// unit: its parts have qprep.member, its anchor has the kind.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// CHECK-LABEL: @relu_maximum(
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<relu [input, _]>
// CHECK-NEXT: return
func.func @relu_maximum(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.maximum %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// Zeros as large as the value.
// CHECK-LABEL: @relu_maximum_splat(
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<relu [_, input]>
// CHECK-NEXT: return
func.func @relu_maximum_splat(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<2x4xf32>}> : () -> tensor<2x4xf32>
  %0 = tosa.maximum %c1, %x : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_relu_maximum_one(
// CHECK-NEXT: tosa.maximum{{.*}}qprep.unit = #qprep.unit<maximum [input, _]>
// CHECK-NEXT: return
func.func @not_relu_maximum_one(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.maximum %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: @relu6_maximum(
// CHECK-NEXT: tosa.maximum{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.unit = #qprep.unit<relu6 [internal, _]>
// CHECK-NEXT: return
func.func @relu6_maximum(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.maximum %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %c2 = "tosa.const"() <{values = dense<6.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = tosa.minimum %0, %c2 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: @relu6_minimum(
// CHECK-NEXT: tosa.clamp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.unit = #qprep.unit<relu6 [internal, _]>
// CHECK-NEXT: return
func.func @relu6_minimum(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c1 = "tosa.const"() <{values = dense<6.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = tosa.minimum %0, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// Other bounds are a clamp.
// CHECK-LABEL: @not_relu6_minimum_five(
// CHECK-NEXT: tosa.maximum{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.minimum{{.*}}qprep.unit = #qprep.unit<clamp [internal, _]>
// CHECK-NEXT: return
func.func @not_relu6_minimum_five(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.maximum %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %c2 = "tosa.const"() <{values = dense<5.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %1 = tosa.minimum %0, %c2 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: @hardsigmoid(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<hardsigmoid [internal, _, _]>
// CHECK-NEXT: return
func.func @hardsigmoid(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.add %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c2 = "tosa.const"() <{values = dense<0.166666672> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: @hardswish(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<hardswish [input, internal, _]>
// CHECK-NEXT: return
func.func @hardswish(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.add %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c2 = "tosa.const"() <{values = dense<0.166666672> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %3 = tosa.mul %x, %2, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @hardswish_product_first(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<hardswish [internal, _, _]>
// CHECK-NEXT: return
func.func @hardswish_product_first(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.add %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c2 = "tosa.const"() <{values = dense<0.166666672> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %x, %1, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %3 = tosa.mul %2, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// A sixth, as far as f16 knows it.
// CHECK-LABEL: @hardswish_f16(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<hardswish [input, internal, _]>
// CHECK-NEXT: return
func.func @hardswish_f16(%x: tensor<2x4xf16>) -> tensor<2x4xf16> {
  %c1 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %0 = tosa.add %x, %c1 : (tensor<2x4xf16>, tensor<1x1xf16>) -> tensor<2x4xf16>
  %1 = tosa.clamp %0 {min_val = 0.0 : f16, max_val = 6.0 : f16} : (tensor<2x4xf16>) -> tensor<2x4xf16>
  %c2 = "tosa.const"() <{values = dense<1.666260e-01> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x4xf16>, tensor<1x1xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  %3 = tosa.mul %x, %2, %shift : (tensor<2x4xf16>, tensor<2x4xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  return %3 : tensor<2x4xf16>
}

// A sixth, as far as bf16 knows it.
// CHECK-LABEL: @hardswish_bf16(
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<hardswish [input, internal, _]>
// CHECK-NEXT: return
func.func @hardswish_bf16(%x: tensor<2x4xbf16>) -> tensor<2x4xbf16> {
  %c1 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xbf16>}> : () -> tensor<1x1xbf16>
  %0 = tosa.add %x, %c1 : (tensor<2x4xbf16>, tensor<1x1xbf16>) -> tensor<2x4xbf16>
  %1 = tosa.clamp %0 {min_val = 0.0 : bf16, max_val = 6.0 : bf16} : (tensor<2x4xbf16>) -> tensor<2x4xbf16>
  %c2 = "tosa.const"() <{values = dense<1.669920e-01> : tensor<1x1xbf16>}> : () -> tensor<1x1xbf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x4xbf16>, tensor<1x1xbf16>, tensor<1xi8>) -> tensor<2x4xbf16>
  %3 = tosa.mul %x, %2, %shift : (tensor<2x4xbf16>, tensor<2x4xbf16>, tensor<1xi8>) -> tensor<2x4xbf16>
  return %3 : tensor<2x4xbf16>
}

// x + 2: no unit but its parts.
// CHECK-LABEL: @not_hardswish_two(
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu6 [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_hardswish_two(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<2.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.add %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c2 = "tosa.const"() <{values = dense<0.166666672> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %3 = tosa.mul %x, %2, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_hardsigmoid_fifth(
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.clamp{{.*}}qprep.unit = #qprep.unit<relu6 [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: return
func.func @not_hardsigmoid_fifth(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.add %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c2 = "tosa.const"() <{values = dense<0.2> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %1, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: @silu(
// CHECK-NEXT: tosa.sigmoid{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<silu [input, internal, _]>
// CHECK-NEXT: return
func.func @silu(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = tosa.sigmoid %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %0, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// A gate.
// CHECK-LABEL: @not_silu_of_two_values(
// CHECK-NEXT: tosa.sigmoid{{.*}}qprep.unit = #qprep.unit<sigmoid [input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_silu_of_two_values(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %0 = tosa.sigmoid %y : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %0, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}

// CHECK-LABEL: @gelu(
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<gelu [input, internal, _]>
// CHECK-NEXT: return
func.func @gelu(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.707106769> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c1, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.erf %0 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.add %1, %c3 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %2, %c4, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.mul %x, %3, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-LABEL: @gelu_half_first(
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<gelu [internal, internal, _]>
// CHECK-NEXT: return
func.func @gelu_half_first(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.707106769> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c1, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.erf %0 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.add %1, %c3 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %x, %c4, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.mul %3, %2, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-LABEL: @gelu_f16(
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<gelu [input, internal, _]>
// CHECK-NEXT: return
func.func @gelu_f16(%x: tensor<2x4xf16>) -> tensor<2x4xf16> {
  %c1 = "tosa.const"() <{values = dense<7.070310e-01> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c1, %shift : (tensor<2x4xf16>, tensor<1x1xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  %1 = tosa.erf %0 : (tensor<2x4xf16>) -> tensor<2x4xf16>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %2 = tosa.add %1, %c3 : (tensor<2x4xf16>, tensor<1x1xf16>) -> tensor<2x4xf16>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %3 = tosa.mul %2, %c4, %shift : (tensor<2x4xf16>, tensor<1x1xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  %4 = tosa.mul %x, %3, %shift : (tensor<2x4xf16>, tensor<2x4xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  return %4 : tensor<2x4xf16>
}

// CHECK-LABEL: @gelu_bf16(
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<gelu [input, internal, _]>
// CHECK-NEXT: return
func.func @gelu_bf16(%x: tensor<2x4xbf16>) -> tensor<2x4xbf16> {
  %c1 = "tosa.const"() <{values = dense<7.070310e-01> : tensor<1x1xbf16>}> : () -> tensor<1x1xbf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c1, %shift : (tensor<2x4xbf16>, tensor<1x1xbf16>, tensor<1xi8>) -> tensor<2x4xbf16>
  %1 = tosa.erf %0 : (tensor<2x4xbf16>) -> tensor<2x4xbf16>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xbf16>}> : () -> tensor<1x1xbf16>
  %2 = tosa.add %1, %c3 : (tensor<2x4xbf16>, tensor<1x1xbf16>) -> tensor<2x4xbf16>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xbf16>}> : () -> tensor<1x1xbf16>
  %3 = tosa.mul %2, %c4, %shift : (tensor<2x4xbf16>, tensor<1x1xbf16>, tensor<1xi8>) -> tensor<2x4xbf16>
  %4 = tosa.mul %x, %3, %shift : (tensor<2x4xbf16>, tensor<2x4xbf16>, tensor<1xi8>) -> tensor<2x4xbf16>
  return %4 : tensor<2x4xbf16>
}

// CHECK-LABEL: @gelu_dynamic(
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.add{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<gelu [input, internal, _]>
// CHECK-NEXT: return
func.func @gelu_dynamic(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.707106769> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c1, %shift : (tensor<?x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<?x4xf32>
  %1 = tosa.erf %0 : (tensor<?x4xf32>) -> tensor<?x4xf32>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.add %1, %c3 : (tensor<?x4xf32>, tensor<1x1xf32>) -> tensor<?x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %2, %c4, %shift : (tensor<?x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<?x4xf32>
  %4 = tosa.mul %x, %3, %shift : (tensor<?x4xf32>, tensor<?x4xf32>, tensor<1xi8>) -> tensor<?x4xf32>
  return %4 : tensor<?x4xf32>
}

// 0.7 is not 1 / sqrt 2.
// CHECK-LABEL: @not_gelu_rounded(
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.unit = #qprep.unit<erf [input]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_gelu_rounded(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.7> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c1, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.erf %0 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.add %1, %c3 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %3 = tosa.mul %2, %c4, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.mul %x, %3, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// Not in f16 either.
// CHECK-LABEL: @not_gelu_rounded_f16(
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.erf{{.*}}qprep.unit = #qprep.unit<erf [input]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, input, _]>
// CHECK-NEXT: return
func.func @not_gelu_rounded_f16(%x: tensor<2x4xf16>) -> tensor<2x4xf16> {
  %c1 = "tosa.const"() <{values = dense<0.7> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %c1, %shift : (tensor<2x4xf16>, tensor<1x1xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  %1 = tosa.erf %0 : (tensor<2x4xf16>) -> tensor<2x4xf16>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %2 = tosa.add %1, %c3 : (tensor<2x4xf16>, tensor<1x1xf16>) -> tensor<2x4xf16>
  %c4 = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf16>}> : () -> tensor<1x1xf16>
  %3 = tosa.mul %2, %c4, %shift : (tensor<2x4xf16>, tensor<1x1xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  %4 = tosa.mul %x, %3, %shift : (tensor<2x4xf16>, tensor<2x4xf16>, tensor<1xi8>) -> tensor<2x4xf16>
  return %4 : tensor<2x4xf16>
}

// CHECK-LABEL: @leaky_relu(
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<leaky_relu [internal, input, internal]>
// CHECK-NEXT: return
func.func @leaky_relu(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater_equal %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.select %0, %x, %1 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: @leaky_relu_greater(
// CHECK-NEXT: tosa.greater{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<leaky_relu [internal, input, internal]>
// CHECK-NEXT: return
func.func @leaky_relu_greater(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.select %0, %x, %1 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// x where it is negative.
// CHECK-LABEL: @not_leaky_relu_swapped(
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.unit = #qprep.unit<greater_equal [input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<select [_, input, input]>
// CHECK-NEXT: return
func.func @not_leaky_relu_swapped(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater_equal %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.select %0, %1, %x : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// 0 >= x: x where it is negative.
// CHECK-LABEL: @not_leaky_relu_other_side(
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.unit = #qprep.unit<greater_equal [_, input]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<select [_, input, input]>
// CHECK-NEXT: return
func.func @not_leaky_relu_other_side(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater_equal %c1, %x : (tensor<1x1xf32>, tensor<2x4xf32>) -> tensor<2x4xi1>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.select %0, %x, %1 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// Bent at 1.
// CHECK-LABEL: @not_leaky_relu_threshold(
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.unit = #qprep.unit<greater_equal [input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<select [_, input, input]>
// CHECK-NEXT: return
func.func @not_leaky_relu_threshold(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<0.01> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater_equal %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.select %0, %x, %1 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// One slope per channel.
// CHECK-LABEL: @prelu(
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[input, weight(axis = 1), _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<prelu [internal, input, internal]>
// CHECK-NEXT: return
func.func @prelu(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<[[0.1, 0.2, 0.3, 0.4]]> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %0 = tosa.greater_equal %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = tosa.mul %x, %c2, %shift : (tensor<2x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %2 = tosa.select %0, %x, %1 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: @elu(
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<elu [internal, input, internal]>
// CHECK-NEXT: return
func.func @elu(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater_equal %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %1 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.sub %1, %c3 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.mul %2, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.select %0, %x, %3 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_elu_exp_of_another(
// CHECK-NEXT: tosa.greater_equal{{.*}}qprep.unit = #qprep.unit<greater_equal [input, _]>
// CHECK-NEXT: tosa.exp{{.*}}qprep.unit = #qprep.unit<exp [input]>
// CHECK-NEXT: tosa.sub{{.*}}qprep.unit = #qprep.unit<sub [input, _]>
// CHECK-NEXT: tosa.mul{{.*}}qprep.unit = #qprep.unit<mul [input, _, _]>
// CHECK-NEXT: tosa.select{{.*}}qprep.unit = #qprep.unit<select [_, input, input]>
// CHECK-NEXT: return
func.func @not_elu_exp_of_another(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %c2 = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.greater_equal %x, %c1 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %1 = tosa.exp %y : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %c3 = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %2 = tosa.sub %1, %c3 : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.mul %2, %c2, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %4 = tosa.select %0, %x, %3 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}

// CHECK-LABEL: @sigmoid_tanh(
// CHECK: tosa.mul{{.*}}qprep.unit = #qprep.unit<sigmoid [internal, _, _]>
func.func @sigmoid_tanh(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %alpha = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %large = "tosa.const"() <{values = dense<20.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %half, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.tanh %0 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.add %1, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.mul %2, %half, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @sigmoid_tanh_halved(
// CHECK: tosa.add{{.*}}qprep.unit = #qprep.unit<sigmoid [internal, _]>
func.func @sigmoid_tanh_halved(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %alpha = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %large = "tosa.const"() <{values = dense<20.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %half, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.tanh %0 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.mul %1, %half, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %3 = tosa.add %2, %half : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @silu_tanh(
// CHECK: tosa.mul{{.*}}qprep.unit = #qprep.unit<silu [internal, internal, _]>
func.func @silu_tanh(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %alpha = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %large = "tosa.const"() <{values = dense<20.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %half, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %1 = tosa.tanh %0 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.add %1, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.mul %0, %2, %shift : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %3 : tensor<2x4xf32>
}

// CHECK-LABEL: @elu_bounded(
// CHECK: tosa.add{{.*}}qprep.unit = #qprep.unit<elu [internal, internal]>
func.func @elu_bounded(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %alpha = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %large = "tosa.const"() <{values = dense<20.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.maximum %x, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.minimum %x, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.sub %2, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %4 = tosa.mul %3, %alpha, %shift : (tensor<2x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %5 = tosa.add %0, %4 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}

// CHECK-LABEL: @not_elu_of_two_bounds(
// CHECK: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
func.func @not_elu_of_two_bounds(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %alpha = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %large = "tosa.const"() <{values = dense<20.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.maximum %x, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %1 = tosa.minimum %x, %zero : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.sub %2, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %5 = tosa.add %0, %3 : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %5 : tensor<2x4xf32>
}

// CHECK-LABEL: @softplus_threshold(
// CHECK: tosa.select{{.*}}qprep.unit = #qprep.unit<softplus [internal, input, internal]>
func.func @softplus_threshold(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %half = "tosa.const"() <{values = dense<0.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %zero = "tosa.const"() <{values = dense<0.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %alpha = "tosa.const"() <{values = dense<1.5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %large = "tosa.const"() <{values = dense<20.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.greater %x, %large : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xi1>
  %1 = tosa.exp %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %2 = tosa.add %1, %one : (tensor<2x4xf32>, tensor<1x1xf32>) -> tensor<2x4xf32>
  %3 = tosa.log %2 : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %4 = tosa.select %0, %x, %3 : (tensor<2x4xi1>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %4 : tensor<2x4xf32>
}
