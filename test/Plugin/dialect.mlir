// The plugin brings the dialect, and passes with options, to the stock mlir-opt.
//
// RUN: mlir-opt %s --load-dialect-plugin=%quantprep_plugin --mlir-print-local-scope | FileCheck %s
// RUN: mlir-opt %s --load-dialect-plugin=%quantprep_plugin --load-pass-plugin=%quantprep_plugin \
// RUN:   --pass-pipeline='builtin.module(canonicalize,cse)' --mlir-print-local-scope | FileCheck %s
// RUN: mlir-opt --load-pass-plugin=%quantprep_plugin --help | FileCheck %s --check-prefix=HELP

// CHECK: qprep.observer private @x_in {id = 0, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @x_in {id = 0, spec = #qprep.observer<placeholder, f16>}
// CHECK-LABEL: func.func @observed
func.func @observed(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: qprep.observe %{{.*}} by @x_in : tensor<4xf32>
  %0 = qprep.observe %x by @x_in : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// HELP: --qprep-attach-config
// HELP: --qconfig=<string>
// HELP: --qprep-prepare
