// RUN: quant-prep-opt %s --qprep-attach-config | FileCheck %s

// What a standalone function's configuration leaves out comes from the one
// around it: the call's qconfig, the backend, clusters, the form (F30).
func.func private @f28_body(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @f28_caller(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = func.call @f28_body(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK: qprep.config private @qprep_config backend @qnnpack attributes {qat
// CHECK: qprep.config private @f28_body backend @qnnpack attributes {entry = "f28_body", inputs_quantized = array<i64: 0>, qat} {
// CHECK-NEXT: qprep.qconfig @"qnnpack-qat"
// CHECK-NEXT: qprep.assign global @"qnnpack-qat"
// CHECK: qprep.cluster @twice is add
// CHECK: qprep.backend @qnnpack {
// CHECK: qprep.standalone @f28_body with @f28_body
qprep.config @settings backend "qnnpack" attributes {qat} {
  qprep.assign global "qnnpack-qat"
  qprep.standalone @f28_body with @first
  qprep.cluster @twice is add {
    %x = qprep.operand input
    %0 = qprep.node relu(%x)
    %1 = qprep.node relu(%0)
  }
  qprep.config @first attributes {inputs_quantized = array<i64: 0>} {
  }
}
