// In unreachable code values may lead to themselves: casts, reshapes, reductions.
// RUN: quant-prep-opt %s --qprep-prepare --qprep-verify-prepared | FileCheck %s

// CHECK-LABEL: @casts(
// CHECK: tosa.cast
func.func @casts(%x: tensor<1x4x4xf32>) -> tensor<1x4x4xf32> {
  return %x : tensor<1x4x4xf32>
^bb1:
  %a = tosa.cast %b : (tensor<1x4x4xf16>) -> tensor<1x4x4xf32>
  %b = tosa.cast %a : (tensor<1x4x4xf32>) -> tensor<1x4x4xf16>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.sigmoid %a : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  %sh = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %m = tosa.mul %a, %s, %sh : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xi8>) -> tensor<1x4x4xf32>
  %mm = tosa.matmul %m, %a, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %r = tosa.add %mm, %a : (tensor<1x4x4xf32>, tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  return %r : tensor<1x4x4xf32>
}

// CHECK-LABEL: @reductions(
// CHECK: tosa.reduce_max
func.func @reductions(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
^bb1:
  %a = tosa.reduce_max %b {axis = 0 : i32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %b = tosa.reduce_max %a {axis = 0 : i32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %c = tosa.clamp %c {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return %b : tensor<1x4xf32>
}
