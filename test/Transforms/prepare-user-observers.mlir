// RUN: quant-prep-opt %s --qprep-prepare --qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s -o %t.before
// RUN: quant-prep-opt %s --qprep-prepare --qprep-strip -o %t.after
// RUN: cmp %t.before %t.after

// Observers of the user's own stay, with and after preparation (B4). One whose
// whole spec agrees is used instead of a new one (B11, F18).

qprep.observer @mine {id = 5, spec = #qprep.observer<histogram, ui8, per_tensor_affine, quant_min = 0, quant_max = 127, reduce_range = true, eps = 1.1920928955078125E-7, bins = 2048, upsample_rate = 128>}
qprep.observer @other {id = 7, spec = #qprep.observer<minmax, ui8, per_tensor_affine>}

// CHECK: qprep.observer private @obs_8 {id = 8,
// CHECK-NOT: qprep.observer private

// CHECK-LABEL: func.func @b11_same_spec(
// CHECK-SAME: %[[X:[^:]*]]:
func.func @b11_same_spec(%x: tensor<1x8x8x4xf32>) -> tensor<1x4x4x4xf32> {
  // CHECK-NEXT: %[[O:.*]] = qprep.observe %[[X]] by @mine
  %0 = qprep.observe %x by @mine : tensor<1x8x8x4xf32>
  // CHECK-NEXT: %[[P:.*]] = tosa.max_pool2d %[[O]]
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x8x8x4xf32>) -> tensor<1x4x4x4xf32>
  // CHECK-NEXT: qprep.observe %[[P]] by @mine {qprep.generated}
  return %1 : tensor<1x4x4x4xf32>
}

// CHECK-LABEL: func.func @b11_other_spec(
// CHECK-SAME: %[[X:[^:]*]]:
func.func @b11_other_spec(%x: tensor<1x8x8x4xf32>) -> tensor<1x4x4x4xf32> {
  // CHECK-NEXT: %[[O:.*]] = qprep.observe %[[X]] by @other
  %0 = qprep.observe %x by @other : tensor<1x8x8x4xf32>
  // CHECK-NEXT: %[[N:.*]] = qprep.observe %[[O]] by @obs_8
  // CHECK-NEXT: %[[P:.*]] = tosa.max_pool2d %[[N]]
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x8x8x4xf32>) -> tensor<1x4x4x4xf32>
  // CHECK-NEXT: qprep.observe %[[P]] by @obs_8 :
  return %1 : tensor<1x4x4x4xf32>
}
