// RUN: quant-prep-opt %s --qprep-report=output=%t.json -o %t.mlir
// RUN: FileCheck %s < %t.json

// Positions inside regions: `index` is that of the op of the function's body,
// `path` the way inside. Block arguments have the path of their block.

qprep.observer private @a {id = 0, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @b {id = 1, spec = #qprep.observer<placeholder, f16>}

// CHECK:      "name": "loop_body"
// CHECK:      "observations": [
// CHECK-NEXT:   {
// CHECK-NEXT:     "observer": "a",
// CHECK-NEXT:     "role": "activation",
// CHECK-NEXT:     "value": {"argument":1,"name":null,"index":2,"path":[2, 0, 0]},
// CHECK-NEXT:     "uses": [
// CHECK-NEXT:       {"op":"tosa.exp","name":"e","index":2,"path":[2, 0, 0, 0],"operand":0}
// CHECK-NEXT:     ]

// All final uses, through further places too, which follow in data order.
// CHECK:          "observer": "a",
// CHECK:          "value": {"op":"tosa.exp","name":"e","index":2,"path":[2, 0, 0, 0],"result":0},
// CHECK-NEXT:     "uses": [
// CHECK-NEXT:       {"op":"tosa.add","name":null,"index":2,"path":[2, 0, 0, 1],"operand":0},
// CHECK-NEXT:       {"op":"tosa.add","name":null,"index":2,"path":[2, 0, 0, 1],"operand":1}
// CHECK-NEXT:     ]
// CHECK:          "observer": "b",
// CHECK:          "value": {"op":"tosa.exp","name":"e",
// CHECK-NEXT:     "uses": [
// CHECK-NEXT:       {"op":"tosa.add","name":null,"index":2,"path":[2, 0, 0, 1],"operand":1}
// CHECK-NEXT:     ]

// CHECK:      "units": [
// CHECK:        "kind": "exp",
// CHECK-NEXT:   "label": "e",
// CHECK-NEXT:   "name": "e",
// CHECK-NEXT:   "index": 2,
// CHECK-NEXT:   "path": [2, 0, 0, 0],
// CHECK-NEXT:   "members": [0],
func.func @loop_body(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%carried = %x) -> tensor<4xf32> {
    %1 = qprep.observe %carried by @a : tensor<4xf32>
    %2 = tosa.exp %1 {qprep.unit = #qprep.unit<exp [input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>) -> tensor<4xf32> loc("e")
    %3 = qprep.observe %2 by @a : tensor<4xf32>
    %4 = qprep.observe %3 by @b : tensor<4xf32>
    %5 = tosa.add %3, %4 {qprep.unit = #qprep.unit<add [input, input]>, qprep.plan = #qprep.plan<observed>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    scf.yield %5 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// The blocks of a function count as one.
// CHECK:      "name": "several_blocks"
// CHECK:        "value": {"argument":0,"name":null,"path":[0, 1]},
// CHECK-NEXT:   "uses": [
// CHECK-NEXT:     {"op":"func.return","name":"out","index":1,"operand":0}
func.func @several_blocks(%x: tensor<4xf32>) -> tensor<4xf32> {
  cf.br ^next(%x : tensor<4xf32>)
^next(%y: tensor<4xf32>):
  %0 = qprep.observe %y by @a : tensor<4xf32>
  return %0 : tensor<4xf32> loc("out")
}

// CHECK:      "name": "inner::nested_module"
module @inner {
  qprep.observer private @a {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_symmetric>}
  // CHECK:    "name": "a",
  // CHECK:    "kind": "minmax",
  func.func @nested_module(%x: tensor<4xf32>) -> tensor<4xf32> {
    %0 = qprep.observe %x by @a : tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

// CHECK:      "name": "places_on_buffers"
// CHECK:        "observer": "b",
// CHECK:        "uses": []
func.func @places_on_buffers(%x: memref<4xf32>) {
  qprep.observe %x by @b : memref<4xf32>
  return
}

// CHECK:      "name": "b10_other_floats"
// CHECK:        "kind": "exp",
// CHECK:        "decision": "skipped",
// CHECK-NEXT:   "rule": "B10",
// CHECK-NEXT:   "reason": "computes on floats other than f16, bf16 and f32",
func.func @b10_other_floats(%x: tensor<4xf64>) -> tensor<4xf64> {
  %0 = tosa.exp %x : (tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}

// What is made of constants alone is no unit.
// CHECK:      "name": "b5_integer_constants"
// CHECK:        "units": []
func.func @b5_integer_constants() -> tensor<4xi8> {
  %0 = "tosa.const"() <{values = dense<[1, 2, 3, -4]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %1 = tosa.abs %0 : (tensor<4xi8>) -> tensor<4xi8>
  return %1 : tensor<4xi8>
}

// Names in MLIR are bytes, those in JSON are not.
// CHECK:      "name": "name_that_is_no_utf8"
// CHECK:        "kind": "abs",
// CHECK-NEXT:   "label": "a\"b\u0001{{.+}}",
// CHECK-NEXT:   "name": "a\"b\u0001{{.+}}",
func.func @name_that_is_no_utf8(%i: tensor<4xi8>) -> tensor<4xi8> {
  %0 = tosa.abs %i : (tensor<4xi8>) -> tensor<4xi8> loc("a\22b\01\FF")
  return %0 : tensor<4xi8>
}
