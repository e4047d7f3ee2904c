// What the report says of options: all attributes of the configuration, those that
// somebody else has put there too.
// RUN: quant-prep-opt %s --qprep-report=output=%t.json -o %t.mlir
// RUN: FileCheck %s < %t.json

// CHECK:      "options": {
// CHECK-NEXT:   "qconfigs": [],
// CHECK-NEXT:   "backend": "mine",
// CHECK-NEXT:   "inputs_quantized": [
// CHECK-NEXT:     0
// CHECK-NEXT:   ],
// CHECK-NEXT:   "test.flag": true,
// CHECK-NEXT:   "test.list": [
// CHECK-NEXT:     "a",
// CHECK-NEXT:     "b",
// CHECK-NEXT:     [
// CHECK-NEXT:       "1 : i64"
// CHECK-NEXT:     ]
// CHECK-NEXT:   ],
// CHECK-NEXT:   "test.sure": false
// CHECK-NEXT: },
qprep.config private @qprep_config backend @mine attributes {inputs_quantized = array<i64: 0>, qprep.generated, test.flag, test.list = ["a", @b, [1 : i64]], test.sure = false} {
  qprep.backend @mine {
  }
}
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
