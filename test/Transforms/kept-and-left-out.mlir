// RUN: quant-prep-opt %s --qprep-prepare --mlir-print-local-scope | FileCheck %s

// A scope that is not to be quantized is one that is assigned no qconfig, and
// attributes to keep are simply kept: preparation touches its own only.
// CHECK-LABEL: func.func @f7_scopes_and_attributes(
// CHECK-SAME: attributes {user.kept = "function"}
func.func @f7_scopes_and_attributes(%x: tensor<4xf32>) -> tensor<4xf32> attributes {user.kept = "function"} {
  // CHECK-NEXT: %[[IN:.*]] = tosa.add %arg0, %arg0
  // CHECK-SAME: #qprep.assigned<none from name>
  // CHECK-SAME: user.kept = 7 : i64
  // CHECK-NEXT: %[[OBS:.*]] = qprep.observe %[[IN]]
  // CHECK-NEXT: tosa.add %[[OBS]], %[[OBS]]
  // CHECK-SAME: #qprep.assigned<@qprep_config::@qnnpack from global>
  %0 = tosa.add %x, %x {user.kept = 7 : i64} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("decoder.block.add")
  %1 = tosa.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32> loc("head.add")
  return %1 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.assign name "decoder.block" none
}
