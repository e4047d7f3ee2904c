// Other passes may run on a prepared module: it verifies, its observers are the
// same, and equal ops of units stay apart.
//
// RUN: quant-prep-opt %s --qprep-prepare -o %t.mlir
// RUN: quant-prep-opt %t.mlir --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=OBSERVERS
// RUN: quant-prep-opt %t.mlir --canonicalize --qprep-verify-prepared --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=OBSERVERS
// RUN: quant-prep-opt %t.mlir --cse --qprep-verify-prepared --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=OBSERVERS
// RUN: quant-prep-opt %t.mlir --inline --qprep-verify-prepared --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=OBSERVERS
// RUN: quant-prep-opt %t.mlir --inline --cse --canonicalize --symbol-dce --qprep-verify-prepared --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=OBSERVERS
// RUN: quant-prep-opt %t.mlir --cse --canonicalize --inline --cse --qprep-verify-prepared --qprep-report=format=text -o /dev/null | FileCheck %s --check-prefix=OBSERVERS
// RUN: quant-prep-opt %t.mlir --cse | FileCheck %s
// RUN: quant-prep-opt %t.mlir --qprep-strip | FileCheck %s --check-prefix=STRIPPED

// OBSERVERS: observers  20,

// STRIPPED-NOT: qprep.copy

// A reshape that the canonicalizer removes is part of the layer.
func.func @member_is_folded(%x: tensor<1x4x8xf32>, %y: tensor<1x4x8xf32>) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x4xf32>}> : () -> tensor<1x8x4xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %a = tosa.add %x, %y : (tensor<1x4x8xf32>, tensor<1x4x8xf32>) -> tensor<1x4x8xf32>
  %0 = tosa.reshape %a, %s : (tensor<1x4x8xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %2 = tosa.add %1, %b : (tensor<1x4x4xf32>, tensor<1x1x4xf32>) -> tensor<1x4x4xf32>
  return %2 : tensor<1x4x4xf32>
}

// What moves the input of two layers is a member of each.
// CHECK-LABEL: func.func @members_are_equal(
// CHECK:         tosa.reshape {{.*}} {qprep.member = #qprep.member<[input, _]>} :
// CHECK:         tosa.reshape {{.*}} {qprep.copy = 1 : i64, qprep.member = #qprep.member<[input, _]>} :
func.func @members_are_equal(%x: tensor<2x2x8xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x4xf32>}> : () -> tensor<1x8x4xf32>
  %v = "tosa.const"() <{values = dense<0.7> : tensor<1x8x4xf32>}> : () -> tensor<1x8x4xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s : (tensor<2x2x8xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %2 = tosa.add %1, %b : (tensor<1x4x4xf32>, tensor<1x1x4xf32>) -> tensor<1x4x4xf32>
  %3 = tosa.reshape %x, %t : (tensor<2x2x8xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %4 = tosa.matmul %3, %v, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %5 = tosa.add %4, %b : (tensor<1x4x4xf32>, tensor<1x1x4xf32>) -> tensor<1x4x4xf32>
  return %2, %5 : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}

// CHECK-LABEL: func.func @units_are_equal(
// CHECK:         tosa.add
// CHECK-NOT:     qprep.copy
// CHECK:         tosa.add {{.*}}qprep.copy = 1
// CHECK:         tosa.add {{.*}}qprep.copy = 2
func.func @units_are_equal(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %0 = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %1 = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.add %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// A reshape of a reshape becomes one, which reads a member of another unit.
func.func @anchor_is_folded(%x: tensor<2x8xf32>) -> tensor<1x4x4x1xf32> {
  %s = tosa.const_shape {values = dense<[1, 4, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.const_shape {values = dense<[1, 4, 4, 1]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.exp %x : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %1 = tosa.reshape %0, %s : (tensor<2x8xf32>, !tosa.shape<3>) -> tensor<1x4x4xf32>
  %2 = tosa.reshape %1, %t : (tensor<1x4x4xf32>, !tosa.shape<4>) -> tensor<1x4x4x1xf32>
  return %2 : tensor<1x4x4x1xf32>
}

// Inlined twice, its units are there twice.
func.func @calls(%x: tensor<1x4x8xf32>) -> (tensor<1x4x4xf32>, tensor<1x4x4xf32>) {
  %0 = call @layer(%x) : (tensor<1x4x8xf32>) -> tensor<1x4x4xf32>
  %1 = call @layer(%x) : (tensor<1x4x8xf32>) -> tensor<1x4x4xf32>
  return %0, %1 : tensor<1x4x4xf32>, tensor<1x4x4xf32>
}
func.func private @layer(%x: tensor<1x4x8xf32>) -> tensor<1x4x4xf32> {
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x4xf32>}> : () -> tensor<1x8x4xf32>
  %b = "tosa.const"() <{values = dense<0.5> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s : (tensor<1x4x8xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32>
  %2 = tosa.add %1, %b : (tensor<1x4x4xf32>, tensor<1x1x4xf32>) -> tensor<1x4x4xf32>
  return %2 : tensor<1x4x4xf32>
}
