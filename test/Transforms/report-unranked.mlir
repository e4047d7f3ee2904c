// RUN: quant-prep-opt %s --qprep-prepare --qprep-report=format=text -o /dev/null | FileCheck %s

// Before shapes are inferred, results have no rank; multiply-accumulates are not
// known then, and count as none.

// CHECK: observed   {{.*}} units, no macs to observe
// CHECK: conv {{ *}}conv2d (relu < conv2d) {{ *}}0 {{.*}}observed
// CHECK: mm {{ *}}matmul {{ *}}0 {{.*}}observed

func.func @f(%x: tensor<1x8x8x3xf32> loc("x"), %w: tensor<4x3x3x3xf32> loc("w"), %b: tensor<4xf32> loc("b"), %y: tensor<*xf32>) -> (tensor<*xf32>, tensor<*xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<*xf32> loc("conv")
  %1 = tosa.clamp %0 {min_val = 0.0 : f32, max_val = 3.40282347E+38 : f32} : (tensor<*xf32>) -> tensor<*xf32> loc("relu")
  %2 = tosa.matmul %y, %y, %z, %z : (tensor<*xf32>, tensor<*xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<*xf32> loc("mm")
  return %1, %2 : tensor<*xf32>, tensor<*xf32>
}
