// RUN: quant-prep-opt %s -qprep-prepare -qprep-report=output=%t.json -o %t.mlir
// RUN: FileCheck %s < %t.json

// What a call observes has the role that it has inside; a unit that shares at
// each call for itself names its argument; a clone knows its origin.

// CHECK:      "name": "b6_calls",
// CHECK-NEXT: "origin": null,
// CHECK:      "observer": "w_in",
// CHECK-NEXT: "role": "weight",
// CHECK-NEXT: "value": {"argument":1,"name":"w"},
// CHECK-NEXT: "uses": [
// CHECK-NEXT:   {"op":"func.call","name":"c","index":0,"operand":1}
// CHECK-NEXT: ]
// CHECK:      "observer": "c_out",
// CHECK-NEXT: "role": "activation",
// CHECK:      "name": "conv",
// CHECK-NEXT: "origin": null,
// CHECK:      "name": "pool",
// CHECK-NEXT: "origin": null,
// CHECK:      "decision": "shared",
// CHECK:      "observers": [],
// CHECK-NEXT: "shared_with": ["input"]
// CHECK:      "name": "pool_{{[0-9]+}}",
// CHECK-NEXT: "origin": "pool",
// CHECK:      "qconfig": null,
// CHECK-NEXT: "qconfig_from": "name",
// CHECK-NEXT: "decision": "skipped",
qprep.config @c {
  qprep.assign global "fbgemm"
  qprep.assign name "off" none
}
func.func @b6_calls(%x: tensor<1x4x4x3xf32> loc("x"), %w: tensor<3x1x1x3xf32> loc("w"), %b: tensor<3xf32> loc("b")) -> (tensor<1x2x2x3xf32>, tensor<1x2x2x3xf32>) {
  %0 = call @conv(%x, %w, %b) : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>) -> tensor<1x4x4x3xf32> loc("c")
  %1 = call @pool(%0) : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32> loc("r")
  %2 = call @off(%0) : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32> loc("o")
  return %1, %2 : tensor<1x2x2x3xf32>, tensor<1x2x2x3xf32>
}
func.func private @conv(%x: tensor<1x4x4x3xf32>, %w: tensor<3x1x1x3xf32>, %b: tensor<3xf32>) -> tensor<1x4x4x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<3x1x1x3xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x3xf32>
  return %0 : tensor<1x4x4x3xf32>
}
func.func private @pool(%x: tensor<1x4x4x3xf32> loc("input")) -> tensor<1x2x2x3xf32> {
  %0 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32>
  return %0 : tensor<1x2x2x3xf32>
}
func.func private @off(%x: tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32> {
  %0 = call @pool(%x) : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32>
  return %0 : tensor<1x2x2x3xf32>
}
