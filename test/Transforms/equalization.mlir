// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-verify-prepared | FileCheck %s
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-strip --mlir-print-op-generic > %t.stripped
// RUN: quant-prep-opt %s --split-input-file --mlir-print-op-generic | diff %t.stripped -
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare > %t.once
// RUN: quant-prep-opt %s --split-input-file --qprep-prepare --qprep-prepare | diff %t.once -

// Observers for equalization follow the ordinary ones, over the input channels.

qprep.config @all {
  qprep.assign global "fbgemm"
  qprep.assign equalization global "equalization"
}

// CHECK-DAG: qprep.observer private @x_in {id = {{[0-9]+}}, spec = #qprep.observer<histogram,
// CHECK-DAG: qprep.observer private @x_in_equalization {id = {{[0-9]+}}, spec = #qprep.observer<input_equalization, ui8, per_tensor_symmetric, axis = 3
// CHECK-DAG: qprep.observer private @c_weight {id = {{[0-9]+}}, spec = #qprep.observer<per_channel_minmax, i8, per_channel_symmetric, axis = 0
// CHECK-DAG: qprep.observer private @c_weight_equalization {id = {{[0-9]+}}, spec = #qprep.observer<weight_equalization, i8, per_channel_symmetric, axis = 3
// CHECK-DAG: qprep.observer private @d_weight_equalization {id = {{[0-9]+}}, spec = #qprep.observer<weight_equalization, {{.*}} axis = 2
// CHECK-LABEL: func.func @f27_fused_conv_then_depthwise(
// CHECK-SAME:    %[[X:.*]]: tensor<1x4x4x3xf32>, %[[W:[^:]*]]: tensor<8x1x1x3xf32>
// CHECK-DAG:     %[[X0:.*]] = qprep.observe %[[X]] by @x_in :
// CHECK-DAG:     %[[X1:.*]] = qprep.observe %[[X0]] by @x_in_equalization
// CHECK-DAG:     %[[W0:.*]] = qprep.observe %[[W]] by @c_weight :
// CHECK-DAG:     %[[W1:.*]] = qprep.observe %[[W0]] by @c_weight_equalization
// CHECK:         tosa.conv2d %[[X1]], %[[W1]],
// CHECK-SAME:      qprep.equalization = #qprep.assigned<@qprep_config::@equalization from global>
// CHECK:         %[[R:.*]] = tosa.clamp
// CHECK-NEXT:    %[[R0:.*]] = qprep.observe %[[R]] by @r_out
// CHECK-NEXT:    %[[R1:.*]] = qprep.observe %[[R0]] by @r_out_equalization
// CHECK-NEXT:    tosa.depthwise_conv2d %[[R1]],
func.func @f27_fused_conv_then_depthwise(%x: tensor<1x4x4x3xf32> loc("x"), %w: tensor<8x1x1x3xf32>, %b: tensor<8xf32>,
                                         %v: tensor<1x1x8x1xf32>) -> tensor<1x4x4x8xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc("c")
  %1 = tosa.clamp %0 {max_val = 3.40282347E+38 : f32, min_val = 0.0 : f32} : (tensor<1x4x4x8xf32>) -> tensor<1x4x4x8xf32> loc("r")
  %2 = tosa.depthwise_conv2d %1, %v, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x8xf32>, tensor<1x1x8x1xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc("d")
  return %2 : tensor<1x4x4x8xf32>
}

// -----

// Levels are those of qconfigs. A weight that two units share has one ordinary
// observer, and one for equalization for each use.

qprep.config @named {
  qprep.assign global "fbgemm"
  qprep.assign equalization kind "linear" "equalization"
  qprep.assign equalization name "block.h" none
  qprep.assign equalization kind "add" "equalization"
}

// CHECK-DAG: qprep.observer private @x_in_equalization {{.*}} axis = 1
// CHECK-DAG: qprep.observer private @[[E1:.*_equalization]] {id = 3, spec = #qprep.observer<weight_equalization, {{.*}} axis = 1
// CHECK-LABEL: func.func @f27_shared_weight_of_linears(
// CHECK-SAME:    %[[X:.*]]: tensor<2x3xf32>
// CHECK:         qprep.observe %[[X]] by @x_in
// CHECK:         qprep.observe {{.*}} by @x_in_equalization : tensor<2x3xf32>
// CHECK:         %[[W:.*]] = "tosa.const"() <{values = dense<1.0
// CHECK:         %[[W0:.*]] = qprep.observe %[[W]] by
// CHECK-DAG:     %[[A:.*]] = qprep.observe %[[W0]] by @{{.*}}_weight_equalization :
// CHECK-DAG:     %[[B:.*]] = qprep.observe %[[W0]] by @{{.*}}_weight_equalization :
// CHECK:         tosa.matmul %{{.*}}, %[[A]],
// CHECK:         tosa.matmul %{{.*}}, %[[B]],
// CHECK:         tosa.matmul %{{.*}}, %[[W0]],
// CHECK-NOT:     qprep.equalization
// CHECK:         return
func.func @f27_shared_weight_of_linears(%x: tensor<2x3xf32> loc("x")) -> tensor<2x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %b = "tosa.const"() <{values = dense<2.0> : tensor<1x3xf32>}> : () -> tensor<1x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.const_shape {values = dense<[1, 2, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.const_shape {values = dense<[2, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %0 = tosa.reshape %x, %s : (tensor<2x3xf32>, !tosa.shape<3>) -> tensor<1x2x3xf32> loc("f")
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32> loc("f")
  %2 = tosa.reshape %1, %t : (tensor<1x2x3xf32>, !tosa.shape<2>) -> tensor<2x3xf32> loc("f")
  %3 = tosa.add %2, %b : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<2x3xf32> loc("f")
  %4 = tosa.reshape %3, %s : (tensor<2x3xf32>, !tosa.shape<3>) -> tensor<1x2x3xf32> loc("g")
  %5 = tosa.matmul %4, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32> loc("g")
  %6 = tosa.reshape %5, %t : (tensor<1x2x3xf32>, !tosa.shape<2>) -> tensor<2x3xf32> loc("g")
  %7 = tosa.add %6, %b : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<2x3xf32> loc("g")
  %8 = tosa.reshape %7, %s : (tensor<2x3xf32>, !tosa.shape<3>) -> tensor<1x2x3xf32> loc("block.h")
  %9 = tosa.matmul %8, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32> loc("block.h")
  %10 = tosa.reshape %9, %t : (tensor<1x2x3xf32>, !tosa.shape<2>) -> tensor<2x3xf32> loc("block.h")
  %11 = tosa.add %10, %b : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<2x3xf32> loc("block.h")
  %12 = tosa.add %11, %11 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32> loc("sum")
  return %12 : tensor<2x3xf32>
}

// -----

// The ordinary places of a weight are behind what makes it, then those for
// equalization, each behind those that read the same.

qprep.config @two {
  qprep.qconfig @other <activation = <minmax, ui8, per_tensor_affine>, weight = <minmax, i8, per_tensor_symmetric>>
  qprep.assign global "fbgemm"
  qprep.assign name "g" @other
  qprep.assign equalization global "equalization"
}

// CHECK-LABEL: func.func @f27_shared_weight_of_two_specs(
// CHECK:         %[[W:.*]] = "tosa.const"() <{values = dense<1.0
// CHECK-NEXT:    %[[P:.*]] = qprep.observe %[[W]] by @{{.*}}_weight :
// CHECK-NEXT:    %[[Q:.*]] = qprep.observe %[[W]] by @{{.*}}_weight :
// CHECK-NEXT:    %[[B:.*]] = qprep.observe %[[Q]] by @{{.*}}_weight_equalization :
// CHECK-NEXT:    %[[A:.*]] = qprep.observe %[[P]] by @{{.*}}_weight_equalization :
// CHECK-NEXT:    %[[C:.*]] = qprep.observe %[[P]] by @{{.*}}_weight_equalization :
// CHECK:         tosa.matmul %{{.*}}, %[[A]],
// CHECK:         tosa.matmul %{{.*}}, %[[B]],
// CHECK:         tosa.matmul %{{.*}}, %[[C]],
func.func @f27_shared_weight_of_two_specs(%x: tensor<1x2x3xf32>) -> tensor<1x2x3xf32> {
  %w = "tosa.const"() <{values = dense<1.0> : tensor<1x3x3xf32>}> : () -> tensor<1x3x3xf32>
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32> loc("f")
  %1 = tosa.matmul %0, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32> loc("g")
  %2 = tosa.matmul %1, %w, %z, %z : (tensor<1x2x3xf32>, tensor<1x3x3xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x3xf32> loc("h")
  return %2 : tensor<1x2x3xf32>
}

// -----

// A unit that is not quantized is not equalized, a user without a qconfig is no
// branch, and an input that is quantized outside has no ordinary observer.

qprep.config @some attributes {inputs_quantized = array<i64: 0>} {
  qprep.qconfig @mine <activation = <input_equalization, ui8, per_tensor_affine, axis = 1>,
                       weight = <weight_equalization, i8, per_channel_affine, axis = 1>>
  qprep.assign global "fbgemm"
  qprep.assign name "off" none
  qprep.assign equalization global @mine
}

// CHECK-LABEL: func.func @f27_user_without_qconfig(
// CHECK-SAME:    %[[X:.*]]: tensor<1x4x4x3xf32>
// CHECK:         %[[X1:.*]] = qprep.observe %[[X]] by @x_in_equalization
// CHECK:         tosa.conv2d %[[X1]], %{{[0-9]+}},
// CHECK:         tosa.conv2d %[[X]], %{{[^,]+}},
// CHECK-NOT:     qprep.observe
// CHECK:         return
func.func @f27_user_without_qconfig(%x: tensor<1x4x4x3xf32> loc("x"), %w: tensor<8x1x1x3xf32>, %v: tensor<8x1x1x3xf32>, %b: tensor<8xf32>) -> (tensor<1x4x4x8xf32>, tensor<1x4x4x8xf32>) {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.conv2d %x, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc("on")
  %1 = tosa.conv2d %x, %v, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc("off")
  return %0, %1 : tensor<1x4x4x8xf32>, tensor<1x4x4x8xf32>
}

// -----

// The transpose on the way to the contraction is undone.

qprep.config @moved {
  qprep.assign global "fbgemm"
  qprep.assign equalization global "equalization"
}

// CHECK-DAG: qprep.observer private @x_in_equalization {{.*}} axis = 1
// CHECK-DAG: qprep.observer private @c_weight_equalization {{.*}} axis = 3
// CHECK-LABEL: func.func @f27_channels_in_front(
func.func @f27_channels_in_front(%x: tensor<1x3x4x4xf32> loc("x"), %w: tensor<8x1x1x3xf32>, %b: tensor<8xf32>) -> tensor<1x8x4x4xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 3, 1>} : (tensor<1x3x4x4xf32>) -> tensor<1x4x4x3xf32> loc("c")
  %1 = tosa.conv2d %0, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x3xf32>, tensor<8x1x1x3xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32> loc("c")
  %2 = tosa.transpose %1 {perms = array<i32: 0, 3, 1, 2>} : (tensor<1x4x4x8xf32>) -> tensor<1x8x4x4xf32> loc("c")
  return %2 : tensor<1x8x4x4xf32>
}

// -----

// What a loop carries is quantized by the observers around it; the one for
// equalization is beside its use.
qprep.config @all {
  qprep.assign global "fbgemm"
  qprep.assign equalization global "equalization"
}

// CHECK-LABEL: func.func @f27_in_a_loop(
// CHECK-SAME:    %[[X:.*]]: tensor<1x4x4x8xf32>, %[[W:.*]]: tensor<8x1x1x8xf32>
// CHECK-DAG:     qprep.observe %[[X]] by @[[CARRIED:obs_[0-9]+]]
// CHECK:         scf.for {{.*}} iter_args(%[[A:.*]] =
// CHECK-NEXT:      %[[E:.*]] = qprep.observe %[[A]] by @obs_{{.*}}_equalization
// CHECK-NEXT:      %[[Y:.*]] = tosa.conv2d %[[E]],
// CHECK-NEXT:      qprep.observe %[[Y]] by @[[CARRIED]]
func.func @f27_in_a_loop(%x: tensor<1x4x4x8xf32>, %w: tensor<8x1x1x8xf32>, %b: tensor<8xf32>, %n: index) -> tensor<1x4x4x8xf32> {
  %z = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %0 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> tensor<1x4x4x8xf32> {
    %1 = tosa.conv2d %a, %w, %b, %z, %z {acc_type = f32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x8xf32>, tensor<8x1x1x8xf32>, tensor<8xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x4x4x8xf32>
    scf.yield %1 : tensor<1x4x4x8xf32>
  }
  return %0 : tensor<1x4x4x8xf32>
}
