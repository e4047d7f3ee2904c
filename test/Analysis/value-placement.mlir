// RUN: quant-prep-opt %s --load-pass-plugin=%quantprep_libs/QuantPrepTestPasses.so \
// RUN:   --pass-pipeline='builtin.module(qprep-attach-config{placement=value entry=entry},func.func(qprep-match-units,qprep-fuse-units,qprep-assign-qconfig),test-value-placement)' \
// RUN:   -o %t.mlir | FileCheck %s --match-full-lines

// What a callee reads is observed by its call, as what the callee requires (T7,
// T8); what it makes is observed by the call that reads it.
// CHECK:      argument requires an observer, is observed before, ui8
// CHECK-NEXT: weight requires a weight's observer, is observed before, i8
// CHECK-NEXT: bias is not observed, f32
// CHECK-NEXT: made requires an observer, is not observed, f32
func.func private @callee(%x: tensor<1x4x4x2xf32> loc("argument"), %w: tensor<2x1x1x2xf32> loc("weight"), %b: tensor<2xf32> loc("bias"), %z: tensor<1xf32>) -> tensor<1x4x4x2xf32> {
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x2xf32>, tensor<2x1x1x2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32> loc("made")
  return %0 : tensor<1x4x4x2xf32>
}

// What passes on what is observed needs no observer (T10), until something
// computes in float.
// CHECK-NEXT: returned requires an observer, has one, ui8
// CHECK-NEXT: passed_on is observed before, ui8
// CHECK-NEXT: computed is not observed, f32
func.func @entry(%x: tensor<1x4x4x2xf32>, %w: tensor<2x1x1x2xf32>, %b: tensor<2xf32>, %z: tensor<1xf32>) -> tensor<1x4x4x2xf32> {
  %0 = call @callee(%x, %w, %b, %z) : (tensor<1x4x4x2xf32>, tensor<2x1x1x2xf32>, tensor<2xf32>, tensor<1xf32>) -> tensor<1x4x4x2xf32> loc("returned")
  %1 = tosa.sigmoid %0 : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> loc("passed_on")
  %2 = tosa.exp %1 : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> loc("computed")
  return %2 : tensor<1x4x4x2xf32>
}
