// RUN: quant-prep-opt %s --load-pass-plugin=%quantprep_libs/QuantPrepTestPasses.so \
// RUN:   --pass-pipeline='builtin.module(qprep-attach-config,func.func(qprep-match-units,qprep-fuse-units,qprep-assign-qconfig),qprep-propagate-dtypes,func.func(qprep-insert-observers),test-sharing-groups)' \
// RUN:   -o %t.mlir | FileCheck %s --match-full-lines

// What moves elements is in one group with all that it moves; what computes has
// a group of its own.
// CHECK:      group: x y both
// CHECK-NEXT: group: most
// CHECK-NEXT: group: sum
func.func @f23_shares(%x: tensor<4x4xf32> loc("x"), %y: tensor<4x4xf32> loc("y")) -> tensor<4x4xf32> {
  %0 = tosa.concat %x, %y {axis = 0 : i32} : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<8x4xf32> loc("both")
  %1 = tosa.reduce_max %0 {axis = 0 : i32} : (tensor<8x4xf32>) -> tensor<1x4xf32> loc("most")
  %2 = tosa.add %1, %x : (tensor<1x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32> loc("sum")
  return %2 : tensor<4x4xf32>
}
