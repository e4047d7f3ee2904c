// A layer of the user's own whose input channels nobody knows: its ops compute
// something else, say nothing of themselves, or end before there is a contraction.
//
// RUN: split-file %s %t
// RUN: quant-prep-opt %t/model.mlir -allow-unregistered-dialect --qprep-prepare=patterns=%t/linears.pdll --verify-diagnostics | FileCheck %t/model.mlir

//--- model.mlir
qprep.config @all {
  qprep.assign global "fbgemm"
  qprep.assign equalization global "equalization"
}

// CHECK-LABEL: func.func @f27_not_a_contraction(
// CHECK-NOT: _equalization
// CHECK: return
func.func @f27_not_a_contraction(%x: tensor<2x4xf32>) -> tensor<2x1xf32> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %w, %s : (tensor<2x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  // expected-warning @below {{linear is not equalized: the input channels are no dimension of operand 0 of tosa.mul; leave it out of equalization (F27)}}
  %1 = tosa.reduce_sum %0 {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  return %1 : tensor<2x1xf32>
}

// CHECK-LABEL: func.func @f27_unknown_op(
// CHECK-NOT: _equalization
// CHECK: return
func.func @f27_unknown_op(%x: tensor<2x4xf32>) -> tensor<2x3xf32> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<3x4xf32>}> : () -> tensor<3x4xf32>
  // expected-warning @below {{linear is not equalized: the input channels are no dimension of operand 0 of npu.fc; leave it out of equalization (F27)}}
  %0 = "npu.fc"(%x, %w) : (tensor<2x4xf32>, tensor<3x4xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// The convolution behind it is another unit.
// CHECK-LABEL: func.func @f27_ends_in_movement(
// CHECK-NOT: _equalization
// CHECK: return
func.func @f27_ends_in_movement(%x: tensor<1x4x4x3xf32>, %w: tensor<8x1x1x3xf32>, %b: tensor<8xf32>) -> tensor<1x4x4x8xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-warning @below {{linear is not equalized: the input channels are no dimension of operand 0 of tosa.reverse; leave it out of equalization (F27)}}
  %0 = tosa.reverse %x {axis = 3 : i32} : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  %1 = tosa.conv2d %0, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, qprep.qconfig = "none"} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32>
  return %1 : tensor<1x4x4x8xf32>
}

//--- linears.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Rewrite MarkMember(op: Op);
Rewrite MarkWeight(v: Value, axis: Attr);
Pattern {
  let product = op<tosa.mul>(x: Value, w: Value, s: Value) -> (t0: Type);
  let sum = op<tosa.reduce_sum>(product.0) -> (t1: Type);
  rewrite sum with { MarkUnit(sum, attr<"\"linear\"">); MarkMember(product); MarkWeight(w, attr<"0 : i64">); };
}
Pattern {
  let r = op<npu.fc>(x: Value, w: Value) -> (t: Type);
  rewrite r with { MarkUnit(r, attr<"\"linear\"">); MarkWeight(w, attr<"0 : i64">); };
}
Pattern {
  let r = op<tosa.reverse>(x: Value) -> (t: Type);
  rewrite r with { MarkUnit(r, attr<"\"linear\"">); };
}
