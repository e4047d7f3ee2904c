// Norms and softmax in forms that the normal form makes one.
// RUN: quant-prep-opt %s -pass-pipeline='builtin.module(func.func(qprep-match-units))' | FileCheck %s

// x + (-mean) is x - mean.
// CHECK-LABEL: @layer_norm_of_negated_mean(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<layer_norm [
// CHECK-NOT: qprep.unit
func.func @layer_norm_of_negated_mean(%x: tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>) {
  %0 = "tosa.const"() <{values = dense<[[[0.5, 1.5, 2.5, 3.5]]]> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %4 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %5 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %6 = tosa.mul %5, %1, %2 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %7 = tosa.negate %6, %3, %3 : (tensor<2x3x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x3x1xf32>
  %8 = tosa.add %x, %7 : (tensor<2x3x4xf32>, tensor<2x3x1xf32>) -> tensor<2x3x4xf32>
  %9 = tosa.mul %8, %8, %2 : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %10 = tosa.reduce_sum %9 {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %11 = tosa.mul %10, %1, %2 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %12 = tosa.add %11, %4 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %13 = tosa.rsqrt %12 : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %14 = tosa.mul %8, %13, %2 : (tensor<2x3x4xf32>, tensor<2x3x1xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %15 = tosa.mul %14, %0, %2 : (tensor<2x3x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %16 = tosa.add %15, %0 : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %16 : tensor<2x3x4xf32>
}

// Over channels that come first.
// CHECK-LABEL: @layer_norm_of_first_channels(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<layer_norm [
// CHECK-NOT: qprep.unit
func.func @layer_norm_of_first_channels(%x: tensor<2x4x2x2xf32>) -> (tensor<2x4x2x2xf32>) {
  %0 = "tosa.const"() <{values = dense<[[[[0.5]], [[1.5]], [[2.5]], [[3.5]]]]> : tensor<1x4x1x1xf32>}> : () -> tensor<1x4x1x1xf32>
  %1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %4 = tosa.reduce_sum %x {axis = 1 : i32} : (tensor<2x4x2x2xf32>) -> tensor<2x1x2x2xf32>
  %5 = tosa.mul %4, %1, %2 : (tensor<2x1x2x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<2x1x2x2xf32>
  %6 = tosa.sub %x, %5 : (tensor<2x4x2x2xf32>, tensor<2x1x2x2xf32>) -> tensor<2x4x2x2xf32>
  %7 = tosa.mul %6, %6, %2 : (tensor<2x4x2x2xf32>, tensor<2x4x2x2xf32>, tensor<1xi8>) -> tensor<2x4x2x2xf32>
  %8 = tosa.reduce_sum %7 {axis = 1 : i32} : (tensor<2x4x2x2xf32>) -> tensor<2x1x2x2xf32>
  %9 = tosa.mul %8, %1, %2 : (tensor<2x1x2x2xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<2x1x2x2xf32>
  %10 = tosa.add %9, %3 : (tensor<2x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<2x1x2x2xf32>
  %11 = tosa.rsqrt %10 : (tensor<2x1x2x2xf32>) -> tensor<2x1x2x2xf32>
  %12 = tosa.mul %6, %11, %2 : (tensor<2x4x2x2xf32>, tensor<2x1x2x2xf32>, tensor<1xi8>) -> tensor<2x4x2x2xf32>
  %13 = tosa.mul %12, %0, %2 : (tensor<2x4x2x2xf32>, tensor<1x4x1x1xf32>, tensor<1xi8>) -> tensor<2x4x2x2xf32>
  %14 = tosa.add %13, %0 : (tensor<2x4x2x2xf32>, tensor<1x4x1x1xf32>) -> tensor<2x4x2x2xf32>
  return %14 : tensor<2x4x2x2xf32>
}

// x (w / sqrt(mean(x x) + eps))
// CHECK-LABEL: @rms_norm_scaled_first(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<rms_norm [
// CHECK-NOT: qprep.unit
func.func @rms_norm_scaled_first(%x: tensor<2x3x4xf32>) -> (tensor<2x3x4xf32>) {
  %0 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %1 = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %2 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %3 = "tosa.const"() <{values = dense<[[[0.5, 1.5, 2.5, 3.5]]]> : tensor<1x1x4xf32>}> : () -> tensor<1x1x4xf32>
  %4 = tosa.mul %x, %x, %0 : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %5 = tosa.reduce_sum %4 {axis = 2 : i32} : (tensor<2x3x4xf32>) -> tensor<2x3x1xf32>
  %6 = tosa.mul %5, %1, %0 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1xf32>
  %7 = tosa.add %6, %2 : (tensor<2x3x1xf32>, tensor<1x1x1xf32>) -> tensor<2x3x1xf32>
  %8 = tosa.rsqrt %7 : (tensor<2x3x1xf32>) -> tensor<2x3x1xf32>
  %9 = tosa.mul %8, %3, %0 : (tensor<2x3x1xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %10 = tosa.mul %x, %9, %0 : (tensor<2x3x4xf32>, tensor<2x3x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  return %10 : tensor<2x3x4xf32>
}

// exp(x + (-max x)) sum^-1
// CHECK-LABEL: @softmax_of_powers(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<softmax [
// CHECK-NOT: qprep.unit
func.func @softmax_of_powers(%x: tensor<2x4x4xf32>) -> (tensor<2x4x4xf32>) {
  %0 = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %1 = "tosa.const"() <{values = dense<-1.0> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = tosa.reduce_max %x {axis = 2 : i32} : (tensor<2x4x4xf32>) -> tensor<2x4x1xf32>
  %4 = tosa.negate %3, %0, %0 : (tensor<2x4x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<2x4x1xf32>
  %5 = tosa.add %x, %4 : (tensor<2x4x4xf32>, tensor<2x4x1xf32>) -> tensor<2x4x4xf32>
  %6 = tosa.exp %5 : (tensor<2x4x4xf32>) -> tensor<2x4x4xf32>
  %7 = tosa.reduce_sum %6 {axis = 2 : i32} : (tensor<2x4x4xf32>) -> tensor<2x4x1xf32>
  %8 = tosa.pow %7, %1 : (tensor<2x4x1xf32>, tensor<1x1x1xf32>) -> tensor<2x4x1xf32>
  %9 = tosa.mul %6, %8, %2 : (tensor<2x4x4xf32>, tensor<2x4x1xf32>, tensor<1xi8>) -> tensor<2x4x4xf32>
  return %9 : tensor<2x4x4xf32>
}

// A weight and a shift for each group and place.
// CHECK-LABEL: @group_norm_in_groups(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<group_norm [
// CHECK-NOT: qprep.unit
func.func @group_norm_in_groups(%x: tensor<2x4x3xf32>) -> (tensor<2x4x3xf32>) {
  %0 = tosa.const_shape {values = dense<[2, 2, 6]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %1 = "tosa.const"() <{values = dense<0.16666666666666666> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %4 = "tosa.const"() <{values = dense<[[[0.5, 1.5, 2.5, 3.5, 4.5, 5.5], [6.5, 7.5, 8.5, 9.5, 10.5, 11.5]]]> : tensor<1x2x6xf32>}> : () -> tensor<1x2x6xf32>
  %5 = tosa.const_shape {values = dense<[2, 4, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %6 = tosa.reshape %x, %0 : (tensor<2x4x3xf32>, !tosa.shape<3>) -> tensor<2x2x6xf32>
  %7 = tosa.reduce_sum %6 {axis = 2 : i32} : (tensor<2x2x6xf32>) -> tensor<2x2x1xf32>
  %8 = tosa.mul %7, %1, %2 : (tensor<2x2x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x2x1xf32>
  %9 = tosa.sub %6, %8 : (tensor<2x2x6xf32>, tensor<2x2x1xf32>) -> tensor<2x2x6xf32>
  %10 = tosa.mul %9, %9, %2 : (tensor<2x2x6xf32>, tensor<2x2x6xf32>, tensor<1xi8>) -> tensor<2x2x6xf32>
  %11 = tosa.reduce_sum %10 {axis = 2 : i32} : (tensor<2x2x6xf32>) -> tensor<2x2x1xf32>
  %12 = tosa.mul %11, %1, %2 : (tensor<2x2x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x2x1xf32>
  %13 = tosa.add %12, %3 : (tensor<2x2x1xf32>, tensor<1x1x1xf32>) -> tensor<2x2x1xf32>
  %14 = tosa.rsqrt %13 : (tensor<2x2x1xf32>) -> tensor<2x2x1xf32>
  %15 = tosa.mul %9, %14, %2 : (tensor<2x2x6xf32>, tensor<2x2x1xf32>, tensor<1xi8>) -> tensor<2x2x6xf32>
  %16 = tosa.mul %15, %4, %2 : (tensor<2x2x6xf32>, tensor<1x2x6xf32>, tensor<1xi8>) -> tensor<2x2x6xf32>
  %17 = tosa.add %16, %4 : (tensor<2x2x6xf32>, tensor<1x2x6xf32>) -> tensor<2x2x6xf32>
  %18 = tosa.reshape %17, %5 : (tensor<2x2x6xf32>, !tosa.shape<3>) -> tensor<2x4x3xf32>
  return %18 : tensor<2x4x3xf32>
}

// As the lowering to linalg reshapes.
// CHECK-LABEL: @group_norm_in_groups_reshaped_twice(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<group_norm [
// CHECK-NOT: qprep.unit
func.func @group_norm_in_groups_reshaped_twice(%x: tensor<2x4x3xf32>) -> (tensor<2x4x3xf32>) {
  %0 = tosa.const_shape {values = dense<[2, 2, 6]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %1 = "tosa.const"() <{values = dense<0.16666666666666666> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %2 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %3 = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %4 = "tosa.const"() <{values = dense<[[[0.5, 1.5, 2.5, 3.5, 4.5, 5.5], [6.5, 7.5, 8.5, 9.5, 10.5, 11.5]]]> : tensor<1x2x6xf32>}> : () -> tensor<1x2x6xf32>
  %5 = tosa.const_shape {values = dense<[2, 4, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %6 = tosa.reshape %x, %0 : (tensor<2x4x3xf32>, !tosa.shape<3>) -> tensor<2x2x6xf32>
  %7 = tosa.reduce_sum %6 {axis = 2 : i32} : (tensor<2x2x6xf32>) -> tensor<2x2x1xf32>
  %8 = tosa.mul %7, %1, %2 : (tensor<2x2x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x2x1xf32>
  %9 = tosa.sub %6, %8 : (tensor<2x2x6xf32>, tensor<2x2x1xf32>) -> tensor<2x2x6xf32>
  %10 = tosa.mul %9, %9, %2 : (tensor<2x2x6xf32>, tensor<2x2x6xf32>, tensor<1xi8>) -> tensor<2x2x6xf32>
  %11 = tosa.reduce_sum %10 {axis = 2 : i32} : (tensor<2x2x6xf32>) -> tensor<2x2x1xf32>
  %12 = tosa.mul %11, %1, %2 : (tensor<2x2x1xf32>, tensor<1x1x1xf32>, tensor<1xi8>) -> tensor<2x2x1xf32>
  %13 = tosa.add %12, %3 : (tensor<2x2x1xf32>, tensor<1x1x1xf32>) -> tensor<2x2x1xf32>
  %14 = tosa.rsqrt %13 : (tensor<2x2x1xf32>) -> tensor<2x2x1xf32>
  %15 = tosa.mul %9, %14, %2 : (tensor<2x2x6xf32>, tensor<2x2x1xf32>, tensor<1xi8>) -> tensor<2x2x6xf32>
  %16 = tosa.mul %15, %4, %2 : (tensor<2x2x6xf32>, tensor<1x2x6xf32>, tensor<1xi8>) -> tensor<2x2x6xf32>
  %17 = tosa.add %16, %4 : (tensor<2x2x6xf32>, tensor<1x2x6xf32>) -> tensor<2x2x6xf32>
  %flat = tosa.const_shape {values = dense<[2, 12]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %one = tosa.reshape %17, %flat : (tensor<2x2x6xf32>, !tosa.shape<2>) -> tensor<2x12xf32>
  %18 = tosa.reshape %one, %5 : (tensor<2x12xf32>, !tosa.shape<3>) -> tensor<2x4x3xf32>
  return %18 : tensor<2x4x3xf32>
}


// What is computed of arguments that are vectors of channels is a parameter, and no unit.
// CHECK-LABEL: @batch_norm_scale_of_arguments(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<batch_norm [
// CHECK-NOT: qprep.unit
func.func @batch_norm_scale_of_arguments(%x: tensor<2x3x3x4xf32>, %mean: tensor<1x1x1x4xf32>, %variance: tensor<1x1x1x4xf32>, %w: tensor<1x1x1x4xf32>, %b: tensor<1x1x1x4xf32>) -> tensor<2x3x3x4xf32> {
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.add %variance, %eps : (tensor<1x1x1x4xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x4xf32>
  %1 = tosa.rsqrt %0 : (tensor<1x1x1x4xf32>) -> tensor<1x1x1x4xf32>
  %2 = tosa.mul %1, %w, %shift : (tensor<1x1x1x4xf32>, tensor<1x1x1x4xf32>, tensor<1xi8>) -> tensor<1x1x1x4xf32>
  %3 = tosa.sub %x, %mean : (tensor<2x3x3x4xf32>, tensor<1x1x1x4xf32>) -> tensor<2x3x3x4xf32>
  %4 = tosa.mul %3, %2, %shift : (tensor<2x3x3x4xf32>, tensor<1x1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x3x4xf32>
  %5 = tosa.add %4, %b : (tensor<2x3x3x4xf32>, tensor<1x1x1x4xf32>) -> tensor<2x3x3x4xf32>
  return %5 : tensor<2x3x3x4xf32>
}

// A vector that is an activation in the end: all of it is units.
// CHECK-LABEL: @not_parameters(
// CHECK: qprep.unit<add
// CHECK: qprep.unit<rsqrt
func.func @not_parameters(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1xf32>}> : () -> tensor<1x1xf32>
  %0 = tosa.add %x, %eps : (tensor<1x4xf32>, tensor<1x1xf32>) -> tensor<1x4xf32>
  %1 = tosa.rsqrt %0 : (tensor<1x4xf32>) -> tensor<1x4xf32>
  return %1 : tensor<1x4xf32>
}

// Over the middle of what is neither first nor last, nothing has a name.
// CHECK-LABEL: @not_instance_norm(
// CHECK-NOT: instance_norm
// CHECK: qprep.unit<mean
func.func @not_instance_norm(%x: tensor<2x3x4x5xf32>) -> tensor<2x3x4x5xf32> {
  %third = "tosa.const"() <{values = dense<0.25> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1x1xf32>}> : () -> tensor<1x1x1x1xf32>
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.reduce_sum %x {axis = 2 : i32} : (tensor<2x3x4x5xf32>) -> tensor<2x3x1x5xf32>
  %1 = tosa.mul %0, %third, %shift : (tensor<2x3x1x5xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1x5xf32>
  %2 = tosa.sub %x, %1 : (tensor<2x3x4x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x4x5xf32>
  %3 = tosa.mul %2, %2, %shift : (tensor<2x3x4x5xf32>, tensor<2x3x4x5xf32>, tensor<1xi8>) -> tensor<2x3x4x5xf32>
  %4 = tosa.reduce_sum %3 {axis = 2 : i32} : (tensor<2x3x4x5xf32>) -> tensor<2x3x1x5xf32>
  %5 = tosa.mul %4, %third, %shift : (tensor<2x3x1x5xf32>, tensor<1x1x1x1xf32>, tensor<1xi8>) -> tensor<2x3x1x5xf32>
  %6 = tosa.add %5, %eps : (tensor<2x3x1x5xf32>, tensor<1x1x1x1xf32>) -> tensor<2x3x1x5xf32>
  %7 = tosa.rsqrt %6 : (tensor<2x3x1x5xf32>) -> tensor<2x3x1x5xf32>
  %8 = tosa.mul %2, %7, %shift : (tensor<2x3x4x5xf32>, tensor<2x3x1x5xf32>, tensor<1xi8>) -> tensor<2x3x4x5xf32>
  return %8 : tensor<2x3x4x5xf32>
}

// Reductions run over the first dimension that a transpose brings them.
// CHECK-LABEL: @softmax_reduced_transposed(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<softmax [
// CHECK-NOT: qprep.unit
func.func @softmax_reduced_transposed(%x: tensor<2x4x8xf32>) -> tensor<2x4x8xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.transpose %x {perms = array<i32: 0, 2, 1>} : (tensor<2x4x8xf32>) -> tensor<2x8x4xf32>
  %1 = tosa.reduce_max %0 {axis = 1 : i32} : (tensor<2x8x4xf32>) -> tensor<2x1x4xf32>
  %2 = tosa.transpose %1 {perms = array<i32: 0, 2, 1>} : (tensor<2x1x4xf32>) -> tensor<2x4x1xf32>
  %3 = tosa.sub %x, %2 : (tensor<2x4x8xf32>, tensor<2x4x1xf32>) -> tensor<2x4x8xf32>
  %4 = tosa.exp %3 : (tensor<2x4x8xf32>) -> tensor<2x4x8xf32>
  %5 = tosa.transpose %4 {perms = array<i32: 0, 2, 1>} : (tensor<2x4x8xf32>) -> tensor<2x8x4xf32>
  %6 = tosa.reduce_sum %5 {axis = 1 : i32} : (tensor<2x8x4xf32>) -> tensor<2x1x4xf32>
  %7 = tosa.transpose %6 {perms = array<i32: 0, 2, 1>} : (tensor<2x1x4xf32>) -> tensor<2x4x1xf32>
  %8 = tosa.reciprocal %7 : (tensor<2x4x1xf32>) -> tensor<2x4x1xf32>
  %9 = tosa.mul %4, %8, %shift : (tensor<2x4x8xf32>, tensor<2x4x1xf32>, tensor<1xi8>) -> tensor<2x4x8xf32>
  return %9 : tensor<2x4x8xf32>
}

// As JAX writes it, with all of it as arguments.
// CHECK-LABEL: @batch_norm_of_two_products(
// CHECK-NOT: qprep.unit
// CHECK: qprep.unit = #qprep.unit<batch_norm [
// CHECK-NOT: qprep.unit
func.func @batch_norm_of_two_products(%x: tensor<2x3x4xf32>, %mean: tensor<1x1x4xf32>, %variance: tensor<1x1x4xf32>, %w: tensor<1x1x4xf32>, %b: tensor<1x1x4xf32>) -> tensor<2x3x4xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %eps = "tosa.const"() <{values = dense<1.0e-05> : tensor<1x1x1xf32>}> : () -> tensor<1x1x1xf32>
  %0 = tosa.add %variance, %eps : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4xf32>
  %1 = tosa.rsqrt %0 : (tensor<1x1x4xf32>) -> tensor<1x1x4xf32>
  %2 = tosa.mul %1, %w, %shift : (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<1x1x4xf32>
  %3 = tosa.mul %x, %2, %shift : (tensor<2x3x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<2x3x4xf32>
  %4 = tosa.mul %mean, %2, %shift : (tensor<1x1x4xf32>, tensor<1x1x4xf32>, tensor<1xi8>) -> tensor<1x1x4xf32>
  %5 = tosa.sub %b, %4 : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x4xf32>
  %6 = tosa.add %3, %5 : (tensor<2x3x4xf32>, tensor<1x1x4xf32>) -> tensor<2x3x4xf32>
  return %6 : tensor<2x3x4xf32>
}
