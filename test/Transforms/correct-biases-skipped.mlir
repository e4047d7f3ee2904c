// Layers that are left as they are, with the reason.

// RUN: rm -rf %t && mkdir %t
// RUN: %python %S/../Execution/arrays.py write %t/x.npz '0=<f4[2,1,4,4,2]=0.5,1,-1,2'
// RUN: quant-prep-opt %s --qprep-prepare='backend=tosa qconfig=tosa' --qprep-calibrate=inputs=%t/x.npz --qprep-choose-qparams \
// RUN:   --qprep-correct-biases=inputs=%t/x.npz --remarks-filter=qprep --remark-format=emitRemark -o %t/out.mlir 2>&1 | FileCheck %s

// CHECK: transposed {{.*}}its bias is not corrected: its elements are sums of parts of the weight that differ
// CHECK: padded {{.*}}its bias is not corrected: the channels of its input are not told apart, or are no f32
// CHECK: unreached {{.*}}its bias is not corrected: its input has no static parameters for the tensor

func.func @f(%x: tensor<1x4x4x2xf32>) -> (tensor<1x5x5x3xf32>, tensor<1x4x4x3xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %w = "tosa.const"() <{values = dense<0.5> : tensor<3x2x2x2xf32>}> : () -> tensor<3x2x2x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<3xf32>}> : () -> tensor<3xf32>
  %0 = tosa.transpose_conv2d %x, %w, %b, %z, %z {acc_type = f32, out_pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x2xf32>, tensor<3x2x2x2xf32>, tensor<3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x5x5x3xf32> loc("transposed")
  %c0 = arith.constant 0.0 : f32
  %v = arith.constant dense<0.25> : tensor<3x3x3x2xf32>
  %bias = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %e = tensor.empty() : tensor<1x4x4x3xf32>
  %init = linalg.broadcast ins(%bias : tensor<3xf32>) outs(%e : tensor<1x4x4x3xf32>) dimensions = [0, 1, 2] loc("padded")
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %c0 : f32
  } : tensor<1x4x4x2xf32> to tensor<1x6x6x2xf32> loc("padded")
  %1 = linalg.conv_2d_nhwc_fhwc ins(%p, %v : tensor<1x6x6x2xf32>, tensor<3x3x3x2xf32>) outs(%init : tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32> loc("padded")
  return %0, %1 : tensor<1x5x5x3xf32>, tensor<1x4x4x3xf32>
}
func.func private @never(%x: tensor<1x1x4xf32>) -> tensor<1x1x2xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c = "tosa.const"() <{values = dense<0.5> : tensor<1x4x2xf32>}> : () -> tensor<1x4x2xf32>
  %b = "tosa.const"() <{values = dense<1.0> : tensor<1x1x2xf32>}> : () -> tensor<1x1x2xf32>
  %0 = tosa.matmul %x, %c, %z, %z : (tensor<1x1x4xf32>, tensor<1x4x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %1 = tosa.add %0, %b : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x2xf32> loc("unreached")
  return %1 : tensor<1x1x2xf32>
}
