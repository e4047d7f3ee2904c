// Codes go through calls, branches and loops, where all that flows there is dequantized.

// RUN: quant-prep-opt %s --qprep-lower-to-integer --split-input-file | FileCheck %s

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// CHECK-LABEL: func.func @caller(
//       CHECK: call @callee(%{{.*}}) : (tensor<4xi8>) -> tensor<4xi8>
//   CHECK-NOT: f32
// CHECK-LABEL: func.func private @callee(
//  CHECK-SAME: tensor<4xi8>) -> tensor<4xi8>
//   CHECK-NOT: f32
func.func @caller(%q: tensor<4x!x>) -> tensor<4x!x> {
  %0 = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %1 = call @callee(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = tosa.abs %1 : (tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!x>
  return %3 : tensor<4x!x>
}
func.func private @callee(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
  %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!x>
  %2 = qprep.dequantize %1 : tensor<4x!x> -> tensor<4xf32>
  return %2 : tensor<4xf32>
}

// -----

!x = !quant.uniform<i8:f32, 3.01e-01:3>
!y = !quant.uniform<i8:f32, 1.0:0>

// A branch with a smaller scale is rescaled to the larger.
// CHECK-LABEL: func.func @branch(
//  CHECK-SAME: %{{.*}}: i1, %[[A:.*]]: tensor<4xi8>, %[[B:.*]]: tensor<4xi8>
//       CHECK: scf.if %{{.*}} -> (tensor<4xi8>) {
//       CHECK: %[[R:.*]] = tosa.rescale %[[A]]
//       CHECK: scf.yield %[[R]]
//       CHECK: scf.yield %[[B]]
//       CHECK: tosa.table
func.func @branch(%c: i1, %a: tensor<4x!x>, %b: tensor<4x!y>) -> tensor<4x!x> {
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = qprep.dequantize %a : tensor<4x!x> -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } else {
    %1 = qprep.dequantize %b : tensor<4x!y> -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  }
  %2 = tosa.abs %0 : (tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!x>
  return %3 : tensor<4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 1.0:-128>
!y = !quant.uniform<i8:f32, 0.5:127>

// Neither branch has the floats of the other: both are rescaled to what has all of them.
// CHECK-LABEL: func.func @branch_ranges(
//  CHECK-SAME: %{{.*}}: i1, %[[A:.*]]: tensor<4xi8>, %[[B:.*]]: tensor<4xi8>
//       CHECK: scf.if %{{.*}} -> (tensor<4xi8>) {
//       CHECK: %[[R:.*]] = tosa.rescale %[[A]]
//       CHECK: scf.yield %[[R]]
//       CHECK: %[[S:.*]] = tosa.rescale %[[B]]
//       CHECK: scf.yield %[[S]]
func.func @branch_ranges(%c: i1, %a: tensor<4x!x>, %b: tensor<4x!y>) -> tensor<4x!x> {
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = qprep.dequantize %a : tensor<4x!x> -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } else {
    %1 = qprep.dequantize %b : tensor<4x!y> -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  }
  %2 = tosa.abs %0 : (tensor<4xf32>) -> tensor<4xf32>
  %3 = qprep.quantize %2 : tensor<4xf32> -> tensor<4x!x>
  return %3 : tensor<4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// CHECK-LABEL: func.func @b1_loop(
//       CHECK: scf.for {{.*}} iter_args(%[[I:.*]] = %{{.*}}) -> (tensor<4xi8>)
//       CHECK: %[[T:.*]] = tosa.table %[[I]]
//       CHECK: scf.yield %[[T]]
func.func @b1_loop(%n: index, %q: tensor<4x!x>) -> tensor<4x!x> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %init = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%x = %init) -> tensor<4xf32> {
    %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
    %1 = qprep.quantize %0 : tensor<4xf32> -> tensor<4x!x>
    %2 = qprep.dequantize %1 : tensor<4x!x> -> tensor<4xf32>
    scf.yield %2 : tensor<4xf32>
  }
  %3 = qprep.quantize %r : tensor<4xf32> -> tensor<4x!x>
  return %3 : tensor<4x!x>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// Who calls a public function is not known, and a branch that is float makes all float.
// CHECK-LABEL: func.func @stays_float(
//  CHECK-SAME: tensor<4xf32>
//       CHECK: scf.if %{{.*}} -> (tensor<4xf32>)
func.func @stays_float(%c: i1, %f: tensor<4xf32>, %a: tensor<4x!x>) -> tensor<4xf32> {
  %0 = scf.if %c -> tensor<4xf32> {
    %1 = qprep.dequantize %a : tensor<4x!x> -> tensor<4xf32>
    scf.yield %1 : tensor<4xf32>
  } else {
    scf.yield %f : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// T17: what all calls of a function quantize is made as codes in it.
// CHECK-LABEL: func.func @t17_result(
//       CHECK: %[[R:.*]] = call @made_to_return(%{{.*}}) : (tensor<4xi8>) -> tensor<4xi8>
//  CHECK-NEXT: return %[[R]]
// CHECK-LABEL: func.func private @made_to_return(
//       CHECK: %[[T:.*]] = tosa.table
//       CHECK: return %[[T]] : tensor<4xi8>
func.func @t17_result(%q: tensor<4x!x>) -> tensor<4x!x> {
  %0 = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %1 = call @made_to_return(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.quantize %1 : tensor<4xf32> -> tensor<4x!x>
  return %2 : tensor<4x!x>
}
func.func private @made_to_return(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:0>
!y = !quant.uniform<i8:f32, 2.5e-01:0>

// Calls with different parameters: the range of all in the function, and each call rescales to its own.
// CHECK-LABEL: func.func @t17_two_calls(
//       CHECK: %[[A:.*]] = call @called_twice
//       CHECK: %[[B:.*]] = call @called_twice
//       CHECK: tosa.rescale %[[B]]
//       CHECK: return %[[A]], %{{.*}} : tensor<4xi8>, tensor<4xi8>
// CHECK-LABEL: func.func private @called_twice(
//   CHECK-NOT: f32
func.func @t17_two_calls(%q: tensor<4x!x>) -> (tensor<4x!x>, tensor<4x!y>) {
  %0 = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %1 = call @called_twice(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.quantize %1 : tensor<4xf32> -> tensor<4x!x>
  %3 = call @called_twice(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %4 = qprep.quantize %3 : tensor<4xf32> -> tensor<4x!y>
  return %2, %4 : tensor<4x!x>, tensor<4x!y>
}
func.func private @called_twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:0>
!y = !quant.uniform<i8:f32, 1.0e-02:0>

// Ranges that are far from each other: codes of 16 bits, so that the narrow one keeps its own.
// CHECK-LABEL: func.func @calls_of_far_ranges(
//  CHECK-SAME: %[[X:.*]]: tensor<4xi8>, %[[Y:.*]]: tensor<4xi8>
//       CHECK: %[[WX:.*]] = tosa.rescale %[[X]], {{.*}} -> tensor<4xi16>
//       CHECK: %[[A:.*]] = call @of_any_range(%[[WX]]) : (tensor<4xi16>) -> tensor<4xi16>
//       CHECK: %[[RA:.*]] = tosa.rescale %[[A]], {{.*}} -> tensor<4xi8>
//       CHECK: %[[WY:.*]] = tosa.rescale %[[Y]], {{.*}} -> tensor<4xi16>
//       CHECK: %[[B:.*]] = call @of_any_range(%[[WY]])
//       CHECK: %[[RB:.*]] = tosa.rescale %[[B]], {{.*}} -> tensor<4xi8>
//       CHECK: return %[[RA]], %[[RB]]
// CHECK-LABEL: func.func private @of_any_range(
//   CHECK-NOT: f32
//       CHECK: tosa.clamp
func.func @calls_of_far_ranges(%p: tensor<4x!x>, %q: tensor<4x!y>) -> (tensor<4x!x>, tensor<4x!y>) {
  %0 = qprep.dequantize %p : tensor<4x!x> -> tensor<4xf32>
  %1 = call @of_any_range(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.quantize %1 : tensor<4xf32> -> tensor<4x!x>
  %3 = qprep.dequantize %q : tensor<4x!y> -> tensor<4xf32>
  %4 = call @of_any_range(%3) : (tensor<4xf32>) -> tensor<4xf32>
  %5 = qprep.quantize %4 : tensor<4xf32> -> tensor<4x!y>
  return %2, %5 : tensor<4x!x>, tensor<4x!y>
}
func.func private @of_any_range(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.clamp %x {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

!x = !quant.uniform<i8:f32, 5.0e-01:3>

// A call that reads the floats, and a function that anybody may call, keep them.
// CHECK-LABEL: func.func @t17_float_call(
//       CHECK: call @read_as_float(%{{.*}}) : (tensor<4xi8>) -> tensor<4xf32>
//       CHECK: call @public(%{{.*}}) : (tensor<4xf32>) -> tensor<4xf32>
func.func @t17_float_call(%q: tensor<4x!x>) -> (tensor<4x!x>, tensor<4xf32>, tensor<4x!x>) {
  %0 = qprep.dequantize %q : tensor<4x!x> -> tensor<4xf32>
  %1 = call @read_as_float(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %2 = qprep.quantize %1 : tensor<4xf32> -> tensor<4x!x>
  %3 = call @read_as_float(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %4 = call @public(%0) : (tensor<4xf32>) -> tensor<4xf32>
  %5 = qprep.quantize %4 : tensor<4xf32> -> tensor<4x!x>
  return %2, %3, %5 : tensor<4x!x>, tensor<4xf32>, tensor<4x!x>
}
func.func private @read_as_float(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
func.func @public(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = tosa.abs %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
