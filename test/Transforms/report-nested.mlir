// In a pipeline on nested modules a pass is cloned, one clone per thread: each reports
// the module that it runs on, as the original does.
// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(builtin.module(qprep-prepare,qprep-report{output=%t.json}))' -o %t.mlir
// RUN: FileCheck %s < %t.json
// RUN: quant-prep-opt %s --mlir-disable-threading --pass-pipeline='builtin.module(builtin.module(qprep-prepare,qprep-report{output=%t.1.json}))' -o %t.mlir
// RUN: FileCheck %s < %t.1.json

// CHECK: "functions": [
// CHECK-NOT: "name": "outer"
// CHECK: "name": "inner::nested",
// CHECK: {"op":"tosa.add","name":null,"index":0,"operand":0}
func.func @outer(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
module @inner {
  func.func @nested(%x: tensor<4xf32>) -> tensor<4xf32> {
    %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}
