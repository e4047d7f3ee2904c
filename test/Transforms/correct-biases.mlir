// What becomes of each layer; biases themselves: correct-biases.test.

// RUN: rm -rf %t && mkdir %t
// RUN: %python %S/../Execution/arrays.py write %t/x.npz '0=<f4[2,1,4]=1,1,1,1,3,3,3,3'
// RUN: quant-prep-opt %s --qprep-correct-biases=inputs=%t/x.npz --remarks-filter=qprep --remark-format=emitRemark > %t/all.mlir 2> %t/remarks.txt
// RUN: FileCheck %s --input-file=%t/all.mlir
// RUN: FileCheck %s --input-file=%t/remarks.txt --check-prefix=REMARK
// RUN: quant-prep-opt %s --qprep-correct-biases='inputs=%t/x.npz per-channel=false' --remarks-filter=qprep --remark-format=emitRemark -o %t/tensor.mlir 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TENSOR
// RUN: not quant-prep-opt %s --qprep-correct-biases 2>&1 | FileCheck %s --check-prefix=INPUTS
// INPUTS: error: @f has 1 arguments; give their arrays with inputs=

// TENSOR: its bias is not corrected: its weight has a scale for each channel, which per-channel=false leaves out

// The mean of each channel is 2. Weights 0.75 and 1.25 become 1 (scale 0.5: 0.75 is a half, to the even 2 codes; 1.25 to 2 codes): the sum over 4
// channels of 0.25 * 2, and of -0.25 * 2.
// CHECK-DAG: dense<{{\[\[\[}}-1.000000e+00, 3.000000e+00]]]> : tensor<1x1x2xf32>

// REMARK: its bias is not corrected: it has no bias
// REMARK: its bias is not corrected: its input has no static parameters for the tensor
// REMARK: its bias is not corrected: the bias of the layer is no constant of one value per channel

qprep.observer private @x {id = 0, spec = #qprep.observer<minmax, i8, per_tensor_affine>, qparams = #qprep.qparams<scale = [0.5], zero_point = [0]>}
qprep.observer private @w {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, quant_min = -127, quant_max = 127, axis = 2>, qparams = #qprep.qparams<scale = [0.5, 0.5], zero_point = [0, 0]>}

func.func @f(%arg: tensor<1x1x4xf32>) -> (tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1x1x2xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = "tosa.const"() <{values = dense<[[[0.75, 1.25], [0.75, 1.25], [0.75, 1.25], [0.75, 1.25]]]> : tensor<1x4x2xf32>}> : () -> tensor<1x4x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1x1x2xf32>}> : () -> tensor<1x1x2xf32>
  %x = qprep.observe %arg by @x : tensor<1x1x4xf32>
  %w = qprep.observe %c by @w : tensor<1x4x2xf32>
  %0 = tosa.matmul %x, %w, %z, %z {qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>} : (tensor<1x1x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %1 = tosa.add %0, %b {qprep.unit = #qprep.unit<linear [internal, bias]>} : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  %2 = tosa.matmul %x, %w, %z, %z {qprep.unit = #qprep.unit<linear [input, weight(axis = 2), _, _]>} : (tensor<1x1x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %3 = tosa.matmul %arg, %w, %z, %z {qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>} : (tensor<1x1x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %4 = tosa.add %3, %b {qprep.unit = #qprep.unit<linear [internal, bias]>} : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  %5 = tosa.matmul %x, %w, %z, %z {qprep.member = #qprep.member<[input, weight(axis = 2), _, _]>} : (tensor<1x1x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %6 = tosa.add %5, %4 {qprep.unit = #qprep.unit<linear [internal, bias]>} : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32>
  return %1, %2, %4, %6 : tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1x1x2xf32>, tensor<1x1x2xf32>
}
