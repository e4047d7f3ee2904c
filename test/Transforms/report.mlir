// RUN: quant-prep-opt %s --qprep-report='output=%t.json' | FileCheck %s --check-prefix=MODULE
// RUN: FileCheck %s < %t.json

// The example of the contract, by hand: arguments, weights, fusions, sharing,
// bias, floats with reasons, integer ops.

// The module comes out as it went in.
// MODULE:     qprep.config private @qprep_config
// MODULE:     qprep.observe %{{.*}} by @x_in

qprep.config private @qprep_config backend @native attributes {inputs_quantized = array<i64: 1>, qprep.generated} {
  qprep.backend @native {}
  qprep.qconfig @fbgemm <activation = <histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127>,
                         weight = <per_channel_minmax, i8, per_channel_symmetric, axis = 0>>
}
qprep.observer private @x_in {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127,
  reduce_range = true, eps = 1.1920928955078125E-7, bins = 2048, upsample_rate = 128>} attributes {qprep.generated}
qprep.observer private @conv1_weight {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, quant_min = -128, quant_max = 127, axis = 0>} attributes {qprep.generated}
qprep.observer private @relu_out {id = 2, spec = #qprep.observer<fixed_qparams, ui8, per_tensor_affine, scale = 3.90625E-3, zero_point = 0>} attributes {qprep.generated}

// CHECK:      "version": 1,
// CHECK-NEXT: "producer": "QuantPrep {{[0-9.]+}}",
// CHECK-NEXT: "options": {
// CHECK-NEXT:   "qconfigs": ["fbgemm"],
// CHECK-NEXT:   "backend": "native",
// CHECK-NEXT:   "inputs_quantized": [
// CHECK-NEXT:     1
// CHECK-NEXT:   ]
// CHECK-NEXT: },
// CHECK-NEXT: "functions": [
// CHECK-NEXT:   {
// CHECK-NEXT:     "name": "b6_every_unit_has_an_answer",
// CHECK-NEXT:     "origin": null,

// Observers in program order of their first places.
// CHECK-NEXT:     "observers": [
// CHECK-NEXT:       {
// CHECK-NEXT:         "name": "x_in",
// CHECK-NEXT:         "id": 0,
// CHECK-NEXT:         "kind": "histogram",
// CHECK-NEXT:         "dtype": "u8",
// CHECK-NEXT:         "scheme": "per_tensor_affine",
// CHECK-NEXT:         "quant_min": 0,
// CHECK-NEXT:         "quant_max": 127,
// CHECK-NEXT:         "axis": null,
// CHECK-NEXT:         "dynamic": false,
// CHECK-NEXT:         "fake_quant": false,
// CHECK-NEXT:         "parameters": {
// CHECK-NEXT:           "bins": 2048,
// CHECK-NEXT:           "upsample_rate": 128,
// CHECK-NEXT:           "eps": 1.1920928955078125e-07,
// CHECK-NEXT:           "reduce_range": true
// CHECK-NEXT:         }
// CHECK-NEXT:       },
// CHECK-NEXT:       {
// CHECK-NEXT:         "name": "conv1_weight",
// CHECK:              "axis": 0,
// CHECK:              "name": "relu_out",
// CHECK:              "quant_min": 0,
// CHECK:              "parameters": {
// CHECK-NEXT:           "scale": 0.00390625,
// CHECK-NEXT:           "zero_point": 0
// CHECK-NEXT:         }

// Observations: our own ops are not counted; uses in program order.
// CHECK:          "observations": [
// CHECK-NEXT:       {
// CHECK-NEXT:         "observer": "x_in",
// CHECK-NEXT:         "role": "activation",
// CHECK-NEXT:         "value": {"argument":0,"name":"x"},
// CHECK-NEXT:         "uses": [
// CHECK-NEXT:           {"op":"tosa.conv2d","name":"features.conv1","index":2,"operand":0}
// CHECK-NEXT:         ]
// CHECK-NEXT:       },
// CHECK-NEXT:       {
// CHECK-NEXT:         "observer": "conv1_weight",
// CHECK-NEXT:         "role": "weight",
// CHECK-NEXT:         "value": {"op":"tosa.const","name":"conv1_weight","index":0,"result":0},
// CHECK:              "observer": "relu_out",
// CHECK-NEXT:         "role": "activation",
// CHECK-NEXT:         "value": {"op":"tosa.clamp","name":null,"index":3,"result":0},
// CHECK-NEXT:         "uses": [
// CHECK-NEXT:           {"op":"tosa.max_pool2d","name":null,"index":4,"operand":0},
// CHECK-NEXT:           {"op":"tosa.exp","name":null,"index":5,"operand":0}
// CHECK-NEXT:         ]
// CHECK:              "observer": "relu_out",
// CHECK:              "value": {"op":"tosa.max_pool2d",
// CHECK-NEXT:         "uses": [
// CHECK-NEXT:           {"op":"func.return","name":null,"index":8,"operand":0}

// CHECK:          "units": [
// CHECK-NEXT:       {
// CHECK-NEXT:         "kind": "conv2d",
// CHECK-NEXT:         "label": "features.conv1",
// CHECK-NEXT:         "name": "features.conv1",
// CHECK-NEXT:         "index": 2,
// CHECK-NEXT:         "members": [2],
// CHECK-NEXT:         "pattern": ["relu", "conv2d"],
// CHECK-NEXT:         "macs": 384,
// CHECK-NEXT:         "parameter": true,
// CHECK-NEXT:         "qconfig": "fbgemm",
// CHECK-NEXT:         "qconfig_from": "global",
// CHECK-NEXT:         "decision": "observed",
// CHECK-NEXT:         "rule": null,
// CHECK-NEXT:         "reason": null,
// CHECK-NEXT:         "observers": ["x_in", "conv1_weight"],
// CHECK-NEXT:         "shared_with": []
// CHECK-NEXT:       },
// CHECK-NEXT:       {
// CHECK-NEXT:         "kind": "relu",
// CHECK-NEXT:         "label": "relu_0",
// CHECK:              "pattern": ["relu", "conv2d"]
// CHECK:              "observers": ["relu_out"],
// CHECK:              "kind": "max_pool2d",
// CHECK:              "pattern": ["max_pool2d"],
// CHECK:              "decision": "shared",
// CHECK:              "observers": ["relu_out"],
// CHECK-NEXT:         "shared_with": ["relu_0"]

// An opaque unit has the op's name; a unit of two ops both of them.
// CHECK:              "kind": "tosa.exp",
// CHECK-NEXT:         "label": "e",
// CHECK-NEXT:         "name": "e",
// CHECK-NEXT:         "index": 6,
// CHECK-NEXT:         "members": [5, 6],
// CHECK-NEXT:         "pattern": null,
// CHECK-NEXT:         "macs": 0,
// CHECK-NEXT:         "parameter": null,
// CHECK-NEXT:         "qconfig": null,
// CHECK-NEXT:         "qconfig_from": "kind",
// CHECK-NEXT:         "decision": "skipped",
// CHECK-NEXT:         "rule": "F1",
// CHECK-NEXT:         "reason": "no qconfig",

// CHECK:              "kind": "abs",
// CHECK:              "qconfig_from": null,
// CHECK-NEXT:         "decision": "skipped",
// CHECK-NEXT:         "rule": "B5",
// CHECK-NEXT:         "reason": "computes on integers already",
// CHECK-NOT:          "kind"
// CHECK:      "warnings": []
// CHECK-NOT:  "declared_only"
func.func private @declared_only(tensor<4xf32>) -> tensor<4xf32>
func.func @b6_every_unit_has_an_answer(%x: tensor<1x4x4x3xf32> loc("x"), %b: tensor<8xf32>, %i: tensor<4xi8>) -> (tensor<1x2x2x8xf32>, tensor<1x4x4x8xf32>, tensor<4xi8>) {
  %0 = qprep.observe %x by @x_in : tensor<1x4x4x3xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<8x1x1x3xf32>}> : () -> tensor<8x1x1x3xf32> loc("conv1_weight")
  %1 = qprep.observe %w by @conv1_weight : tensor<8x1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %2 = tosa.conv2d %0, %1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>,
    qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>, qprep.fused,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>, qprep.plan = #qprep.plan<observed>}
    : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc(fused[callsite("features.conv1" at "caller"), "other"])
  %3 = tosa.clamp %2 {min_val = 0.0 : f32, max_val = 0x7F7FFFFF : f32, qprep.unit = #qprep.unit<relu [input]>, qprep.pattern = @gone,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>, qprep.plan = #qprep.plan<observed>}
    : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  %4 = qprep.observe %3 by @relu_out : tensor<1x4x4x8xf32>
  %5 = tosa.max_pool2d %4 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>,
    qprep.unit = #qprep.unit<max_pool2d [input]>, qprep.pattern = @gone,
    qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>, qprep.plan = #qprep.plan<shared>}
    : (tensor<1x4x4x8xf32>) -> tensor<1x2x2x8xf32>
  %6 = qprep.observe %5 by @relu_out : tensor<1x2x2x8xf32>
  %7 = tosa.exp %4 {qprep.member = #qprep.member<[input]>} : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32>
  %8 = tosa.exp %7 {qprep.unit = #qprep.unit<opaque [internal]>, qprep.assigned = #qprep.assigned<none from kind>,
    qprep.plan = #qprep.plan<skipped by "F1" because "no qconfig">} : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> loc("e")
  %9 = tosa.abs %i : (tensor<4xi8>) -> tensor<4xi8>
  return %6, %8, %9 : tensor<1x2x2x8xf32>, tensor<1x4x4x8xf32>, tensor<4xi8>
}
