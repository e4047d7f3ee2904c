// What follows, through calls, branches and loops (B16).
// RUN: quant-prep-opt %s -split-input-file '-qprep-prepare=backend=tosa qconfig=tosa' -qprep-verify-prepared | FileCheck %s

// A function that only moves is quantized if all calls pass what is.
// CHECK-LABEL: func.func private @b16_moves(
// CHECK-NEXT: %[[R:.*]] = tensor.collapse_shape %arg0
// CHECK-NEXT: return %[[R]]
func.func private @b16_moves(%x: tensor<4x4xf32>) -> tensor<16xf32> {
  %0 = tensor.collapse_shape %x [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  return %0 : tensor<16xf32>
}
// CHECK-LABEL: func.func @b16_call_quantized(
// CHECK: math.tanh
// CHECK-NEXT: %[[O:.*]] = qprep.observe %{{.*}} by @[[S:.*]] :
// CHECK-NEXT: %[[C:.*]] = call @b16_moves(%[[O]])
// CHECK-NEXT: qprep.observe %[[C]] by @[[S]] :
func.func @b16_call_quantized(%x: tensor<4x4xf32>) -> tensor<16xf32> {
  %0 = math.tanh %x : tensor<4x4xf32>
  %1 = call @b16_moves(%0) : (tensor<4x4xf32>) -> tensor<16xf32>
  return %1 : tensor<16xf32>
}

// -----

// CHECK-LABEL: func.func private @b16_moves_float(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func private @b16_moves_float(%x: tensor<4x4xf32>) -> tensor<16xf32> {
  %0 = tensor.collapse_shape %x [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  return %0 : tensor<16xf32>
}
// CHECK-LABEL: func.func @b16_call_float(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @b16_call_float(%x: tensor<4x4xf32>) -> tensor<16xf32> {
  %0 = call @b16_moves_float(%x) : (tensor<4x4xf32>) -> tensor<16xf32>
  return %0 : tensor<16xf32>
}

// -----

// What another unit of the callee requires, the call observes for both.
// CHECK-LABEL: func.func private @b16_requires(
// CHECK-NOT: qprep.observe %arg0
func.func private @b16_requires(%x: tensor<4x4xf32>) -> (tensor<16xf32>, tensor<4x4xf32>) {
  %0 = tensor.collapse_shape %x [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  %1 = math.tanh %x : tensor<4x4xf32>
  return %0, %1 : tensor<16xf32>, tensor<4x4xf32>
}
// CHECK-LABEL: func.func @b16_call_requires(
// CHECK-NEXT: %[[O:.*]] = qprep.observe %arg0 by @[[S:.*]] :
// CHECK-NEXT: %[[C:.*]]:2 = call @b16_requires(%[[O]])
// CHECK: qprep.observe %[[C]]#0 by @[[S]] :
func.func @b16_call_requires(%x: tensor<4x4xf32>) -> (tensor<16xf32>, tensor<4x4xf32>) {
  %0:2 = call @b16_requires(%x) : (tensor<4x4xf32>) -> (tensor<16xf32>, tensor<4x4xf32>)
  return %0#0, %0#1 : tensor<16xf32>, tensor<4x4xf32>
}

// -----

// CHECK-LABEL: func.func @b16_branch_float(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @b16_branch_float(%c: i1, %x: tensor<4x4xf32>, %init: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %0 = scf.if %c -> tensor<4x4xf32> {
    %1 = linalg.transpose ins(%x : tensor<4x4xf32>) outs(%init : tensor<4x4xf32>) permutation = [1, 0]
    scf.yield %1 : tensor<4x4xf32>
  } else {
    scf.yield %x : tensor<4x4xf32>
  }
  return %0 : tensor<4x4xf32>
}

// -----

// CHECK-LABEL: func.func @b16_branch_quantized(
// CHECK: math.tanh
// CHECK-NEXT: %[[O:.*]] = qprep.observe %{{.*}} by @[[S:.*]] :
// CHECK: linalg.transpose ins(%[[O]]
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b16_branch_quantized(%c: i1, %x: tensor<4x4xf32>, %init: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %t = math.tanh %x : tensor<4x4xf32>
  %0 = scf.if %c -> tensor<4x4xf32> {
    %1 = linalg.transpose ins(%t : tensor<4x4xf32>) outs(%init : tensor<4x4xf32>) permutation = [1, 0]
    scf.yield %1 : tensor<4x4xf32>
  } else {
    scf.yield %t : tensor<4x4xf32>
  }
  return %0 : tensor<4x4xf32>
}

// -----

// A loop that only moves what it carries is float if what comes in is.
// CHECK-LABEL: func.func @b16_loop_float(
// CHECK-NOT: qprep.observe
// CHECK: return
func.func @b16_loop_float(%x: tensor<4x4xf32>, %init: tensor<4x4xf32>, %n: index) -> tensor<4x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x) -> tensor<4x4xf32> {
    %1 = linalg.transpose ins(%y : tensor<4x4xf32>) outs(%init : tensor<4x4xf32>) permutation = [1, 0]
    scf.yield %1 : tensor<4x4xf32>
  }
  return %0 : tensor<4x4xf32>
}

// -----

// And quantized, as one group, if that is.
// CHECK-LABEL: func.func @b16_loop_quantized(
// CHECK: math.tanh
// CHECK-NEXT: %[[O:.*]] = qprep.observe %{{.*}} by @[[S:.*]] :
// CHECK: scf.for {{.*}}iter_args(%[[Y:.*]] = %[[O]])
// CHECK: linalg.transpose ins(%[[Y]]
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b16_loop_quantized(%x: tensor<4x4xf32>, %init: tensor<4x4xf32>, %n: index) -> tensor<4x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %t = math.tanh %x : tensor<4x4xf32>
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %t) -> tensor<4x4xf32> {
    %1 = linalg.transpose ins(%y : tensor<4x4xf32>) outs(%init : tensor<4x4xf32>) permutation = [1, 0]
    scf.yield %1 : tensor<4x4xf32>
  }
  return %0 : tensor<4x4xf32>
}

// -----

// The loop requires it, and what follows in the loop has it quantized.
// CHECK-LABEL: func.func @b16_loop_requires(
// CHECK: %[[O:.*]] = qprep.observe %arg0 by @[[S:.*]] :
// CHECK: scf.for {{.*}}iter_args(%[[Y:.*]] = %[[O]], %{{.*}} = %{{.*}})
// CHECK: linalg.transpose ins(%[[Y]]
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b16_loop_requires(%x: tensor<4x4xf32>, %init: tensor<4x4xf32>, %n: index) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0:2 = scf.for %i = %c0 to %n step %c1 iter_args(%y = %x, %z = %init) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
    %1 = linalg.transpose ins(%y : tensor<4x4xf32>) outs(%init : tensor<4x4xf32>) permutation = [1, 0]
    %2 = math.tanh %y : tensor<4x4xf32>
    scf.yield %1, %2 : tensor<4x4xf32>, tensor<4x4xf32>
  }
  return %0#0, %0#1 : tensor<4x4xf32>, tensor<4x4xf32>
}
