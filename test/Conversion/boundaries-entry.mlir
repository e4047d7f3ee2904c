// The entry is called from outside, though it is private: what it takes and returns keeps its type.

// RUN: quant-prep-opt %s --qprep-attach-config=entry=entry --qprep-lower-to-integer | FileCheck %s
// RUN: quant-prep-opt %s --qprep-lower-to-integer | FileCheck %s --check-prefix=INSIDE

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// CHECK-LABEL: func.func @caller(
//       CHECK: call @entry(%{{.*}}) : (tensor<4xf32>) -> tensor<4xf32>
// CHECK-LABEL: func.func private @entry(
//  CHECK-SAME: tensor<4xf32>) -> tensor<4xf32>
// INSIDE-LABEL: func.func private @entry(
//  INSIDE-SAME: tensor<4xi8>) -> tensor<4xi8>
func.func @caller(%q: tensor<4x!x>) -> tensor<4x!x> {
  %0 = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %1 = call @entry(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.abs %1 : (tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!x>
  return %3 : tensor<4x!x>
}
func.func private @entry(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!x>
  %2 = qprep.dequantize %1 : tensor<4x!x> -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
