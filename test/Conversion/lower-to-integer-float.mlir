// What has no integer form stays float, between casts, and says why.

// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s
// RUN: quant-prep-opt %s --qprep-lower-to-integer=float=forbid --split-input-file --verify-diagnostics

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// CHECK-LABEL: func.func @no_form(
//       CHECK: tosa.cast %{{.*}} : (tensor<1x1x4xi8>) -> tensor<1x1x4xf32>
//       CHECK: tosa.sub
//       CHECK: tosa.mul
//       CHECK: tosa.fft2d
//       CHECK: tosa.clamp %{{.*}} {max_val = 1.240000e+02 : f32, min_val = -1.310000e+02 : f32, nan_mode = IGNORE
//       CHECK: tosa.cast %{{.*}} -> tensor<1x1x4xi32>
//       CHECK: tosa.add
//       CHECK: tosa.cast %{{.*}} -> tensor<1x1x4xi8>
func.func @no_form(%q: tensor<1x1x4x!x>) -> tensor<1x1x4x!x> {
  %x = qprep.dequantize %q : tensor<1x1x4x!x> -> tensor<1x1x4xf32>
  // expected-error @below {{opaque stays float, which float=forbid does not allow: its result is not quantized; leave it out of quantization, or say float=allow}}
  %0, %1 = tosa.fft2d %x, %x {inverse = false, local_bound = false, qprep.unit = #qprep.unit<opaque [input, input]>} : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> (tensor<1x1x4xf32>, tensor<1x1x4xf32>)
  %2 = qprep.quantize %0 : tensor<1x1x4xf32> -> tensor<1x1x4x!x>
  return %2 : tensor<1x1x4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:-128>
!w = !quant.uniform<i8:f32, 5.0e-01:0>

// 70000 products of 255 * 128 may be outside int32.
// CHECK-LABEL: func.func @overflow(
//       CHECK: tosa.matmul {{.*}} reason = "the accumulator may reach 2284800000, outside int32"
func.func @overflow(%q: tensor<1x1x70000x!x>, %v: tensor<1x70000x1x!w>) -> tensor<1x1x1x!x> {
  %x = qprep.dequantize %q : tensor<1x1x70000x!x> -> tensor<1x1x70000xf32>
  %w = qprep.dequantize %v : tensor<1x70000x1x!w> -> tensor<1x70000x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-error @below {{matmul stays float, which float=forbid does not allow: the accumulator may reach 2284800000, outside int32; leave it out of quantization, or say float=allow}}
  %0 = tosa.matmul %x, %w, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>} : (tensor<1x1x70000xf32>, tensor<1x70000x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  %1 = qprep.quantize %0 : tensor<1x1x1xf32> -> tensor<1x1x1x!x>
  return %1 : tensor<1x1x1x!x>
}
