// On-device preparation: a copy with calls inlined, and the original left alone.

// RUN: quant-prep-opt %s --qprep-prepare="placement=value on-device=true" | FileCheck %s
// RUN: quant-prep-opt %s --qprep-prepare="placement=value on-device=true" --qprep-strip -o %t.stripped
// RUN: quant-prep-opt %s -o %t.input
// RUN: diff %t.input %t.stripped

// CHECK-LABEL: func.func @t16_on_device(
// CHECK-NOT: qprep.observe
// CHECK: call @hardswish
// CHECK-LABEL: func.func @observe_t16_on_device(
// CHECK-SAME: %[[X:[^:]*]]: tensor
// CHECK-SAME: qprep.origin = @t16_on_device
// CHECK-NEXT: %[[XO:.*]] = qprep.observe %[[X]]
// CHECK-NOT: call
// CHECK: %[[R:.*]] = tosa.mul
// CHECK: %[[R:.*]] = tosa.mul
// CHECK-NEXT: qprep.observe %[[R]]
// What is only declared stays a call.
// CHECK-NEXT: call @declared
// CHECK-LABEL: func.func private @hardswish
// CHECK-NOT: qprep.observe
func.func @t16_on_device(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %r = call @hardswish(%x) : (tensor<1x4xf32>) -> tensor<1x4xf32>
  call @declared() : () -> ()
  return %r : tensor<1x4xf32>
}
func.func private @declared()
func.func private @hardswish(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %c3 = "tosa.const"() <{values = dense<3.0> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %sixth = "tosa.const"() <{values = dense<0.166666667> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %s = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %x, %c3 : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 6.0 : f32} : (tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = tosa.mul %x, %1, %s : (tensor<1x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  %3 = tosa.mul %2, %sixth, %s : (tensor<1x4xf32>, tensor<1x1xf32>, tensor<1xi8>) -> tensor<1x4xf32>
  return %3 : tensor<1x4xf32>
}
