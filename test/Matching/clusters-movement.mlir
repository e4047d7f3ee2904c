// Data movement, as front ends spell them, and what only looks like them. A match is one
// unit: its parts have qprep.member, its anchor has the kind.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// One element of a dimension is a slice.
// CHECK-LABEL: @select_one_element(
// CHECK-NEXT: tosa.slice{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<slice [internal, _]>
// CHECK-NEXT: return
func.func @select_one_element(%x: tensor<2x4x3xf32>) -> tensor<2x3xf32> {
  %s1 = tosa.const_shape {values = dense<[0, 1, 0]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %s2 = tosa.const_shape {values = dense<[2, 1, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.slice %x, %s1, %s2 : (tensor<2x4x3xf32>, !tosa.shape<3>, !tosa.shape<3>) -> tensor<2x1x3xf32>
  %s3 = tosa.const_shape {values = dense<[2, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %1 = tosa.reshape %0, %s3 : (tensor<2x1x3xf32>, !tosa.shape<2>) -> tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// CHECK-LABEL: @not_select_two_elements(
// CHECK-NEXT: tosa.slice{{.*}}qprep.unit = #qprep.unit<slice [input, _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK-NEXT: return
func.func @not_select_two_elements(%x: tensor<2x4x3xf32>) -> tensor<4x3xf32> {
  %s1 = tosa.const_shape {values = dense<[0, 1, 0]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %s2 = tosa.const_shape {values = dense<[2, 2, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.slice %x, %s1, %s2 : (tensor<2x4x3xf32>, !tosa.shape<3>, !tosa.shape<3>) -> tensor<2x2x3xf32>
  %s3 = tosa.const_shape {values = dense<[4, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %1 = tosa.reshape %0, %s3 : (tensor<2x2x3xf32>, !tosa.shape<2>) -> tensor<4x3xf32>
  return %1 : tensor<4x3xf32>
}

// CHECK-LABEL: @roll(
// CHECK-NEXT: tosa.slice{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.slice{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.concat{{.*}}qprep.unit = #qprep.unit<roll [internal, internal]>
// CHECK-NEXT: return
func.func @roll(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  %s1 = tosa.const_shape {values = dense<[3, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s2 = tosa.const_shape {values = dense<[1, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.slice %x, %s1, %s2 : (tensor<4x3xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x3xf32>
  %s3 = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s4 = tosa.const_shape {values = dense<[3, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %1 = tosa.slice %x, %s3, %s4 : (tensor<4x3xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<3x3xf32>
  %2 = tosa.concat %0, %1 {axis = 0 : i32} : (tensor<1x3xf32>, tensor<3x3xf32>) -> tensor<4x3xf32>
  return %2 : tensor<4x3xf32>
}

// CHECK-LABEL: @not_roll_of_two_values(
// CHECK-NEXT: tosa.slice{{.*}}qprep.unit = #qprep.unit<slice [input, _, _]>
// CHECK-NEXT: tosa.slice{{.*}}qprep.unit = #qprep.unit<slice [input, _, _]>
// CHECK-NEXT: tosa.concat{{.*}}qprep.unit = #qprep.unit<cat [element, element]>
// CHECK-NEXT: return
func.func @not_roll_of_two_values(%x: tensor<4x3xf32>, %y: tensor<4x3xf32>) -> tensor<4x3xf32> {
  %s1 = tosa.const_shape {values = dense<[3, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s2 = tosa.const_shape {values = dense<[1, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.slice %x, %s1, %s2 : (tensor<4x3xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x3xf32>
  %s3 = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s4 = tosa.const_shape {values = dense<[3, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %1 = tosa.slice %y, %s3, %s4 : (tensor<4x3xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<3x3xf32>
  %2 = tosa.concat %0, %1 {axis = 0 : i32} : (tensor<1x3xf32>, tensor<3x3xf32>) -> tensor<4x3xf32>
  return %2 : tensor<4x3xf32>
}
