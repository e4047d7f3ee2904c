// RUN: quant-prep-opt %s -split-input-file \
// RUN:   -one-shot-bufferize="bufferize-function-boundaries=true function-boundary-type-conversion=identity-layout-map" \
// RUN:   | FileCheck %s --implicit-check-not=memref.alloc --implicit-check-not=memref.copy

qprep.observer private @obs {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// The users of the result read the operand's buffer.

// CHECK-LABEL: func.func @argument(
// CHECK-SAME:    %[[ARG:.*]]: memref<4xf32>)
// CHECK-NEXT:    qprep.observe %[[ARG]] by @obs : memref<4xf32>
// CHECK-NEXT:    return %[[ARG]]
func.func @argument(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @obs : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @obs {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// CHECK-LABEL: func.func @view_keeps_its_layout(
// CHECK:         %[[VIEW:.*]] = memref.subview
// CHECK-NEXT:    qprep.observe %[[VIEW]] by @obs : memref<2xf32, strided<[2], offset: 1>>
// CHECK-NEXT:    memref.load %[[VIEW]]
func.func @view_keeps_its_layout(%arg0: tensor<8xf32>, %i: index) -> f32 {
  %0 = tensor.extract_slice %arg0[1] [2] [2] : tensor<8xf32> to tensor<2xf32>
  %1 = qprep.observe %0 by @obs : tensor<2xf32>
  %2 = tensor.extract %1[%i] : tensor<2xf32>
  return %2 : f32
}

// -----

// Before observers are shared a place has no symbol.

// CHECK-LABEL: func.func @spec(
// CHECK:         qprep.observe %{{.*}} as <placeholder, f32> : memref<4xf32>
func.func @spec(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 as <placeholder, f32> : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @b {id = 1, spec = #qprep.observer<minmax, i8, per_tensor_affine>}

// A write after both observations goes in place, as without them.

// CHECK-LABEL: func.func @two_observers_then_write(
// CHECK-SAME:    %[[ARG:.*]]: memref<4xf32>
// CHECK-NEXT:    qprep.observe %[[ARG]] by @a
// CHECK-NEXT:    qprep.observe %[[ARG]] by @b
// CHECK:         memref.store %{{.*}}, %[[ARG]]
func.func @two_observers_then_write(%arg0: tensor<4xf32>, %v: f32, %i: index) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @a : tensor<4xf32>
  %1 = qprep.observe %0 by @b : tensor<4xf32>
  %2 = tensor.insert %v into %1[%i] : tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

qprep.observer private @obs {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// A loop-carried value stays in one buffer.

// CHECK-LABEL: func.func @loop(
// CHECK-SAME:    %[[ARG:.*]]: memref<4xf32>
// CHECK:         %[[LOOP:.*]] = scf.for {{.*}} iter_args(%[[ITER:.*]] = %[[ARG]])
// CHECK-NEXT:      qprep.observe %[[ITER]] by @obs : memref<4xf32>
// CHECK:           memref.store %{{.*}}, %[[ITER]]
func.func @loop(%arg0: tensor<4xf32>, %v: f32, %lb: index, %ub: index, %step: index) -> tensor<4xf32> {
  %0 = scf.for %i = %lb to %ub step %step iter_args(%t = %arg0) -> (tensor<4xf32>) {
    %1 = qprep.observe %t by @obs : tensor<4xf32>
    %2 = tensor.insert %v into %1[%i] : tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}
