// Pieces of composites that are none are counted, and what may help is said
// where ops are computed twice.
//
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-report=format=text -o /dev/null | FileCheck %s

// CHECK:      loose      exp 2, reduce_sum 1
// CHECK-NEXT: hint       ops that compute what another one does: 1; --canonicalize --cse before preparation may leave fewer loose pieces
func.func @computed_twice(%x: tensor<2x8xf32>, %y: tensor<2x8xf32>) -> (tensor<2x1xf32>, tensor<2x8xf32>) {
  %0 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x8xf32>) -> tensor<2x1xf32>
  %2 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %3 = tosa.add %2, %y : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<2x8xf32>
  return %1, %3 : tensor<2x1xf32>, tensor<2x8xf32>
}

// -----

// CHECK:     loose      exp 1
// CHECK-NOT: hint
func.func @computed_once(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %0 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %0 : tensor<2x8xf32>
}
