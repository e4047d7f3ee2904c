// RUN: %quant-prep-opt %s --qprep-prepare | FileCheck %s
// RUN: %mlir-opt-qprep %s --pass-pipeline='builtin.module(qprep-prepare)' | FileCheck %s

// CHECK-LABEL: func.func @forward(
// CHECK: qprep.observe
func.func @forward(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %0 = tosa.add %x, %x : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  return %0 : tensor<1x4xf32>
}
