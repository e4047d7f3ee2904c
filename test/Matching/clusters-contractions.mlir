// linear, matmul, as front ends spell them, and what only looks like them. A match is one
// unit: its parts have qprep.member, its anchor has the kind.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// CHECK-LABEL: @linear_with_bias(
// CHECK-NEXT: tosa.matmul{{.*}}qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<linear [internal, bias]>
// CHECK-NEXT: return
func.func @linear_with_bias(%x: tensor<1x4x8xf32>) -> tensor<1x4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x3xf32>}> : () -> tensor<1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.add %0, %c2 : (tensor<1x4x3xf32>, tensor<1x1x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}

// Addition is commutative.
// CHECK-LABEL: @linear_bias_first(
// CHECK-NEXT: tosa.matmul{{.*}}qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<linear [bias, internal]>
// CHECK-NEXT: return
func.func @linear_bias_first(%x: tensor<1x4x8xf32>) -> tensor<1x4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x3xf32>}> : () -> tensor<1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.add %c2, %0 : (tensor<1x1x3xf32>, tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}

// CHECK-LABEL: @linear_reshaped(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<linear [internal, bias]>
// CHECK-NEXT: return
func.func @linear_reshaped(%x: tensor<4x8xf32>) -> tensor<4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
  %s3 = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s3 : (tensor<4x8xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.matmul %0, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %s5 = tosa.const_shape {values = dense<[4, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %2 = tosa.reshape %1, %s5 : (tensor<1x4x3xf32>, !tosa.shape<2>) -> tensor<4x3xf32>
  %3 = tosa.add %2, %c2 : (tensor<4x3xf32>, tensor<1x3xf32>) -> tensor<4x3xf32>
  return %3 : tensor<4x3xf32>
}

// CHECK-LABEL: @linear_without_bias(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<linear [internal, _]>
// CHECK-NEXT: return
func.func @linear_without_bias(%x: tensor<4x8xf32>) -> tensor<4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %s2 = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s2 : (tensor<4x8xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.matmul %0, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %s4 = tosa.const_shape {values = dense<[4, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %2 = tosa.reshape %1, %s4 : (tensor<1x4x3xf32>, !tosa.shape<2>) -> tensor<4x3xf32>
  return %2 : tensor<4x3xf32>
}

// With a bias, weight and bias may be arguments.
// CHECK-LABEL: @linear_of_arguments(
// CHECK-NEXT: tosa.matmul{{.*}}qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<linear [internal, bias]>
// CHECK-NEXT: return
func.func @linear_of_arguments(%x: tensor<1x4x8xf32>, %w: tensor<1x8x3xf32>, %b: tensor<1x1x3xf32>) -> tensor<1x4x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.add %0, %b : (tensor<1x4x3xf32>, tensor<1x1x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}

// A transposed argument is a weight; the transpose only brings it, and is no unit.
// CHECK-LABEL: @linear_transposed_argument(
// CHECK-NEXT: tosa.transpose{{[^#]*$}}
// CHECK-NEXT: tosa.reshape{{[^#]*$}}
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>
// CHECK-NEXT: return
func.func @linear_transposed_argument(%x: tensor<1x4x8xf32>, %w: tensor<3x8xf32>) -> tensor<1x4x3xf32> {
  %0 = tosa.transpose %w {perms = array<i32: 1, 0>} : (tensor<3x8xf32>) -> tensor<8x3xf32>
  %s1 = tosa.const_shape {values = dense<[1, 8, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %1 = tosa.reshape %0, %s1 : (tensor<8x3xf32>, !tosa.shape<3>) -> tensor<1x8x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %2 = tosa.matmul %x, %1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  return %2 : tensor<1x4x3xf32>
}

// CHECK-LABEL: @linear_dynamic_batch(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[internal, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<linear [internal, bias]>
// CHECK-NEXT: return
func.func @linear_dynamic_batch(%x: tensor<?x8xf32>) -> tensor<?x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
  %s3 = tosa.const_shape {values = dense<[1, -1, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s3 : (tensor<?x8xf32>, !tosa.shape<3>) -> tensor<1x?x8xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.matmul %0, %c1, %z, %z : (tensor<1x?x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x?x3xf32>
  %s5 = tosa.const_shape {values = dense<[-1, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %2 = tosa.reshape %1, %s5 : (tensor<1x?x3xf32>, !tosa.shape<2>) -> tensor<?x3xf32>
  %3 = tosa.add %2, %c2 : (tensor<?x3xf32>, tensor<1x3xf32>) -> tensor<?x3xf32>
  return %3 : tensor<?x3xf32>
}

// Either could be an activation.
// CHECK-LABEL: @not_linear_two_arguments(
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<matmul [input, input, _, _]>
// CHECK-NEXT: return
func.func @not_linear_two_arguments(%x: tensor<1x4x8xf32>, %y: tensor<1x8x3xf32>) -> tensor<1x4x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %y, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  return %0 : tensor<1x4x3xf32>
}

// A product of each element of the batch with its own matrix.
// CHECK-LABEL: @not_linear_batched_weight(
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<matmul [input, input, _, _]>
// CHECK-NEXT: return
func.func @not_linear_batched_weight(%x: tensor<2x4x8xf32>) -> tensor<2x4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<2x8x3xf32>}> : () -> tensor<2x8x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %c1, %z, %z : (tensor<2x4x8xf32>, tensor<2x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4x3xf32>
  return %0 : tensor<2x4x3xf32>
}

// The reshape is more than a batch: it is a unit of its own.
// CHECK-LABEL: @not_linear_reshape_mixes_columns(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>
// CHECK-NEXT: return
func.func @not_linear_reshape_mixes_columns(%x: tensor<4x8xf32>) -> tensor<1x2x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x16x3xf32>}> : () -> tensor<1x16x3xf32>
  %s2 = tosa.const_shape {values = dense<[1, 2, 16]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s2 : (tensor<4x8xf32>, !tosa.shape<3>) -> tensor<1x2x16xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.matmul %0, %c1, %z, %z : (tensor<1x2x16xf32>, tensor<1x16x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32>
  return %1 : tensor<1x2x3xf32>
}

// What is added is as large as the product: a residual.
// CHECK-LABEL: @bias_is_an_activation(
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: return
func.func @bias_is_an_activation(%x: tensor<1x4x8xf32>, %r: tensor<1x4x3xf32>) -> tensor<1x4x3xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.add %0, %r : (tensor<1x4x3xf32>, tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  return %1 : tensor<1x4x3xf32>
}

// The product is used beside the sum.
// CHECK-LABEL: @product_has_another_user(
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: return
func.func @product_has_another_user(%x: tensor<1x4x8xf32>) -> (tensor<1x4x3xf32>, tensor<1x4x3xf32>) {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<1x1x3xf32>}> : () -> tensor<1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %1 = tosa.add %0, %c2 : (tensor<1x4x3xf32>, tensor<1x1x3xf32>) -> tensor<1x4x3xf32>
  return %1, %0 : tensor<1x4x3xf32>, tensor<1x4x3xf32>
}

// What two units want is a unit of its own.
// CHECK-LABEL: @reshape_feeds_two_products(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>
// CHECK-NEXT: return
func.func @reshape_feeds_two_products(%x: tensor<4x8xf32>) -> (tensor<1x4x3xf32>, tensor<1x4x3xf32>) {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<1x8x3xf32>}> : () -> tensor<1x8x3xf32>
  %s2 = tosa.const_shape {values = dense<[1, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s2 : (tensor<4x8xf32>, !tosa.shape<3>) -> tensor<1x4x8xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.matmul %0, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  %2 = tosa.matmul %0, %c1, %z, %z : (tensor<1x4x8xf32>, tensor<1x8x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x3xf32>
  return %1, %2 : tensor<1x4x3xf32>, tensor<1x4x3xf32>
}

// CHECK-LABEL: @matmul_batched(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.matmul{{.*}}qprep.member = #qprep.member<[internal, internal, _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<matmul [internal, _]>
// CHECK-NEXT: return
func.func @matmul_batched(%x: tensor<2x3x4x8xf32>, %y: tensor<2x3x8x5xf32>) -> tensor<2x3x4x5xf32> {
  %s1 = tosa.const_shape {values = dense<[6, 4, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s1 : (tensor<2x3x4x8xf32>, !tosa.shape<3>) -> tensor<6x4x8xf32>
  %s2 = tosa.const_shape {values = dense<[6, 8, 5]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %1 = tosa.reshape %y, %s2 : (tensor<2x3x8x5xf32>, !tosa.shape<3>) -> tensor<6x8x5xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %2 = tosa.matmul %0, %1, %z, %z : (tensor<6x4x8xf32>, tensor<6x8x5xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<6x4x5xf32>
  %s4 = tosa.const_shape {values = dense<[2, 3, 4, 5]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %3 = tosa.reshape %2, %s4 : (tensor<6x4x5xf32>, !tosa.shape<4>) -> tensor<2x3x4x5xf32>
  return %3 : tensor<2x3x4x5xf32>
}
