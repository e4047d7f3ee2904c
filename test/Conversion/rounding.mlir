// What is on .5, out of range, infinite or no number, in the lowering of the reference form
// and in the tosa ops of the integer form: the same codes.

// RUN: quant-prep-opt %s --qprep-lower-quantize -o %t.reference.mlir
// RUN: %python %S/run_codes.py %t.reference.mlir > %t.reference
// RUN: FileCheck %s < %t.reference
// RUN: quant-prep-opt %s --qprep-lower-to-integer -o %t.integer.mlir
// RUN: %python %S/run_codes.py %t.integer.mlir > %t.integer
// RUN: diff %t.reference %t.integer

// CHECK: half_to_even: 0 2 2 0 -2 -2 4
func.func @half_to_even() -> tensor<7xi8> {
  %x = arith.constant dense<[0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 3.5]> : tensor<7xf32>
  %0 = qprep.quantize %x : tensor<7xf32> -> tensor<7x!quant.uniform<i8:f32, 1.0>>
  %1 = quant.scast %0 : tensor<7x!quant.uniform<i8:f32, 1.0>> to tensor<7xi8>
  return %1 : tensor<7xi8>
}

// The zero point is added to what is rounded.
// CHECK: half_with_odd_zero_point: 1 3 3 1
func.func @half_with_odd_zero_point() -> tensor<4xi8> {
  %x = arith.constant dense<[0.5, 1.5, 2.5, -0.5]> : tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 1.0:1>>
  %1 = quant.scast %0 : tensor<4x!quant.uniform<i8:f32, 1.0:1>> to tensor<4xi8>
  return %1 : tensor<4xi8>
}

// CHECK: saturation: 126 127 127 -128 127 127 -128 -128
func.func @saturation() -> tensor<8xi8> {
  %x = arith.constant dense<[126.5, 127.5, 128.0, -129.0, 1.0e30, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<8xf32>
  %0 = qprep.quantize %x : tensor<8xf32> -> tensor<8x!quant.uniform<i8:f32, 1.0>>
  %1 = quant.scast %0 : tensor<8x!quant.uniform<i8:f32, 1.0>> to tensor<8xi8>
  return %1 : tensor<8xi8>
}

// CHECK: narrow_codes: -10 -10 20 20
func.func @narrow_codes() -> tensor<4xi8> {
  %x = arith.constant dense<[-100.0, 0x7FC00000, 15.0, 100.0]> : tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8<-10:20>:f32, 1.0:5>>
  %1 = quant.scast %0 : tensor<4x!quant.uniform<i8<-10:20>:f32, 1.0:5>> to tensor<4xi8>
  return %1 : tensor<4xi8>
}

// CHECK: zero_point_at_the_ends: 127 127 117
func.func @zero_point_at_the_ends() -> tensor<3xi8> {
  %x = arith.constant dense<[0.0, 1.0, -10.0]> : tensor<3xf32>
  %0 = qprep.quantize %x : tensor<3xf32> -> tensor<3x!quant.uniform<i8:f32, 1.0:127>>
  %1 = quant.scast %0 : tensor<3x!quant.uniform<i8:f32, 1.0:127>> to tensor<3xi8>
  return %1 : tensor<3xi8>
}

// CHECK: small_scale: 1 50 127 -50
func.func @small_scale() -> tensor<4xi8> {
  %x = arith.constant dense<[1.0e-8, 5.0e-7, 1.0e-5, -5.0e-7]> : tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 1.0e-08>>
  %1 = quant.scast %0 : tensor<4x!quant.uniform<i8:f32, 1.0e-08>> to tensor<4xi8>
  return %1 : tensor<4xi8>
}

// CHECK: large_scale: 1 50 127 -50
func.func @large_scale() -> tensor<4xi8> {
  %x = arith.constant dense<[1.0e4, 5.0e5, 1.0e7, -5.0e5]> : tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 1.0e+04>>
  %1 = quant.scast %0 : tensor<4x!quant.uniform<i8:f32, 1.0e+04>> to tensor<4xi8>
  return %1 : tensor<4xi8>
}

// CHECK: channels: 2 8
func.func @channels() -> tensor<2xi8> {
  %x = arith.constant dense<[1.0, 1.0]> : tensor<2xf32>
  %0 = qprep.quantize %x : tensor<2xf32> -> tensor<2x!quant.uniform<i8:f32:0, {5.0e-01,2.5e-01:4}>>
  %1 = quant.scast %0 : tensor<2x!quant.uniform<i8:f32:0, {5.0e-01,2.5e-01:4}>> to tensor<2xi8>
  return %1 : tensor<2xi8>
}

// CHECK: blocks: 4 2 1 1
func.func @blocks() -> tensor<4xi8> {
  %x = arith.constant dense<[4.0, 2.0, 4.0, 2.0]> : tensor<4xf32>
  %0 = qprep.quantize %x : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32:{0:2}, {1.0, 3.0}>>
  %1 = quant.scast %0 : tensor<4x!quant.uniform<i8:f32:{0:2}, {1.0, 3.0}>> to tensor<4xi8>
  return %1 : tensor<4xi8>
}
