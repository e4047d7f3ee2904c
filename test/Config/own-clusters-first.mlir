// A cluster of the user's own goes before built-in ones, also where those end later.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(qprep-attach-config{config=@mine},func.func(qprep-match-units))' | FileCheck %s
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s --check-prefix=BUILTIN

qprep.config @mine {
  qprep.assign global "fbgemm"
  qprep.cluster @my_linear is linear {
    %x = qprep.operand input
    %w = qprep.operand weight axis -1 parameter
    %0 = qprep.node matmul(%x, %w)
  }
}

// CHECK-LABEL: @reshaped(
// CHECK: linalg.matmul{{.*}}linear [input, weight(axis = 1), _]
// CHECK: tosa.reshape{{.*}}reshape [input, _]
// BUILTIN-LABEL: @reshaped(
// BUILTIN: linalg.matmul{{.*}}qprep.member
// BUILTIN: tosa.reshape{{.*}}matmul [internal, _]
func.func @reshaped(%x: tensor<1x1x8xf32>, %w: tensor<8x4xf32>) -> tensor<1x1x4xf32> {
  %zero = arith.constant dense<0.0> : tensor<1x4xf32>
  %s2 = tosa.const_shape {values = dense<[1, 8]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s3 = tosa.const_shape {values = dense<[1, 1, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.tanh %x : (tensor<1x1x8xf32>) -> tensor<1x1x8xf32>
  %r = tosa.reshape %t, %s2 : (tensor<1x1x8xf32>, !tosa.shape<2>) -> tensor<1x8xf32>
  %0 = linalg.matmul ins(%r, %w : tensor<1x8xf32>, tensor<8x4xf32>) outs(%zero : tensor<1x4xf32>) -> tensor<1x4xf32>
  %1 = tosa.reshape %0, %s3 : (tensor<1x4xf32>, !tosa.shape<3>) -> tensor<1x1x4xf32>
  return %1 : tensor<1x1x4xf32>
}
