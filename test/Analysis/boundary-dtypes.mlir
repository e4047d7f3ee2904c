// RUN: quant-prep-opt %s --load-pass-plugin=%quantprep_libs/QuantPrepTestPasses.so \
// RUN:   --pass-pipeline='builtin.module(qprep-attach-config,func.func(qprep-match-units,qprep-fuse-units,qprep-assign-qconfig),test-boundary-dtypes)' \
// RUN:   -o %t.mlir | FileCheck %s --match-full-lines

// What the callee requires of its argument, and what it makes. Integers have no
// dtype: nothing is ever known of them.
// CHECK-DAG: argument: ui8 as activation
// CHECK-DAG: number: uninitialized
// CHECK-DAG: returned: ui8 as activation
func.func private @callee(%x: tensor<4x4xf32> loc("argument"), %n: tensor<4x4xi32> loc("number")) -> tensor<4x4xf32> {
  %0 = tosa.add %x, %x : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}
func.func @b15_calls(%x: tensor<4x4xf32>, %n: tensor<4x4xi32>) -> tensor<4x4xf32> {
  %0 = call @callee(%x, %n) : (tensor<4x4xf32>, tensor<4x4xi32>) -> tensor<4x4xf32> loc("returned")
  return %0 : tensor<4x4xf32>
}

// All that a loop carries in one place is quantized if any of it is (B1).
// CHECK-DAG: loop: ui8 as activation
// CHECK-DAG: loop: f32
func.func @b1_loop(%x: tensor<4x4xf32>, %i: index) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %0:2 = scf.for %k = %i to %i step %i iter_args(%c = %x, %d = %x) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
    %1 = tosa.add %c, %c : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    %2 = tosa.exp %d : (tensor<4x4xf32>) -> tensor<4x4xf32>
    scf.yield %1, %2 : tensor<4x4xf32>, tensor<4x4xf32>
  } loc("loop")
  return %0#0, %0#1 : tensor<4x4xf32>, tensor<4x4xf32>
}

// Branches that do not agree (B22), and one that yields an argument, which does
// not decide.
// CHECK-DAG: disagree: f32
// CHECK-DAG: agree: ui8 as activation
func.func @b22_branches(%x: tensor<4x4xf32>, %p: i1) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %0 = scf.if %p -> tensor<4x4xf32> {
    %2 = tosa.add %x, %x : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    scf.yield %2 : tensor<4x4xf32>
  } else {
    %2 = tosa.exp %x : (tensor<4x4xf32>) -> tensor<4x4xf32>
    scf.yield %2 : tensor<4x4xf32>
  } loc("disagree")
  %1 = scf.if %p -> tensor<4x4xf32> {
    %2 = tosa.add %x, %x : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    scf.yield %2 : tensor<4x4xf32>
  } else {
    scf.yield %x : tensor<4x4xf32>
  } loc("agree")
  return %0, %1 : tensor<4x4xf32>, tensor<4x4xf32>
}
