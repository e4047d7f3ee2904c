// RUN: quant-prep-opt %s --load-pass-plugin=%quantprep_libs/QuantPrepTestPasses.so \
// RUN:   --pass-pipeline='builtin.module(test-flow-graph)' -o %t.mlir | FileCheck %s --match-full-lines

qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @b {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// Through what moves data, in the function.
// CHECK: moved reads x, observed by @a
// CHECK: reader reads x, observed by @a
// CHECK: other reads x, observed by
func.func @movement(%x: tensor<4xf32> loc("x")) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %x by @a : tensor<4xf32>
  %1 = tosa.reverse %0 {axis = 0 : i32, qprep.unit = #qprep.unit<flip [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("moved")
  %2 = tosa.exp %1 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("reader")
  %3 = tosa.exp %x {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("other")
  return %2, %3 : tensor<4xf32>, tensor<4xf32>
}

// What a function returns of its argument is what this call passes, though the
// argument itself is what any call passes; calls inside are seen through.
// CHECK: inside reads y (by calls) z (by calls), observed by
// CHECK: of_first reads y, observed by @a
// CHECK: of_second reads z, observed by @b
func.func private @same(%v: tensor<4xf32> loc("v")) -> tensor<4xf32> {
  %0 = tosa.exp %v {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("inside")
  return %v : tensor<4xf32>
}
func.func private @same_again(%w: tensor<4xf32> loc("w")) -> tensor<4xf32> {
  %0 = call @same(%w) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @calls(%y: tensor<4xf32> loc("y"), %z: tensor<4xf32> loc("z")) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %y by @a : tensor<4xf32>
  %1 = call @same_again(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.observe %z by @b : tensor<4xf32>
  %3 = call @same_again(%2) : (tensor<4xf32>) -> tensor<4xf32>
  %4 = tosa.exp %1 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("of_first")
  %5 = tosa.exp %3 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("of_second")
  return %4, %5 : tensor<4xf32>, tensor<4xf32>
}

// Around a loop, and out of it.
// CHECK: in_loop reads i in_loop, observed by @a
// CHECK: after_loop reads i in_loop, observed by @a
func.func @loop(%i: tensor<4xf32> loc("i"), %n: index) -> tensor<4xf32> {
  %0 = qprep.observe %i by @a : tensor<4xf32>
  %1 = scf.for %k = %n to %n step %n iter_args(%c = %0) -> tensor<4xf32> {
    %2 = tosa.exp %c {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("in_loop")
    %3 = qprep.observe %2 by @a : tensor<4xf32>
    scf.yield %3 : tensor<4xf32>
  }
  %4 = tosa.exp %1 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("after_loop")
  return %4 : tensor<4xf32>
}

// Branches of different observers, and one that never ends.
// CHECK: after_branch reads p q, observed by
// CHECK: of_one reads p, observed by @a
func.func @branch(%p: tensor<4xf32> loc("p"), %q: tensor<4xf32> loc("q"), %k: i1) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %p by @a : tensor<4xf32>
  %1 = qprep.observe %q by @b : tensor<4xf32>
  %2 = scf.if %k -> tensor<4xf32> {
    scf.yield %0 : tensor<4xf32>
  } else {
    scf.yield %1 : tensor<4xf32>
  }
  %f = arith.constant false
  %3 = scf.if %k -> tensor<4xf32> {
    scf.yield %0 : tensor<4xf32>
  } else {
    cf.assert %f, "never"
    scf.yield %1 : tensor<4xf32>
  }
  %4 = tosa.exp %2 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("after_branch")
  %5 = tosa.exp %3 {qprep.unit = #qprep.unit<exp [input]>} : (tensor<4xf32>) -> tensor<4xf32> loc("of_one")
  return %4, %5 : tensor<4xf32>, tensor<4xf32>
}
