// A depthwise weight numbers its channels over two dimensions, whether it is
// observed or fake-quantized as well.

// RUN: rm -rf %t && mkdir %t
// RUN: %python %S/../Execution/arrays.py write %t/x.npz '0=<f4[1,4,4,2]=1,-2,3,0.5'
// RUN: quant-prep-opt %s --qprep-calibrate=inputs=%t/x.npz | FileCheck %s

// CHECK: @observed {{.*}}statistics = #qprep.statistics<min = [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00], max = [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00], count = 4>}
// CHECK: @fake {{.*}}statistics = #qprep.statistics<min = [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00], max = [1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00], count = 4>}

qprep.observer private @observed {id = 0, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 2>}
qprep.observer private @fake {id = 1, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 2, fake_quant = true>}
func.func @f(%x: tensor<1x4x4x2xf32>) -> (tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>) {
  %w = "tosa.const"() <{values = dense<[[[[1.0, 2.0], [3.0, 4.0]]]]> : tensor<1x1x2x2xf32>}> : () -> tensor<1x1x2x2xf32>
  %b = "tosa.const"() <{values = dense<0.0> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = qprep.observe %w by @observed : tensor<1x1x2x2xf32>
  %1 = tosa.depthwise_conv2d %x, %0, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x2xf32>, tensor<1x1x2x2xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x4xf32>
  %2 = qprep.fake_quantize %w by @fake : tensor<1x1x2x2xf32>
  %3 = tosa.depthwise_conv2d %x, %2, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x2xf32>, tensor<1x1x2x2xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x4xf32>
  return %1, %3 : tensor<1x4x4x4xf32>, tensor<1x4x4x4xf32>
}
