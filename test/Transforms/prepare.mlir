// The steps together, on presets.
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-prepare | FileCheck %s
// RUN: quant-prep-opt %s -split-input-file -qprep-prepare -qprep-verify-prepared -o %t

// A convolution and the relu behind it are one; a pool shares; fixed parameters
// come from the backend.
// CHECK-LABEL: @b4_f8_f13_network(
// CHECK: %[[X:.*]] = qprep.observe %arg0 by @[[IN:.*]] :
// CHECK: %[[W:.*]] = qprep.observe %{{.*}} by @[[WEIGHT:.*]] :
// CHECK: %[[C:.*]] = tosa.conv2d %[[X]], %[[W]]
// CHECK-NEXT: %[[R:.*]] = tosa.clamp %[[C]]
// CHECK-NEXT: %[[OR:.*]] = qprep.observe %[[R]] by @[[OUT:.*]] :
// CHECK-NEXT: %[[P:.*]] = tosa.max_pool2d %[[OR]]
// CHECK-NEXT: %[[OP:.*]] = qprep.observe %[[P]] by @[[OUT]] :
// CHECK-NEXT: %[[S:.*]] = tosa.sigmoid %[[OP]]
// CHECK-NEXT: %[[OS:.*]] = qprep.observe %[[S]] by @[[SIGMOID:.*]] :
// CHECK-NEXT: return %[[OS]]
func.func @b4_f8_f13_network(%x: tensor<1x4x4x3xf32>) -> tensor<1x2x2x2xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<2xf32>}> : () -> tensor<2xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<2x1x1x3xf32>}> : () -> tensor<2x1x1x3xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<2x1x1x3xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %2 = tosa.max_pool2d %1 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x2xf32>) -> tensor<1x2x2x2xf32>
  %3 = tosa.sigmoid %2 : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  return %3 : tensor<1x2x2x2xf32>
}

// -----

// A unit without support is float to its users, who insert what they need.
// CHECK-LABEL: @b8_no_hole(
// CHECK: %[[S:.*]] = tosa.sub
// CHECK-NEXT: %[[OS:.*]] = qprep.observe %[[S]]
// CHECK-NEXT: tosa.add %[[OS]], %{{.*}}<observed 
func.func @b8_no_hole(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.sub %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %0, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// What was cast from integers is float, and observed where it is wanted so.
// CHECK-LABEL: @f11_cast_of_integers(
// CHECK: %[[C:.*]] = tosa.cast
// CHECK-NEXT: %[[OC:.*]] = qprep.observe %[[C]]
// CHECK: tosa.add %[[OC]]
func.func @f11_cast_of_integers(%i: tensor<4xi32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.cast %i : (tensor<4xi32>) -> tensor<4xf32>
  %1 = tosa.add %0, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// Integer parts come out as they are; the float part behind them is prepared.
// CHECK-LABEL: @b5_integer_part(
// CHECK-NEXT: %[[A:.*]] = tosa.add %arg0, %arg0 : (
// CHECK-NEXT: %[[B:.*]] = tosa.cast %[[A]]
// CHECK-NEXT: qprep.observe %[[B]]
func.func @b5_integer_part(%x: tensor<4xi32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  %1 = tosa.cast %0 : (tensor<4xi32>) -> tensor<4xf32>
  %2 = tosa.add %1, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// Masks and indices are not observed, however they are used.
// CHECK-LABEL: @f15_b10_masks(
// CHECK: %[[M:.*]] = tosa.greater
// CHECK-NOT: qprep.observe %[[M]]
// CHECK: tosa.select %[[M]]
func.func @f15_b10_masks(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.greater %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  %1 = tosa.identity %0 : (tensor<4xi1>) -> tensor<4xi1>
  %2 = tosa.select %0, %x, %y : (tensor<4xi1>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// A slice is a unit like any other: native has none, so that it is float, and what
// it makes is observed where it is wanted so.
// CHECK-LABEL: @f12_slices_are_ordinary_units(
// CHECK: %[[S:.*]] = tosa.slice %arg0{{.*}}<float by "F14"
// CHECK-NEXT: %[[O:.*]] = qprep.observe %[[S]]
// CHECK-NEXT: tosa.add %[[O]], %[[O]]
func.func @f12_slices_are_ordinary_units(%x: tensor<4xf32>) -> tensor<2xf32> {
  %start = tosa.const_shape {values = dense<0> : tensor<1xindex>} : () -> !tosa.shape<1>
  %size = tosa.const_shape {values = dense<2> : tensor<1xindex>} : () -> !tosa.shape<1>
  %0 = tosa.slice %x, %start, %size : (tensor<4xf32>, !tosa.shape<1>, !tosa.shape<1>) -> tensor<2xf32>
  %1 = tosa.add %0, %0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// A function that is only declared is opaque to its callers.
// CHECK-LABEL: @f14_calls(
// CHECK-NEXT: call @callee(%arg0) {{.*}}<float by "F14" because "nothing is known of this op"
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32>
func.func @f14_calls(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = call @callee(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// An element of a list that the user wrote twice has one observer; an argument is
// observed as an operand, and returned as it is (F26).
// CHECK-LABEL: @f22_f26_returns(
// CHECK: %[[O:.*]] = qprep.observe %arg0
// CHECK: %[[A:.*]] = tosa.add %[[O]], %[[O]]
// CHECK-NEXT: %[[OA:.*]] = qprep.observe %[[A]]
// CHECK-NEXT: return %arg0, %[[OA]]
func.func @f22_f26_returns(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %x, %0 : tensor<4xf32>, tensor<4xf32>
}

// -----

// Settings that an op writes out have no name; they get one in the configuration.
// CHECK-LABEL: @f2_written_out(
// CHECK: tosa.add {{.*}}qprep.assigned = #qprep.assigned<@qprep_config::@inline from attribute>
// CHECK-NEXT: qprep.observe
// CHECK: qprep.qconfig @inline <activation = <minmax, ui8
func.func @f2_written_out(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x {qprep.qconfig = #qprep.qconfig<activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_affine>>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A user's observer whose spec agrees serves for ours.
qprep.observer private @same {id = 8, spec = #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7, bins = 2048, upsample_rate = 128>}
// CHECK-LABEL: @b11_users_observer(
// CHECK-NEXT: %[[O:.*]] = qprep.observe %arg0 by @same :
// CHECK-NEXT: %[[C:.*]] = tosa.clamp %[[O]]
// CHECK-NEXT: qprep.observe %[[C]] by @same {qprep.generated} :
func.func @b11_users_observer(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %x by @same : tensor<4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
