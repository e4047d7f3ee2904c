// T18: the places follow the mode, the specs are those of the qconfig.

// RUN: quant-prep-opt %s --qprep-prepare="placement=value mode=dynamic" | FileCheck %s
// RUN: quant-prep-opt %s --qprep-prepare="placement=value mode=static qconfig=dynamic-int8" | FileCheck %s --check-prefix=STATIC

// CHECK: spec = #qprep.observer<placeholder, ui8, dynamic = true>,
// CHECK-LABEL: @t18_what_linear_reads(
// CHECK: tosa.exp
// CHECK-NEXT: qprep.observe
// CHECK: tosa.add
// CHECK-NEXT: return
// STATIC: spec = #qprep.observer<placeholder, ui8, dynamic = true>
// STATIC-LABEL: @t18_what_linear_reads(
// STATIC: tosa.add
// STATIC-NEXT: qprep.observe
func.func @t18_what_linear_reads(%x: tensor<1x4x3xf32>) -> tensor<1x4x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<1x1x3xf32>}> : () -> tensor<1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %e = tosa.exp %x : (tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  %m = tosa.matmul %e, %w, %z, %z : (tensor<1x4x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %a = tosa.add %m, %b : (tensor<1x4x3xf32>, tensor<1x1x3xf32>) -> tensor<1x4x3xf32>
  return %a : tensor<1x4x3xf32>
}
