// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s
// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | mlir-opt --split-input-file '--tosa-attach-target=profiles=pro_int extensions=int16' --tosa-validate=strict-op-spec-alignment -o /dev/null

!x = !quant.uniform<i16:f32, 5.0e-03>
!y = !quant.uniform<i16:f32, 1.0e-02>
!w = !quant.uniform<i8<-127:127>:f32:0, {2.5e-01,5.0e-01}>

// i16 by i8 into i48, rescaled by 16 bits.
// CHECK-LABEL: func.func @conv2d(
//   CHECK-DAG: %[[BIAS:.*]] = "tosa.const"() <{values = dense<800> : tensor<2xi48>}>
//   CHECK-DAG: %[[M:.*]] = "tosa.const"() <{values = dense<16384> : tensor<2xi16>}>
//   CHECK-DAG: %[[S:.*]] = "tosa.const"() <{values = dense<[17, 16]> : tensor<2xi8>}>
//       CHECK: %[[ACC:.*]] = tosa.conv2d %{{.*}}, %{{.*}}, %[[BIAS]], {{.*}} {acc_type = i48{{.*}} -> tensor<1x2x2x2xi48>
//       CHECK: tosa.rescale %[[ACC]], %[[M]], %[[S]]{{.*}} scale32 = false
func.func @conv2d(%q: tensor<1x2x2x1x!x>) -> tensor<1x2x2x2x!y> {
  %x = qprep.dequantize %q : tensor<1x2x2x1x!x> -> tensor<1x2x2x1xf32>
  %c = "tosa.const"() <{values = dense<[[[[1]]], [[[2]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %s = quant.scast %c : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!w>
  %w = qprep.dequantize %s : tensor<2x1x1x1x!w> -> tensor<2x1x1x1xf32>
  %b = "tosa.const"() <{values = dense<[1.0, 2.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x2x2x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x2xf32>
  %1 = qprep.quantize %0 : tensor<1x2x2x2xf32> -> tensor<1x2x2x2x!y>
  return %1 : tensor<1x2x2x2x!y>
}

// -----

!x = !quant.uniform<i16:f32, 2.0e-04>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// A matmul has two operands of 16 bits.
// CHECK-LABEL: func.func @matmul(
//       CHECK: %[[W:.*]] = tosa.cast %{{.*}} : (tensor<1x4x2xi8>) -> tensor<1x4x2xi16>
//       CHECK: tosa.matmul %{{.*}}, %[[W]], {{.*}} -> tensor<1x3x2xi48>
func.func @matmul(%q: tensor<1x3x4x!x>, %p: tensor<1x4x2x!w>) -> tensor<1x3x2x!x> {
  %x = qprep.dequantize %q : tensor<1x3x4x!x> -> tensor<1x3x4xf32>
  %w = qprep.dequantize %p : tensor<1x4x2x!w> -> tensor<1x4x2xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x3x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x2xf32>
  %1 = qprep.quantize %0 : tensor<1x3x2xf32> -> tensor<1x3x2x!x>
  return %1 : tensor<1x3x2x!x>
}

// -----

!x = !quant.uniform<i16:f32, 2.0e-04>
!y = !quant.uniform<i16:f32, 3.0517578125e-05>

// CHECK-LABEL: func.func @sigmoid(
//       CHECK: %[[T:.*]] = tosa.table %{{.*}}, %{{.*}} : (tensor<4xi16>, tensor<513xi16>) -> tensor<4xi32>
//       CHECK: tosa.rescale %[[T]]{{.*}} -> tensor<4xi16>
func.func @sigmoid(%q: tensor<4x!x>) -> tensor<4x!y> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!y>
  return %1 : tensor<4x!y>
}

// -----

!x = !quant.uniform<i16:f32, 2.0e-04>
!y = !quant.uniform<i16:f32, 3.0517578125e-05>

// The exponential is the product of two functions, one of each byte of the
// distance, in two tables of i8 each.
// CHECK-LABEL: func.func @softmax(
//       CHECK: %[[HIGH:.*]] = tosa.arithmetic_right_shift %[[AWAY:.*]], %
//       CHECK: %[[LOW:.*]] = tosa.sub %[[AWAY]], %
//       CHECK: tosa.sub %[[HIGH]]
//       CHECK: tosa.table %[[H:.*]], %{{.*}} : (tensor<2x4xi8>, tensor<256xi8>) -> tensor<2x4xi8>
//       CHECK: tosa.table %[[H]], %
//       CHECK: %[[A:.*]] = tosa.add
//       CHECK: tosa.sub %[[LOW]]
//       CHECK: tosa.table %[[L:.*]], %
//       CHECK: tosa.table %[[L]], %
//       CHECK: %[[B:.*]] = tosa.add
//       CHECK: %[[E:.*]] = tosa.mul %[[A]], %[[B]]
//       CHECK: tosa.reduce_sum %[[E]]
//       CHECK: form = "integer", kind = "softmax"
func.func @softmax(%q: tensor<2x4x!x>) -> tensor<2x4x!y> {
  %x = qprep.dequantize %q : tensor<2x4x!x> -> tensor<2x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.reduce_max %x {axis = 1 : i32, qprep.member = #qprep.member<[input]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 {qprep.member = #qprep.member<[input, internal]>} : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.exp %1 {qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %3 = tosa.reduce_sum %2 {axis = 1 : i32, qprep.member = #qprep.member<[internal]>} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %4 = tosa.reciprocal %3 {qprep.member = #qprep.member<[internal]>} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  %5 = tosa.mul %2, %4, %z {qprep.unit = #qprep.unit<softmax [internal, internal, _]>} : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  %6 = qprep.quantize %5 : tensor<2x4xf32> -> tensor<2x4x!y>
  return %6 : tensor<2x4x!y>
}
