// Patterns of the user's own in the stock mlir-opt.
//
// RUN: mlir-opt %s --load-dialect-plugin=%quantprep_plugin --load-pass-plugin=%quantprep_plugin \
// RUN:   --pass-pipeline='builtin.module(qprep-prepare{patterns=%S/../Matching/Inputs/scaled_tanh.pdll})' --mlir-print-local-scope | FileCheck %s
// RUN: not mlir-opt %s --load-dialect-plugin=%quantprep_plugin --load-pass-plugin=%quantprep_plugin \
// RUN:   --pass-pipeline='builtin.module(qprep-prepare{patterns=%t.missing.mlir})' 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: error: cannot open '{{.*}}.missing.mlir': No such file or directory

// CHECK-LABEL: func.func @own
// CHECK: tosa.mul {{.*}} {qprep.member = #qprep.member<[input, input, _]>}
// CHECK: tosa.tanh {{.*}} {qprep.member = #qprep.member<[internal]>}
// CHECK: tosa.mul {{.*}}qprep.unit = #qprep.unit<silu [input, internal, _]>
func.func @own(%x: tensor<4xf32>) -> tensor<4xf32> {
  %f = "tosa.const"() <{values = dense<2.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %f, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.mul %x, %1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
