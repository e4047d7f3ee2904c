// RUN: quant-prep-opt %s -split-input-file -qprep-lower-observers | FileCheck %s --implicit-check-not=qprep.
// RUN: quant-prep-opt %s -split-input-file -qprep-lower-observers="callee=my_probe" | FileCheck %s --check-prefix=CALLEE

// CHECK:  func.func private @qprep_observe_f32(i64, memref<*xf32>) attributes {llvm.emit_c_interface}
// CALLEE: func.func private @my_probe_f32(i64, memref<*xf32>) attributes {llvm.emit_c_interface}
qprep.observer private @a {id = 3, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
qprep.observer private @b {id = 7, spec = #qprep.observer<minmax, i8, per_tensor_affine>}

// CHECK-LABEL: func.func @tensor(
// CHECK-SAME:    %[[ARG:.*]]: tensor<2x?xf32>)
// CHECK-DAG:     %[[ID:.*]] = arith.constant 3 : i64
// CHECK-DAG:     %[[BUF:.*]] = bufferization.to_buffer %[[ARG]] read_only : tensor<2x?xf32> to memref<2x?xf32, strided<[?, ?], offset: ?>>
// CHECK:         %[[ANY:.*]] = memref.cast %[[BUF]] : {{.*}} to memref<*xf32>
// CHECK:         call @qprep_observe_f32(%[[ID]], %[[ANY]]) : (i64, memref<*xf32>) -> ()
// CHECK-NEXT:    return %[[ARG]]
// CALLEE-LABEL: func.func @tensor(
// CALLEE:         call @my_probe_f32(
func.func @tensor(%arg0: tensor<2x?xf32>) -> tensor<2x?xf32> {
  %0 = qprep.observe %arg0 by @a : tensor<2x?xf32>
  return %0 : tensor<2x?xf32>
}

// CHECK-LABEL: func.func @memref(
// CHECK-SAME:    %[[ARG:.*]]: memref<4xf32>)
// CHECK:         %[[ANY:.*]] = memref.cast %[[ARG]] : memref<4xf32> to memref<*xf32>
// CHECK:         call @qprep_observe_f32(%{{.*}}, %[[ANY]])
// CHECK-NEXT:    return
func.func @memref(%arg0: memref<4xf32>) {
  qprep.observe %arg0 by @b : memref<4xf32>
  return
}

// CHECK-LABEL: func.func @strided_memref(
// CHECK:         memref.cast %{{.*}} : memref<2x3xf32, strided<[1, 2], offset: 5>> to memref<*xf32>
func.func @strided_memref(%arg0: memref<2x3xf32, strided<[1, 2], offset: 5>>) {
  qprep.observe %arg0 by @b : memref<2x3xf32, strided<[1, 2], offset: 5>>
  return
}

// CHECK-LABEL: func.func @rank_zero(
// CHECK:         bufferization.to_buffer %{{.*}} read_only : tensor<f32> to memref<f32, strided<[], offset: ?>>
func.func @rank_zero(%arg0: tensor<f32>) -> tensor<f32> {
  %0 = qprep.observe %arg0 by @a : tensor<f32>
  return %0 : tensor<f32>
}

// CHECK-LABEL: func.func @unranked_tensor(
// CHECK:         %[[ANY:.*]] = bufferization.to_buffer %{{.*}} read_only : tensor<*xf32> to memref<*xf32>
// CHECK-NEXT:    call @qprep_observe_f32(%{{.*}}, %[[ANY]])
func.func @unranked_tensor(%arg0: tensor<*xf32>) -> tensor<*xf32> {
  %0 = qprep.observe %arg0 by @a : tensor<*xf32>
  return %0 : tensor<*xf32>
}

// Two observers on one value look at the same value, in order.

// CHECK-LABEL: func.func @two_observers(
// CHECK-SAME:    %[[ARG:.*]]: tensor<4xf32>)
// CHECK:         %[[ID0:.*]] = arith.constant 3
// CHECK:         bufferization.to_buffer %[[ARG]]
// CHECK:         call @qprep_observe_f32(%[[ID0]],
// CHECK:         %[[ID1:.*]] = arith.constant 7
// CHECK:         bufferization.to_buffer %[[ARG]]
// CHECK:         call @qprep_observe_f32(%[[ID1]],
// CHECK:         return %[[ARG]]
func.func @two_observers(%arg0: tensor<4xf32>) -> tensor<4xf32> {
  %0 = qprep.observe %arg0 by @a : tensor<4xf32>
  %1 = qprep.observe %0 by @b : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----

// CHECK-DAG: func.func private @qprep_observe_f16(i64, memref<*xf16>) attributes {llvm.emit_c_interface}
// CHECK-DAG: func.func private @qprep_observe_bf16(i64, memref<*xbf16>) attributes {llvm.emit_c_interface}
// CHECK-DAG: func.func private @qprep_observe_f64(i64, memref<*xf64>) attributes {llvm.emit_c_interface}
// CHECK-NOT: func.func private @qprep_observe_f32
qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// CHECK-LABEL: func.func @element_types(
// CHECK:         call @qprep_observe_f16(
// CHECK:         call @qprep_observe_bf16(
// CHECK:         call @qprep_observe_f64(
func.func @element_types(%arg0: memref<4xf16>, %arg1: memref<4xbf16>, %arg2: memref<4xf64>) {
  qprep.observe %arg0 by @a : memref<4xf16>
  qprep.observe %arg1 by @a : memref<4xbf16>
  qprep.observe %arg2 by @a : memref<4xf64>
  return
}

// -----

// Configuration and annotations go; attributes of others stay.

// CHECK-LABEL: func.func @leftovers(
// CHECK-SAME:    attributes {my.attribute}
// CHECK:         tosa.sigmoid %{{.*}} {my.attribute} : (tensor<4xf32>)
qprep.config private @config {
  qprep.assign global "fbgemm"
}
func.func @leftovers(%arg0: tensor<4xf32>) -> tensor<4xf32> attributes {my.attribute, qprep.qconfig = "none"} {
  %0 = tosa.sigmoid %arg0 {my.attribute, qprep.unit = #qprep.unit<sigmoid [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

// A function of the user's own with that name and type is called as it is.

// CHECK:     func.func private @qprep_observe_f32(%{{.*}}: i64, %{{.*}}: memref<*xf32>) {
// CHECK-NOT: func.func private @qprep_observe_f32
func.func private @qprep_observe_f32(%id: i64, %buffer: memref<*xf32>) {
  return
}
qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// CHECK-LABEL: func.func @callee_exists(
// CHECK:         call @qprep_observe_f32(
func.func @callee_exists(%arg0: memref<4xf32>) {
  qprep.observe %arg0 by @a : memref<4xf32>
  return
}

// -----

// Each module declares what it calls.

// CHECK:      module @inner
// CHECK-NEXT:   func.func private @qprep_observe_f32
// CHECK:        func.func @nested(
// CHECK:          call @qprep_observe_f32(
module @inner {
  qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}
  func.func @nested(%arg0: memref<4xf32>) {
    qprep.observe %arg0 by @a : memref<4xf32>
    return
  }
}
