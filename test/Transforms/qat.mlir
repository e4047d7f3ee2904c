// RUN: quant-prep-opt %s --split-input-file --qprep-prepare=qat=true | FileCheck %s
// RUN: quant-prep-opt %s --split-input-file --qprep-attach-config=qat=true | FileCheck %s --check-prefix=CONFIG
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare=qconfig=fbgemm-qat | FileCheck %s --check-prefix=PTQ

// Nothing else said, the qconfig is the one for training: fake quantization of
// weights and activations, and in the overrides of the backend.

// CONFIG: qprep.config private @qprep_config backend @native attributes {qat, qprep.generated}
// CONFIG: qprep.assign global @"fbgemm-qat"

// CHECK-DAG: qprep.observer private @s_out {{.*}}fixed_qparams, ui8, per_tensor_affine, fake_quant = true, scale = 3.906250e-03, zero_point = 0>
// CHECK-LABEL: func.func @f30_conv_and_sigmoid(
// CHECK-SAME:    %[[X:.*]]: tensor<1x4x4x3xf32>, %[[W:[^:]*]]: tensor<8x1x1x3xf32>
// CHECK-NOT:     qprep.observe
// CHECK-DAG:     %[[X0:.*]] = qprep.fake_quantize %[[X]] by @x_in
// CHECK-DAG:     %[[W0:.*]] = qprep.fake_quantize %[[W]] by @c_weight
// CHECK:         %[[C:.*]] = tosa.conv2d %[[X0]], %[[W0]],
// CHECK-NEXT:    %[[C0:.*]] = qprep.fake_quantize %[[C]] by @c_out
// CHECK-NEXT:    %[[S:.*]] = tosa.sigmoid %[[C0]]
// CHECK-NEXT:    %[[S0:.*]] = qprep.fake_quantize %[[S]] by @s_out
// CHECK-NEXT:    return %[[S0]]

// The mode picks the form of overrides, whatever the qconfig is.
// PTQ-LABEL: func.func @f30_conv_and_sigmoid(
// PTQ:         qprep.fake_quantize {{.*}} by @c_out
// PTQ-NEXT:    tosa.sigmoid
// PTQ-NEXT:    qprep.observe {{.*}} by @s_out
func.func @f30_conv_and_sigmoid(%x: tensor<1x4x4x3xf32> loc("x"), %w: tensor<8x1x1x3xf32>, %b: tensor<8xf32>) -> tensor<1x4x4x8xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc("c")
  %1 = tosa.sigmoid %0 : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> loc("s")
  return %1 : tensor<1x4x4x8xf32>
}

// -----

// A configuration can say the mode itself. Its qconfigs are taken as they are: that
// of the convolution observes, the override of the sigmoid fake-quantizes.

qprep.config @mine attributes {qat} {
  qprep.assign global "fbgemm"
}

// CONFIG: qprep.config private @qprep_config backend @native attributes {qat, qprep.generated}
// CONFIG: qprep.assign global @fbgemm

// CHECK-LABEL: func.func @f30_qconfig_as_it_is(
// CHECK:         qprep.observe %{{.*}} by @x_in
// CHECK:         tosa.sigmoid
// CHECK-NEXT:    qprep.fake_quantize
// PTQ-LABEL: func.func @f30_qconfig_as_it_is(
// PTQ:         qprep.fake_quantize %{{.*}} by @x_in
// PTQ:         tosa.sigmoid
// PTQ-NEXT:    qprep.fake_quantize
func.func @f30_qconfig_as_it_is(%x: tensor<4xf32> loc("x")) -> tensor<4xf32> {
  %0 = tosa.sigmoid %x : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
