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

// -----

!w = !quant.uniform<i8<-127:127>:f32:1, {5.0e-01,2.5e-01}>
!x = !quant.uniform<i8:f32, 5.0e-01:1>

// Rows of a table that is no constant have scales that differ.
// CHECK-LABEL: func.func @rows_of_any_table(
//       CHECK: tosa.gather {{.*}} -> tensor<1x3x2xi8>
//       CHECK: tosa.gather {{.*}} -> tensor<1x3x1xf32>
func.func @rows_of_any_table(%q: tensor<1x2x2x!w>, %indices: tensor<1x3xi32>) -> tensor<1x3x2x!x> {
  %w = qprep.dequantize %q : tensor<1x2x2x!w> -> tensor<1x2x2xf32>
  // expected-error @below {{gather stays float, which float=forbid does not allow: what it gathers has not one scale; leave it out of quantization, or say float=allow}}
  %0 = tosa.gather %w, %indices {qprep.unit = #qprep.unit<gather [input, _]>} : (tensor<1x2x2xf32>, tensor<1x3xi32>) -> tensor<1x3x2xf32>
  %1 = qprep.quantize %0 : tensor<1x3x2xf32> -> tensor<1x3x2x!x>
  return %1 : tensor<1x3x2x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01>

// What is computed between the casts is other arithmetic: it stays.
// CHECK-LABEL: func.func @computing_integers(
//       CHECK: tosa.add %{{.*}} : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
//   CHECK-NOT: tosa.table
func.func @computing_integers(%q: tensor<4x!x>) -> tensor<4x!x> {
  %x = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %0 = tosa.cast %x : (tensor<4xf32>) -> tensor<4xi32>
  %1 = tosa.add %0, %0 : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  %2 = tosa.cast %1 : (tensor<4xi32>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!x>
  return %3 : tensor<4x!x>
}

// -----

!w = !quant.uniform<i8<-127:127>:f32:1, {5.0e-01,2.5e-01}>
!t = !quant.uniform<i8:f32, 5.0e-01:1>

// What stays float is gathered as codes; of a scale for each row the scales are gathered as well.
// CHECK-LABEL: func.func @gathered_rows(
//       CHECK: %[[CODES:.*]] = tosa.gather %{{.*}} : (tensor<1x2x2xi8>, tensor<1x3xi32>) -> tensor<1x3x2xi8>
//       CHECK: %[[SCALES:.*]] = tosa.gather %{{.*}} : (tensor<1x2x1xf32>, tensor<1x3xi32>) -> tensor<1x3x1xf32>
//       CHECK: %[[FLOATS:.*]] = tosa.cast %[[CODES]]
//       CHECK: tosa.mul %[[FLOATS]], %[[SCALES]]
func.func @gathered_rows(%q: tensor<1x2x2x!w>, %indices: tensor<1x3xi32>) -> tensor<1x3x2xf32> {
  %w = qprep.dequantize %q : tensor<1x2x2x!w> -> tensor<1x2x2xf32>
  %0 = tosa.gather %w, %indices : (tensor<1x2x2xf32>, tensor<1x3xi32>) -> tensor<1x3x2xf32>
  return %0 : tensor<1x3x2xf32>
}

// CHECK-LABEL: func.func @gathered_before_dequantize(
//       CHECK: %[[CODES:.*]] = tosa.gather %{{.*}} -> tensor<1x3x2xi8>
//       CHECK: %[[FLOATS:.*]] = tosa.cast %[[CODES]]
//       CHECK: tosa.sub %[[FLOATS]]
//       CHECK: tosa.mul
func.func @gathered_before_dequantize(%q: tensor<1x2x2x!t>, %indices: tensor<1x3xi32>) -> tensor<1x3x2xf32> {
  %w = qprep.dequantize %q : tensor<1x2x2x!t> -> tensor<1x2x2xf32>
  %0 = tosa.gather %w, %indices : (tensor<1x2x2xf32>, tensor<1x3xi32>) -> tensor<1x3x2xf32>
  return %0 : tensor<1x3x2xf32>
}
