// F2: an assignment to the name of any op of a unit is one to the unit; the unit's own name goes
// before, and a path around a member is not one around the unit.
// RUN: quant-prep-opt %s --mlir-print-debuginfo --mlir-print-local-scope -pass-pipeline='builtin.module(qprep-attach-config{config=@c},func.func(qprep-match-units,qprep-fuse-units,qprep-assign-qconfig))' | FileCheck %s
// RUN: quant-prep-opt %s --qprep-prepare=config=@c -o /dev/null 2>&1 | FileCheck %s --check-prefix=UNUSED

qprep.config @c {
  qprep.assign global "fbgemm"
  qprep.assign name "dense/MatMul" none
  qprep.assign name "other.BiasAdd" "qnnpack"
  qprep.assign name "other.MatMul" none
  // UNUSED: warning: matches no unit of the module; the nearest labels are 'dense.MatMul'
  qprep.assign name "dense/MatMul_1" none
  // UNUSED: warning: matches no unit of the module; the nearest labels are 'inner.MatMul'
  qprep.assign name "inner" none
}

// CHECK-LABEL: func.func @f2_member_name(
// CHECK: tosa.add{{.*}}assigned = #qprep.assigned<none from name>
// CHECK: tosa.add{{.*}}assigned = #qprep.assigned<{{.*}}qnnpack from name>
// CHECK: tosa.add{{.*}}assigned = #qprep.assigned<{{.*}}fbgemm from global>
func.func @f2_member_name(%x: tensor<1x2x8xf32>) -> tensor<1x2x8xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<1x8x8xf32>}> : () -> tensor<1x8x8xf32>
  %b = "tosa.const"() <{values = dense<0.25> : tensor<1x1x8xf32>}> : () -> tensor<1x1x8xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x2x8xf32>, tensor<1x8x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x8xf32> loc("dense/MatMul")
  %1 = tosa.add %0, %b : (tensor<1x2x8xf32>, tensor<1x1x8xf32>) -> tensor<1x2x8xf32> loc("dense/BiasAdd")
  %2 = tosa.matmul %1, %w, %z, %z : (tensor<1x2x8xf32>, tensor<1x8x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x8xf32> loc("other.MatMul")
  %3 = tosa.add %2, %b : (tensor<1x2x8xf32>, tensor<1x1x8xf32>) -> tensor<1x2x8xf32> loc("other.BiasAdd")
  %4 = tosa.matmul %3, %w, %z, %z : (tensor<1x2x8xf32>, tensor<1x8x8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x8xf32> loc("inner/MatMul")
  %5 = tosa.add %4, %b : (tensor<1x2x8xf32>, tensor<1x1x8xf32>) -> tensor<1x2x8xf32> loc("outer/BiasAdd")
  return %5 : tensor<1x2x8xf32>
}
