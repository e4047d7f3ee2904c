// B21: which operands of products are weights.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// An argument that only a product reads is a weight where another argument is one without doubt.
// CHECK-LABEL: @b21_arguments(
// CHECK: linalg.matmul{{.*}}qprep.member
// CHECK: tosa.add{{.*}}linear [internal, bias]
// CHECK: linalg.matmul{{.*}}linear [input, weight(axis = 1), _]
func.func @b21_arguments(%x: tensor<1x4xf32>, %w: tensor<4x4xf32>, %b: tensor<1x4xf32>, %w2: tensor<4x2xf32>) -> tensor<1x2xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x4xf32>
  %zero2 = arith.constant dense<0.0> : tensor<1x2xf32>
  %r = tosa.const_shape {values = dense<[4]> : tensor<1xindex>} : () -> !tosa.shape<1>
  %0 = linalg.matmul ins(%x, %w : tensor<1x4xf32>, tensor<4x4xf32>) outs(%zero : tensor<1x4xf32>) -> tensor<1x4xf32>
  %1 = tosa.add %0, %b : (tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<1x4xf32>
  %2 = linalg.matmul ins(%1, %w2 : tensor<1x4xf32>, tensor<4x2xf32>) outs(%zero2 : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %2 : tensor<1x2xf32>
}
func.func private @read() -> tensor<4x2xf32>

// Elsewhere it is an activation, unless it is marked.
// CHECK-LABEL: @b21_in_doubt(
// CHECK: linalg.matmul{{.*}}matmul [input, input, _]
func.func @b21_in_doubt(%x: tensor<1x4xf32>, %w: tensor<4x2xf32>) -> tensor<1x2xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}
// CHECK-LABEL: @b21_marked(
// CHECK: linalg.matmul{{.*}}linear [input, weight(axis = 1), _]
func.func @b21_marked(%x: tensor<1x4xf32>, %w: tensor<4x2xf32> {qprep.parameter}) -> tensor<1x2xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x2xf32>
  %0 = linalg.matmul ins(%x, %w : tensor<1x4xf32>, tensor<4x2xf32>) outs(%zero : tensor<1x2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// From a variable, brought by a transpose and a cast, which are no units.
// CHECK-LABEL: @b21_loaded(
// CHECK: ml_program.global_load
// CHECK-NEXT: arith.extf %{{[^{]*$}}
// CHECK-NEXT: tosa.transpose %{{[^}]*}}} :
// CHECK: tosa.matmul{{.*}}linear [input, weight(axis = 2), _, _]
ml_program.global private mutable @v(dense<0.5> : tensor<1x2x4xf16>) : tensor<1x2x4xf16>
func.func @b21_loaded(%x: tensor<1x3x4xf32>) -> tensor<1x3x2xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %h = ml_program.global_load @v : tensor<1x2x4xf16>
  %w = arith.extf %h : tensor<1x2x4xf16> to tensor<1x2x4xf32>
  %t = tosa.transpose %w {perms = array<i32: 0, 2, 1>} : (tensor<1x2x4xf32>) -> tensor<1x4x2xf32>
  %0 = tosa.matmul %x, %t, %z, %z : (tensor<1x3x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x2xf32>
  return %0 : tensor<1x3x2xf32>
}

// What is read as an activation as well is none.
// CHECK-LABEL: @b21_not_only_a_weight(
// CHECK: tosa.matmul{{.*}}matmul [input, input, _, _]
func.func @b21_not_only_a_weight(%x: tensor<1x3x4xf32>) -> (tensor<1x3x2xf32>, tensor<1x4x2xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = ml_program.global_load @u : tensor<1x4x2xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x3x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x2xf32>
  %1 = tosa.tanh %w : (tensor<1x4x2xf32>) -> tensor<1x4x2xf32>
  return %0, %1 : tensor<1x3x2xf32>, tensor<1x4x2xf32>
}
ml_program.global private mutable @u(dense<0.5> : tensor<1x4x2xf32>) : tensor<1x4x2xf32>

// A weight on the left, for a matrix and for a vector.
// CHECK-LABEL: @b21_left(
// CHECK: linalg.matmul{{.*}}linear [weight(axis = 0), input, _]
// CHECK: linalg.matvec{{.*}}linear [weight(axis = 0), input, _]
func.func @b21_left(%x: tensor<4x3xf32>, %y: tensor<4xf32>) -> (tensor<2x3xf32>, tensor<2xf32>) {
  %w = arith.constant dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf32>
  %zero = arith.constant dense<0.0> : tensor<2x3xf32>
  %zero1 = arith.constant dense<0.0> : tensor<2xf32>
  %0 = linalg.matmul ins(%w, %x : tensor<2x4xf32>, tensor<4x3xf32>) outs(%zero : tensor<2x3xf32>) -> tensor<2x3xf32>
  %1 = linalg.matvec ins(%w, %y : tensor<2x4xf32>, tensor<4xf32>) outs(%zero1 : tensor<2xf32>) -> tensor<2xf32>
  return %0, %1 : tensor<2x3xf32>, tensor<2xf32>
}

