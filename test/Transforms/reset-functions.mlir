// Functions that reset observers, and what becomes of them.

// RUN: quant-prep-opt %s --qprep-prepare="placement=value reset-functions=true" | FileCheck %s
// RUN: quant-prep-opt %s --qprep-prepare="placement=value reset-functions=true" --qprep-lower-observers | FileCheck %s --check-prefix=LOWER
// RUN: quant-prep-opt %s --qprep-prepare="placement=value reset-functions=true" --qprep-strip -o %t.stripped
// RUN: quant-prep-opt %s -o %t.input
// RUN: diff %t.input %t.stripped
// RUN: quant-prep-opt %s --qprep-prepare="placement=value qconfig=none reset-functions=true" | FileCheck %s --check-prefix=NOTHING

// CHECK: qprep.observer private @obs_0
// CHECK: qprep.observer private @obs_1
// CHECK: func.func @t15_reset
// CHECK: func.func @reset_observers_t15_reset() attributes {qprep.generated} {
// CHECK-NEXT: qprep.reset_observer @obs_0
// CHECK-NEXT: qprep.reset_observer @obs_1
// CHECK-NEXT: return
// LOWER: func.func private @qprep_observe_reset(i64) attributes {llvm.emit_c_interface}
// LOWER: func.func @reset_observers_t15_reset()
// LOWER: %[[ID:.*]] = arith.constant 0 : i64
// LOWER: call @qprep_observe_reset(%[[ID]])
// LOWER: %[[ID1:.*]] = arith.constant 1 : i64
// LOWER: call @qprep_observe_reset(%[[ID1]])
// NOTHING-NOT: @reset_observers_
func.func @t15_reset(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %r = call @hardswish(%x) : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return %r : tensor<1x4xf32>
}
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
