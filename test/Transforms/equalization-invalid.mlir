// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-prepare | FileCheck %s

qprep.config @all {
  qprep.assign global "fbgemm"
  qprep.assign equalization global "equalization"
}

// CHECK-LABEL: func.func @f27_branch(
// CHECK-NOT:     _equalization
// CHECK:         return
func.func @f27_branch(%x: tensor<1x4x4x3xf32>, %w: tensor<8x1x1x3xf32>, %b: tensor<8xf32>) -> (tensor<1x4x4x8xf32>, tensor<1x4x4x3xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  // expected-warning @below {{conv2d is not equalized: its input has another user with a qconfig; assign one of them none, or leave it out of equalization (F27)}}
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32>
  // It has a qconfig, though the backend does not know it.
  // expected-note @below {{the other user is here}}
  %1 = tosa.exp %x : (tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xf32>
  return %0, %1 : tensor<1x4x4x8xf32>, tensor<1x4x4x3xf32>
}

// -----

qprep.config @all {
  qprep.assign global "fbgemm"
  qprep.assign equalization global "equalization"
}

// CHECK-LABEL: func.func @f27_channels_are_no_dimension(
// CHECK-NOT:     _equalization
// CHECK:         return
func.func @f27_channels_are_no_dimension(%x: tensor<1x4x9xf32>, %w: tensor<8x1x1x6xf32>, %b: tensor<8xf32>) -> tensor<1x6x8xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.const_shape {values = dense<[1, 1, 6, 6]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %t = tosa.const_shape {values = dense<[1, 6, 8]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %0 = tosa.reshape %x, %s : (tensor<1x4x9xf32>, !tosa.shape<4>) -> tensor<1x1x6x6xf32>
  %1 = tosa.conv2d %0, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x1x6x6xf32>, tensor<8x1x1x6xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x6x8xf32>
  // expected-warning @below {{conv1d is not equalized: the input channels are no dimension of operand 0 of tosa.reshape; leave it out of equalization (F27)}}
  %2 = tosa.reshape %1, %t : (tensor<1x1x6x8xf32>, !tosa.shape<3>) -> tensor<1x6x8xf32>
  return %2 : tensor<1x6x8xf32>
}
