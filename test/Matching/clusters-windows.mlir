// Convolutions and pools with what front ends put around them, as front ends spell them, and what only looks like them. A match is one
// unit: its parts have qprep.member, its anchor has the kind.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | grep -v tosa.const | FileCheck %s

// CHECK-LABEL: @conv1d(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.member = #qprep.member<[input, _]>
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<conv1d [internal, _]>
// CHECK-NEXT: return
func.func @conv1d(%x: tensor<1x8x3xf32>) -> tensor<1x8x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x1x3x3xf32>}> : () -> tensor<4x1x3x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %s3 = tosa.const_shape {values = dense<[1, 1, 8, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.reshape %x, %s3 : (tensor<1x8x3xf32>, !tosa.shape<4>) -> tensor<1x1x8x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x1x8x3xf32>, tensor<4x1x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x8x4xf32>
  %s5 = tosa.const_shape {values = dense<[1, 8, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %2 = tosa.reshape %1, %s5 : (tensor<1x1x8x4xf32>, !tosa.shape<3>) -> tensor<1x8x4xf32>
  return %2 : tensor<1x8x4xf32>
}

// A 1x1 convolution of pooled channels, between reshapes.
// CHECK-LABEL: @not_conv1d_squeeze_excite(
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: tosa.reshape{{.*}}qprep.unit = #qprep.unit<reshape [input, _]>
// CHECK-NEXT: return
func.func @not_conv1d_squeeze_excite(%x: tensor<1x3xf32>) -> tensor<1x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x1x1x3xf32>}> : () -> tensor<4x1x1x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %s3 = tosa.const_shape {values = dense<[1, 1, 1, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.reshape %x, %s3 : (tensor<1x3xf32>, !tosa.shape<4>) -> tensor<1x1x1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x1x3xf32>, tensor<4x1x1x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x4xf32>
  %s5 = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %2 = tosa.reshape %1, %s5 : (tensor<1x1x1x4xf32>, !tosa.shape<2>) -> tensor<1x4xf32>
  return %2 : tensor<1x4xf32>
}

// The last row and column are under no window.
// CHECK-LABEL: @conv2d_trimmed(
// CHECK-NEXT: tosa.slice{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.unit = #qprep.unit<conv2d [internal, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: return
func.func @conv2d_trimmed(%x: tensor<1x8x8x3xf32>) -> tensor<1x4x4x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x1x1x3xf32>}> : () -> tensor<4x1x1x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %s3 = tosa.const_shape {values = dense<[0, 0, 0, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %s4 = tosa.const_shape {values = dense<[1, 7, 7, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.slice %x, %s3, %s4 : (tensor<1x8x8x3xf32>, !tosa.shape<4>, !tosa.shape<4>) -> tensor<1x7x7x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x7x7x3xf32>, tensor<4x1x1x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x4xf32>
  return %1 : tensor<1x4x4x4xf32>
}

// Two rows are more than the stride leaves over.
// CHECK-LABEL: @not_trimmed_crops(
// CHECK-NEXT: tosa.slice{{.*}}qprep.unit = #qprep.unit<slice [input, _, _]>
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: return
func.func @not_trimmed_crops(%x: tensor<1x9x9x3xf32>) -> tensor<1x4x4x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x1x1x3xf32>}> : () -> tensor<4x1x1x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %s3 = tosa.const_shape {values = dense<[0, 0, 0, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %s4 = tosa.const_shape {values = dense<[1, 7, 7, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.slice %x, %s3, %s4 : (tensor<1x9x9x3xf32>, !tosa.shape<4>, !tosa.shape<4>) -> tensor<1x7x7x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x7x7x3xf32>, tensor<4x1x1x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x4xf32>
  return %1 : tensor<1x4x4x4xf32>
}

// Not from the origin.
// CHECK-LABEL: @not_trimmed_offset(
// CHECK-NEXT: tosa.slice{{.*}}qprep.unit = #qprep.unit<slice [input, _, _]>
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.unit = #qprep.unit<conv2d [input, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: return
func.func @not_trimmed_offset(%x: tensor<1x8x8x3xf32>) -> tensor<1x4x4x4xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x1x1x3xf32>}> : () -> tensor<4x1x1x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %s3 = tosa.const_shape {values = dense<[0, 1, 1, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %s4 = tosa.const_shape {values = dense<[1, 7, 7, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.slice %x, %s3, %s4 : (tensor<1x8x8x3xf32>, !tosa.shape<4>, !tosa.shape<4>) -> tensor<1x7x7x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x7x7x3xf32>, tensor<4x1x1x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x4xf32>
  return %1 : tensor<1x4x4x4xf32>
}

// CHECK-LABEL: @max_pool2d_trimmed(
// CHECK-NEXT: tosa.slice{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.max_pool2d{{.*}}qprep.unit = #qprep.unit<max_pool2d [internal]>
// CHECK-NEXT: return
func.func @max_pool2d_trimmed(%x: tensor<1x5x5x3xf32>) -> tensor<1x2x2x3xf32> {
  %s1 = tosa.const_shape {values = dense<[0, 0, 0, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %s2 = tosa.const_shape {values = dense<[1, 4, 4, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.slice %x, %s1, %s2 : (tensor<1x5x5x3xf32>, !tosa.shape<4>, !tosa.shape<4>) -> tensor<1x4x4x3xf32>
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32>
  return %1 : tensor<1x2x2x3xf32>
}

// CHECK-LABEL: @avg_pool2d_trimmed(
// CHECK-NEXT: tosa.slice{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.avg_pool2d{{.*}}qprep.unit = #qprep.unit<avg_pool2d [internal, _, _]>
// CHECK-NEXT: return
func.func @avg_pool2d_trimmed(%x: tensor<1x5x5x3xf32>) -> tensor<1x2x2x3xf32> {
  %s1 = tosa.const_shape {values = dense<[0, 0, 0, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %s2 = tosa.const_shape {values = dense<[1, 4, 4, 3]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %0 = tosa.slice %x, %s1, %s2 : (tensor<1x5x5x3xf32>, !tosa.shape<4>, !tosa.shape<4>) -> tensor<1x4x4x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.avg_pool2d %0, %z, %z {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x3xf32>
  return %1 : tensor<1x2x2x3xf32>
}

// CHECK-LABEL: @avg_pool2d_padded(
// CHECK-NEXT: tosa.pad{{.*}}qprep.member = #qprep.member<[input, _, _]>
// CHECK-NEXT: tosa.avg_pool2d{{.*}}qprep.unit = #qprep.unit<avg_pool2d [internal, _, _]>
// CHECK-NEXT: return
func.func @avg_pool2d_padded(%x: tensor<1x4x4x3xf32>) -> tensor<1x3x3x3xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s2 = tosa.const_shape {values = dense<[0, 0, 1, 1, 1, 1, 0, 0]> : tensor<8xindex>} : () -> !tosa.shape<8>
  %0 = tosa.pad %x, %s2, %z : (tensor<1x4x4x3xf32>, !tosa.shape<8>, tensor<1xf32>) -> tensor<1x6x6x3xf32>
  %1 = tosa.avg_pool2d %0, %z, %z {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x6x6x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x3x3xf32>
  return %1 : tensor<1x3x3x3xf32>
}

// CHECK-LABEL: @conv2d_nchw(
// CHECK-NEXT: tosa.transpose{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.member = #qprep.member<[internal, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<conv2d [internal]>
// CHECK-NEXT: return
func.func @conv2d_nchw(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x8x8xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x3x3x3xf32>}> : () -> tensor<4x3x3x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x8x8xf32>) -> tensor<1x8x8x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x4xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x8x8x4xf32>) -> tensor<1x4x8x8xf32>
  return %2 : tensor<1x4x8x8xf32>
}

// It has its bias already.
// CHECK-LABEL: @not_nchw_second_bias(
// CHECK: tosa.transpose{{.*}}qprep.unit = #qprep.unit<conv2d [internal]>
// CHECK-NEXT: tosa.add{{.*}}qprep.unit = #qprep.unit<add [input, input]>
// CHECK-NEXT: return
func.func @not_nchw_second_bias(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x8x8xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x3x3x3xf32>}> : () -> tensor<4x3x3x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %c3 = "tosa.const"() <{values = dense<0.5> : tensor<1x4x1x1xf32>}> : () -> tensor<1x4x1x1xf32>
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x8x8xf32>) -> tensor<1x8x8x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x4xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x8x8x4xf32>) -> tensor<1x4x8x8xf32>
  %3 = tosa.add %2, %c3 : (tensor<1x4x8x8xf32>, tensor<1x4x1x1xf32>) -> tensor<1x4x8x8xf32>
  return %3 : tensor<1x4x8x8xf32>
}

// Height and width change places on the way back: only the way there is the convolution's.
// CHECK-LABEL: @not_nchw_other_order(
// CHECK-NEXT: tosa.transpose{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.conv2d{{.*}}qprep.unit = #qprep.unit<conv2d [internal, weight(axis = 0), bias, _, _]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<transpose [input]>
// CHECK-NEXT: return
func.func @not_nchw_other_order(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x8x8xf32> {
  %c1 = "tosa.const"() <{values = dense<0.5> : tensor<4x3x3x3xf32>}> : () -> tensor<4x3x3x3xf32>
  %c2 = "tosa.const"() <{values = dense<0.5> : tensor<4xf32>}> : () -> tensor<4xf32>
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x8x8xf32>) -> tensor<1x8x8x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.conv2d %0, %c1, %c2, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>} : (tensor<1x8x8x3xf32>, tensor<4x3x3x3xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x8x8x4xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 0, 3, 2, 1>} : (tensor<1x8x8x4xf32>) -> tensor<1x4x8x8xf32>
  return %2 : tensor<1x4x8x8xf32>
}

// CHECK-LABEL: @max_pool2d_nchw(
// CHECK-NEXT: tosa.transpose{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.max_pool2d{{.*}}qprep.member = #qprep.member<[internal]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<max_pool2d [internal]>
// CHECK-NEXT: return
func.func @max_pool2d_nchw(%x: tensor<1x3x4x4xf32>) -> tensor<1x3x2x2xf32> {
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x4x4xf32>) -> tensor<1x4x4x3xf32>
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32>
  return %2 : tensor<1x3x2x2xf32>
}

// CHECK-LABEL: @avg_pool2d_nchw(
// CHECK-NEXT: tosa.transpose{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.avg_pool2d{{.*}}qprep.member = #qprep.member<[internal, _, _]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<avg_pool2d [internal]>
// CHECK-NEXT: return
func.func @avg_pool2d_nchw(%x: tensor<1x3x4x4xf32>) -> tensor<1x3x2x2xf32> {
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x4x4xf32>) -> tensor<1x4x4x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = tosa.avg_pool2d %0, %z, %z {acc_type = f32, kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x3xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32>
  return %2 : tensor<1x3x2x2xf32>
}

// The transposes between two that follow each other are gone, those with names of their own stay.
// CHECK-LABEL: @nchw_halves(
// CHECK-NEXT: tosa.transpose{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.max_pool2d{{.*}}qprep.unit = #qprep.unit<max_pool2d [internal]>
// CHECK-NEXT: tosa.max_pool2d{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<max_pool2d [internal]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<transpose [input]>
// CHECK-NEXT: tosa.max_pool2d{{.*}}qprep.unit = #qprep.unit<max_pool2d [input]>
// CHECK-NEXT: return
func.func @nchw_halves(%x: tensor<1x3x8x8xf32>) -> tensor<1x1x1x3xf32> {
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x8x8xf32>) -> tensor<1x8x8x3xf32>
  %1 = tosa.max_pool2d %0 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x8x8x3xf32>) -> tensor<1x4x4x3xf32>
  %2 = tosa.max_pool2d %1 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32> loc("pool0")
  %3 = tosa.transpose %2 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32> loc("pool0")
  %4 = tosa.transpose %3 {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x2x2xf32>) -> tensor<1x2x2x3xf32> loc("permute")
  %5 = tosa.max_pool2d %4 {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x1x1x3xf32> loc("pool")
  return %5 : tensor<1x1x1x3xf32>
}

// What the model does behind a layer has a name of its own, and is no layout of the layer.
// CHECK-LABEL: @named_behind_layer(
// CHECK: tosa.max_pool2d{{.*}}qprep.unit = #qprep.unit<max_pool2d [input]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<transpose [input]>
// CHECK-NEXT: return
func.func @named_behind_layer(%x: tensor<1x4x4x3xf32>) -> tensor<1x3x2x2xf32> {
  %0 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32> loc("pool")
  %1 = tosa.transpose %0 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32> loc("reshape")
  return %1 : tensor<1x3x2x2xf32>
}

// CHECK-LABEL: @half_named_behind_layer(
// CHECK: tosa.max_pool2d{{.*}}qprep.member = #qprep.member<[input]>
// CHECK-NEXT: tosa.transpose{{.*}}qprep.unit = #qprep.unit<max_pool2d [internal]>
// CHECK-NEXT: return
func.func @half_named_behind_layer(%x: tensor<1x4x4x3xf32>) -> tensor<1x3x2x2xf32> {
  %0 = tosa.max_pool2d %x {kernel = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32> loc("pool")
  %1 = tosa.transpose %0 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x2x2x3xf32>) -> tensor<1x3x2x2xf32>
  return %1 : tensor<1x3x2x2xf32>
}
