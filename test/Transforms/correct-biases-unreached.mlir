// A layer that has parameters, though no run reaches it.

// RUN: rm -rf %t && mkdir %t
// RUN: %python %S/../Execution/arrays.py write %t/x.npz '0=<f4[2,4]=0.5'
// RUN: quant-prep-opt %s --qprep-correct-biases=inputs=%t/x.npz --remarks-filter=qprep --remark-format=emitRemark -o %t/out.mlir 2>&1 | FileCheck %s
// CHECK: its bias is not corrected: no run reaches it

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_affine>, qparams = #qprep.qparams<scale = [0.5], zero_point = [0]>}
qprep.observer private @w {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, quant_min = -127, quant_max = 127, axis = 2>, qparams = #qprep.qparams<scale = [0.5, 0.5], zero_point = [0, 0]>}

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

func.func private @never(%arg: tensor<1x1x4xf32>) -> tensor<1x1x2xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = "tosa.const"() <{values = dense<0.75> : tensor<1x4x2xf32>}> : () -> tensor<1x4x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1x1x2xf32>}> : () -> tensor<1x1x2xf32>
  %x = qprep.observe %arg by @x : tensor<1x1x4xf32>
  %w = qprep.observe %c by @w : tensor<1x4x2xf32>
  %0 = tosa.matmul %x, %w, %z, %z {qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>} : (tensor<1x1x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %1 = tosa.add %0, %b {qprep.unit = #qprep.unit<linear [internal, bias]>} : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  return %1 : tensor<1x1x2xf32>
}
