// RUN: quant-prep-opt %s --qprep-prepare | FileCheck %s

// A qconfig that is written out on an op becomes one of the configuration; it
// is the strongest of all levels, the function's attribute the next (F2).

// CHECK-LABEL: func.func @f2_attribute_on_op
func.func @f2_attribute_on_op(%x: tensor<4xf32>) -> tensor<4xf32>
    attributes {qprep.qconfig = "none"} {
  // CHECK: tosa.tanh {{.*}}qprep.assigned = #qprep.assigned<none from attribute>
  %0 = tosa.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  // CHECK: tosa.maximum {{.*}}qprep.assigned = #qprep.assigned<@qprep_config::@inline from attribute>
  %1 = tosa.maximum %0, %x {qprep.qconfig = #qprep.qconfig<activation = <placeholder, f16>, weight = <placeholder, f16>>} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @f2_no_attribute
func.func @f2_no_attribute(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: tosa.exp {{.*}}qprep.assigned = #qprep.assigned<@qprep_config::@fbgemm from global>
  %0 = tosa.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK: qprep.qconfig @inline <activation = <placeholder, f16>, weight = <placeholder, f16>>
