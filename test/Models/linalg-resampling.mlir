// What is computed of several elements of one tensor.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(tosa-to-linalg,qprep-match-units))' | FileCheck %s

// CHECK-LABEL: @bilinear(
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<interpolate
func.func @bilinear(%x: tensor<1x4x4x2xf32>) -> tensor<1x8x8x2xf32> {
  %scale = tosa.const_shape {values = dense<[4, 2, 4, 2]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %offset = tosa.const_shape {values = dense<[-1, -1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %border = tosa.const_shape {values = dense<[1, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.resize %x, %scale, %offset, %border {mode = BILINEAR} : (tensor<1x4x4x2xf32>, !tosa.shape<4>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x8x8x2xf32>
  return %0 : tensor<1x8x8x2xf32>
}

// Of two tensors, it is no resampling of one.
// CHECK-LABEL: @not_of_one_tensor(
// CHECK: linalg.generic{{.*}}qprep.unit = #qprep.unit<opaque
func.func @not_of_one_tensor(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<4xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %two = arith.constant 2 : index
  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%e : tensor<4xf32>) {
  ^bb0(%out: f32):
    %i = linalg.index 0 : index
    %j = arith.muli %i, %two : index
    %a = tensor.extract %x[%j] : tensor<8xf32>
    %b = tensor.extract %y[%j] : tensor<8xf32>
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
