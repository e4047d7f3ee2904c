// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s --split-input-file --mlir-print-op-generic -o %t.float
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-strip --mlir-print-op-generic | diff - %t.float
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare -o %t.once
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-prepare | diff - %t.once

// Neither is prepared: what a custom function does is its own business.
// CHECK-LABEL: func.func private @f29_custom(
// CHECK-SAME: attributes {qprep.custom}
func.func private @f29_custom(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) {
  // CHECK-NOT: qprep.unit
  // CHECK: return
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.cast %0 : (tensor<4xf32>) -> tensor<4xi32>
  return %0, %1, %x : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>
}
// CHECK-LABEL: func.func private @f29_observed(
// CHECK-SAME: attributes {qprep.custom}
func.func private @f29_observed(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>) {
  // CHECK-NOT: qprep.unit
  // CHECK: return
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.cast %0 : (tensor<4xf32>) -> tensor<4xi32>
  return %0, %1, %x : tensor<4xf32>, tensor<4xi32>, tensor<4xf32>
}
// CHECK-LABEL: func.func @f29_observed_and_redirected(
func.func @f29_observed_and_redirected(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: %[[IN:.*]] = qprep.observe %arg0
  // CHECK-NEXT: %[[R:.*]]:3 = call @f29_observed(%[[IN]])
  // CHECK-SAME: qprep.callee = @f29_custom, qprep.plan = #qprep.plan<observed
  // CHECK-SAME: qprep.unit = #qprep.unit<custom [input]>
  // CHECK-DAG: %[[FIRST:.*]] = qprep.observe %[[R]]#0
  // CHECK-DAG: %[[LAST:.*]] = qprep.observe %[[R]]#2
  // CHECK: tosa.add %[[FIRST]], %[[LAST]]
  %0:3 = func.call @f29_custom(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>)
  %1 = tosa.add %0#0, %0#2 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
// CHECK-LABEL: func.func @f29_without_qconfig(
func.func @f29_without_qconfig(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: %[[R:.*]]:3 = call @f29_custom(%arg0)
  // CHECK-SAME: #qprep.plan<skipped by "F1" because "it is assigned no qconfig"
  // CHECK: %[[OBS:.*]] = qprep.observe %[[R]]#0
  // CHECK: tosa.add %[[OBS]], %[[OBS]]
  %0:3 = func.call @f29_custom(%x) {qprep.qconfig = "none"} : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>)
  %1 = tosa.add %0#0, %0#0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
// Dynamic: the first input is observed, and the function stays.
// CHECK-LABEL: func.func @f29_dynamic_is_not_redirected(
func.func @f29_dynamic_is_not_redirected(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: %[[IN:.*]] = qprep.observe %arg0
  // CHECK-NEXT: %[[R:.*]]:3 = call @f29_custom(%[[IN]])
  // CHECK-SAME: #qprep.plan<observed
  // CHECK-NEXT: return %[[R]]#0
  %0:3 = func.call @f29_custom(%x) {qprep.qconfig = "dynamic-int8"} : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>)
  return %0#0 : tensor<4xf32>
}
// CHECK-LABEL: func.func @f29_float_activations(
func.func @f29_float_activations(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: %[[R:.*]]:3 = call @f29_custom(%arg0)
  // CHECK-SAME: #qprep.plan<float by "F29" because "its qconfig leaves activations float"
  // CHECK-NEXT: return %[[R]]#0
  %0:3 = func.call @f29_custom(%x) {qprep.qconfig = "weight-only"} : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xi32>, tensor<4xf32>)
  return %0#0 : tensor<4xf32>
}
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.custom @f29_custom observed @f29_observed
}

// -----

// The results of an LSTM are not observed, and its users take them for
// quantized: they see through the place where the next stage dequantizes.
func.func private @f29_lstm(tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
func.func private @f29_lstm_observed(tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
// CHECK-LABEL: func.func @f29_users_see_through_lstm(
func.func @f29_users_see_through_lstm(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: %[[IN:.*]] = qprep.observe %arg0
  // CHECK-NEXT: %[[R:.*]]:2 = call @f29_lstm_observed(%[[IN]])
  // CHECK-NEXT: %[[C:.*]] = tosa.clamp %[[R]]#0
  // CHECK-SAME: #qprep.plan<observed
  // CHECK-NEXT: %[[COBS:.*]] = qprep.observe %[[C]]
  // CHECK-NEXT: %[[S:.*]] = tosa.add %[[COBS]], %[[R]]#1
  %0:2 = func.call @f29_lstm(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %1 = tosa.clamp %0#0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.add %1, %0#1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
// What survives of custom functions for the next stage.
// CHECK-LABEL: func.func @f31_custom_functions_stay_known(
func.func @f31_custom_functions_stay_known(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: qprep.callee = @f29_lstm
  %0:2 = func.call @f29_lstm(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %0#0 : tensor<4xf32>
}
// CHECK: qprep.config private @qprep_config
// CHECK: qprep.custom @f29_lstm observed @f29_lstm_observed lstm
qprep.config @settings {
  qprep.assign global "qnnpack"
  qprep.custom @f29_lstm observed @f29_lstm_observed lstm
}

// -----

// Standalone goes before custom, and both before patterns.
// CHECK-LABEL: func.func private @f9_both(
// CHECK-SAME: qprep.standalone
func.func private @f9_both(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @f9_replacement(tensor<4xf32>) -> tensor<4xf32>
func.func private @f9_custom(tensor<4xf32>) -> tensor<4xf32>
// CHECK-LABEL: func.func @f9_standalone_before_custom(
func.func @f9_standalone_before_custom(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: call @f9_both(
  // CHECK-SAME: qprep.unit = #qprep.unit<standalone [input]>
  %0 = func.call @f9_both(%x) : (tensor<4xf32>) -> tensor<4xf32>
  // A backend's pattern for custom calls and clamps takes no call.
  // CHECK: call @f9_replacement(
  // CHECK-NOT: qprep.fused
  // CHECK-SAME: qprep.unit = #qprep.unit<custom [input]>
  // CHECK: tosa.clamp
  // CHECK-SAME: #qprep.plan<float by "F14"
  %1 = func.call @f9_custom(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.clamp %1 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
qprep.config @settings backend @mine {
  qprep.assign global "qnnpack"
  qprep.standalone @f9_both
  qprep.custom @f9_both observed @f9_replacement
  qprep.custom @f9_custom observed @f9_replacement
  qprep.backend @mine {
    qprep.pattern @relu6_custom different dtypes [#qprep.dtypes<input = <ui8>, output = <ui8>>] {
      %0 = qprep.node custom
      %1 = qprep.node relu6(%0)
    }
  }
}
