// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s
// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | mlir-opt --split-input-file --tosa-attach-target=profiles=pro_int --tosa-validate=strict-op-spec-alignment -o /dev/null

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:0, {2.5e-01,5.0e-01}>

// Products of scales and the bias in i32: 1 / (0.5 * 0.25), 2 / (0.5 * 0.5).
// CHECK-LABEL: func.func @conv2d_relu(
//  CHECK-SAME: %[[X:.*]]: tensor<1x2x2x1xi8>) -> tensor<1x2x2x2xi8>
//   CHECK-DAG: %[[BIAS:.*]] = "tosa.const"() <{values = dense<8> : tensor<2xi32>}>
//   CHECK-DAG: %[[ZX:.*]] = "tosa.const"() <{values = dense<3> : tensor<1xi8>}>
//   CHECK-DAG: %[[M:.*]] = "tosa.const"() <{values = dense<1073741824> : tensor<2xi32>}>
//   CHECK-DAG: %[[S:.*]] = "tosa.const"() <{values = dense<[33, 32]> : tensor<2xi8>}>
//       CHECK: %[[ACC:.*]] = tosa.conv2d %[[X]], %{{.*}}, %[[BIAS]], %[[ZX]], %{{.*}} {acc_type = i32
//       CHECK: %[[Y:.*]] = tosa.rescale %[[ACC]], %[[M]], %[[S]]
//  CHECK-SAME: per_channel = true
// The clamp of the fused relu: 0 is code -2.
//       CHECK: %[[R:.*]] = tosa.clamp %[[Y]] {max_val = 127 : i8, min_val = -2 : i8
//  CHECK-SAME: form = "integer", kind = "conv2d", label = "conv2d_0", scale = array<f64: 1.000000e+00>, zero_point = array<i64: -2>}
//       CHECK: return %[[R]]
func.func @conv2d_relu(%q: tensor<1x2x2x1x!x>) -> tensor<1x2x2x2x!y> {
  %x = qprep.dequantize %q : tensor<1x2x2x1x!x> -> tensor<1x2x2x1xf32>
  %c = "tosa.const"() <{values = dense<[[[[1]]], [[[2]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %s = quant.scast %c : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!w>
  %w = qprep.dequantize %s : tensor<2x1x1x1x!w> -> tensor<2x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[1.0, 2.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x2x2x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %2 = qprep.quantize %1 : tensor<1x2x2x2xf32> -> tensor<1x2x2x2x!y>
  return %2 : tensor<1x2x2x2x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>

// Both at 2 * 1.0 / 2^20.
// CHECK-LABEL: func.func @add(
//  CHECK-SAME: %[[A:.*]]: tensor<4xi8>, %[[B:.*]]: tensor<4xi8>
//       CHECK: %[[WA:.*]] = tosa.rescale %[[A]]
//       CHECK: %[[WB:.*]] = tosa.rescale %[[B]]
//       CHECK: %[[SUM:.*]] = tosa.add %[[WA]], %[[WB]] : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
//       CHECK: tosa.rescale %[[SUM]]
//   CHECK-NOT: tosa.clamp
func.func @add(%a: tensor<4x!x>, %b: tensor<4x!y>) -> tensor<4x!y> {
  %0 = qprep.dequantize %a : tensor<4x!x> -> tensor<4xf32>
  %1 = qprep.dequantize %b : tensor<4x!y> -> tensor<4xf32>
  %2 = tosa.add %0, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!y>
  return %3 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>

// CHECK-LABEL: func.func @mul(
//       CHECK: tosa.mul %{{.*}} : (tensor<4xi32>, tensor<4xi32>, tensor<1xi8>) -> tensor<4xi32>
//       CHECK: tosa.rescale
func.func @mul(%a: tensor<4x!x>, %b: tensor<4x!y>) -> tensor<4x!y> {
  %0 = qprep.dequantize %a : tensor<4x!x> -> tensor<4xf32>
  %1 = qprep.dequantize %b : tensor<4x!y> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %2 = tosa.mul %0, %1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!y>
  return %3 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 6.25e-02:0>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// One table for the whole of x * sigmoid(x) + 1, whatever the order of its ops.
// CHECK-LABEL: func.func @diamond(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>
//       CHECK: %[[T:.*]] = tosa.table %[[X]], %{{.*}} : (tensor<4xi8>, tensor<256xi8>) -> tensor<4xi8>
//  CHECK-NEXT: return %[[T]]
func.func @diamond(%q: tensor<4x!x>) -> tensor<4x!y> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %one = "tosa.const"() <{values = dense<1.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.mul %0, %x, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %2 = tosa.add %one, %1 : (tensor<1xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!y>
  return %3 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 1.0:-128>
!y = !quant.uniform<i8:f32, 3.90625e-03:-128>

// Entries of the table: sigmoid(0) = 0.5 is code 0, large ones saturate.
// CHECK-LABEL: func.func @entries(
//       CHECK: dense<"0x00{{.*}}7F7F7F"> : tensor<256xi8>
func.func @entries(%q: tensor<4x!x>) -> tensor<4x!y> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!y>
  return %1 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// CHECK-LABEL: func.func @movement(
//  CHECK-SAME: %[[X:.*]]: tensor<2x4x4x2xi8>
//       CHECK: %[[P:.*]] = tosa.max_pool2d %[[X]]
//  CHECK-SAME: -> tensor<2x2x2x2xi8>
//       CHECK: %[[T:.*]] = tosa.transpose %[[P]]
// Of rank 3: level 8k of tosa-validate takes 6 amounts.
//       CHECK: %[[FLAT:.*]] = tosa.reshape %[[T]], %{{.*}} -> tensor<2x2x4xi8>
//       CHECK: tosa.const_shape  {values = dense<[0, 0, 1, 1, 2, 2]>
//       CHECK: %[[PADDED:.*]] = tosa.pad %[[FLAT]], %{{.*}}, %[[ZERO:.*]] : {{.*}} -> tensor<2x4x8xi8>
//       CHECK: %[[PAD:.*]] = tosa.reshape %[[PADDED]], %{{.*}} -> tensor<2x4x4x2xi8>
//       CHECK: %[[A:.*]] = tosa.avg_pool2d %[[PAD]], %[[ZERO]], %[[ZERO]] {acc_type = i32
//       CHECK: %[[C:.*]] = tosa.concat %[[A]], %[[A]]
//       CHECK: return %[[C]]
func.func @movement(%q: tensor<2x4x4x2x!x>) -> tensor<2x2x4x2x!x> {
  %x = qprep.dequantize %q : tensor<2x4x4x2x!x> -> tensor<2x4x4x2xf32>
  %0 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<2x4x4x2xf32>) -> tensor<2x2x2x2xf32>
  %1 = tosa.transpose %0 {perms = array<i32: 0, 2, 1, 3>} : (tensor<2x2x2x2xf32>) -> tensor<2x2x2x2xf32>
  %p = tosa.const_shape {values = dense<[0, 0, 1, 1, 1, 1, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %v = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %2 = tosa.pad %1, %p, %v : (tensor<2x2x2x2xf32>, !tosa.shape<8>, tensor<1xf32>) -> tensor<2x4x4x2xf32>
  %3 = tosa.avg_pool2d %2, %v, %v {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<2x4x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x2x2x2xf32>
  %4 = tosa.concat %3, %3 {axis = 2 : i32} : (tensor<2x2x2x2xf32>, tensor<2x2x2x2xf32>) -> tensor<2x2x4x2xf32>
  %5 = qprep.quantize %4 : tensor<2x2x4x2xf32> -> tensor<2x2x4x2x!x>
  return %5 : tensor<2x2x4x2x!x>
}

// -----

!x = !quant.uniform<u8:f32, 5.0e-01:131>

// Unsigned codes are shifted by 128; a mean is a sum of another scale.
// CHECK-LABEL: func.func @mean_of_unsigned(
//  CHECK-SAME: %[[X:.*]]: tensor<1x4xi8>) -> tensor<1x1xi8>
//       CHECK: %[[W:.*]] = tosa.rescale %[[X]]
//       CHECK: %[[S:.*]] = tosa.reduce_sum %[[W]]
//       CHECK: tosa.rescale %[[S]]
//   CHECK-NOT: tosa.mul
func.func @mean_of_unsigned(%q: tensor<1x4x!x>) -> tensor<1x1x!x> {
  %x = qprep.dequantize %q : tensor<1x4x!x> -> tensor<1x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c = "tosa.const"() <{values = dense<0.25> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<1x4xf32>) -> tensor<1x1xf32>
  %1 = tosa.mul %0, %c, %z : (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x1xf32>
  %2 = qprep.quantize %1 : tensor<1x1xf32> -> tensor<1x1x!x>
  return %2 : tensor<1x1x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// Half of an odd code is a tie, which a rescale would round up: a table rounds it to even.
// CHECK-LABEL: func.func @half(
//       CHECK: tosa.table
//   CHECK-NOT: tosa.rescale
func.func @half(%q: tensor<4x!x>) -> tensor<4x!x> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c = "tosa.const"() <{values = dense<0.5> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.mul %x, %c, %z : (tensor<4xf32>, tensor<1xf32>, tensor<1xi8>) -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!x>
  return %1 : tensor<4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 2.0e-01:0>

// An average of a finer scale than the codes of its operand is not rounded to these.
// CHECK-LABEL: func.func @fine_average(
//   CHECK-DAG: %[[ONES:.*]] = "tosa.const"() <{values = dense<1> : tensor<2x2x3x1xi8>}>
//       CHECK: %[[SUM:.*]] = tosa.depthwise_conv2d %{{.*}}, %[[ONES]], {{.*}} -> tensor<1x2x2x3xi32>
//       CHECK: tosa.rescale %[[SUM]]
func.func @fine_average(%q: tensor<1x4x4x3x!x>) -> tensor<1x2x2x3x!y> {
  %x = qprep.dequantize %q : tensor<1x4x4x3x!x> -> tensor<1x4x4x3xf32>
  %v = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.avg_pool2d %x, %v, %v {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x3xf32>
  %1 = qprep.quantize %0 : tensor<1x2x2x3xf32> -> tensor<1x2x2x3x!y>
  return %1 : tensor<1x2x2x3x!y>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01>

// A cast to integers and back rounds, half to even: 0.5 to 0, 1.5 to 2.
// CHECK-LABEL: func.func @rounding_casts(
//       CHECK: tosa.table
//   CHECK-NOT: tosa.cast
func.func @rounding_casts(%q: tensor<4x!x>) -> tensor<4x!x> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = tosa.cast %x : (tensor<4xf32>) -> tensor<4xi32>
  %1 = tosa.cast %0 : (tensor<4xi32>) -> tensor<4xf32>
  %2 = qprep.quantize %1 : tensor<4xf32> -> tensor<4x!x>
  return %2 : tensor<4x!x>
}

// -----

!w = !quant.uniform<i8<-127:127>:f32:1, {5.0e-01,2.5e-01}>
!x = !quant.uniform<i8:f32, 5.0e-01:1>

// A constant table becomes codes of what is gathered, those of the reference form: 1.5 and 0.5 are 3 and 1 steps,
// 0.75 and 0.25 are 2 (half to even) and 0.
// CHECK-LABEL: func.func @gathered_codes(
//       CHECK: %[[TABLE:.*]] = "tosa.const"() <{values = dense<{{\[\[}}[4, 2], [3, 1]]]> : tensor<1x2x2xi8>}>
//       CHECK: %[[ROWS:.*]] = tosa.gather %[[TABLE]], %{{.*}} -> tensor<1x3x2xi8>
//       CHECK: return %[[ROWS]]
func.func @gathered_codes(%indices: tensor<1x3xi32>) -> tensor<1x3x2x!x> {
  %c = "tosa.const"() <{values = dense<[[[3, 1], [3, 1]]]> : tensor<1x2x2xi8>}> : () -> tensor<1x2x2xi8>
  %q = quant.scast %c : tensor<1x2x2xi8> to tensor<1x2x2x!w>
  %w = qprep.dequantize %q : tensor<1x2x2x!w> -> tensor<1x2x2xf32>
  %0 = tosa.gather %w, %indices : (tensor<1x2x2xf32>, tensor<1x3xi32>) -> tensor<1x3x2xf32>
  %1 = qprep.quantize %0 : tensor<1x3x2xf32> -> tensor<1x3x2x!x>
  return %1 : tensor<1x3x2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>
!y = !quant.uniform<i8:f32, 1.0:-2>
!w = !quant.uniform<i8<-127:127>:f32:0, {2.5e-01,5.0e-01}>

// The clamp is of i32, for which TOSA has no clamp; the product of two accumulators is shifted into i32.
// CHECK-LABEL: func.func @hardswish_of_accumulator(
//   CHECK-DAG: %[[SHIFT:.*]] = "tosa.const"() <{values = dense<{{[1-9][0-9]*}}> : tensor<1xi8>}>
//       CHECK: %[[ACC:.*]] = tosa.conv2d {{.*}} -> tensor<1x2x2x2xi32>
//   CHECK-NOT: tosa.clamp
//       CHECK: tosa.maximum
//       CHECK: %[[GATE:.*]] = tosa.minimum
//   CHECK-NOT: tosa.rescale
//       CHECK: tosa.mul %{{.*}}, %[[GATE]], %{{.*}} : (tensor<1x2x2x2xi32>, tensor<1x2x2x2xi32>, tensor<1xi8>) -> tensor<1x2x2x2xi32>
//       CHECK: tosa.rescale {{.*}} -> tensor<1x2x2x2xi8>
func.func @hardswish_of_accumulator(%q: tensor<1x2x2x1x!x>) -> tensor<1x2x2x2x!y> {
  %x = qprep.dequantize %q : tensor<1x2x2x1x!x> -> tensor<1x2x2x1xf32>
  %c = "tosa.const"() <{values = dense<[[[[100]]], [[[-127]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %s = quant.scast %c : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!w>
  %w = qprep.dequantize %s : tensor<2x1x1x1x!w> -> tensor<2x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[1.0, 2.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %c3 = "tosa.const"() <{values = dense<3.0> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %c6 = "tosa.const"() <{values = dense<0.16666667> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>} : (tensor<1x2x2x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  %1 = tosa.add %0, %c3 {qprep.member = #qprep.member<[input, _]>} : (tensor<1x2x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x2x2x2xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 6.0 : f32, qprep.member = #qprep.member<[internal]>} : (tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  %3 = tosa.mul %0, %2, %shift {qprep.member = #qprep.member<[input, internal, _]>} : (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>, tensor<1xi8>) -> tensor<1x2x2x2xf32>
  %4 = tosa.mul %3, %c6, %shift {qprep.unit = #qprep.unit<hardswish [internal, _, _]>} : (tensor<1x2x2x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<1x2x2x2xf32>
  %5 = qprep.quantize %4 : tensor<1x2x2x2xf32> -> tensor<1x2x2x2x!y>
  return %5 : tensor<1x2x2x2x!y>
}
