// What units make of values on .5, out of range, with zero points at the ends of the range, of small
// and large scales and multipliers above 1: the reference form rounds half to even, integers half up,
// in tosa and in linalg. i8 that become other i8 are looked up, and have the codes of the reference form.

// RUN: quant-prep-opt %s --qprep-lower-quantize -o %t.reference.mlir
// RUN: %python %S/run_codes.py %t.reference.mlir | FileCheck %s --check-prefixes=CHECK,REFERENCE
// RUN: quant-prep-opt %s --qprep-lower-to-integer -o %t.integer.mlir
// RUN: %python %S/run_codes.py %t.integer.mlir > %t.integer
// RUN: FileCheck %s --check-prefixes=CHECK,INTEGER --input-file=%t.integer
// RUN: quant-prep-opt %s --pass-pipeline="builtin.module(func.func(tosa-optional-decompositions,tosa-to-linalg-named,tosa-to-linalg,tosa-to-arith,tosa-to-tensor),qprep-lower-to-integer)" -o %t.linalg.mlir
// RUN: %python %S/run_codes.py %t.linalg.mlir | diff - %t.integer

// No float is left.
// RUN: FileCheck %s --check-prefix=FLOAT --implicit-check-not=xf32 --input-file=%t.integer.mlir
// FLOAT: module

// CHECK: {{^}}rescale_half: 0 1 2 0 -2 64 -64{{$}}
func.func @rescale_half() -> tensor<7xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 2, 3, -1, -3, 127, -128]> : tensor<7xi8>}> : () -> tensor<7xi8>
  %q0 = quant.scast %c0 : tensor<7xi8> to tensor<7x!quant.uniform<i8:f32, 5.0e-01>>
  %x0 = qprep.dequantize %q0 : tensor<7x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<7xf32>
  %y = qprep.quantize %x0 : tensor<7xf32> -> tensor<7x!quant.uniform<i8:f32, 1.0e+00>>
  %s = quant.scast %y : tensor<7x!quant.uniform<i8:f32, 1.0e+00>> to tensor<7xi8>
  return %s : tensor<7xi8>
}

// The multiplier is 4.
// CHECK: {{^}}rescale_saturates: 124 127 127 -128 -128 -128{{$}}
func.func @rescale_saturates() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[31, 32, 127, -32, -33, -128]> : tensor<6xi8>}> : () -> tensor<6xi8>
  %q0 = quant.scast %c0 : tensor<6xi8> to tensor<6x!quant.uniform<i8:f32, 1.0e+00>>
  %x0 = qprep.dequantize %q0 : tensor<6x!quant.uniform<i8:f32, 1.0e+00>> -> tensor<6xf32>
  %y = qprep.quantize %x0 : tensor<6xf32> -> tensor<6x!quant.uniform<i8:f32, 2.5e-01>>
  %s = quant.scast %y : tensor<6x!quant.uniform<i8:f32, 2.5e-01>> to tensor<6xi8>
  return %s : tensor<6xi8>
}

// CHECK: {{^}}rescale_lowest_zero_point: -128 -128 -127 -126 0{{$}}
func.func @rescale_lowest_zero_point() -> tensor<5xi8> {
  %c0 = "tosa.const"() <{values = dense<[-128, -127, -126, -125, 127]> : tensor<5xi8>}> : () -> tensor<5xi8>
  %q0 = quant.scast %c0 : tensor<5xi8> to tensor<5x!quant.uniform<i8:f32, 5.0e-01:-128>>
  %x0 = qprep.dequantize %q0 : tensor<5x!quant.uniform<i8:f32, 5.0e-01:-128>> -> tensor<5xf32>
  %y = qprep.quantize %x0 : tensor<5xf32> -> tensor<5x!quant.uniform<i8:f32, 1.0e+00:-128>>
  %s = quant.scast %y : tensor<5x!quant.uniform<i8:f32, 1.0e+00:-128>> to tensor<5xi8>
  return %s : tensor<5xi8>
}

// CHECK: {{^}}rescale_highest_zero_point: -1 125 126 127 127{{$}}
func.func @rescale_highest_zero_point() -> tensor<5xi8> {
  %c0 = "tosa.const"() <{values = dense<[-128, 124, 125, 126, 127]> : tensor<5xi8>}> : () -> tensor<5xi8>
  %q0 = quant.scast %c0 : tensor<5xi8> to tensor<5x!quant.uniform<i8:f32, 5.0e-01:127>>
  %x0 = qprep.dequantize %q0 : tensor<5x!quant.uniform<i8:f32, 5.0e-01:127>> -> tensor<5xf32>
  %y = qprep.quantize %x0 : tensor<5xf32> -> tensor<5x!quant.uniform<i8:f32, 1.0e+00:127>>
  %s = quant.scast %y : tensor<5x!quant.uniform<i8:f32, 1.0e+00:127>> to tensor<5xi8>
  return %s : tensor<5xi8>
}

// CHECK: {{^}}rescale_from_end_to_end: 127 127 127 127{{$}}
func.func @rescale_from_end_to_end() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[-128, -127, 0, 127]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+00:-128>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e+00:-128>> -> tensor<4xf32>
  %y = qprep.quantize %x0 : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 2.0e+00:127>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 2.0e+00:127>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// CHECK: {{^}}rescale_small: 0 1 1 33 -43{{$}}
func.func @rescale_small() -> tensor<5xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 2, 3, 100, -128]> : tensor<5xi8>}> : () -> tensor<5xi8>
  %q0 = quant.scast %c0 : tensor<5xi8> to tensor<5x!quant.uniform<i8:f32, 1.0e-08>>
  %x0 = qprep.dequantize %q0 : tensor<5x!quant.uniform<i8:f32, 1.0e-08>> -> tensor<5xf32>
  %y = qprep.quantize %x0 : tensor<5xf32> -> tensor<5x!quant.uniform<i8:f32, 3.0e-08>>
  %s = quant.scast %y : tensor<5x!quant.uniform<i8:f32, 3.0e-08>> to tensor<5xi8>
  return %s : tensor<5xi8>
}

// CHECK: {{^}}rescale_large: 0 1 1 33 -43{{$}}
func.func @rescale_large() -> tensor<5xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 2, 3, 100, -128]> : tensor<5xi8>}> : () -> tensor<5xi8>
  %q0 = quant.scast %c0 : tensor<5xi8> to tensor<5x!quant.uniform<i8:f32, 1.0e+04>>
  %x0 = qprep.dequantize %q0 : tensor<5x!quant.uniform<i8:f32, 1.0e+04>> -> tensor<5xf32>
  %y = qprep.quantize %x0 : tensor<5xf32> -> tensor<5x!quant.uniform<i8:f32, 3.0e+04>>
  %s = quant.scast %y : tensor<5x!quant.uniform<i8:f32, 3.0e+04>> to tensor<5xi8>
  return %s : tensor<5xi8>
}

// CHECK: {{^}}rescale_large_multiplier: -128 -128 -128 -128{{$}}
func.func @rescale_large_multiplier() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[0, 1, -1, 2]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+04:5>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e+04:5>> -> tensor<4xf32>
  %y = qprep.quantize %x0 : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 1.0e+03:-100>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 1.0e+03:-100>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// REFERENCE: {{^}}add_half: 0 2 2 0 -2 -2{{$}}
// INTEGER: {{^}}add_half: 1 2 3 0 -1 -2{{$}}
func.func @add_half() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 3, 5, -1, -3, -5]> : tensor<6xi8>}> : () -> tensor<6xi8>
  %q0 = quant.scast %c0 : tensor<6xi8> to tensor<6x!quant.uniform<i8:f32, 5.0e-01>>
  %x0 = qprep.dequantize %q0 : tensor<6x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<6xf32>
  %c1 = "tosa.const"() <{values = dense<[0, 0, 0, 0, 0, 0]> : tensor<6xi8>}> : () -> tensor<6xi8>
  %q1 = quant.scast %c1 : tensor<6xi8> to tensor<6x!quant.uniform<i8:f32, 2.5e-01>>
  %x1 = qprep.dequantize %q1 : tensor<6x!quant.uniform<i8:f32, 2.5e-01>> -> tensor<6xf32>
  %v = tosa.add %x0, %x1 : (tensor<6xf32>, tensor<6xf32>) -> tensor<6xf32>
  %y = qprep.quantize %v : tensor<6xf32> -> tensor<6x!quant.uniform<i8:f32, 1.0e+00>>
  %s = quant.scast %y : tensor<6x!quant.uniform<i8:f32, 1.0e+00>> to tensor<6xi8>
  return %s : tensor<6xi8>
}

// The multiplier is 2.
// CHECK: {{^}}add_saturates: 127 -128 -2 -2{{$}}
func.func @add_saturates() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[127, -128, 127, -128]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[127, -128, -128, 127]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<4xf32>
  %v = tosa.add %x0, %x1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 2.5e-01>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 2.5e-01>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// CHECK: {{^}}add_zero_points_at_the_ends: 127 127 127 -128{{$}}
func.func @add_zero_points_at_the_ends() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[-128, 127, 0, -128]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 5.0e-01:-128>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 5.0e-01:-128>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[127, -128, 126, -128]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 5.0e-01:127>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 5.0e-01:127>> -> tensor<4xf32>
  %v = tosa.add %x0, %x1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01:127>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 5.0e-01:127>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// CHECK: {{^}}add_small: 1 63 -128 3{{$}}
func.func @add_small() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 100, -128, 7]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e-08>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e-08>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[3, 28, -128, 1]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e-08>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 1.0e-08>> -> tensor<4xf32>
  %v = tosa.add %x0, %x1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 2.0e-08:-1>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 2.0e-08:-1>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// CHECK: {{^}}add_large: 3 65 -127 5{{$}}
func.func @add_large() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 100, -128, 7]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+04>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e+04>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[3, 28, -128, 1]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+04>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 1.0e+04>> -> tensor<4xf32>
  %v = tosa.add %x0, %x1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 2.0e+04:1>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 2.0e+04:1>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// What is small beside the other operand has no share.
// CHECK: {{^}}add_far_apart: 1 100 -128 0{{$}}
func.func @add_far_apart() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 100, -128, 0]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+04>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e+04>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[127, -128, 5, 127]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e-08>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 1.0e-08>> -> tensor<4xf32>
  %v = tosa.add %x0, %x1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 1.0e+04>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 1.0e+04>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// REFERENCE: {{^}}mul_half: 0 2 2 0 -2 -2{{$}}
// INTEGER: {{^}}mul_half: 1 2 3 0 -1 -2{{$}}
func.func @mul_half() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 3, 5, -1, -3, -5]> : tensor<6xi8>}> : () -> tensor<6xi8>
  %q0 = quant.scast %c0 : tensor<6xi8> to tensor<6x!quant.uniform<i8:f32, 5.0e-01>>
  %x0 = qprep.dequantize %q0 : tensor<6x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<6xf32>
  %c1 = "tosa.const"() <{values = dense<[1, 1, 1, 1, 1, 1]> : tensor<6xi8>}> : () -> tensor<6xi8>
  %q1 = quant.scast %c1 : tensor<6xi8> to tensor<6x!quant.uniform<i8:f32, 1.0e+00>>
  %x1 = qprep.dequantize %q1 : tensor<6x!quant.uniform<i8:f32, 1.0e+00>> -> tensor<6xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v = tosa.mul %x0, %x1, %z : (tensor<6xf32>, tensor<6xf32>, tensor<1xi8>) -> tensor<6xf32>
  %y = qprep.quantize %v : tensor<6xf32> -> tensor<6x!quant.uniform<i8:f32, 1.0e+00>>
  %s = quant.scast %y : tensor<6x!quant.uniform<i8:f32, 1.0e+00>> to tensor<6xi8>
  return %s : tensor<6xi8>
}

// The multiplier is 2.
// CHECK: {{^}}mul_saturates: 127 -128 127 12{{$}}
func.func @mul_saturates() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[127, -128, -128, 2]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+00>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e+00>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[127, 127, -128, 3]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+00>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 1.0e+00>> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v = tosa.mul %x0, %x1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 5.0e-01>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 5.0e-01>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// CHECK: {{^}}mul_zero_points_at_the_ends: 127 -128 127 126{{$}}
func.func @mul_zero_points_at_the_ends() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[-128, 127, -127, -126]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 5.0e-01:-128>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 5.0e-01:-128>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[127, -128, 126, 125]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 5.0e-01:127>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 5.0e-01:127>> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v = tosa.mul %x0, %x1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 1.0e+00:127>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 1.0e+00:127>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// CHECK: {{^}}mul_small: 1 2 67 -85{{$}}
func.func @mul_small() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 3, 100, -128]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e-08>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e-08>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[2, 2, 2, 2]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+00>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 1.0e+00>> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v = tosa.mul %x0, %x1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 3.0e-08>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 3.0e-08>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// CHECK: {{^}}mul_large: 1 2 67 -85{{$}}
func.func @mul_large() -> tensor<4xi8> {
  %c0 = "tosa.const"() <{values = dense<[1, 3, 100, -128]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q0 = quant.scast %c0 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+04>>
  %x0 = qprep.dequantize %q0 : tensor<4x!quant.uniform<i8:f32, 1.0e+04>> -> tensor<4xf32>
  %c1 = "tosa.const"() <{values = dense<[2, 2, 2, 2]> : tensor<4xi8>}> : () -> tensor<4xi8>
  %q1 = quant.scast %c1 : tensor<4xi8> to tensor<4x!quant.uniform<i8:f32, 1.0e+04>>
  %x1 = qprep.dequantize %q1 : tensor<4x!quant.uniform<i8:f32, 1.0e+04>> -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %v = tosa.mul %x0, %x1, %z : (tensor<4xf32>, tensor<4xf32>, tensor<1xi8>) -> tensor<4xf32>
  %y = qprep.quantize %v : tensor<4xf32> -> tensor<4x!quant.uniform<i8:f32, 3.0e+08>>
  %s = quant.scast %y : tensor<4x!quant.uniform<i8:f32, 3.0e+08>> to tensor<4xi8>
  return %s : tensor<4xi8>
}

// REFERENCE: {{^}}conv_half: 0 0 2 -2 0 0 -2 2{{$}}
// INTEGER: {{^}}conv_half: 1 0 2 -1 0 1 -1 2{{$}}
func.func @conv_half() -> tensor<8xi8> {
  %c0 = "tosa.const"() <{values = dense<[[[[1], [3], [-1], [-3]]]]> : tensor<1x1x4x1xi8>}> : () -> tensor<1x1x4x1xi8>
  %q0 = quant.scast %c0 : tensor<1x1x4x1xi8> to tensor<1x1x4x1x!quant.uniform<i8:f32, 5.0e-01>>
  %x0 = qprep.dequantize %q0 : tensor<1x1x4x1x!quant.uniform<i8:f32, 5.0e-01>> -> tensor<1x1x4x1xf32>
  %c1 = "tosa.const"() <{values = dense<[[[[1]]], [[[-1]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %q1 = quant.scast %c1 : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>>
  %x1 = qprep.dequantize %q1 : tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>> -> tensor<2x1x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<[0.0, 0.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x4x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x4x2xf32>
  %y = qprep.quantize %v : tensor<1x1x4x2xf32> -> tensor<1x1x4x2x!quant.uniform<i8:f32, 1.0e+00>>
  %s = quant.scast %y : tensor<1x1x4x2x!quant.uniform<i8:f32, 1.0e+00>> to tensor<1x1x4x2xi8>
  %n = tosa.const_shape {values = dense<[8]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %r = tosa.reshape %s, %n : (tensor<1x1x4x2xi8>, !tosa.shape<1>) -> tensor<8xi8>
  return %r : tensor<8xi8>
}

// Multipliers are 2 and 4.
// CHECK: {{^}}conv_saturates: 127 127 -128 -128 127 80{{$}}
func.func @conv_saturates() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[[[[127], [-128], [20]]]]> : tensor<1x1x3x1xi8>}> : () -> tensor<1x1x3x1xi8>
  %q0 = quant.scast %c0 : tensor<1x1x3x1xi8> to tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e+00>>
  %x0 = qprep.dequantize %q0 : tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e+00>> -> tensor<1x1x3x1xf32>
  %c1 = "tosa.const"() <{values = dense<[[[[127]]], [[[1]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %q1 = quant.scast %c1 : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 2.0e+00}>>
  %x1 = qprep.dequantize %q1 : tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 2.0e+00}>> -> tensor<2x1x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<[0.0, 0.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x3x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3x2xf32>
  %y = qprep.quantize %v : tensor<1x1x3x2xf32> -> tensor<1x1x3x2x!quant.uniform<i8:f32, 5.0e-01>>
  %s = quant.scast %y : tensor<1x1x3x2x!quant.uniform<i8:f32, 5.0e-01>> to tensor<1x1x3x2xi8>
  %n = tosa.const_shape {values = dense<[6]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %r = tosa.reshape %s, %n : (tensor<1x1x3x2xi8>, !tosa.shape<1>) -> tensor<6xi8>
  return %r : tensor<6xi8>
}

// REFERENCE: {{^}}conv_zero_points_at_the_ends: 63 127 63 126 127 -128{{$}}
// INTEGER: {{^}}conv_zero_points_at_the_ends: 63 127 64 126 127 -128{{$}}
func.func @conv_zero_points_at_the_ends() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[[[[-128], [-127], [127]]]]> : tensor<1x1x3x1xi8>}> : () -> tensor<1x1x3x1xi8>
  %q0 = quant.scast %c0 : tensor<1x1x3x1xi8> to tensor<1x1x3x1x!quant.uniform<i8:f32, 5.0e-01:-128>>
  %x0 = qprep.dequantize %q0 : tensor<1x1x3x1x!quant.uniform<i8:f32, 5.0e-01:-128>> -> tensor<1x1x3x1xf32>
  %c1 = "tosa.const"() <{values = dense<[[[[1]]], [[[-1]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %q1 = quant.scast %c1 : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 2.0e+00}>>
  %x1 = qprep.dequantize %q1 : tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 2.0e+00}>> -> tensor<2x1x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<[-64.0, 0.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x3x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3x2xf32>
  %y = qprep.quantize %v : tensor<1x1x3x2xf32> -> tensor<1x1x3x2x!quant.uniform<i8:f32, 1.0e+00:127>>
  %s = quant.scast %y : tensor<1x1x3x2x!quant.uniform<i8:f32, 1.0e+00:127>> to tensor<1x1x3x2xi8>
  %n = tosa.const_shape {values = dense<[6]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %r = tosa.reshape %s, %n : (tensor<1x1x3x2xi8>, !tosa.shape<1>) -> tensor<6xi8>
  return %r : tensor<6xi8>
}

// The bias is at the scale of the products.
// REFERENCE: {{^}}conv_bias_half: 1 -2 2 -1 0 -2{{$}}
// INTEGER: {{^}}conv_bias_half: 1 -1 2 -1 1 -2{{$}}
func.func @conv_bias_half() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[[[[0], [1], [-1]]]]> : tensor<1x1x3x1xi8>}> : () -> tensor<1x1x3x1xi8>
  %q0 = quant.scast %c0 : tensor<1x1x3x1xi8> to tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e+00>>
  %x0 = qprep.dequantize %q0 : tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e+00>> -> tensor<1x1x3x1xf32>
  %c1 = "tosa.const"() <{values = dense<[[[[1]]], [[[1]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %q1 = quant.scast %c1 : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>>
  %x1 = qprep.dequantize %q1 : tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>> -> tensor<2x1x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<[2.0, -3.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x3x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3x2xf32>
  %y = qprep.quantize %v : tensor<1x1x3x2xf32> -> tensor<1x1x3x2x!quant.uniform<i8:f32, 2.0e+00>>
  %s = quant.scast %y : tensor<1x1x3x2x!quant.uniform<i8:f32, 2.0e+00>> to tensor<1x1x3x2xi8>
  %n = tosa.const_shape {values = dense<[6]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %r = tosa.reshape %s, %n : (tensor<1x1x3x2xi8>, !tosa.shape<1>) -> tensor<6xi8>
  return %r : tensor<6xi8>
}

// CHECK: {{^}}conv_small: 0 1 17 50 -43 -128{{$}}
func.func @conv_small() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[[[[1], [50], [-128]]]]> : tensor<1x1x3x1xi8>}> : () -> tensor<1x1x3x1xi8>
  %q0 = quant.scast %c0 : tensor<1x1x3x1xi8> to tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e-08>>
  %x0 = qprep.dequantize %q0 : tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e-08>> -> tensor<1x1x3x1xf32>
  %c1 = "tosa.const"() <{values = dense<[[[[1]]], [[[3]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %q1 = quant.scast %c1 : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>>
  %x1 = qprep.dequantize %q1 : tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>> -> tensor<2x1x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<[0.0, 0.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x3x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3x2xf32>
  %y = qprep.quantize %v : tensor<1x1x3x2xf32> -> tensor<1x1x3x2x!quant.uniform<i8:f32, 3.0e-08>>
  %s = quant.scast %y : tensor<1x1x3x2x!quant.uniform<i8:f32, 3.0e-08>> to tensor<1x1x3x2xi8>
  %n = tosa.const_shape {values = dense<[6]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %r = tosa.reshape %s, %n : (tensor<1x1x3x2xi8>, !tosa.shape<1>) -> tensor<6xi8>
  return %r : tensor<6xi8>
}

// CHECK: {{^}}conv_large: 0 1 17 50 -43 -128{{$}}
func.func @conv_large() -> tensor<6xi8> {
  %c0 = "tosa.const"() <{values = dense<[[[[1], [50], [-128]]]]> : tensor<1x1x3x1xi8>}> : () -> tensor<1x1x3x1xi8>
  %q0 = quant.scast %c0 : tensor<1x1x3x1xi8> to tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e+04>>
  %x0 = qprep.dequantize %q0 : tensor<1x1x3x1x!quant.uniform<i8:f32, 1.0e+04>> -> tensor<1x1x3x1xf32>
  %c1 = "tosa.const"() <{values = dense<[[[[1]]], [[[3]]]]> : tensor<2x1x1x1xi8>}> : () -> tensor<2x1x1x1xi8>
  %q1 = quant.scast %c1 : tensor<2x1x1x1xi8> to tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>>
  %x1 = qprep.dequantize %q1 : tensor<2x1x1x1x!quant.uniform<i8<-127:127>:f32:0, {1.0e+00, 1.0e+00}>> -> tensor<2x1x1x1xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = "tosa.const"() <{values = dense<[0.0, 0.0]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %v = tosa.conv2d %x0, %x1, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x3x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3x2xf32>
  %y = qprep.quantize %v : tensor<1x1x3x2xf32> -> tensor<1x1x3x2x!quant.uniform<i8:f32, 3.0e+04>>
  %s = quant.scast %y : tensor<1x1x3x2x!quant.uniform<i8:f32, 3.0e+04>> to tensor<1x1x3x2xi8>
  %n = tosa.const_shape {values = dense<[6]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %r = tosa.reshape %s, %n : (tensor<1x1x3x2xi8>, !tosa.shape<1>) -> tensor<6xi8>
  return %r : tensor<6xi8>
}
