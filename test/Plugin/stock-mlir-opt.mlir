// The stock mlir-opt with the plugin does what the driver does. A plugin that
// does not load is no error there, so that content is checked.
//
// RUN: quant-prep-opt %s --qprep-prepare --mlir-print-debuginfo -o %t.driver.mlir
// RUN: mlir-opt %s --load-dialect-plugin=%quantprep_plugin --load-pass-plugin=%quantprep_plugin \
// RUN:   --pass-pipeline='builtin.module(qprep-prepare)' --mlir-print-debuginfo --mlir-print-local-scope -o %t.plugin.mlir
// RUN: diff %t.driver.mlir %t.plugin.mlir
// RUN: FileCheck %s --input-file=%t.plugin.mlir

// CHECK: qprep.observer private @{{.*}} {id = 0, spec = #qprep.observer<histogram, ui8
// CHECK-LABEL: func.func @conv
// CHECK: qprep.observe
// CHECK: tosa.conv2d
// CHECK: qprep.observe
func.func @conv(%x: tensor<1x4x4x3xf32> loc("x")) -> tensor<1x4x4x8xf32> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<8x1x1x3xf32>}> : () -> tensor<8x1x1x3xf32> loc("conv1.weight")
  %b = "tosa.const"() <{values = dense<0.0> : tensor<8xf32>}> : () -> tensor<8xf32> loc("conv1.bias")
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc("conv1")
  return %0 : tensor<1x4x4x8xf32>
}
