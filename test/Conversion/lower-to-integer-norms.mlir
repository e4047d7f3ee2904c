// A norm stays float, unless that is an error: then roots and inverses of
// variances are tables and shifts.

// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s --check-prefix=ALLOW
// RUN: quant-prep-opt %s --qprep-lower-to-integer=float=forbid --split-input-file | FileCheck %s

!x = !quant.uniform<i8:f32, 5.0e-02:3>
!y = !quant.uniform<i8:f32, 2.5e-02:-7>

// ALLOW-LABEL: func.func @layer_norm(
//       ALLOW: tosa.rsqrt
//       ALLOW: reason = "its root or inverse stays float, unless float=forbid"

// A sum of 512 squares is made of coarser ones; the product with the root has 64
// bits before it is shifted.
// CHECK-LABEL: func.func @layer_norm(
//  CHECK-SAME: %[[X:.*]]: tensor<2x512xi8>
//   CHECK-NOT: f32
//       CHECK: tosa.reduce_sum
//       CHECK: %[[C:.*]] = tosa.sub
//       CHECK: %[[SQUARE:.*]] = tosa.mul %[[C]], %[[C]], %{{.*}} : (tensor<2x512xi32>, tensor<2x512xi32>, tensor<1xi8>) -> tensor<2x512xi32>
//       CHECK: %[[COARSE:.*]] = tosa.rescale %[[SQUARE]]
//       CHECK: tosa.reduce_sum %[[COARSE]]
//       CHECK: %[[V:.*]] = tosa.maximum %{{.*}} : (tensor<2x1xi32>, tensor<1x1xi32>) -> tensor<2x1xi32>
//       CHECK: %[[CLZ:.*]] = tosa.clz %[[V]]
//       CHECK: %[[S:.*]] = tosa.sub %[[CLZ]]
//       CHECK: tosa.logical_left_shift %[[V]], %[[S]]
//       CHECK: tosa.table
//       CHECK: tosa.table
//       CHECK: tosa.bitwise_and %[[S]]
//       CHECK: %[[LEFT:.*]] = tosa.logical_left_shift
//       CHECK: %[[R:.*]] = tosa.arithmetic_right_shift %[[LEFT]], %{{.*}} {round = true}
//       CHECK: tosa.mul %[[C]], %[[R]]
//   CHECK-NOT: f32
//       CHECK: form = "integer", kind = "layer_norm"
//   CHECK-NOT: f32
func.func @layer_norm(%q: tensor<2x512x!x>) -> tensor<2x512x!y> {
  %x = qprep.dequantize %q : tensor<2x512x!x> -> tensor<2x512xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %n = "tosa.const"() <{values = dense<0.001953125> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-5> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %w = "tosa.const"() <{values = dense<1.5> : tensor<1x512xf32>}> : () -> tensor<1x512xf32>
  %0 = tosa.reduce_sum %x {axis = 1 : i32, qprep.member = #qprep.member<[input]>} : (tensor<2x512xf32>) -> tensor<2x1xf32>
  %1 = tosa.mul %0, %n, %z {qprep.member = #qprep.member<[internal, _, _]>} : (tensor<2x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x1xf32>
  %2 = tosa.sub %x, %1 {qprep.member = #qprep.member<[input, internal]>} : (tensor<2x512xf32>, tensor<2x1xf32>) -> tensor<2x512xf32>
  %3 = tosa.mul %2, %2, %z {qprep.member = #qprep.member<[internal, internal, _]>} : (tensor<2x512xf32>, tensor<2x512xf32>, tensor<1xi8>) -> tensor<2x512xf32>
  %4 = tosa.reduce_sum %3 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x512xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %4, %n, %z {qprep.member = #qprep.member<[internal, _, _]>} : (tensor<2x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<2x1xf32>
  %6 = tosa.add %5, %eps {qprep.member = #qprep.member<[internal, _]>} : (tensor<2x1xf32>, tensor<1x1xf32>) -> tensor<2x1xf32>
  %7 = tosa.rsqrt %6 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %8 = tosa.mul %2, %7, %z {qprep.member = #qprep.member<[internal, internal, _]>} : (tensor<2x512xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x512xf32>
  %9 = tosa.mul %8, %w, %z {qprep.unit = #qprep.unit<layer_norm [internal, weight, _]>} : (tensor<2x512xf32>, tensor<1x512xf32>, tensor<1xi8>) -> tensor<2x512xf32>
  %10 = qprep.quantize %9 : tensor<2x512xf32> -> tensor<2x512x!y>
  return %10 : tensor<2x512x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-02:3>
!y = !quant.uniform<i8:f32, 2.5e-02:-7>
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0, 0)>

// ALLOW-LABEL: func.func @rms_norm(
//       ALLOW: math.sqrt
//       ALLOW: reason = "its operand is not quantized itself"

// Squares of codes are a table of 16 bits; a quotient is the product with the
// inverse of the root.
// CHECK-LABEL: func.func @rms_norm(
//  CHECK-SAME: %[[X:.*]]: tensor<2x8xi8>
//   CHECK-NOT: f32
//       CHECK: tosa.table %[[X]]
//       CHECK: tosa.table %[[X]]
//       CHECK: linalg.generic {{.*}}"reduction"
//       CHECK: tosa.clz
//       CHECK: tosa.clz
//       CHECK: linalg.generic
//       CHECK: arith.extsi %{{.*}} : i32 to i64
//       CHECK: arith.shrsi %{{.*}} : i64
//   CHECK-NOT: f32
func.func @rms_norm(%q: tensor<2x8x!x>) -> tensor<2x8x!y> {
  %x = qprep.dequantize %q : tensor<2x8x!x> -> tensor<2x8xf32>
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 8.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e = tensor.empty() : tensor<2x8xf32>
  %r = tensor.empty() : tensor<2x1xf32>
  %f = linalg.fill ins(%zero : f32) outs(%r : tensor<2x1xf32>) -> tensor<2x1xf32>
  %0 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x8xf32>) outs(%e : tensor<2x8xf32>) attrs = {qprep.member = #qprep.member<[input, _]>} {
  ^bb0(%in: f32, %out: f32):
    %s = arith.mulf %in, %in : f32
    linalg.yield %s : f32
  } -> tensor<2x8xf32>
  %1 = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%0 : tensor<2x8xf32>) outs(%f : tensor<2x1xf32>) attrs = {qprep.member = #qprep.member<[internal, _]>} {
  ^bb0(%in: f32, %out: f32):
    %s = arith.addf %in, %out : f32
    linalg.yield %s : f32
  } -> tensor<2x1xf32>
  %2 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<2x1xf32>) outs(%r : tensor<2x1xf32>) attrs = {qprep.member = #qprep.member<[internal, _]>} {
  ^bb0(%in: f32, %out: f32):
    %m = arith.divf %in, %n : f32
    %v = arith.addf %m, %eps : f32
    %s = math.sqrt %v : f32
    linalg.yield %s : f32
  } -> tensor<2x1xf32>
  %3 = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %2 : tensor<2x8xf32>, tensor<2x1xf32>) outs(%e : tensor<2x8xf32>) attrs = {qprep.unit = #qprep.unit<rms_norm [input, internal, _]>} {
  ^bb0(%in: f32, %root: f32, %out: f32):
    %s = arith.divf %in, %root : f32
    linalg.yield %s : f32
  } -> tensor<2x8xf32>
  %4 = qprep.quantize %3 : tensor<2x8xf32> -> tensor<2x8x!y>
  return %4 : tensor<2x8x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-02:3>

// ALLOW-LABEL: func.func @quotient_with_sign(
// CHECK-LABEL: func.func @quotient_with_sign(
//       CHECK: arith.divf
func.func @quotient_with_sign(%p: tensor<2x!x>, %q: tensor<2x!x>) -> tensor<2x!x> {
  %x = qprep.dequantize %p : tensor<2x!x> -> tensor<2xf32>
  %y = qprep.dequantize %q : tensor<2x!x> -> tensor<2xf32>
  %0 = arith.addf %x, %y : tensor<2xf32>
  %1 = arith.divf %x, %0 : tensor<2xf32>
  %2 = qprep.quantize %1 : tensor<2xf32> -> tensor<2x!x>
  return %2 : tensor<2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-02:3>
!y = !quant.uniform<i8:f32, 2.5e-02:-7>

// ALLOW-LABEL: func.func @group_norm(
//       ALLOW: tosa.rsqrt
//       ALLOW: kind = "group_norm"{{.*}}reason = "its root or inverse stays float, unless float=forbid"

// Two groups of two channels: sums over a group, scales and shifts of each channel.
// CHECK-LABEL: func.func @group_norm(
//  CHECK-SAME: %[[X:.*]]: tensor<1x4x8xi8>
//   CHECK-NOT: f32
//       CHECK: tosa.reshape %[[X]], %{{.*}} -> tensor<1x2x16xi8>
//       CHECK: tosa.reduce_sum %{{.*}} {axis = 2 : i32} : (tensor<1x2x16xi32>) -> tensor<1x2x1xi32>
//       CHECK: %[[V:.*]] = tosa.reduce_sum %{{.*}} {axis = 2 : i32} : (tensor<1x2x16xi32>) -> tensor<1x2x1xi32>
//       CHECK: tosa.clz
//       CHECK: %[[N:.*]] = tosa.mul %{{.*}} : (tensor<1x2x16xi32>, tensor<1x2x1xi32>, tensor<1xi8>) -> tensor<1x2x16xi32>
//       CHECK: tosa.reshape %[[N]], %{{.*}} -> tensor<1x4x8xi32>
//       CHECK: tosa.mul %{{.*}} : (tensor<1x4x8xi32>, tensor<1x4x1xi32>, tensor<1xi8>) -> tensor<1x4x8xi32>
//       CHECK: tosa.add %{{.*}} : (tensor<1x4x8xi32>, tensor<1x4x1xi32>) -> tensor<1x4x8xi32>
//   CHECK-NOT: f32
//       CHECK: form = "integer", kind = "group_norm"
//   CHECK-NOT: f32
func.func @group_norm(%q: tensor<1x4x8x!x>) -> tensor<1x4x8x!y> {
  %x = qprep.dequantize %q : tensor<1x4x8x!x> -> tensor<1x4x8xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %n = "tosa.const"() <{values = dense<0.0625> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-5> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %w = "tosa.const"() <{values = dense<[[[1.5], [0.5], [-1.0], [1.0]]]> : tensor<1x4x1xf32>}> : () -> tensor<1x4x1xf32>
  %b = "tosa.const"() <{values = dense<[[[0.5], [0.0], [-1.0], [1.0]]]> : tensor<1x4x1xf32>}> : () -> tensor<1x4x1xf32>
  %groups = tosa.const_shape {values = dense<[1, 2, 16]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %channels = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %g = tosa.reshape %x, %groups {qprep.member = #qprep.member<[input, _]>} : (tensor<1x4x8xf32>, !tosa.shape<3>) -> tensor<1x2x16xf32>
  %0 = tosa.reduce_sum %g {axis = 2 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<1x2x16xf32>) -> tensor<1x2x1xf32>
  %1 = tosa.mul %0, %n, %z {qprep.member = #qprep.member<[internal, _, _]>} : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<1x2x1xf32>
  %2 = tosa.sub %g, %1 {qprep.member = #qprep.member<[internal, internal]>} : (tensor<1x2x16xf32>, tensor<1x2x1xf32>) -> tensor<1x2x16xf32>
  %3 = tosa.mul %2, %2, %z {qprep.member = #qprep.member<[internal, internal, _]>} : (tensor<1x2x16xf32>, tensor<1x2x16xf32>, tensor<1xi8>) -> tensor<1x2x16xf32>
  %4 = tosa.reduce_sum %3 {axis = 2 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<1x2x16xf32>) -> tensor<1x2x1xf32>
  %5 = tosa.mul %4, %n, %z {qprep.member = #qprep.member<[internal, _, _]>} : (tensor<1x2x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<1x2x1xf32>
  %6 = tosa.add %5, %eps {qprep.member = #qprep.member<[internal, _]>} : (tensor<1x2x1xf32>, tensor<1x1x1xf32>) -> tensor<1x2x1xf32>
  %7 = tosa.rsqrt %6 {qprep.member = #qprep.member<[internal]>} : (tensor<1x2x1xf32>) -> tensor<1x2x1xf32>
  %8 = tosa.mul %2, %7, %z {qprep.member = #qprep.member<[internal, internal, _]>} : (tensor<1x2x16xf32>, tensor<1x2x1xf32>, tensor<1xi8>) -> tensor<1x2x16xf32>
  %9 = tosa.reshape %8, %channels {qprep.member = #qprep.member<[internal, _]>} : (tensor<1x2x16xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %10 = tosa.mul %9, %w, %z {qprep.member = #qprep.member<[internal, weight, _]>} : (tensor<1x4x8xf32>, tensor<1x4x1xf32>, tensor<1xi8>) -> tensor<1x4x8xf32>
  %11 = tosa.add %10, %b {qprep.unit = #qprep.unit<group_norm [internal, _]>} : (tensor<1x4x8xf32>, tensor<1x4x1xf32>) -> tensor<1x4x8xf32>
  %12 = qprep.quantize %11 : tensor<1x4x8xf32> -> tensor<1x4x8x!y>
  return %12 : tensor<1x4x8x!y>
}
