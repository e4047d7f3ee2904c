// What a user may run on a prepared module: no observation is lost, none is
// moved to another observer, observers stay.
//
// RUN: quant-prep-opt %s --inline | FileCheck %s --check-prefixes=ALL,KEEP,INLINE
// RUN: quant-prep-opt %s --canonicalize | FileCheck %s --check-prefixes=ALL,KEEP
// RUN: quant-prep-opt %s --cse | FileCheck %s --check-prefixes=ALL,KEEP
// RUN: quant-prep-opt %s --symbol-dce | FileCheck %s --check-prefixes=ALL,KEEP
// RUN: quant-prep-opt %s --remove-dead-values | FileCheck %s --check-prefixes=ALL,KEEP
// RUN: quant-prep-opt %s --loop-invariant-code-motion | FileCheck %s --check-prefixes=ALL,KEEP
// RUN: quant-prep-opt %s --sccp --control-flow-sink --remove-dead-values --canonicalize --cse | FileCheck %s --check-prefixes=ALL,KEEP
// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(func.func(tosa-to-linalg-named,tosa-to-linalg))' | FileCheck %s --check-prefixes=ALL,KEEP
// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(func.func(tosa-to-linalg,linalg-fuse-elementwise-ops))' | FileCheck %s --check-prefixes=ALL,KEEP

// With the bufferization model, through all of the way:
// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(func.func(tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith,linalg-fuse-elementwise-ops),one-shot-bufferize{bufferize-function-boundaries=true function-boundary-type-conversion=identity-layout-map allow-return-allocs-from-loops=true})' | FileCheck %s --check-prefixes=ALL,BUFFER

// ALL-DAG: qprep.observer private @x_in {id = 0,
// ALL-DAG: qprep.observer private @shared {id = 1,
// ALL-DAG: qprep.observer private @body {id = 2,
qprep.observer private @x_in {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @shared {id = 1, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @body {id = 2, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// The result of the last observation has no user; it still sees its value.
//
// KEEP-LABEL: func.func @chain
// KEEP: qprep.observe %{{.*}} by @x_in
// KEEP: qprep.observe %{{.*}} by @shared
// KEEP: qprep.observe %{{.*}} by @shared
// KEEP: qprep.observe %{{.*}} by @body
// KEEP-NOT: qprep.observe
// BUFFER-LABEL: func.func @chain
// BUFFER: qprep.observe %{{.*}} by @x_in : memref<4xf32
// BUFFER: qprep.observe %{{.*}} by @shared : memref<4xf32
// BUFFER: qprep.observe %{{.*}} by @shared : memref<4xf32
// BUFFER: qprep.observe %{{.*}} by @body : memref<4xf32
// BUFFER-NOT: qprep.observe
func.func @chain(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @x_in : tensor<4xf32>
  %1 = tosa.exp %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.observe %1 by @shared : tensor<4xf32>
  %3 = tosa.abs %2 : (tensor<4xf32>) -> tensor<4xf32>
  %4 = qprep.observe %3 by @shared : tensor<4xf32>
  %5 = qprep.observe %3 by @body : tensor<4xf32>
  return %4 : tensor<4xf32>
}

// The same value twice by one observer: two observations, as written.
//
// KEEP-LABEL: func.func @equal_observations
// KEEP-COUNT-2: qprep.observe %{{.*}} by @x_in
// KEEP-NOT: qprep.observe
// BUFFER-LABEL: func.func @equal_observations
// BUFFER-COUNT-2: qprep.observe %{{.*}} by @x_in : memref<4xf32
// BUFFER-NOT: qprep.observe
func.func @equal_observations(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %x by @x_in : tensor<4xf32>
  %1 = qprep.observe %x by @x_in : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// A loop observes an invariant value once in each iteration: not hoisted.
//
// KEEP-LABEL: func.func @b1_loop
// KEEP: scf.for
// KEEP-NEXT: qprep.observe %{{.*}} by @body
// BUFFER-LABEL: func.func @b1_loop
// BUFFER: scf.for
// BUFFER: qprep.observe %{{.*}} by @body : memref<4xf32
func.func @b1_loop(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %x) -> tensor<4xf32> {
    %0 = qprep.observe %x by @body : tensor<4xf32>
    %1 = tosa.add %acc, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @body : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// Inlining copies the place, not the observer.
//
// INLINE-LABEL: func.func @caller
// INLINE-NOT: call @callee
// INLINE-COUNT-2: qprep.observe %{{.*}} by @body
// INLINE-NOT: qprep.observe
func.func @caller(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @callee(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
