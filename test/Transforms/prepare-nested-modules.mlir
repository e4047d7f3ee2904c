// RUN: quant-prep-opt %s --qprep-prepare -verify-diagnostics | FileCheck %s
// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(builtin.module(qprep-prepare))' \
// RUN:   | FileCheck %s --check-prefix=NESTED

// CHECK-NOT: qprep
// NESTED: qprep.observe
// expected-warning @below {{functions of a nested module are not prepared; run the pipeline on it: builtin.module(builtin.module(qprep-prepare))}}
module @nested {
  func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
    %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

module @without_functions {
}
