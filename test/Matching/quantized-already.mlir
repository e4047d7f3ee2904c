// B24: what is quantized already gets no observer.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s --qprep-prepare | FileCheck %s --check-prefix=PREPARED

// The weight is dequantized in the model, and has its parameters.
// CHECK-LABEL: @b24_dequantized(
// CHECK: tosa.matmul{{.*}}linear [input, _, _, _]
// PREPARED-LABEL: @b24_dequantized(
// PREPARED: qprep.observe %{{.*}} by @obs_0 : tensor<1x3x8xf32>
// PREPARED-NOT: qprep.observe
// PREPARED: tosa.matmul
// PREPARED-NEXT: qprep.observe
func.func @b24_dequantized(%x: tensor<1x3x8xf32>) -> tensor<1x3x4xf32> {
  %w8 = "tosa.const"() {values = dense<[[[1, 2, 3, 4], [5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8]]]> : tensor<1x8x4xi8>} : () -> tensor<1x8x4xi8>
  %s = "tosa.const"() {values = dense<0.125> : tensor<1x1x4xf32>} : () -> tensor<1x1x4xf32>
  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %wf = tosa.cast %w8 : (tensor<1x8x4xi8>) -> tensor<1x8x4xf32>
  %w = tosa.mul %wf, %s, %shift : (tensor<1x8x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<1x8x4xf32>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<1x3x8xf32>, tensor<1x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x4xf32>
  return %y : tensor<1x3x4xf32>
}

// A constant of floats is no such weight.
// CHECK-LABEL: @b24_float(
// CHECK: tosa.matmul{{.*}}linear [input, weight(axis = 2), _, _]
func.func @b24_float(%x: tensor<1x3x8xf32>) -> tensor<1x3x4xf32> {
  %w = "tosa.const"() {values = dense<0.125> : tensor<1x8x4xf32>} : () -> tensor<1x8x4xf32>
  %z = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %y = tosa.matmul %x, %w, %z, %z : (tensor<1x3x8xf32>, tensor<1x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x4xf32>
  return %y : tensor<1x3x4xf32>
}
