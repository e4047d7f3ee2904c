// What preparation makes verifies: cases that random models brought up.
//
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-verify-prepared | FileCheck %s

// A backend may have a concatenation that requantizes (torchscript does).
// CHECK-LABEL: func.func @b7_movement_that_the_backend_requantizes(
// CHECK:         %[[X:.*]] = qprep.observe %{{.*}} by @obs_0
// CHECK:         %[[C:.*]] = tosa.concat %[[X]], %[[X]]
// CHECK:         qprep.observe %[[C]] by @cat_0 :
qprep.config @c backend "torchscript" {
  qprep.assign global "fbgemm"
}
func.func @b7_movement_that_the_backend_requantizes(%x: tensor<4xf32>) -> tensor<8xf32> {
  %0 = tosa.concat %x, %x {axis = 0 : i32} : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
  return %0 : tensor<8xf32>
}

// -----

// What the caller quantizes comes into the loop without a place.
// CHECK-LABEL: func.func @f10_quantized_argument_into_a_loop(
// CHECK:         scf.for {{.*}} iter_args(%{{.*}} = %arg0)
// CHECK:           %[[Y:.*]] = qprep.observe %{{.*}} by @add_0 :
// CHECK:           scf.yield {{.*}}%[[Y]]
qprep.config @c attributes {inputs_quantized = array<i64: 0>} {
  qprep.assign global "fbgemm"
}
func.func @f10_quantized_argument_into_a_loop(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %0 = scf.for %i = %n to %n step %n iter_args(%a = %x) -> tensor<4xf32> {
    %1 = tosa.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

// What a loop begins with is observed for its own sake, so what goes round is.
// CHECK-LABEL: func.func @b1_loop_that_begins_observed(
// CHECK:         %[[A:.*]] = tosa.matmul
// CHECK:         %[[OA:.*]] = qprep.observe %[[A]] by @linear_0 :
// CHECK:         scf.for {{.*}} iter_args(%{{.*}} = %[[OA]])
// CHECK:           %[[M:.*]] = tosa.matmul
// CHECK:           %[[OM:.*]] = qprep.observe %[[M]] by @linear_0 :
// CHECK:           scf.yield {{.*}}%[[OM]]
qprep.config @c placement value {
  qprep.assign global "fbgemm"
}
func.func @b1_loop_that_begins_observed(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %a) -> tensor<1x4x4xf32> {
    %m = tosa.matmul %x, %w, %z, %z {qprep.qconfig = "none"} : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
    scf.yield %m : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// The same behind what passes its observer on, and through such in the loop.
// CHECK-LABEL: func.func @b1_loop_that_begins_passed_on(
// CHECK:         qprep.observe %{{.*}} by @linear_0 :
// CHECK:         scf.for {{.*}} iter_args(%[[C:.*]] = %{{.*}})
// CHECK-NEXT:      %[[M:.*]] = tosa.clamp %[[C]]
// CHECK-NEXT:      scf.yield {{.*}}%[[M]]
qprep.config @c placement value {
  qprep.assign global "fbgemm"
}
func.func @b1_loop_that_begins_passed_on(%x: tensor<1x4x4xf32>, %n: index) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %s = tosa.const_shape {values = dense<[1, 4, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %r = tosa.reshape %a, %s : (tensor<1x4x4xf32>, !tosa.shape<3>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %r) -> tensor<1x4x4xf32> {
    %m = tosa.clamp %c {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %m : tensor<1x4x4xf32>
  }
  return %0 : tensor<1x4x4xf32>
}

// -----

// The second loop has the value observed that the first one began with.
// CHECK-LABEL: func.func @b1_loop_that_yields_what_another_begins_with(
// CHECK:         %[[A:.*]] = qprep.observe %{{.*}} by @linear_0 :
// CHECK:         %[[B:.*]] = qprep.observe %{{.*}} by @linear_0 :
// CHECK:         scf.for {{.*}} iter_args(%{{.*}} = %[[B]])
// CHECK:         scf.for {{.*}} iter_args(%{{.*}} = %[[A]])
// CHECK:           scf.yield {{.*}}%[[B]]
qprep.config @c placement value {
  qprep.assign global "fbgemm"
}
func.func @b1_loop_that_yields_what_another_begins_with(%x: tensor<1x4x4xf32>, %n: index) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x4x4xf32>}> : () -> tensor<1x4x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %a = tosa.matmul %x, %w, %z, %z : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %b = tosa.matmul %x, %w, %z, %z {qprep.qconfig = "none"} : (tensor<1x4x4xf32>, tensor<1x4x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %0 = scf.for %i = %n to %n step %n iter_args(%c = %b) -> tensor<1x4x4xf32> {
    %m = tosa.clamp %c {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
    scf.yield %m : tensor<1x4x4xf32>
  }
  %1 = scf.for %i = %n to %n step %n iter_args(%c = %a) -> tensor<1x4x4xf32> {
    scf.yield %b : tensor<1x4x4xf32>
  }
  return %0, %1 : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}
