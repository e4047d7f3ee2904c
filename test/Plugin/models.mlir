// The models of foreign ops come with the dialect: a pass alone in the stock mlir-opt has them, where
// only the passes are loaded. An op on integers is in the report (B5).
//
// RUN: mlir-opt %s --load-pass-plugin=%quantprep_plugin \
// RUN:   --pass-pipeline='builtin.module(qprep-report{output=%t.txt format=text})' -o /dev/null
// RUN: FileCheck %s --input-file=%t.txt

// CHECK: {{^0 - add .*}}B5: computes on integers already
func.func @b5_integers(%y: tensor<4xi32>) -> tensor<4xi32> {
  %0 = tosa.add %y, %y : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  return %0 : tensor<4xi32>
}
