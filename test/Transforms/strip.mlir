// RUN: quant-prep-opt %s --split-input-file --qprep-strip | FileCheck %s

// What a user wrote about quantization stays, all that preparation made goes.

// CHECK-LABEL: func.func @b3_annotations_go(
// CHECK-SAME:    attributes {qprep.qconfig = "fbgemm"}
// CHECK:         tosa.sigmoid %{{.*}} {mine = 1 : i64} : (tensor<4xf32>)
// CHECK:         tosa.reshape %{{[^{]*}} : (tensor<4xf32>
// CHECK:         tosa.tanh %{{.*}} {qprep.qconfig = "none"} : (tensor<2x2xf32>)
// CHECK-NOT:     qprep.
func.func @b3_annotations_go(%x: tensor<4xf32>) -> tensor<2x2xf32> attributes {qprep.qconfig = "fbgemm"} {
  %shape = tosa.const_shape {values = dense<2> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.sigmoid %x {mine = 1 : i64, qprep.assigned = #qprep.assigned<none from global>,
    qprep.plan = #qprep.plan<float by "F1" because "no qconfig">, qprep.fused,
    qprep.unit = #qprep.unit<sigmoid [input]>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.reshape %0, %shape {qprep.member = #qprep.member<[input, _]>} : (tensor<4xf32>, !tosa.shape<2>) -> tensor<2x2xf32>
  %2 = tosa.tanh %1 {qprep.qconfig = "none", qprep.pattern = @config::@native::@tanh,
    qprep.plan = #qprep.plan<float [f32] -> [f32]>, qprep.unit = #qprep.unit<tanh [internal]>}
    : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// -----

// CHECK-NOT:   qprep.observer private @generated
// CHECK:       qprep.observer private @mine
// CHECK-NOT:   @generated
qprep.observer private @generated {id = 0, spec = #qprep.observer<placeholder, f16>} attributes {qprep.generated}
qprep.observer private @mine {id = 1, spec = #qprep.observer<placeholder, f16>}
// CHECK-NOT:   qprep.config
qprep.config private @qprep_config backend @native attributes {qprep.generated} {
  qprep.backend @native {
  }
}

// CHECK-LABEL: func.func @b3_places_of_generated_observers_go(
// CHECK-SAME:    %[[X:.*]]: tensor<4xf32>
// CHECK:         %[[OWN:.*]] = qprep.observe %[[X]] by @mine : tensor<4xf32>
// CHECK-NEXT:    %[[A:.*]] = tosa.add %[[OWN]], %[[X]]
// CHECK-NEXT:    return %[[A]]
func.func @b3_places_of_generated_observers_go(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @generated : tensor<4xf32>
  %1 = qprep.observe %0 by @mine : tensor<4xf32>
  %2 = qprep.observe %1 as <placeholder, f16> : tensor<4xf32>
  %3 = qprep.fake_quantize %0 by @generated : tensor<4xf32>
  %4 = tosa.add %2, %3 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %5 = qprep.observe %4 by @generated : tensor<4xf32>
  return %5 : tensor<4xf32>
}

// CHECK-LABEL: func.func @places_on_buffers_go(
// CHECK-NEXT:    qprep.observe %{{.*}} by @mine : memref<4xf32>
// CHECK-NEXT:    return
func.func @places_on_buffers_go(%x: memref<4xf32>) {
  qprep.observe %x by @generated : memref<4xf32>
  qprep.observe %x by @mine : memref<4xf32>
  return
}

// CHECK-LABEL: func.func @places_in_regions_go(
// CHECK:         scf.for
// CHECK-NEXT:      tosa.tanh
// CHECK-NEXT:      scf.yield
func.func @places_in_regions_go(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<4xf32> {
    %1 = qprep.observe %a by @generated : tensor<4xf32>
    %2 = tosa.tanh %1 : (tensor<4xf32>) -> tensor<4xf32>
    %3 = qprep.observe %2 by @generated : tensor<4xf32>
    scf.yield %3 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// A symbol is looked up in the nearest symbol table: the inner observer is the
// user's, although the outer one of that name is not.

// CHECK-LABEL: module @outer
// CHECK-NOT:     qprep.observer private @shadowed {id = 0
// CHECK:         module @inner
// CHECK:           qprep.observer private @shadowed {id = 1
// CHECK:           qprep.observe
module @outer {
  qprep.observer private @shadowed {id = 0, spec = #qprep.observer<placeholder, f16>} attributes {qprep.generated}
  module @inner {
    qprep.observer private @shadowed {id = 1, spec = #qprep.observer<placeholder, f16>}
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %0 = qprep.observe %x by @shadowed : tensor<4xf32>
      return %0 : tensor<4xf32>
    }
  }
}
