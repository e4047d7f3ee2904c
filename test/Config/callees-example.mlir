// The example of docs/configuration.md about standalone and custom functions,
// cut out of it.
// RUN: sed -n '/^### Standalone and custom/,$s/^    //p' %S/../../docs/configuration.md > %t.mlir
// RUN: quant-prep-opt %s --qprep-prepare=config=%t.mlir --qprep-verify-prepared | FileCheck %s

// CHECK-LABEL: func.func private @stem(
// CHECK-SAME: #qprep.standalone_function<config = @qprep_config::@stem, inputs = [], outputs = []>
func.func private @stem(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: tosa.add
  // CHECK-SAME: @qprep_config::@stem::@fbgemm from global
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
// CHECK-LABEL: func.func private @block_1(
// CHECK-SAME: #qprep.standalone_function<config = @qprep_config::@block_1, inputs = [0], outputs = []>
func.func private @block_1(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: tosa.add
  // CHECK-SAME: @qprep_config::@block_1::@qnnpack from global
  %0 = tosa.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func private @attention(tensor<4xf32>) -> tensor<4xf32>
func.func private @observed_attention(tensor<4xf32>) -> tensor<4xf32>
func.func private @lstm(tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
func.func private @observed_lstm(tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)

// CHECK-LABEL: func.func @f7_everything_at_once(
func.func @f7_everything_at_once(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: call @stem(
  %0 = func.call @stem(%x) : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: call @block_1(
  %1 = func.call @block_1(%0) : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: call @observed_attention(
  %2 = func.call @attention(%1) : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: call @observed_lstm(
  %3:2 = func.call @lstm(%2) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %3#1 : tensor<4xf32>
}
