// With the pass plugin alone, and no pass before the report, what foreign ops are
// taught comes with the dialect.
//
// RUN: mlir-opt %s --load-pass-plugin=%quantprep_plugin \
// RUN:   --pass-pipeline='builtin.module(qprep-report{format=text})' -o /dev/null | FileCheck %s

// CHECK: add {{.*}} skipped {{.*}}B5: computes on integers already
func.func @b5_integers(%x: tensor<4xi32>) -> tensor<4xi32> {
  %0 = tosa.add %x, %x : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  return %0 : tensor<4xi32>
}
