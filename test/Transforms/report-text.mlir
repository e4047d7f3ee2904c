// RUN: quant-prep-opt %s --qprep-report='output=%t.txt format=text' -o %t.mlir
// RUN: FileCheck %s --match-full-lines --strict-whitespace < %t.txt

//      CHECK:functions     2
// CHECK-NEXT:units         3
// CHECK-NEXT:  observed    1
// CHECK-NEXT:  shared      1
// CHECK-NEXT:  float       1
// CHECK-NEXT:  skipped     0
// CHECK-NEXT:observers     1 at 2 places
// CHECK-NEXT:macs observed 75.0 % of 64
//CHECK-EMPTY:
// CHECK-NEXT:function b6_table
// CHECK-NEXT:index  name  kind     qconfig    decision  observers, or why not
// CHECK-NEXT:1      mm    matmul   q (name)   observed  x
// CHECK-NEXT:2      -     reshape  q (name)   shared    x; with mm
// CHECK-NEXT:3      -     matmul   - (order)  float     F16: the backend has no such dtype
//CHECK-EMPTY:
// CHECK-NEXT:function no_units
// CHECK-NEXT:no units

qprep.config private @c attributes {qprep.generated} {
  qprep.qconfig @q <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
}
qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, ui8, per_tensor_affine>} attributes {qprep.generated}

func.func @b6_table(%x: tensor<1x4x3xf32>, %y: tensor<1x3x4xf32>, %z: tensor<1xf32>, %w: tensor<1x1x1xf32>) -> tensor<1x16x1xf32> {
  %s = tosa.const_shape {values = dense<[1, 16, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.matmul %x, %y, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>, qprep.assigned = #qprep.assigned<@c::@q from name>,
    qprep.plan = #qprep.plan<observed>} : (tensor<1x4x3xf32>, tensor<1x3x4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4xf32> loc("mm")
  %1 = qprep.observe %0 by @x : tensor<1x4x4xf32>
  %2 = tosa.reshape %1, %s {qprep.unit = #qprep.unit<reshape [input, _]>, qprep.assigned = #qprep.assigned<@c::@q from name>,
    qprep.plan = #qprep.plan<shared>} : (tensor<1x4x4xf32>, !tosa.shape<3>) -> tensor<1x16x1xf32>
  %3 = qprep.observe %2 by @x : tensor<1x16x1xf32>
  %4 = tosa.matmul %3, %w, %z, %z {qprep.unit = #qprep.unit<matmul [input, input, _, _]>, qprep.assigned = #qprep.assigned<none from order>,
    qprep.plan = #qprep.plan<float by "F16" because "the backend has no such dtype">}
    : (tensor<1x16x1xf32>, tensor<1x1x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x16x1xf32>
  return %4 : tensor<1x16x1xf32>
}

func.func @no_units() {
  return
}
