// RUN: quant-prep-opt %s \
// RUN:   -one-shot-bufferize="bufferize-function-boundaries=true function-boundary-type-conversion=identity-layout-map" \
// RUN:   | FileCheck %s

qprep.observer private @before {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// The write needs a copy because the old value is read later. It is made for
// the write, not for the observer.

// CHECK-LABEL: func.func @observed_value_is_overwritten(
// CHECK-SAME:    %[[ARG:.*]]: memref<4xf32>
// CHECK-NOT:     memref.copy
// CHECK:         qprep.observe %[[ARG]] by @before
// CHECK:         %[[COPY:.*]] = memref.alloc()
// CHECK:         memref.copy %[[ARG]], %[[COPY]]
// CHECK:         memref.store %{{.*}}, %[[COPY]]
// CHECK-NOT:     memref.copy
// CHECK:         return %[[COPY]], %[[ARG]]
func.func @observed_value_is_overwritten(%arg0: tensor<4xf32>, %v: f32, %i: index)
    -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = qprep.observe %arg0 by @before : tensor<4xf32>
  %1 = tensor.insert %v into %0[%i] : tensor<4xf32>
  return %1, %arg0 : tensor<4xf32>, tensor<4xf32>
}
