// Units of the user's own, from PDL: as PDLL, as IR, as bytecode, through every
// entrance. Checked: what is marked, and what is not a unit and is left alone.

// RUN: split-file %s %t
// RUN: quant-prep-opt %t/model.mlir --pass-pipeline='builtin.module(func.func(qprep-match-units{patterns=%S/Inputs/scaled_tanh.pdll}))' -o %t.pdll.out
// RUN: FileCheck %t/model.mlir --input-file=%t.pdll.out

// RUN: mlir-pdll -x=mlir %S/Inputs/scaled_tanh.pdll -o %t.pdl.mlir
// RUN: quant-prep-opt %t/model.mlir --pass-pipeline='builtin.module(func.func(qprep-match-units{patterns=%t.pdl.mlir}))' | diff %t.pdll.out -
// RUN: quant-prep-opt %t.pdl.mlir --emit-bytecode -o %t.pdl.mlirbc
// RUN: quant-prep-opt %t/model.mlir --pass-pipeline='builtin.module(func.func(qprep-match-units{patterns=%t.pdl.mlirbc}))' --mlir-disable-threading | diff %t.pdll.out -

// Benefit goes before order, order decides the rest, an earlier file is earlier.
// RUN: quant-prep-opt %t/order.mlir --qprep-prepare=patterns=%t/order.pdll | FileCheck %t/order.mlir --check-prefix=BENEFIT
// RUN: quant-prep-opt %t/order.mlir --qprep-prepare=patterns=%t/elu.pdll,%t/order.pdll | FileCheck %t/order.mlir --check-prefix=BENEFIT
// RUN: quant-prep-opt %t/order.mlir --qprep-prepare=patterns=%t/elu.pdll,%t/silu.pdll | FileCheck %t/order.mlir --check-prefix=FILES

// An op that no built-in layer knows, and roles of operands.
// RUN: quant-prep-opt %t/foreign.mlir -allow-unregistered-dialect --qprep-prepare=patterns=%t/foreign.pdll | FileCheck %t/foreign.mlir

// Marking only: stripped, the model is what it was (B3).
// RUN: quant-prep-opt %t/model.mlir -o %t.before
// RUN: quant-prep-opt %t/model.mlir --qprep-prepare=patterns=%S/Inputs/scaled_tanh.pdll --qprep-strip | diff %t.before -

//--- model.mlir
// CHECK-LABEL: @marked
// CHECK: tosa.mul {{.*}} {qprep.member = #qprep.member<[input, input, _]>}
// CHECK: tosa.tanh {{.*}} {qprep.member = #qprep.member<[internal]>}
// CHECK: tosa.mul {{.*}} {qprep.unit = #qprep.unit<silu [input, internal, _]>}
func.func @marked(%x: tensor<4xf32>) -> tensor<4xf32> {
  %f = "tosa.const"() <{values = dense<2.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %f, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.mul %x, %1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// CHECK-LABEL: @factor_is_no_constant
// CHECK-NOT: qprep.member
// CHECK: return
func.func @factor_is_no_constant(%x: tensor<4xf32>, %f: tensor<4xf32>) -> tensor<4xf32> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %f, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.mul %x, %1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// CHECK-LABEL: @part_is_used_outside
// CHECK-NOT: qprep.member
// CHECK: return
func.func @part_is_used_outside(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %f = "tosa.const"() <{values = dense<2.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %x, %f, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.mul %x, %1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %2, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: @constants_are_no_unit
// CHECK-NOT: qprep
// CHECK: return
func.func @constants_are_no_unit() -> tensor<4xf32> {
  %f = "tosa.const"() <{values = dense<2.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.mul %f, %f, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %1 = tosa.tanh %0 : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.mul %f, %1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

//--- order.mlir
// BENEFIT: tosa.tanh {{.*}}#qprep.unit<gelu [input]>
// FILES: tosa.tanh {{.*}}#qprep.unit<elu [input]>
func.func @one(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

//--- order.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"\"silu\"">); }; }
Pattern with benefit(1) { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"\"gelu\"">); }; }

//--- elu.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"\"elu\"">); }; }

//--- silu.pdll
Rewrite MarkUnit(op: Op, kind: Attr);
Pattern { let r = op<tosa.tanh>(x: Value) -> (t: Type); rewrite r with { MarkUnit(r, attr<"\"silu\"">); }; }

//--- foreign.mlir
// CHECK-LABEL: @roles
// CHECK: "npu.fc"{{.*}}#qprep.unit<linear [input, weight(axis = 1), bias, _, _]>
func.func @roles(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x3xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<4x3xf32>}> : () -> tensor<4x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %s = arith.constant dense<2.0> : tensor<f32>
  %0 = "npu.fc"(%x, %w, %b, %y, %s) : (tensor<2x4xf32>, tensor<4x3xf32>, tensor<3xf32>, tensor<2x4xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
// CHECK-LABEL: @weight_has_no_such_axis
// CHECK-NOT: linear
// CHECK: return
func.func @weight_has_no_such_axis(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>) -> tensor<2x3xf32> {
  %w = "tosa.const"() <{values = dense<2.0> : tensor<12xf32>}> : () -> tensor<12xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %s = arith.constant dense<2.0> : tensor<f32>
  %0 = "npu.fc"(%x, %w, %b, %y, %s) : (tensor<2x4xf32>, tensor<12xf32>, tensor<3xf32>, tensor<2x4xf32>, tensor<f32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

//--- foreign.pdll
Constraint IsParameter(v: Value);
Constraint IsScalar(v: Value);
Rewrite MarkUnit(op: Op, kind: Attr);
Rewrite MarkInput(v: Value);
Rewrite MarkWeight(v: Value, axis: Attr);
Rewrite MarkBias(v: Value);
Rewrite MarkIgnored(v: Value);
Pattern {
  let r = op<npu.fc>(x: Value, w: Value, b: Value, y: Value, s: Value) -> (t: Type);
  IsParameter(w);
  IsScalar(s);
  rewrite r with {
    MarkUnit(r, attr<"\"linear\"">);
    MarkInput(x);
    MarkWeight(w, attr<"1 : i64">);
    MarkBias(b);
    MarkIgnored(y);
  };
}
