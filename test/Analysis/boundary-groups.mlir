// RUN: quant-prep-opt %s --load-pass-plugin=%quantprep_libs/QuantPrepTestPasses.so \
// RUN:   --pass-pipeline='builtin.module(test-boundary-groups)' -o %t.mlir | FileCheck %s --match-full-lines

// Both calls pass an argument, and each has a result of its own.
// CHECK-DAG: argument: argument of 2
// CHECK-DAG: result of a call: first of 1
// CHECK-DAG: result of a call: second of 1
func.func private @callee(%x: tensor<4xf32> loc("argument")) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @calls(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @callee(%x) : (tensor<4xf32>) -> tensor<4xf32> loc("first")
  %1 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32> loc("second")
  return %1 : tensor<4xf32>
}

// One operand enters both branches.
// CHECK-DAG: entered: then else of 1
// CHECK-DAG: result of a branch: branch of 2
func.func @branch(%x: tensor<4xf32>, %c: tensor<i1>) -> tensor<4xf32> {
  %0 = tosa.cond_if %c (%a = %x) : tensor<i1> (tensor<4xf32>) -> tensor<4xf32> {
  ^bb0(%a: tensor<4xf32> loc("then")):
    tosa.yield %a : tensor<4xf32>
  } else {
  ^bb0(%b: tensor<4xf32> loc("else")):
    tosa.yield %b : tensor<4xf32>
  } loc("branch")
  return %0 : tensor<4xf32>
}

// B1: what a loop begins with, what goes round, and its result. An argument of a
// loop has no name in text.
// CHECK-DAG: carried:  loop of 2
func.func @b1_loop(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %0 = scf.for %i = %n to %n step %n iter_args(%a = %x) -> tensor<4xf32> {
    %1 = tosa.exp %a : (tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } loc("loop")
  return %0 : tensor<4xf32>
}

// B1: two values that change places are one group; what the condition of a while
// hands straight on is in the group that it is of.
// CHECK-DAG: carried:   while after while last of 6
func.func @b1_change_places(%x: tensor<4xf32>, %y: tensor<4xf32>, %c: i1) -> tensor<4xf32> {
  %0:2 = scf.while (%a = %x, %b = %y) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    scf.condition(%c) %a, %b : tensor<4xf32>, tensor<4xf32>
  } do {
  ^bb0(%d: tensor<4xf32> loc("after"), %e: tensor<4xf32> loc("last")):
    scf.yield %e, %d : tensor<4xf32>, tensor<4xf32>
  } loc("while")
  return %0#0 : tensor<4xf32>
}
