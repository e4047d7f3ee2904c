// B18: padding with the lowest number before a max pool is part of the pool, and
// is not observed.
// RUN: quant-prep-opt %s -qprep-prepare='backend=tosa qconfig=tosa' -qprep-verify-prepared | FileCheck %s

// CHECK-LABEL: func.func @b18_tosa(
// CHECK: tosa.exp
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %{{.*}} by @[[S:.*]] :
// CHECK-NEXT: tosa.pad %[[SEEN]], {{.*}}qprep.member
// CHECK-NEXT: tosa.max_pool2d
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b18_tosa(%x: tensor<1x4x4x2xf32>) -> tensor<1x5x5x2xf32> {
  %p = tosa.const_shape {values = dense<[0, 0, 1, 1, 1, 1, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %low = "tosa.const"() <{values = dense<0xFF800000> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.exp %x : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %1 = tosa.pad %0, %p, %low : (tensor<1x4x4x2xf32>, !tosa.shape<8>, tensor<1xf32>) -> tensor<1x6x6x2xf32>
  %2 = tosa.max_pool2d %1 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x6x6x2xf32>) -> tensor<1x5x5x2xf32>
  return %2 : tensor<1x5x5x2xf32>
}

// CHECK-LABEL: func.func @b18_linalg(
// CHECK: linalg.exp
// CHECK-NEXT: %[[SEEN:.*]] = qprep.observe %{{.*}} by @[[S:.*]] :
// CHECK-NEXT: tensor.pad %[[SEEN]]
// CHECK-NOT: qprep.observe
// CHECK: linalg.pooling_nhwc_max
// CHECK-NEXT: qprep.observe %{{.*}} by @[[S]] :
func.func @b18_linalg(%x: tensor<1x4x4x2xf32>) -> tensor<1x5x5x2xf32> {
  %low = arith.constant 0xFF800000 : f32
  %w = tensor.empty() : tensor<2x2xf32>
  %e = tensor.empty() : tensor<1x4x4x2xf32>
  %r = tensor.empty() : tensor<1x5x5x2xf32>
  %fill = linalg.fill ins(%low : f32) outs(%r : tensor<1x5x5x2xf32>) -> tensor<1x5x5x2xf32>
  %0 = linalg.exp ins(%x : tensor<1x4x4x2xf32>) outs(%e : tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %1 = tensor.pad %0 low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %low : f32
  } : tensor<1x4x4x2xf32> to tensor<1x6x6x2xf32>
  %2 = linalg.pooling_nhwc_max {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%1, %w : tensor<1x6x6x2xf32>, tensor<2x2xf32>) outs(%fill : tensor<1x5x5x2xf32>) -> tensor<1x5x5x2xf32>
  return %2 : tensor<1x5x5x2xf32>
}

// A value with the lowest number that something else reads is data.
// CHECK-LABEL: func.func @b18_padded_for_a_sum(
// CHECK: tosa.pad {{.*}}qprep.unit
// CHECK-NEXT: qprep.observe
func.func @b18_padded_for_a_sum(%x: tensor<1x4x4x2xf32>) -> tensor<1x6x6x2xf32> {
  %p = tosa.const_shape {values = dense<[0, 0, 1, 1, 1, 1, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %low = "tosa.const"() <{values = dense<0xFF800000> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.exp %x : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
  %1 = tosa.pad %0, %p, %low : (tensor<1x4x4x2xf32>, !tosa.shape<8>, tensor<1xf32>) -> tensor<1x6x6x2xf32>
  %2 = tosa.add %1, %1 : (tensor<1x6x6x2xf32>, tensor<1x6x6x2xf32>) -> tensor<1x6x6x2xf32>
  return %2 : tensor<1x6x6x2xf32>
}
