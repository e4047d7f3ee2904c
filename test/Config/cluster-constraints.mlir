// What clusters of the user's own ask of shapes: the dimensions that a reduction runs
// over, kept with size 1 (tosa) or left out (linalg), and those of a parameter.

// RUN: quant-prep-opt %s --pass-pipeline='builtin.module(qprep-attach-config,func.func(qprep-match-units))' | FileCheck %s

qprep.config @mine {
  qprep.assign global "fbgemm"
  qprep.cluster @over_last is elu {
    %x = qprep.operand input
    %0 = qprep.node reduce_max(%x) over last
    %1 = qprep.node exp(%0)
  }
  qprep.cluster @over_spatial is celu {
    %x = qprep.operand input
    %0 = qprep.node reduce_min(%x) over spatial
    %1 = qprep.node exp(%0)
  }
  qprep.cluster @scaled is layer_norm {
    %x = qprep.operand input
    %w = qprep.operand weight parameter spans
    %0 = qprep.node reduce_max(%x) over last
    %1 = qprep.node sub(%x, %0)
    %2 = qprep.node mul(%1, %w)
  }
  // Nothing is reduced that its parameter could span.
  qprep.cluster @spans_nothing is batch_norm {
    %x = qprep.operand input
    %w = qprep.operand weight parameter spans
    %0 = qprep.node log(%x)
    %1 = qprep.node mul(%0, %w)
  }
}

// CHECK-LABEL: @dimensions_left_out(
// CHECK: linalg.reduce {{.*}}member<[input, _]>
// CHECK: math.exp {{.*}}unit<elu [internal]>
// CHECK: linalg.reduce {{.*}}member<[input, _]>
// CHECK: math.exp {{.*}}unit<celu [internal]>
func.func @dimensions_left_out(%x: tensor<2x4xf32>, %y: tensor<2x4x4x3xf32>, %i: tensor<2xf32>, %j: tensor<2x3xf32>) -> (tensor<2xf32>, tensor<2x3xf32>) {
  %0 = linalg.reduce { arith.maximumf } ins(%x : tensor<2x4xf32>) outs(%i : tensor<2xf32>) dimensions = [1]
  %1 = math.exp %0 : tensor<2xf32>
  %2 = linalg.reduce { arith.minimumf } ins(%y : tensor<2x4x4x3xf32>) outs(%j : tensor<2x3xf32>) dimensions = [1, 2]
  %3 = math.exp %2 : tensor<2x3xf32>
  return %1, %3 : tensor<2xf32>, tensor<2x3xf32>
}

// The dimensions of each channel, where channels come first.
// CHECK-LABEL: @dimensions_behind_channels(
// CHECK: math.exp {{.*}}unit<celu [internal]>
func.func @dimensions_behind_channels(%y: tensor<2x3x4x4xf32>, %j: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %0 = linalg.reduce { arith.minimumf } ins(%y : tensor<2x3x4x4xf32>) outs(%j : tensor<2x3xf32>) dimensions = [2, 3]
  %1 = math.exp %0 : tensor<2x3xf32>
  return %1 : tensor<2x3xf32>
}

// The first dimension; the first and the last, where those of each channel are wanted;
// and where nobody knows which.
// CHECK-LABEL: @other_dimensions(
// CHECK-NOT: elu
// CHECK: return
func.func @other_dimensions(%x: tensor<2x4xf32>, %y: tensor<2x4x4x3xf32>, %i: tensor<4xf32>, %j: tensor<4x4xf32>, %u: tensor<*xf32>) -> (tensor<4xf32>, tensor<4x4xf32>, tensor<*xf32>) {
  %0 = linalg.reduce { arith.maximumf } ins(%x : tensor<2x4xf32>) outs(%i : tensor<4xf32>) dimensions = [0]
  %1 = math.exp %0 : tensor<4xf32>
  %2 = linalg.reduce { arith.minimumf } ins(%y : tensor<2x4x4x3xf32>) outs(%j : tensor<4x4xf32>) dimensions = [0, 3]
  %3 = math.exp %2 : tensor<4x4xf32>
  %4 = tosa.reduce_max %u {axis = 1 : i32} : (tensor<*xf32>) -> tensor<*xf32>
  %5 = tosa.exp %4 : (tensor<*xf32>) -> tensor<*xf32>
  return %1, %3, %5 : tensor<4xf32>, tensor<4x4xf32>, tensor<*xf32>
}

// CHECK-LABEL: @parameter_spans_what_is_reduced(
// CHECK: tosa.mul {{.*}}unit<layer_norm [internal, weight, _]>
func.func @parameter_spans_what_is_reduced(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %w = "tosa.const"() <{values = dense<[[1.0, 2.0, 3.0, 4.0]]> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.mul %1, %w, %z : (tensor<2x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: @parameter_spans_what_is_kept(
// CHECK-NOT: layer_norm
// CHECK: return
func.func @parameter_spans_what_is_kept(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %w = "tosa.const"() <{values = dense<[[1.0], [2.0]]> : tensor<2x1xf32>}> : () -> tensor<2x1xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.reduce_max %x {axis = 1 : i32} : (tensor<2x4xf32>) -> tensor<2x1xf32>
  %1 = tosa.sub %x, %0 : (tensor<2x4xf32>, tensor<2x1xf32>) -> tensor<2x4xf32>
  %2 = tosa.mul %1, %w, %z : (tensor<2x4xf32>, tensor<2x1xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}

// CHECK-LABEL: @parameter_of_a_cluster_that_reduces_nothing(
// CHECK-NOT: batch_norm
// CHECK: return
func.func @parameter_of_a_cluster_that_reduces_nothing(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %w = "tosa.const"() <{values = dense<[[1.0, 2.0, 3.0, 4.0]]> : tensor<1x4xf32>}> : () -> tensor<1x4xf32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.log %x : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = tosa.mul %0, %w, %z : (tensor<2x4xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}
