// Each observer gets the statistics of its kind.

// RUN: rm -rf %t && mkdir %t
// RUN: %python %S/../Execution/arrays.py write %t/x.npz '0=<f4[4,2,2]=1,-2,3,0.5,2,2,2,2,-8,1,1,1,0,0,0,4'
// RUN: quant-prep-opt %s --qprep-calibrate=inputs=%t/x.npz | FileCheck %s
// RUN: mlir-opt %s --load-dialect-plugin=%quantprep_plugin --load-pass-plugin=%quantprep_plugin \
// RUN:   --pass-pipeline='builtin.module(qprep-calibrate{inputs=%t/x.npz})' --mlir-print-local-scope | FileCheck %s

// In parts, and with several threads, the same.
// RUN: quant-prep-opt %s --qprep-calibrate='inputs=%t/x.npz threads=1' > %t/one.mlir
// RUN: quant-prep-opt %s --qprep-calibrate='inputs=%t/x.npz threads=3' | diff %t/one.mlir -
// RUN: quant-prep-opt %s --qprep-calibrate='inputs=%t/x.npz shard=1/2' 2>&1 | FileCheck %s --check-prefix=PART

// What was there is replaced.
// RUN: quant-prep-opt %s --qprep-calibrate=inputs=%t/x.npz --qprep-calibrate=inputs=%t/x.npz | diff %t/one.mlir -

// CHECK: qprep.observer private @x {id = 0, {{.*}}statistics = #qprep.statistics<min = [-8.000000e+00], max = [4.000000e+00], count = 16
// CHECK: qprep.observer private @rows {id = 1, {{.*}}statistics = #qprep.statistics<min = [-8.000000e+00, 0.000000e+00], max = [2.000000e+00, 4.000000e+00], count = 16
// CHECK: qprep.observer private @weight {id = 2, {{.*}}statistics = #qprep.statistics<min = [5.000000e-01], max = [2.000000e+00], count = 4
// CHECK: qprep.observer private @average {id = 3, {{.*}}statistics = #qprep.statistics<min = [-8.000000e+00], max = [4.000000e+00], count = 16, runs = 4, passes = <runs = dense_resource<{{.*}}> : tensor<4xi64>, ranges = dense_resource<{{.*}}> : tensor<4x1x2xf64>>>}
// CHECK: qprep.observer private @nothing {id = 4, spec = #qprep.observer<placeholder, f16>}

// Constants are seen once, whatever is computed of them, and belong to no run:
// those that are moved, and those that have to be computed.
// CHECK: @moved {{.*}}statistics = #qprep.statistics<min = [5.000000e-01, 1.000000e+00], max = [1.500000e+00, 2.000000e+00], count = 4>}
// CHECK: @computed {{.*}}statistics = #qprep.statistics<min = [1.000000e+00], max = [4.000000e+00], count = 4>}

// PART: qprep.observer private @x {id = 0, {{.*}}min = [0.000000e+00], max = [4.000000e+00], count = 8
// PART: qprep.observer private @weight {id = 2, spec = {{.*}}>}

func.func @forward(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %w = arith.constant dense<[[0.5, 1.0], [1.5, 2.0]]> : tensor<2x2xf32>
  %0 = qprep.observe %x by @x : tensor<2x2xf32>
  %1 = qprep.observe %0 by @rows : tensor<2x2xf32>
  %2 = qprep.observe %1 by @average : tensor<2x2xf32>
  %3 = qprep.observe %2 by @nothing : tensor<2x2xf32>
  %4 = qprep.observe %w by @weight : tensor<2x2xf32>
  %5 = arith.mulf %3, %4 : tensor<2x2xf32>
  %turned = tosa.transpose %w {perms = array<i32: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %6 = qprep.observe %turned by @moved : tensor<2x2xf32>
  %double = arith.addf %w, %w : tensor<2x2xf32>
  %7 = qprep.observe %double by @computed : tensor<2x2xf32>
  %8 = arith.addf %5, %6 : tensor<2x2xf32>
  %9 = arith.addf %8, %7 : tensor<2x2xf32>
  return %9 : tensor<2x2xf32>
}
qprep.observer private @x {id = 0, spec = #qprep.observer<histogram, ui8, per_tensor_affine, bins = 2048, upsample_rate = 128>}
qprep.observer private @rows {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
qprep.observer private @weight {id = 2, spec = #qprep.observer<minmax, i8, per_tensor_symmetric>}
qprep.observer private @average {id = 3, spec = #qprep.observer<moving_average_minmax, ui8, per_tensor_affine, averaging_constant = 1.000000e-02>}
qprep.observer private @nothing {id = 4, spec = #qprep.observer<placeholder, f16>}
qprep.observer private @moved {id = 5, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0>}
qprep.observer private @computed {id = 6, spec = #qprep.observer<minmax, i8, per_tensor_symmetric>}
